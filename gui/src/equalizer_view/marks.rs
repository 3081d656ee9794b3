//! The headphones that play a band alone.

use egui::{Pos2, Rect, Sense, Ui, vec2};

use super::bands;
use crate::desk::Desk;
use crate::look::size;
use crate::widgets::marks::{area, finish};
use crate::{icons, paint};

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
