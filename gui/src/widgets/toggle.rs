//! The toggle: on or off. What changes only what is heard, not what is delivered, is on in `near`.

use egui::{Align2, Rect, Response, Role as Kind, Sense, Ui, WidgetInfo};
use runout_dsp_core::settings::Purpose;

use super::button::attend;
use crate::desk::Desk;
use crate::look::size;
use crate::palette::Color;
use crate::write::{self, Role};
use crate::{gesture, paint, setting};

/// A toggle.
#[derive(Clone, Copy, Debug)]
pub struct Toggle<'a> {
    label: &'a str,
    meaning: Option<Color>,
    is_small: bool,
}

impl<'a> Toggle<'a> {
    /// A toggle with its text.
    pub fn new(label: &'a str) -> Self {
        Self { label, meaning: None, is_small: false }
    }

    /// Its color when it is on, where that is not the accent.
    pub fn meaning(self, color: Color) -> Self {
        Self { meaning: Some(color), ..self }
    }

    /// Writes its text smaller.
    pub fn small(self) -> Self {
        Self { is_small: true, ..self }
    }

    /// Shows a switch of the plugin and lets it be turned; its accessible name is the parameter's. `None` where the plugin
    /// has no such parameter.
    pub fn show_parameter(self, ui: &Ui, desk: &mut Desk<'_>, rect: Rect, id: &str) -> Option<Response> {
        let parameter = setting::find(id)?;
        let is_on = desk.parameters.value(id)? >= 0.5;
        let is_listening = parameter.purpose == Purpose::Listening;
        let near = is_listening.then_some(desk.look.palette.near);
        let toggle = Self { meaning: self.meaning.or(near), ..self };
        let name = desk.name(parameter);
        let response = toggle.show(ui, desk, rect, &name, &setting::sentence(parameter), is_on);
        if response.clicked() {
            gesture::once(ui, desk.parameters, response.id, id, if is_on { 0.0 } else { 1.0 });
        }
        Some(response)
    }

    /// Shows it as it is, with its accessible name and what the footer says of it; `clicked()` of the response says that
    /// it was turned, by pointer or by Enter.
    pub fn show(self, ui: &Ui, desk: &mut Desk<'_>, rect: Rect, name: &str, sentence: &str, is_on: bool) -> Response {
        let response = ui.interact(rect, ui.scope_id().with(("toggle", name)), Sense::click());
        let (look, palette) = (desk.look, desk.look.palette);
        let color = self.meaning.unwrap_or(look.accent);
        let is_pressed = response.is_pointer_button_down_on();
        if is_on || is_pressed {
            let off = if response.hovered() { palette.hover } else { palette.control };
            let fill = if is_on { look.lit_fill(color) } else { off };
            paint::outlined(ui.painter(), rect, size::RADIUS, fill, color);
        } else {
            let fill = if response.hovered() { palette.hover } else { palette.control };
            paint::rounded(ui.painter(), rect, size::RADIUS, fill);
        }
        let role = match (self.is_small, is_on) {
            (false, false) => Role::Body,
            (false, true) => Role::BodyStrong,
            (true, false) => Role::Label,
            (true, true) => Role::LabelStrong,
        };
        let text = if is_on { palette.value_text } else { palette.label_text };
        write::text(ui.painter(), text, rect.center(), Align2::CENTER_CENTER, role, self.label);
        attend(ui, desk, &response, rect, &setting::label(name), sentence);
        response.widget_info(|| WidgetInfo::selected(Kind::Switch, true, is_on, name));
        response
    }
}
