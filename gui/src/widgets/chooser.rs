//! The chooser: what is chosen, and behind it a list to choose from.

use egui::{Align, Align2, EventFilter, Key, Rect, Response, Role as Kind, Sense, Ui, WidgetInfo, pos2, vec2};

use super::button::attend;
use super::caption::Written;
use super::control::wheel_steps;
use super::list::{self, Entry};
use super::popup;
use crate::desk::Desk;
use crate::look::size;
use crate::palette::Color;
use crate::write::{self, Role};
use crate::{gesture, icons, keys, paint, setting};

/// Least width of the list.
const LIST_WIDTH: f32 = 200.0;

/// A choice from a list.
#[derive(Clone, Copy, Debug)]
pub struct Chooser<'a> {
    name: &'a str,
    sentence: &'a str,
    entries: &'a [Entry],
    bare: Option<Written>,
}

impl<'a> Chooser<'a> {
    /// A choice with its accessible name, what the footer says of it, and what can be chosen.
    pub fn new(name: &'a str, sentence: &'a str, entries: &'a [Entry]) -> Self {
        Self { name, sentence, entries, bare: None }
    }

    /// Shows only what is chosen, as bare text in a color at one end of the rectangle, on another color under the pointer.
    pub fn bare(self, role: Role, align: Align, color: Color, lit: Color) -> Self {
        Self { bare: Some(Written { color: Some(color), lit: Some(lit), ..Written::new(role, align) }), ..self }
    }

    /// Shows a choice of the plugin, as `dressed` has it, and lets it be made; `entries` are its words in their order.
    /// `None` where the plugin has no such parameter.
    pub fn show_parameter(
        ui: &Ui,
        desk: &mut Desk<'_>,
        rect: Rect,
        id: &str,
        entries: &[Entry],
        dressed: impl FnOnce(Chooser<'_>) -> Chooser<'_>,
    ) -> Option<Response> {
        let parameter = setting::find(id)?;
        let chosen = desk.parameters.value(id)? as usize;
        let (name, sentence) = (desk.name(parameter), setting::sentence(parameter));
        let chooser = dressed(Chooser::new(&name, &sentence, entries));
        let (response, asked) = chooser.show(ui, desk, rect, Some(chosen));
        if let Some(asked) = asked {
            gesture::once(ui, desk.parameters, response.id, id, asked as f32);
        }
        Some(response)
    }

    /// Shows what is chosen, and the list while it is open. Gives the response of the whole and the place of what was
    /// chosen now: by click, wheel, arrows or in the list.
    pub fn show(self, ui: &Ui, desk: &mut Desk<'_>, rect: Rect, chosen: Option<usize>) -> (Response, Option<usize>) {
        let response = ui.interact(rect, ui.scope_id().with(("chooser", self.name)), Sense::click());
        let list_id = response.id.with("list");
        if response.clicked() {
            popup::toggle(ui, list_id);
            list::begin(ui, list_id);
        }
        self.paint(ui, desk, rect, &response, chosen);
        attend(ui, desk, &response, rect, &setting::label(self.name), self.sentence);
        let mut asked = self.stepped(ui, &response, list_id, chosen);
        let entries = self.entries;
        let extent = vec2(rect.width().max(LIST_WIDTH), list::height(entries.len()));
        popup::show(ui, desk, list_id, rect, extent, |ui, desk, rect| {
            if let Some(taken) = list::show(ui, desk, list_id, rect, entries, chosen) {
                asked = Some(taken);
                popup::close(ui);
                response.request_focus();
            }
        });
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Kind::ComboBox, true, desk.spoken(self.name));
            info.current_text_value = self.entry(chosen).map(|entry| entry.name.clone());
            info
        });
        (response, asked.filter(|asked| Some(*asked) != chosen))
    }

    fn entry(&self, chosen: Option<usize>) -> Option<&'a Entry> {
        self.entries.get(chosen?)
    }

    /// What wheel and arrows ask for while the list is closed.
    fn stepped(&self, ui: &Ui, response: &Response, list_id: egui::Id, chosen: Option<usize>) -> Option<usize> {
        if popup::is_open(ui, list_id) {
            return None;
        }
        let mut steps = if response.hovered() { -wheel_steps(ui, response.id).0 } else { 0 };
        if response.has_focus() {
            let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
            let by_keys = keys::take(ui, |key, modifiers| match key {
                Key::ArrowDown if modifiers.is_none() => Some(1),
                Key::ArrowUp if modifiers.is_none() => Some(-1),
                _ => None,
            });
            steps += by_keys.iter().sum::<i32>();
        }
        let last = self.entries.len().checked_sub(1)?;
        let from = chosen.unwrap_or(0);
        (steps != 0).then(|| from.saturating_add_signed(steps as isize).min(last))
    }

    fn paint(&self, ui: &Ui, desk: &Desk<'_>, rect: Rect, response: &Response, chosen: Option<usize>) {
        if let Some(written) = self.bare {
            self.paint_bare(ui, desk, rect, response, chosen, written);
            return;
        }
        let (painter, palette) = (ui.painter(), desk.look.palette);
        let fill = if response.hovered() { palette.hover } else { palette.control };
        if response.is_pointer_button_down_on() {
            paint::outlined(painter, rect, size::RADIUS, fill, desk.look.accent);
        } else {
            paint::rounded(painter, rect, size::RADIUS, fill);
        }
        let middle = rect.center().y;
        icons::chevron(painter, pos2(rect.right() - 13.0, middle), icons::Toward::Down, palette.label_text);
        let Some(entry) = self.entry(chosen) else { return };
        let mut at = pos2(rect.left() + 10.0, middle);
        if let Some(shape) = entry.icon {
            icons::band_shape(painter, at + vec2(icons::HALF, 0.0), shape, palette.value_text);
            at.x += list::ICON;
        }
        let end = rect.right() - 24.0;
        let room = end - at.x;
        let name =
            write::elided(painter, palette.value_text, at, Align2::LEFT_CENTER, Role::BodyStrong, &entry.name, room);
        let beside = pos2(name.right() + size::CONTROL_GAP, middle);
        let room = end - beside.x;
        if write::width(painter, Role::Label, &entry.detail) <= room {
            write::text(painter, palette.label_text, beside, Align2::LEFT_CENTER, Role::Label, &entry.detail);
        }
    }

    fn paint_bare(
        &self,
        ui: &Ui,
        desk: &Desk<'_>,
        rect: Rect,
        response: &Response,
        chosen: Option<usize>,
        written: Written,
    ) {
        let (painter, palette) = (ui.painter(), desk.look.palette);
        if response.hovered() {
            paint::rounded(painter, rect, size::RADIUS, written.lit.unwrap_or(palette.control));
        }
        let Some(entry) = self.entry(chosen) else { return };
        let (mut at, anchor) = written.place(rect);
        let color = written.color.unwrap_or(palette.value_text);
        if let Some(shape) = entry.icon {
            icons::band_shape(painter, at + vec2(icons::HALF, 0.0), shape, color);
            at.x += list::ICON - 2.0;
        }
        let room = if written.align == Align::Min { rect.right() - at.x } else { rect.width() };
        write::elided(painter, color, at, anchor, written.role, &entry.name, room);
    }
}
