//! The strip at the plot's right: the highest peak, the level of every channel, the output gain.

use egui::{Align2, Rect, Role as Kind, Sense, Ui, WidgetInfo, pos2, vec2};
use runout_dsp_core::loudness::Readings;

use crate::desk::Desk;
use crate::editors::live::Live;
use crate::look::size;
use crate::widgets::ValueField;
use crate::widgets::scale::Scale;
use crate::write::{self, Role};
use crate::{numbers, paint};

/// Width of the strip, points.
pub const WIDTH: f32 = 56.0;

/// Above it the output is over, dBTP: what follows may take no more.
pub const CEILING_DBTP: f64 = 0.0;

/// From the left edge to the bars, the width of all of them, and between two, points.
const BARS_X: f32 = 12.0;
const BARS_WIDTH: f32 = 32.0;
const BARS_GAP: f32 = 4.0;

/// From the upper edge to the middle of the number and to the bars; from the lower edge to these, to the middle of the
/// label and to that of the gain, points.
const NUMBER_Y: f32 = 18.0;
const ABOVE: f32 = 34.0;
const BELOW: f32 = 52.0;
const LABEL_Y: f32 = 34.0;
const GAIN_Y: f32 = 17.0;

/// Shows the strip; gives whether the peaks are to be forgotten.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, plane: Rect, live: &Live, readings: &Readings) -> bool {
    let look = desk.look;
    let (painter, palette) = (ui.painter(), look.palette);
    paint::plane(painter, plane, palette.plot);
    paint::vertical(painter, plane.left(), plane.y_range(), palette.line);
    let center = plane.left() + BARS_X + BARS_WIDTH / 2.0;
    let highest_dbtp = readings.true_peak_max_dbtp();
    let number = if highest_dbtp.is_finite() { numbers::plain(highest_dbtp, 2) } else { numbers::NONE.to_owned() };
    let color = if highest_dbtp > CEILING_DBTP { palette.over } else { palette.value_text };
    let at = pos2(center, plane.top() + NUMBER_Y);
    write::text(painter, color, at, Align2::CENTER_CENTER, Role::LabelStrong, &number);
    let bars = Rect::from_x_y_ranges(
        plane.left() + BARS_X..=plane.left() + BARS_X + BARS_WIDTH,
        plane.top() + ABOVE..=plane.bottom() - BELOW,
    );
    let channels = readings.channels.clamp(1, 2);
    let width = (BARS_WIDTH - BARS_GAP * (channels as f32 - 1.0)) / channels as f32;
    for channel in 0..channels {
        let left = bars.left() + (width + BARS_GAP) * channel as f32;
        let bar = live.level_bar(channel, readings.true_peak_dbtp[channel], Some(CEILING_DBTP));
        bar.paint(painter, &look, Rect::from_x_y_ranges(left..=left + width, bars.y_range()), &Scale::STRIP);
    }
    let at = pos2(center, plane.bottom() - LABEL_Y);
    write::text(painter, palette.scale_text, at, Align2::CENTER_CENTER, Role::Scale, "Output");
    let levels = bars.with_min_y(plane.top() + NUMBER_Y - 10.0);
    let response = ui.interact(levels, ui.scope_id().with("output levels"), Sense::CLICK);
    if response.hovered() {
        let help = "peak, power in light, and a tick at the highest true peak, which stands above. A click forgets it.";
        desk.hint.hovered("Output", help);
    }
    let spoken = format!("Output: true peak {number} dBTP, forget it");
    response.widget_info(|| WidgetInfo::labeled(Kind::Button, true, &spoken));
    let gain = Rect::from_center_size(pos2(center, plane.bottom() - GAIN_Y), vec2(WIDTH - 4.0, size::LIST_ROW));
    ValueField::new("equalizer.output_gain_db", gain).role(Role::BodyStrong).show(ui, desk);
    response.clicked()
}
