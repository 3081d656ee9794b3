//! The controls of the input stage.

use egui::{Align2, Rect, Ui, pos2, vec2};

use crate::desk::Desk;
use crate::look::size;
use crate::paint;
use crate::widgets::{Knob, Toggle};
use crate::write::{self, Role};

/// Width of a toggle, points.
const TOGGLE: f32 = 72.0;

/// Shows gain, polarity and order of the channels on a plane; what one channel does not have is left out.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, plane: Rect, channels: usize) {
    let palette = desk.look.palette;
    paint::horizontal(ui.painter(), plane.x_range(), plane.top(), palette.line);
    let (left, top) = (plane.left(), plane.top());
    let is_low = plane.height() < 150.0;
    let (radius, middle, label_y, value_y) =
        if is_low { (30.0, top + 58.0, top + 12.0, top + 102.0) } else { (40.0, top + 90.0, top + 26.0, top + 150.0) };
    Knob::new("input.gain_db", pos2(left + 76.0, middle), radius).captions_at(label_y, value_y).show(ui, desk);
    paint::vertical(ui.painter(), left + 148.0, top + 20.0..=plane.bottom() - 20.0, palette.line);
    let toggles_y = if is_low { top + 40.0 } else { top + 42.0 };
    let label = |ui: &Ui, x: f32, text: &str| {
        let at = pos2(x, toggles_y - 16.0);
        write::text(ui.painter(), palette.label_text, at, Align2::LEFT_CENTER, Role::Body, text);
    };
    let toggle = |ui: &Ui, desk: &mut Desk<'_>, x: f32, text: &str, id: &str| {
        let rect = Rect::from_min_size(pos2(x, toggles_y), vec2(TOGGLE, size::CONTROL_TALL));
        Toggle::new(text).show_parameter(ui, desk, rect, id);
    };
    let polarity = left + 172.0;
    label(ui, polarity, "Invert polarity");
    if channels == 1 {
        toggle(ui, desk, polarity, "Invert", "input.invert_left");
        return;
    }
    toggle(ui, desk, polarity, "Left", "input.invert_left");
    toggle(ui, desk, polarity + TOGGLE + size::CONTROL_GAP, "Right", "input.invert_right");
    let channels = polarity + 2.0 * (TOGGLE + size::CONTROL_GAP) + size::MARGIN;
    label(ui, channels, "Left and right");
    toggle(ui, desk, channels, "Swap", "input.swap");
}
