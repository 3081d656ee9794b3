//! The preset: previous, name, whether it was changed, next; behind the name the list, and a name to save under.

use egui::{Align, Align2, Key, Rect, Response, Role as Kind, Sense, Ui, WidgetInfo, pos2, vec2};

use super::Header;
use crate::desk::Desk;
use crate::look::size;
use crate::presets::Presets;
use crate::widgets::list::{self, Entry};
use crate::widgets::{Button, attend, popup, typing};
use crate::write::{self, Role};
use crate::{icons, paint};

/// From this width of the window on the box stands in its middle.
const CENTERED_FROM: f32 = 1100.0;
/// Below this width of the window it is narrow.
const NARROW_BELOW: f32 = 860.0;
/// The width of the arrows at both ends.
const ARROW: f32 = 30.0;

/// Where the box stands in the header.
pub(super) fn place(bar: Rect) -> Rect {
    let width = if bar.width() < NARROW_BELOW { 160.0 } else { 230.0 };
    // Right of the middle A and B have their place.
    let left = if bar.width() < CENTERED_FROM { 196.0 } else { (bar.width() / 2.0 - width / 2.0 - 110.0).round() };
    Rect::from_min_size(bar.min + vec2(left, 8.0), vec2(width, size::CONTROL))
}

impl Header {
    /// Shows the preset box.
    pub(super) fn preset_box(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, bar: Rect, presets: &mut Presets) {
        let rect = place(bar);
        let palette = desk.look.palette;
        paint::rounded(ui.painter(), rect, size::RADIUS, palette.control);
        let (before, rest) = rect.split_left_right_at_x(rect.left() + ARROW);
        let (name, after) = rest.split_left_right_at_x(rect.right() - ARROW);
        let sentence = "Takes the preset before this one.";
        if arrow(ui, desk, before, icons::Toward::Left, "Previous preset", sentence).clicked() {
            let done = presets.previous(desk.parameters);
            self.tell_if_wrong(ui, done);
        }
        self.list(ui, desk, rect, name, presets);
        if arrow(ui, desk, after, icons::Toward::Right, "Next preset", "Takes the preset after this one.").clicked() {
            let done = presets.next(desk.parameters);
            self.tell_if_wrong(ui, done);
        }
    }

    fn tell_if_wrong(&mut self, ui: &Ui, done: Result<(), String>) {
        if let Err(wrong) = done {
            self.tell(ui, Err(wrong));
        }
    }

    /// The name, and the list behind it.
    fn list(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, whole: Rect, rect: Rect, presets: &mut Presets) {
        let response = ui.interact(rect, ui.scope_id().with("preset"), Sense::click());
        let id = response.id.with("list");
        if response.clicked() {
            presets.refresh();
            popup::toggle(ui, id);
            list::begin(ui, id);
            self.new_name.clear();
        }
        let is_dirty = presets.is_dirty(desk.parameters);
        paint_name(ui, desk, rect, &response, presets.current_name(), is_dirty);
        let state = if is_dirty { "changed since it was taken" } else { "as it was taken" };
        let sentence = format!("{}, {state}. A click lists and saves presets.", presets.current_name());
        attend(ui, desk, &response, rect, "Preset", &sentence);
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Kind::ComboBox, true, "Preset");
            info.current_text_value = Some(presets.current_name().to_owned());
            info
        });
        if !popup::is_open(ui, id) {
            return;
        }
        let entries: Vec<Entry> = presets.names().iter().map(Entry::new).collect();
        let list_height = list::height(entries.len());
        let extent = vec2(whole.width(), list_height + size::HEADER);
        popup::show(ui, desk, id, whole, extent, |ui, desk, rect| {
            let (entries_rect, save_rect) = rect.split_top_bottom_at_y(rect.top() + list_height);
            if let Some(taken) = list::show(ui, desk, id, entries_rect, &entries, Some(presets.current())) {
                let done = presets.load(taken, desk.parameters);
                self.tell_if_wrong(ui, done);
                popup::close(ui);
            }
            self.save(ui, desk, save_rect, presets);
        });
    }

    /// A name to save under, and the button that does it.
    fn save(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, presets: &mut Presets) {
        let palette = desk.look.palette;
        paint::horizontal(ui.painter(), rect.x_range(), rect.top(), palette.line);
        let rect = rect.shrink(size::CONTROL_GAP);
        let (field, button) = rect.split_left_right_at_x(rect.right() - 64.0);
        let field = field.with_max_x(field.right() - size::GAP);
        let id = ui.scope_id().with("preset name");
        let is_focused = ui.memory(|memory| memory.has_focus(id));
        let edge = if is_focused { desk.look.accent } else { palette.edge };
        paint::outlined(ui.painter(), field, size::RADIUS, palette.control, edge);
        let line = field.shrink2(vec2(size::CONTROL_GAP, 0.0));
        let before = self.new_name.clone();
        let response = typing::edit(ui, desk, id, &mut self.new_name, line, Role::Body, Align::Min);
        if self.new_name.is_empty() {
            let at = pos2(line.left(), line.center().y);
            write::text(ui.painter(), palette.scale_text, at, Align2::LEFT_CENTER, Role::Body, "New name");
        }
        response.widget_info(|| {
            let mut info = WidgetInfo::text_edit(true, &before, &self.new_name, "");
            info.label = Some("Preset name".to_owned());
            info
        });
        let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let replaces = presets.exists(&self.new_name);
        let (label, sentence) = if replaces {
            ("Replace", "Saves the parameters in the place of the preset of this name.")
        } else {
            ("Save", "Saves the parameters as a chain file under this name in the presets' folder.")
        };
        let is_pressed = Button::new(label, sentence).named("Save preset").show(ui, desk, button).clicked();
        // Only the button replaces: Enter is too quickly pressed.
        let done = match (is_pressed, is_entered, replaces) {
            (true, _, true) => presets.replace(&self.new_name, desk.parameters),
            (true, _, false) | (_, true, _) => presets.save_as(&self.new_name, desk.parameters),
            _ => return,
        };
        if done.is_ok() {
            popup::close(ui);
        }
        self.tell(ui, done.map(|()| format!("{} is saved.", presets.current_name())));
    }
}

/// An arrow at one end of the box.
fn arrow(ui: &Ui, desk: &mut Desk<'_>, rect: Rect, toward: icons::Toward, name: &str, sentence: &str) -> Response {
    let response = ui.interact(rect, ui.scope_id().with(name), Sense::click());
    let palette = desk.look.palette;
    if response.hovered() {
        paint::rounded(ui.painter(), rect, size::RADIUS, palette.hover);
    }
    icons::chevron(ui.painter(), rect.center(), toward, palette.label_text);
    attend(ui, desk, &response, rect, name, sentence);
    response.widget_info(|| WidgetInfo::labeled(Kind::Button, true, name));
    response
}

fn paint_name(ui: &Ui, desk: &Desk<'_>, rect: Rect, response: &Response, name: &str, is_dirty: bool) {
    let (painter, palette) = (ui.painter(), desk.look.palette);
    if response.hovered() {
        paint::plane(painter, rect, palette.hover);
    }
    // The dot stands beside the name without moving it.
    let room = rect.width() - 2.0 * size::MARGIN;
    let width = write::width(painter, Role::BodyStrong, name).min(room);
    let at = pos2(rect.center().x - width / 2.0, rect.center().y);
    let written = write::elided(painter, palette.value_text, at, Align2::LEFT_CENTER, Role::BodyStrong, name, room);
    if is_dirty {
        painter.circle_filled(pos2(written.right() + size::CONTROL_GAP, at.y), 2.0, palette.label_text);
    }
}
