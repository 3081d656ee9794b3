//! The value of a control as text: what it stands on when the pointer or the focus is there, and the field to type in.

use egui::{Align, Align2, Rect, Ui, pos2};

use super::control::Control;
use super::typing;
use crate::desk::Desk;
use crate::look::size;
use crate::write::{self, Role};
use crate::{paint, setting};

/// Space on both sides of a value, and above and below it.
const PADDING: egui::Vec2 = egui::vec2(8.0, 6.0);

/// The area of a value that is `least` points wide at least, at its place.
pub(super) fn area(ui: &Ui, text: &str, role: Role, at: egui::Pos2, align: Align, least: f32) -> Rect {
    let width = (write::width(ui.painter(), role, text) + 2.0 * PADDING.x).max(least);
    let left = match align {
        Align::Min => at.x - PADDING.x,
        Align::Center => at.x - width / 2.0,
        Align::Max => at.x + PADDING.x - width,
    };
    let half = role.size() / 2.0 + PADDING.y;
    Rect::from_x_y_ranges(left..=left + width, at.y - half..=at.y + half)
}

/// Shows a control's value, or the field that it is typed in.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, control: &Control, rect: Rect, role: Role, align: Align) {
    if control.is_typing {
        typing::show(ui, desk, control.parameter, control.response.id, rect, role, align);
        return;
    }
    let palette = desk.look.palette;
    let is_enabled = control.response.sense.interactive();
    if is_enabled && (control.response.hovered() || control.response.dragged() || control.shows_focus) {
        paint::rounded(ui.painter(), rect, size::RADIUS, palette.control);
    }
    let color = if is_enabled { palette.value_text } else { palette.scale_text };
    let (x, anchor) = match align {
        Align::Min => (rect.left() + PADDING.x, Align2::LEFT_CENTER),
        Align::Center => (rect.center().x, Align2::CENTER_CENTER),
        Align::Max => (rect.right() - PADDING.x, Align2::RIGHT_CENTER),
    };
    let text = setting::shown(control.parameter, control.value);
    write::text(ui.painter(), color, pos2(x, rect.center().y), anchor, role, &text);
}
