//! The value field: a parameter as bare text, moved and typed where it stands.

use egui::{Align, Align2, Rect, Response, Ui, pos2};

use super::caption;
use super::control::drive;
use crate::desk::Desk;
use crate::look::size;
use crate::setting;
use crate::write::{self, Role};

/// A value that can be moved like a knob, without an arc.
#[derive(Clone, Copy, Debug)]
pub struct ValueField<'a> {
    id: &'a str,
    rect: Rect,
    role: Role,
    align: Align,
    label: Option<&'a str>,
}

impl<'a> ValueField<'a> {
    /// The value of the parameter with this id, in the middle of a rectangle.
    pub fn new(id: &'a str, rect: Rect) -> Self {
        Self { id, rect, role: Role::Value, align: Align::Center, label: None }
    }

    /// At which end of the rectangle the value stands.
    pub fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }

    /// Its type.
    pub fn role(self, role: Role) -> Self {
        Self { role, ..self }
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
            let x = match self.align {
                Align::Min => self.rect.left() + size::CONTROL_GAP,
                Align::Center => self.rect.center().x,
                Align::Max => self.rect.right() - size::CONTROL_GAP,
            };
            let at = pos2(x, self.rect.top() + size::MARGIN / 2.0);
            let anchor = Align2([self.align, Align::Center]);
            write::text(ui.painter(), desk.look.palette.label_text, at, anchor, Role::Label, label);
        }
        caption::show(ui, desk, &control, field, self.role, self.align);
        if control.shows_focus {
            let painter = ui.painter();
            crate::paint::ring(painter, field, size::RADIUS, size::FOCUS_OFFSET, size::STROKE, desk.look.accent);
        }
        Some(control.response)
    }
}
