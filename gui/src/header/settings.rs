//! The settings: theme, size, where presets lie, chains through the clipboard, the list of keys.

use egui::{Align2, Event, Key, KeyboardShortcut, Modifiers, Rect, Role as Kind, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{Content, Header, help};
use crate::desk::Desk;
use crate::look::{Theme, size};
use crate::preferences::{Preferences, ZOOMS_PERCENT};
use crate::presets::Presets;
use crate::widgets::{Button, Segments, attend, popup};
use crate::write::{self, Role};
use crate::{icons, paint};

/// Width of the menu.
const WIDTH: f32 = 332.0;
/// Where the controls of a row begin.
const LABELS: f32 = 64.0;
/// Height of a row.
const ROW: f32 = 36.0;
/// Around everything.
const PADDING: f32 = 12.0;

impl Header {
    /// Shows the button, and the menu while it is open.
    pub(super) fn settings(&mut self, ui: &Ui, desk: &mut Desk<'_>, bar: Rect, content: &mut Content<'_>) {
        let center = pos2(bar.right() - 24.0, bar.center().y);
        let rect = Rect::from_center_size(center, vec2(size::CONTROL, size::CONTROL));
        let response = ui.interact(rect, ui.scope_id().with("settings"), Sense::click());
        let id = response.id.with("menu");
        if response.clicked() {
            popup::toggle(ui, id);
        }
        let palette = desk.look.palette;
        let is_lit = response.hovered() || popup::is_open(ui, id);
        let behind = if is_lit { palette.control } else { palette.window };
        paint::rounded(ui.painter(), rect, size::RADIUS, behind);
        let color = if is_lit { palette.value_text } else { palette.label_text };
        icons::sliders(ui.painter(), center, color, behind);
        attend(ui, desk, &response, rect, "Settings", "Theme, size, chains through the clipboard, keys.");
        response.widget_info(|| WidgetInfo::labeled(Kind::Button, true, "Settings"));
        let has_presets = !content.presets.is_empty();
        let rows = if has_presets { 5.0 } else { 3.0 };
        let extent = vec2(WIDTH, 2.0 * PADDING + rows * ROW);
        popup::show(ui, desk, id, rect, extent, |ui, desk, rect| {
            let inner = rect.shrink(PADDING);
            let row = |index: f32| Rect::from_min_size(inner.min + vec2(0.0, index * ROW), vec2(inner.width(), ROW));
            preferences(ui, desk, [row(0.0), row(1.0)], content.preferences);
            let button = controls(ui, desk, row(2.0), "Keys");
            let sentence = "Lists the keys that work in this editor. Key F1 or ?.";
            if Button::new("Show keys", sentence).show(ui, desk, button).clicked() {
                popup::toggle(ui, help::id());
            }
            if has_presets {
                self.chains(ui, desk, [row(3.0), row(4.0)], content.presets);
            }
        });
    }

    /// Chains through the clipboard, and the presets' folder.
    fn chains(&mut self, ui: &Ui, desk: &mut Desk<'_>, rows: [Rect; 2], presets: &mut Presets) {
        let [chain, folder] = rows;
        let (copy, paste) = halves(controls(ui, desk, chain, "Chain"));
        let sentence = "Puts all parameters into the clipboard, as the text of a chain file.";
        if Button::new("Copy chain", sentence).show(ui, desk, copy).clicked() {
            ui.copy_text(presets.copy(desk.parameters));
            self.tell(ui, Ok("The chain is in the clipboard.".to_owned()));
        }
        // A window hands the clipboard over when its keys ask for it, not before.
        let keys = ui.format_shortcut(&KeyboardShortcut::new(Modifiers::COMMAND, Key::V));
        let text = format!("{keys} pastes a chain");
        let at = pos2(paste.left() + size::CONTROL_GAP, paste.center().y);
        write::text(ui.painter(), desk.look.palette.label_text, at, Align2::LEFT_CENTER, Role::Label, &text);
        if let Some(text) = pasted(ui) {
            let done = presets.paste(&text, desk.parameters);
            if done.is_ok() {
                popup::close(ui);
            }
            self.tell(ui, done.map(|()| "The chain was taken from the clipboard.".to_owned()));
        }
        let place = controls(ui, desk, folder, "Presets");
        let Some(path) = presets.folder().map(|path| path.display().to_string()) else {
            let at = pos2(place.left(), place.center().y);
            let text = "This system names no folder for them.";
            write::text(ui.painter(), desk.look.palette.label_text, at, Align2::LEFT_CENTER, Role::Label, text);
            return;
        };
        let (shown, button) = place.split_left_right_at_x(place.right() - 76.0);
        let at = pos2(shown.left(), shown.center().y);
        let room = shown.width() - size::CONTROL_GAP;
        let color = desk.look.palette.label_text;
        write::elided(ui.painter(), color, at, Align2::LEFT_CENTER, Role::Label, &path, room);
        let sentence = format!("{path}. Presets are chain files in this folder; a press copies its path.");
        if Button::new("Copy path", &sentence).small().show(ui, desk, button).clicked() {
            ui.copy_text(path);
            self.tell(ui, Ok("The path is in the clipboard.".to_owned()));
        }
    }
}

/// Theme and size.
fn preferences(ui: &Ui, desk: &mut Desk<'_>, rows: [Rect; 2], preferences: &Preferences) {
    let [theme, zoom] = rows;
    let place = controls(ui, desk, theme, "Theme");
    let chosen = usize::from(preferences.theme() == Theme::Light);
    let sentence = "The colors of this editor.";
    let (_, asked) = Segments::new(&["Dark", "Light"]).show(ui, desk, place, "Theme", sentence, chosen, 0);
    if let Some(asked) = asked {
        preferences.set_theme(if asked == 1 { Theme::Light } else { Theme::Dark });
    }
    let place = controls(ui, desk, zoom, "Size");
    let words = ZOOMS_PERCENT.map(|percent| percent.to_string());
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let place_of = |percent| ZOOMS_PERCENT.iter().position(|zoom| *zoom == percent).unwrap_or(1);
    let chosen = place_of(preferences.zoom_percent());
    let sentence = "The size of everything in this editor, in percent.";
    let (_, asked) = Segments::new(&words).show(ui, desk, place, "Size", sentence, chosen, place_of(100));
    if let Some(percent) = asked.and_then(|asked| ZOOMS_PERCENT.get(asked)) {
        preferences.set_zoom_percent(*percent);
    }
}

/// Writes a row's label; gives the place of its controls.
fn controls(ui: &Ui, desk: &Desk<'_>, row: Rect, label: &str) -> Rect {
    let at = pos2(row.left(), row.center().y);
    write::text(ui.painter(), desk.look.palette.label_text, at, Align2::LEFT_CENTER, Role::Body, label);
    let top = row.center().y - size::CONTROL / 2.0;
    Rect::from_min_max(pos2(row.left() + LABELS, top), pos2(row.right(), top + size::CONTROL))
}

fn halves(rect: Rect) -> (Rect, Rect) {
    let (left, right) = rect.split_left_right_at_fraction(0.5);
    (left.with_max_x(left.right() - size::GAP), right)
}

/// What the clipboard handed over.
fn pasted(ui: &Ui) -> Option<String> {
    ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Paste(text) => Some(text.clone()),
            _ => None,
        })
    })
}
