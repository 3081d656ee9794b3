//! The header: the product's name, presets, what is only being listened to, bypass, settings; and the keys that work
//! everywhere.

mod help;
mod preset_box;
mod settings;

use egui::{Align2, Event, Key, Pos2, Rangef, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};
use runout_dsp_core::settings::{Kind, Parameter, Purpose, Step, parameters};

use crate::desk::Desk;
use crate::look::size;
use crate::preferences::Preferences;
use crate::presets::Presets;
use crate::widgets::{attend, popup};
use crate::write::{self, Role};
use crate::{gesture, icons, keys, paint, setting};

/// The host's own bypass.
const BYPASS: &str = "bypass";
/// How long a message stays in the footer, in seconds.
const MESSAGE_STAYS: f64 = 6.0;

/// What the mark and the longest of the names take, points.
const NAME: f32 = 150.0;

/// What an editor's header is about.
pub struct Content<'a> {
    /// The product without the family's name: `Limiter`.
    pub name: &'a str,
    /// Its presets.
    pub presets: &'a mut Presets,
    /// What the user prefers.
    pub preferences: &'a Preferences,
    /// The parameter that D turns, if there is one.
    pub delta: Option<&'a str>,
    /// The keys beside those of every editor, and what they do.
    pub keys: &'a [(&'a str, &'a str)],
    /// Whether R resets something.
    pub can_reset: bool,
}

/// What a header keeps from frame to frame.
#[derive(Debug, Default)]
pub struct Header {
    /// What was done or went wrong, and until when it is shown.
    message: Option<(Result<String, String>, f64)>,
    /// The name under which a preset is about to be saved.
    new_name: String,
}

impl Header {
    /// Shows the header over the upper end of `ui`, and the window's plane below everything: to be called before any
    /// other widget of a pass. Gives whether the meter is to be reset.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, content: &mut Content<'_>) -> bool {
        keys::leave_to_host(ui);
        let window = ui.max_rect();
        let bar = Rect::from_min_size(window.min, vec2(window.width(), size::HEADER));
        let palette = desk.look.palette;
        paint::plane(ui.painter(), window, palette.window);
        paint::horizontal(ui.painter(), bar.x_range(), bar.bottom() - 1.0, palette.line);
        name(ui, desk, bar, content.name);
        if !content.presets.is_empty() {
            self.preset_box(ui, desk, bar, content);
        }
        let is_reset = keys_of_all(ui, desk, content);
        let left = bypass(ui, desk, bar).map_or(bar.right() - 44.0, |rect| rect.left());
        let end = if content.presets.is_empty() { bar.left() + NAME } else { preset_box::place(bar).right() };
        pills(ui, desk, bar, Rangef::new(end + size::MARGIN, left - size::MARGIN));
        self.settings(ui, desk, bar, content);
        help::show(ui, desk, content);
        self.say(ui, desk);
        is_reset
    }

    /// Shows a message of something done, or the one line on what went wrong.
    fn tell(&mut self, ui: &Ui, message: Result<String, String>) {
        self.message = Some((message, ui.input(|input| input.time) + MESSAGE_STAYS));
    }

    fn say(&mut self, ui: &Ui, desk: &mut Desk<'_>) {
        let Some((message, until)) = &self.message else { return };
        let rest = until - ui.input(|input| input.time);
        if rest <= 0.0 {
            self.message = None;
            return;
        }
        match message {
            Ok(done) => desk.hint.told("", done),
            Err(wrong) => desk.hint.refused("", wrong),
        }
        ui.request_repaint_after(std::time::Duration::from_secs_f64(rest));
    }
}

/// The mark and the product's name.
fn name(ui: &Ui, desk: &Desk<'_>, bar: Rect, name: &str) {
    let (painter, palette) = (ui.painter(), desk.look.palette);
    let middle = bar.center().y;
    icons::mark(painter, pos2(bar.left() + 24.0, middle), desk.look.accent);
    let at = pos2(bar.left() + 42.0, middle);
    let family = write::text(painter, palette.label_text, at, Align2::LEFT_CENTER, Role::Title, "Runout");
    let at = pos2(family.right() + 5.0, middle);
    write::text(painter, palette.value_text, at, Align2::LEFT_CENTER, Role::TitleStrong, name);
}

/// The host's bypass, where the plugin has one; gives its place.
fn bypass(ui: &Ui, desk: &mut Desk<'_>, bar: Rect) -> Option<Rect> {
    let is_on = desk.parameters.value(BYPASS)? >= 0.5;
    let rect = Rect::from_min_size(pos2(bar.right() - 130.0, bar.top() + 8.0), vec2(86.0, size::CONTROL));
    let response = ui.interact(rect, ui.scope_id().with(BYPASS), Sense::click());
    let (painter, palette) = (ui.painter(), desk.look.palette);
    let color = if is_on { palette.on } else { palette.value_text };
    if is_on {
        paint::rounded(painter, rect, size::RADIUS, palette.near);
        let line = Rect::from_min_max(pos2(bar.left(), bar.bottom() - 1.0), pos2(bar.right(), bar.bottom() + 1.0));
        paint::plane(painter, line, palette.near);
    } else {
        let fill = if response.hovered() { palette.control } else { palette.window };
        let edge = if response.is_pointer_button_down_on() { desk.look.accent } else { palette.edge };
        paint::outlined(painter, rect, size::RADIUS, fill, edge);
    }
    icons::power(painter, pos2(rect.left() + 16.0, rect.center().y), color, 5.5);
    let at = pos2(rect.left() + 29.0, rect.center().y);
    write::text(painter, color, at, Align2::LEFT_CENTER, if is_on { Role::BodyStrong } else { Role::Body }, "Bypass");
    let sentence = "Passes the input through, delayed as the processed sound is. Key B.";
    attend(ui, desk, &response, rect, "Bypass", sentence);
    response.widget_info(|| WidgetInfo::selected(egui::Role::Switch, true, is_on, "Bypass"));
    if response.clicked() {
        turn(ui, desk, &response, BYPASS);
    }
    Some(rect)
}

