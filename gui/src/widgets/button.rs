//! The button: something that is done when it is pressed.

use egui::{Align2, Rect, Response, Role as Kind, Sense, Ui, WidgetInfo};

use crate::desk::Desk;
use crate::look::size;
use crate::write::{self, Role};
use crate::{keys, paint};

/// A button.
#[derive(Clone, Copy, Debug)]
pub struct Button<'a> {
    label: &'a str,
    name: &'a str,
    sentence: &'a str,
    role: Role,
}

impl<'a> Button<'a> {
    /// A button with its text, which is also its accessible name, and what the footer says of it.
    pub fn new(label: &'a str, sentence: &'a str) -> Self {
        Self { label, name: label, sentence, role: Role::Body }
    }

    /// Gives it another accessible name than its text.
    pub fn named(self, name: &'a str) -> Self {
        Self { name, ..self }
    }

    /// Writes its text smaller.
    pub fn small(self) -> Self {
        Self { role: Role::Label, ..self }
    }

    /// Shows it; `clicked()` of the response says that it was pressed, by pointer or by Enter.
    pub fn show(self, ui: &Ui, desk: &mut Desk<'_>, rect: Rect) -> Response {
        let response = ui.interact(rect, ui.scope_id().with(("button", self.name)), Sense::click());
        let palette = desk.look.palette;
        let fill = if response.hovered() { palette.hover } else { palette.control };
        if response.is_pointer_button_down_on() {
            paint::outlined(ui.painter(), rect, size::RADIUS, fill, desk.look.accent);
        } else {
            paint::rounded(ui.painter(), rect, size::RADIUS, fill);
        }
        write::text(ui.painter(), palette.label_text, rect.center(), Align2::CENTER_CENTER, self.role, self.label);
        attend(ui, desk, &response, rect, self.name, self.sentence);
        response.widget_info(|| WidgetInfo::labeled(Kind::Button, true, self.name));
        response
    }
}

/// Shows the keyboard's focus on a control with straight edges, and explains it in the footer.
pub(crate) fn attend(ui: &Ui, desk: &mut Desk<'_>, response: &Response, rect: Rect, name: &str, sentence: &str) {
    let shows_focus = response.has_focus() && keys::lead(ui);
    if shows_focus {
        paint::ring(ui.painter(), rect, size::RADIUS, size::FOCUS_OFFSET, size::STROKE, desk.look.accent);
    }
    if response.hovered() {
        desk.hint.hovered(name, sentence);
    } else if shows_focus {
        desk.hint.focused(name, sentence);
    }
}
