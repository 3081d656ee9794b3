//! The value field: a parameter as bare text, moved and typed where it stands.

use egui::{Align, Rect, Response, Ui};

use super::caption::{self, Written};
use super::control::drive;
use crate::desk::Desk;
use crate::look::size;
use crate::palette::Color;
use crate::setting;
use crate::write::{self, Role};

/// A value that can be moved like a knob, without an arc.
#[derive(Clone, Copy, Debug)]
pub struct ValueField<'a> {
    id: &'a str,
    rect: Rect,
    written: Written,
    label: Option<&'a str>,
}

impl<'a> ValueField<'a> {
    /// The value of the parameter with this id, in the middle of a rectangle.
    pub fn new(id: &'a str, rect: Rect) -> Self {
        Self { id, rect, written: Written::new(Role::Value, Align::Center), label: None }
    }

    /// At which end of the rectangle the value stands.
    pub fn align(self, align: Align) -> Self {
        Self { written: Written { align, ..self.written }, ..self }
    }

    /// Its type.
    pub fn role(self, role: Role) -> Self {
        Self { written: Written { role, ..self.written }, ..self }
    }

    /// Its color, where that is not a value's, and what it stands on under the pointer.
    pub fn colors(self, color: Color, lit: Color) -> Self {
        Self { written: Written { color: Some(color), lit: Some(lit), ..self.written }, ..self }
    }

    /// Writes a label above the value, inside the rectangle.
    pub fn label(self, label: &'a str) -> Self {
        Self { label: Some(label), ..self }
    }

    /// Shows the value and lets it be moved and typed. `None` where the plugin has no such parameter.
    pub fn show(self, ui: &mut Ui, desk: &mut Desk<'_>) -> Option<Response> {
        let parameter = setting::find(self.id)?;
        let mut field = self.rect;
        if self.label.is_some() {
            field.min.y += size::MARGIN;
        }
        let control = drive(ui, desk, parameter, self.rect, field, true)?;
        if let Some(label) = self.label {
            let (at, anchor) = self.written.place(self.rect.with_max_y(field.top()));
            write::text(ui.painter(), desk.look.palette.label_text, at, anchor, Role::Label, label);
        }
        caption::show(ui, desk, &control, field, self.written);
        if control.shows_focus {
            let painter = ui.painter();
            crate::paint::ring(painter, field, size::RADIUS, size::FOCUS_OFFSET, size::STROKE, desk.look.accent);
        }
        Some(control.response)
    }
}
