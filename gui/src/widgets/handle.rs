//! The handle: a parameter that is moved where it stands in a plot. Whoever places it paints it.

use egui::{Align, Rect, Response, Ui};

use super::control::{Control, Travel, drive_along};
use super::typing;
use crate::desk::Desk;
use crate::setting;
use crate::write::Role;

/// A handle of one parameter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Handle<'a> {
    /// The parameter.
    pub id: &'a str,
    /// Where it can be taken hold of.
    pub area: Rect,
    /// How it is moved.
    pub travel: Travel,
}

impl Handle<'_> {
    /// Lets it be moved. `None` where the plugin has no such parameter.
    pub fn drive(&self, ui: &Ui, desk: &mut Desk<'_>) -> Option<Held> {
        let parameter = setting::find(self.id)?;
        drive_along(ui, desk, parameter, self.area, Rect::NOTHING, Some(self.travel)).map(Held)
    }
}

/// A handle as it stands in this pass.
pub(crate) struct Held(Control);

impl Held {
    /// The response of its area.
    pub fn response(&self) -> &Response {
        &self.0.response
    }

    /// The value that it shows.
    pub fn value(&self) -> f32 {
        self.0.value
    }

    /// The value with its unit.
    pub fn shown(&self) -> String {
        setting::shown(self.0.parameter, self.0.value)
    }

    /// Whether the keyboard's focus is to be shown on it.
    pub fn shows_focus(&self) -> bool {
        self.0.shows_focus
    }

    /// Whether the pointer is on it or holds it.
    pub fn is_meant(&self) -> bool {
        self.0.response.hovered() || self.0.response.dragged()
    }

    /// Whether its value is being typed.
    pub fn is_typing(&self) -> bool {
        self.0.is_typing
    }

    /// Shows the field that its value is typed in.
    pub fn show_field(&self, ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect) {
        typing::show(ui, desk, &self.0, rect, Role::Body, Align::Center);
    }
}