/// What is on that changes only what is heard: a pill each, which a click turns off; where there is no room for all, one
/// for all of them.
fn pills(ui: &Ui, desk: &mut Desk<'_>, bar: Rect, room: Rangef) {
    let is_on = |parameter: &&Parameter| desk.parameters.value(&parameter.id).is_some_and(|value| value >= 0.5);
    let on: Vec<&'static Parameter> = listening().filter(is_on).collect();
    let labels: Vec<String> = on.iter().map(|parameter| pill_label(desk, parameter)).collect();
    let width = |label: &String| write::width(ui.painter(), Role::Pill, label) + 20.0 + size::CONTROL_GAP;
    if labels.iter().map(width).sum::<f32>() > room.span() && on.len() > 1 {
        let label = format!("{} for listening", on.len());
        let sentence = format!("{}. Only for listening; a click turns all of it off.", labels.join(", "));
        pill(ui, desk, pos2(room.max, bar.center().y), &label, &sentence, "Listening off", &on);
        return;
    }
    let mut right = room.max;
    for (parameter, label) in on.iter().zip(&labels) {
        let sentence = format!("{}. Only for listening; a click turns it off.", parameter.help);
        let name = format!("{} off", desk.name(parameter));
        let rect = pill(ui, desk, pos2(right, bar.center().y), label, &sentence, &name, &[parameter]);
        right = rect.left() - size::CONTROL_GAP;
    }
}

/// What a pill says of a parameter that is on.
fn pill_label(desk: &Desk<'_>, parameter: &Parameter) -> String {
    match parameter.kind {
        // What counts bands from 1.
        Kind::Number { step: Step::Whole, .. } => {
            let band = desk.parameters.value(&parameter.id).unwrap_or_default();
            format!("Band {band} {}", parameter.name.to_lowercase())
        }
        // The module that is heard alone.
        Kind::Choice(_) => {
            let value = desk.parameters.value(&parameter.id).unwrap_or_default();
            format!("{} solo", setting::shown(parameter, value))
        }
        _ => setting::label(&desk.name(parameter)),
    }
}

/// Shows a pill that ends at a place; a click turns the parameters off. Gives its own place.
fn pill(
    ui: &Ui,
    desk: &mut Desk<'_>,
    end: Pos2,
    label: &str,
    sentence: &str,
    name: &str,
    parameters: &[&Parameter],
) -> Rect {
    let width = write::width(ui.painter(), Role::Pill, label) + 20.0;
    let rect = Rect::from_min_size(end - vec2(width, 11.0), vec2(width, 22.0));
    let response = ui.interact(rect, ui.scope_id().with(("pill", name)), Sense::click());
    let palette = desk.look.palette;
    paint::rounded(ui.painter(), rect, 11.0, palette.near);
    write::text(ui.painter(), palette.on, rect.center(), Align2::CENTER_CENTER, Role::Pill, label);
    attend(ui, desk, &response, rect, label, sentence);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, name));
    if response.clicked() {
        for parameter in parameters {
            gesture::once(ui, desk.parameters, response.id.with(&parameter.id), &parameter.id, 0.0);
        }
    }
    rect
}

/// The parameters that are only for listening.
fn listening() -> impl Iterator<Item = &'static Parameter> {
    static IDS: std::sync::LazyLock<Vec<String>> = std::sync::LazyLock::new(|| {
        let all = parameters().into_iter().filter(|parameter| parameter.purpose == Purpose::Listening);
        all.map(|parameter| parameter.id).collect()
    });
    IDS.iter().filter_map(|id| setting::find(id))
}

/// Turns a switch of the plugin.
fn turn(ui: &Ui, desk: &Desk<'_>, response: &Response, id: &str) {
    if let Some(value) = desk.parameters.value(id) {
        gesture::once(ui, desk.parameters, response.id, id, if value >= 0.5 { 0.0 } else { 1.0 });
    }
}

/// The keys that work wherever the focus is; whether the meter is to be reset.
fn keys_of_all(ui: &Ui, desk: &Desk<'_>, content: &Content<'_>) -> bool {
    let owner = ui.scope_id().with("keys");
    let turned = [(Key::B, Some(BYPASS)), (Key::D, content.delta)];
    for (key, id) in turned {
        let Some((id, value)) = id.and_then(|id| Some((id, desk.parameters.value(id)?))) else { continue };
        if keys::pressed(ui, key) {
            gesture::once(ui, desk.parameters, owner, id, if value >= 0.5 { 0.0 } else { 1.0 });
        }
    }
    let is_question = !keys::is_typing(ui)
        && ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Text(text) if text == "?")));
    if keys::pressed(ui, Key::F1) || is_question {
        popup::toggle(ui, help::id());
    }
    content.can_reset && keys::pressed(ui, Key::R)
}
