//! What a band is told by in its controls and in the list: its number, what turns it on, the headphones that play
//! it alone.

use egui::{Align2, Pos2, Rect, Response, Role as Kind, Sense, Ui, WidgetInfo, vec2};

use super::bands;
use crate::desk::Desk;
use crate::look::size;
use crate::palette::Color;
use crate::widgets::attend;
use crate::write::{self, Role};
use crate::{gesture, icons, paint, setting};

/// Radius of the disc that bears the chosen band's number, and of the dot, points.
const DISC: f32 = 11.0;
const DOT: f32 = 4.0;

/// The area of a mark that is hit: as high as a row of the list.
fn area(center: Pos2) -> Rect {
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

/// Shows what turns a band on and off: in its color while it is on.
pub fn switch(ui: &Ui, desk: &mut Desk<'_>, center: Pos2, slot: usize, is_on: bool, color: Color, kind: Switch) {
    let id = bands::id(slot, "enabled");
    let Some(parameter) = setting::find(&id) else { return };
    let name = desk.name(parameter);
    let response = ui.interact(area(center), ui.scope_id().with(("switch", slot)), Sense::click());
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
        gesture::once(ui, desk.parameters, response.id, &id, if is_on { 0.0 } else { 1.0 });
    }
}

/// Shows the headphones that play a band alone: `near` while they do.
pub fn solo(ui: &Ui, desk: &mut Desk<'_>, center: Pos2, slot: usize, is_quiet: bool) {
    let is_on = bands::soloed(desk.parameters) == Some(slot);
    let response = ui.interact(area(center), ui.scope_id().with(("solo", slot)), Sense::click());
    let palette = desk.look.palette;
    if is_on {
        let place = Rect::from_center_size(center, vec2(size::LIST_ROW, size::LIST_ROW - 2.0));
        paint::outlined(ui.painter(), place, size::RADIUS, desk.look.lit_fill(palette.near), palette.near);
    } else if response.hovered() {
        paint::rounded(ui.painter(), area(center), size::RADIUS, palette.hover);
    }
    let rest = if is_quiet { palette.scale_text } else { palette.label_text };
    icons::headphones(ui.painter(), center - vec2(0.0, 1.0), if is_on { palette.value_text } else { rest });
    let sentence = "plays only what this band changes. Only for listening; key S.";
    finish(ui, desk, &response, &format!("Band {} Solo", slot + 1), sentence, is_on);
    if response.clicked() {
        bands::solo(ui, desk.parameters, (!is_on).then_some(slot));
    }
}

/// The footer, the focus and the accessible name of a switch.
fn finish(ui: &Ui, desk: &mut Desk<'_>, response: &Response, name: &str, sentence: &str, is_on: bool) {
    attend(ui, desk, response, response.rect, &setting::label(name), sentence);
    let spoken = desk.spoken(name);
    response.widget_info(|| WidgetInfo::selected(Kind::Switch, true, is_on, &spoken));
}
