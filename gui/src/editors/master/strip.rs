//! The strip of meters at Master's right edge: gain reduction, left and right.

use egui::{Align2, Rect, Ui, pos2};

use crate::limiter_view::{CHANNELS, Live, Shown};
use crate::look::Look;
use crate::numbers;
use crate::paint;
use crate::widgets::scale::Scale;
use crate::write::{self, Role};

/// Width of the strip, points.
pub const WIDTH: f32 = 86.0;

/// From its left edge to the reduction's bar, to the right end of the numbers, and to the bars of the channels, points.
const REDUCTION_X: f32 = 12.0;
const REDUCTION_WIDTH: f32 = 12.0;
const SCALE_X: f32 = 42.0;
const LEVELS_X: f32 = 46.0;
const LEVELS_WIDTH: f32 = 31.0;
const LEVELS_GAP: f32 = 3.0;

/// From the upper edge to the bars, and from them to the lower edge, points.
const ABOVE: f32 = 48.0;
const BELOW: f32 = 96.0;

/// Paints the strip.
pub fn show(ui: &Ui, look: &Look, rect: Rect, live: &Live, shown: Shown) {
    let (painter, palette) = (ui.painter(), look.palette);
    paint::vertical(painter, rect.left(), rect.top() + 14.0..=rect.bottom() - 14.0, palette.line);
    let heights = rect.top() + ABOVE..=rect.bottom() - BELOW;
    let column = |x: f32, width: f32| Rect::from_x_y_ranges(rect.left() + x..=rect.left() + x + width, heights.clone());
    let label = |x: f32, text: &str| {
        let at = pos2(x, rect.top() + 30.0);
        write::text(painter, palette.label_text, at, Align2::CENTER_CENTER, Role::Label, text);
    };
    let reduction = column(REDUCTION_X, REDUCTION_WIDTH);
    let color = if shown.bypassed { palette.scale_text } else { palette.limiter };
    label(reduction.center().x, "GR");
    live.reduction_bar().paint(painter, look, reduction, &Scale::STRIP, color);
    Scale::STRIP.write(painter, look, rect.left() + SCALE_X, reduction.y_range(), true);
    let channels = shown.channels.clamp(1, CHANNELS);
    let width = (LEVELS_WIDTH - LEVELS_GAP * (channels as f32 - 1.0)) / channels as f32;
    for channel in 0..channels {
        let bar = column(LEVELS_X + channel as f32 * (width + LEVELS_GAP), width);
        label(bar.center().x, if channels == 1 { "M" } else { ["L", "R"][channel] });
        live.level_bar(channel, shown.ceiling_dbtp).paint(painter, look, bar, &Scale::STRIP);
    }
    let readout = |x: f32, value: f64, decimals: usize, unit: &str| {
        let text = if value.is_finite() { numbers::plain(value, decimals) } else { numbers::NONE.to_owned() };
        let y = reduction.bottom();
        write::text(painter, palette.value_text, pos2(x, y + 20.0), Align2::CENTER_CENTER, Role::BodyStrong, &text);
        write::text(painter, palette.scale_text, pos2(x, y + 36.0), Align2::CENTER_CENTER, Role::Scale, unit);
    };
    readout(rect.left() + 19.0, f64::from(live.reduction_db()), 1, "dB");
    readout(rect.left() + LEVELS_X + LEVELS_WIDTH / 2.0, live.true_peak_max_dbtp(), 2, "dBTP");
}
