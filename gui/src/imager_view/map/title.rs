//! What stands above the plot: its title, how many bands there are, and what its lines mean.

use egui::{Align2, Rect, Ui, pos2, vec2};

use super::axes::Axes;
use crate::desk::Desk;
use crate::imager_view::bands;
use crate::look::size;
use crate::widgets::Segments;
use crate::write::{self, Role};
use crate::{paint, setting};

const COUNTS: [&str; 4] = ["1", "2", "3", "4"];

/// From the plane's upper edge to the middle of the row, from the title to the word and from there to the segments, the size
/// of these, points.
const MIDDLE_Y: f32 = 18.0;
const WORD_X: f32 = 20.0;
const SEGMENTS_X: f32 = 8.0;
const SEGMENTS: egui::Vec2 = vec2(104.0, 24.0);

/// Where the parts of the legend stand, from its right end, points.
const LEGEND: f32 = 186.0;

/// Shows the row.
pub fn show(ui: &Ui, desk: &mut Desk<'_>, axes: &Axes) {
    let (painter, palette) = (ui.painter(), desk.look.palette);
    let y = axes.plane.top() + MIDDLE_Y;
    let at = pos2(axes.plot.left(), y);
    let title =
        write::text(painter, palette.value_text, at, Align2::LEFT_CENTER, Role::BodyStrong, "Width by frequency");
    let at = pos2(title.right() + WORD_X, y);
    let word = write::text(painter, palette.label_text, at, Align2::LEFT_CENTER, Role::Label, "Bands");
    let corner = pos2(word.right() + SEGMENTS_X, y - SEGMENTS.y / 2.0);
    let segments = Rect::from_min_size(corner, SEGMENTS);
    count(ui, desk, segments);
    if segments.right() + size::MARGIN <= axes.plot.right() - LEGEND {
        legend(ui, desk, axes.plot.right(), y);
    }
}

fn count(ui: &Ui, desk: &mut Desk<'_>, rect: Rect) {
    let Some(parameter) = setting::find(bands::COUNT) else { return };
    let used = bands::read(desk.parameters).bands_in_use().len();
    let name = desk.name(parameter);
    let sentence = "how many bands there are. A double-click on a name divides one, Del joins one to its neighbor.";
    let default = parameter.default_value() as usize - 1;
    let (_, asked) = Segments::new(&COUNTS).show(ui, desk, rect, &name, sentence, used - 1, default);
    if let Some(asked) = asked {
        bands::set_count(ui, desk.parameters, asked + 1);
    }
}

fn legend(ui: &Ui, desk: &Desk<'_>, right: f32, y: f32) {
    let (painter, palette) = (ui.painter(), desk.look.palette);
    let line = Rect::from_min_max(pos2(right - LEGEND, y - 1.0), pos2(right - 172.0, y + 1.0));
    paint::plane(painter, line, desk.look.accent);
    let at = pos2(right - 166.0, y);
    write::text(painter, palette.label_text, at, Align2::LEFT_CENTER, Role::Label, "Setting");
    let swatch = Rect::from_min_size(pos2(right - 104.0, y - 4.0), vec2(10.0, 8.0));
    paint::rounded(painter, swatch, 1.0, palette.wave);
    let at = pos2(right - 88.0, y);
    write::text(painter, palette.label_text, at, Align2::LEFT_CENTER, Role::Label, "Measured");
}
