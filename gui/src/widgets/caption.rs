//! The value of a control as text: what it stands on when the pointer or the focus is there, and the field to type in.

use egui::{Align, Align2, Pos2, Rect, Ui, pos2};

use super::control::Control;
use super::typing;
use crate::desk::Desk;
use crate::look::size;
use crate::palette::Color;
use crate::write::{self, Role};
use crate::{paint, setting};

/// Space on both sides of a value, and above and below it.
const PADDING: egui::Vec2 = egui::vec2(8.0, 6.0);

/// How a control's value is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    /// Its type.
    pub role: Role,
    /// At which end of its rectangle it stands.
    pub align: Align,
    /// Its color, where that is not a value's.
    pub color: Option<Color>,
    /// What it stands on under the pointer, where that is not a control's.
    pub lit: Option<Color>,
}

impl Written {
    /// As a value is written.
    pub fn new(role: Role, align: Align) -> Self {
        Self { role, align, color: None, lit: None }
    }

    /// Where a line of text stands in a rectangle, and by which end.
    pub fn place(&self, rect: Rect) -> (Pos2, Align2) {
        let x = match self.align {
            Align::Min => rect.left() + PADDING.x,
            Align::Center => rect.center().x,
            Align::Max => rect.right() - PADDING.x,
        };
        (pos2(x, rect.center().y), Align2([self.align, Align::Center]))
    }
}

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
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, control: &Control, rect: Rect, written: Written) {
    if control.is_typing {
        typing::show(ui, desk, control, rect, written.role, written.align);
        return;
    }
    let palette = desk.look.palette;
    let is_enabled = control.response.sense.interactive();
    if is_enabled && (control.response.hovered() || control.response.dragged() || control.shows_focus) {
        paint::rounded(ui.painter(), rect, size::RADIUS, written.lit.unwrap_or(palette.control));
    }
    let color = if is_enabled { written.color.unwrap_or(palette.value_text) } else { palette.scale_text };
    let (at, anchor) = written.place(rect);
    let text = setting::shown(control.parameter, control.value);
    write::text(ui.painter(), color, at, anchor, written.role, &text);
}
