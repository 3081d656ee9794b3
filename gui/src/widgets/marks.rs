//! What a band is told by in its controls and in a list: its number, and what turns it on.

use egui::{Align2, Pos2, Rect, Response, Role as Kind, Sense, Ui, WidgetInfo, vec2};

use super::attend;
use crate::desk::Desk;
use crate::look::size;
use crate::palette::Color;
use crate::write::{self, Role};
use crate::{gesture, icons, setting};

/// Radius of the disc that bears the chosen band's number, and of the dot, points.
const DISC: f32 = 11.0;
const DOT: f32 = 4.0;

/// The area of a mark that is hit: as high as a row of the list.
pub(crate) fn area(center: Pos2) -> Rect {
    Rect::from_center_size(center, vec2(size::HIT, size::LIST_ROW))
}

/// Paints a band's number on a disc.
pub fn disc(ui: &Ui, desk: &Desk<'_>, center: Pos2, slot: usize, color: Color) {
    ui.painter().circle_filled(center, DISC, color);
    let number = (slot + 1).to_string();
    write::text(ui.painter(), desk.look.palette.on, center, Align2::CENTER_CENTER, Role::Card, &number);
}

/// What turns a band on and off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// A dot in a row, filled while the band is on.
    Dot,
    /// The sign for it, where it stands alone.
    Power,
}

/// Shows what turns a band on and off, the parameter with this id: in its color while it is on.
pub fn switch(ui: &Ui, desk: &mut Desk<'_>, center: Pos2, id: &str, is_on: bool, color: Color, kind: Switch) {
    let Some(parameter) = setting::find(id) else { return };
    let name = desk.name(parameter);
    let response = ui.interact(area(center), ui.scope_id().with(("switch", id)), Sense::click());
    let palette = desk.look.palette;
    if response.hovered() {
        ui.painter().circle_filled(center, DISC, palette.hover);
    }
    let off = egui::Stroke::new(size::STROKE, palette.scale_text);
    match (kind, is_on) {
        (Switch::Dot, true) => _ = ui.painter().circle_filled(center, DOT, color),
        (Switch::Dot, false) => _ = ui.painter().circle_stroke(center, DOT - size::STROKE / 2.0, off),
        (Switch::Power, _) => icons::power(ui.painter(), center, if is_on { color } else { palette.scale_text }, 5.0),
    }
    finish(ui, desk, &response, &name, &setting::sentence(parameter), is_on);
    if response.clicked() {
        gesture::once(ui, desk.parameters, response.id, id, if is_on { 0.0 } else { 1.0 });
    }
}

/// The footer, the focus and the accessible name of a switch.
pub(crate) fn finish(ui: &Ui, desk: &mut Desk<'_>, response: &Response, name: &str, sentence: &str, is_on: bool) {
    attend(ui, desk, response, response.rect, &setting::label(name), sentence);
    let spoken = desk.spoken(name);
    response.widget_info(|| WidgetInfo::selected(Kind::Switch, true, is_on, &spoken));
}
