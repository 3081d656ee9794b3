//! The strip at a plot's right: the highest peak, the level of every channel, the output gain; and what else a module has of
//! the whole.

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

/// From the upper edge to the middle of the number and to the bars; from the lower edge to the middle of the last value and
/// of its label, points. What one number or value more takes of the bars.
const NUMBER_Y: f32 = 18.0;
const ABOVE: f32 = 34.0;
const GAIN_Y: f32 = 17.0;
const LABEL_Y: f32 = 34.0;
const NUMBER_ROW: f32 = 13.0;
const VALUE_ROW: f32 = 36.0;
const BELOW: f32 = 16.0;

/// What stands on a strip.
#[derive(Clone, Copy)]
pub struct Strip<'a> {
    /// The values of the whole, the last one below: the parameters' ids and their labels.
    pub values: &'a [(&'a str, &'a str)],
    /// The deepest gain reduction of late, dB, where there is one.
    pub deepest_db: Option<f32>,
    /// Whether the sound passes by.
    pub bypassed: bool,
}

impl Strip<'_> {
    /// Shows the strip; gives whether the peaks are to be forgotten.
    pub fn show(&self, ui: &mut Ui, desk: &mut Desk<'_>, plane: Rect, live: &Live, readings: &Readings) -> bool {
        let palette = desk.look.palette;
        paint::plane(ui.painter(), plane, palette.plot);
        paint::vertical(ui.painter(), plane.left(), plane.y_range(), palette.line);
        if let Some(deepest_db) = self.deepest_db {
            self.deepest(ui, desk, plane, deepest_db);
        }
        for (row, (id, label)) in self.values.iter().rev().enumerate() {
            value(ui, desk, plane.with_max_y(plane.bottom() - VALUE_ROW * row as f32), id, label);
        }
        let above = ABOVE + if self.deepest_db.is_some() { NUMBER_ROW } else { 0.0 };
        let below = BELOW + VALUE_ROW * self.values.len() as f32;
        let bars = Rect::from_x_y_ranges(
            plane.left() + BARS_X..=plane.left() + BARS_X + BARS_WIDTH,
            plane.top() + above..=plane.bottom() - below,
        );
        levels(ui, desk, bars, plane.top() + NUMBER_Y, live, readings)
    }

    /// The deepest reduction under the highest peak.
    fn deepest(&self, ui: &Ui, desk: &mut Desk<'_>, plane: Rect, deepest_db: f32) {
        let palette = desk.look.palette;
        let text = numbers::plain(f64::from(deepest_db), 1);
        let color = if self.bypassed { palette.scale_text } else { palette.limiter };
        let at = pos2(plane.left() + BARS_X + BARS_WIDTH / 2.0, plane.top() + NUMBER_Y + NUMBER_ROW + 1.0);
        let written = write::text(ui.painter(), color, at, Align2::CENTER_CENTER, Role::LabelStrong, &text);
        let response = ui.interact(written.expand(3.0), ui.scope_id().with("deepest reduction"), Sense::hover());
        if response.hovered() {
            desk.hint.hovered("Gain reduction", "the deepest of all bands of late, dB, before make-up.");
        }
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Kind::Status, true, "Gain reduction");
            info.current_text_value = Some(format!("{text} dB"));
            info
        });
    }
}

/// A value with its label above the lower edge of a plane.
fn value(ui: &mut Ui, desk: &mut Desk<'_>, plane: Rect, id: &str, label: &str) {
    let center = plane.left() + BARS_X + BARS_WIDTH / 2.0;
    let at = pos2(center, plane.bottom() - LABEL_Y);
    write::text(ui.painter(), desk.look.palette.scale_text, at, Align2::CENTER_CENTER, Role::Scale, label);
    let place = Rect::from_center_size(pos2(center, plane.bottom() - GAIN_Y), vec2(WIDTH - 4.0, size::LIST_ROW));
    ValueField::new(id, place).role(Role::BodyStrong).show(ui, desk);
}

/// Shows the highest peak at a height and the bars; gives whether the peaks are to be forgotten.
fn levels(ui: &Ui, desk: &mut Desk<'_>, bars: Rect, number_y: f32, live: &Live, readings: &Readings) -> bool {
    let look = desk.look;
    let (painter, palette) = (ui.painter(), look.palette);
    let center = bars.center().x;
    let highest_dbtp = readings.true_peak_max_dbtp();
    let number = if highest_dbtp.is_finite() { numbers::plain(highest_dbtp, 2) } else { numbers::NONE.to_owned() };
    let color = if highest_dbtp > CEILING_DBTP { palette.over } else { palette.value_text };
    let at = pos2(center, number_y);
    write::text(painter, color, at, Align2::CENTER_CENTER, Role::LabelStrong, &number);
    let channels = readings.channels.clamp(1, 2);
    let width = (BARS_WIDTH - BARS_GAP * (channels as f32 - 1.0)) / channels as f32;
    for channel in 0..channels {
        let left = bars.left() + (width + BARS_GAP) * channel as f32;
        let bar = live.level_bar(channel, readings.true_peak_dbtp[channel], Some(CEILING_DBTP));
        bar.paint(painter, &look, Rect::from_x_y_ranges(left..=left + width, bars.y_range()), &Scale::STRIP);
    }
    let levels = bars.with_min_y(number_y - 10.0);
    let response = ui.interact(levels, ui.scope_id().with("output levels"), Sense::CLICK);
    if response.hovered() {
        let help = "peak, power in light, and a tick at the highest true peak, which stands above. A click forgets it.";
        desk.hint.hovered("Output", help);
    }
    let spoken = format!("Output: true peak {number} dBTP, forget it");
    response.widget_info(|| WidgetInfo::labeled(Kind::Button, true, &spoken));
    response.clicked()
}
