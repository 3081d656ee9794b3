//! What all controls of a number share: drag, wheel, keys, clicks, the hint, the accessible name.

mod travel;

pub(crate) use travel::{Axis, Travel};

use egui::{
    Context, CursorIcon, Event, EventFilter, Id, Key, Modifiers, MouseWheelUnit, PointerButton, Rect, Response, Sense,
    Ui, WidgetInfo,
};
use runout_dsp_core::settings::Parameter;

use super::typing;
use crate::desk::Desk;
use crate::{gesture, keys, setting};

/// What Shift divides a drag by.
const FINE: f64 = 10.0;
/// A touchpad's scrolling of this many points is one step.
const POINTS_A_STEP: f32 = 20.0;
/// What Page Up and Page Down go.
const PAGE: i32 = 10;
/// How long a control shows that the host has moved it, in seconds.
const HOST_SHOWS: f64 = 0.5;

/// A control of one parameter in this pass.
pub(super) struct Control {
    pub parameter: &'static Parameter,
    pub response: Response,
    /// The value that it shows.
    pub value: f32,
    /// Whether its value is being typed.
    pub is_typing: bool,
    /// Whether the keyboard's focus is to be shown on it.
    pub shows_focus: bool,
    /// Whether the host has just moved it.
    pub is_automated: bool,
    /// How it is moved.
    pub travel: Travel,
}

/// What a key asks of a focused control.
#[derive(Clone, Copy)]
enum Asked {
    Steps(i32, bool),
    Lowest,
    Highest,
    Default,
    Type,
}

/// Lets a parameter be moved as a knob is, see [`drive_along`].
pub(super) fn drive(
    ui: &Ui,
    desk: &mut Desk<'_>,
    parameter: &'static Parameter,
    area: Rect,
    value_area: Rect,
    is_enabled: bool,
) -> Option<Control> {
    drive_along(ui, desk, parameter, area, value_area, is_enabled.then_some(Travel::KNOB))
}

/// Lets a parameter be moved within `area`, where it has a travel; a click on `value_area` types the value. `None` where the plugin has no such
/// parameter.
pub(super) fn drive_along(
    ui: &Ui,
    desk: &mut Desk<'_>,
    parameter: &'static Parameter,
    area: Rect,
    value_area: Rect,
    travel: Option<Travel>,
) -> Option<Control> {
    let (is_enabled, travel) = (travel.is_some(), travel.unwrap_or(Travel::KNOB));
    let owner = ui.scope_id().with((parameter.id.as_str(), desk.place));
    let sent = gesture::keep(ui, owner);
    let value = sent.or_else(|| desk.parameters.value(&parameter.id))?;
    let is_automated = moved_by_host(ui, owner, value, sent.is_some());
    let sense = if is_enabled { Sense::click_and_drag() } else { Sense::hover() };
    let response = ui.interact(area, owner, sense);
    let mut moved = Mover { ui, desk, parameter, owner, value, travel };
    if is_enabled {
        moved.drag(&response);
        moved.click(&response, value_area);
        moved.wheel(&response);
        moved.keys(&response);
    }
    let value = moved.value;
    let shows_focus = response.has_focus() && keys::lead(ui);
    let name = desk.name(parameter);
    explain(desk, parameter, &name, &response, shows_focus);
    response.widget_info(|| {
        let mut info = WidgetInfo::slider(is_enabled, f64::from(value), desk.spoken(&name));
        info.current_text_value = Some(setting::shown(parameter, value));
        info
    });
    let cursor = match travel.axis {
        Axis::Across => CursorIcon::ResizeHorizontal,
        Axis::Up => CursorIcon::ResizeVertical,
    };
    let response = if is_enabled { response.on_hover_and_drag_cursor(cursor) } else { response };
    let is_typing = typing::is_open(ui, owner);
    Some(Control { parameter, response, value, is_typing, shows_focus, is_automated, travel })
}

/// Puts a parameter's sentence into the footer while the pointer or the shown focus is on its control.
pub(super) fn explain(desk: &mut Desk<'_>, parameter: &Parameter, name: &str, response: &Response, shows_focus: bool) {
    if response.hovered() || response.dragged() {
        desk.hint.hovered(&setting::label(name), &setting::sentence(parameter));
    } else if shows_focus {
        desk.hint.focused(&setting::label(name), &setting::sentence(parameter));
    }
}

/// Moves one parameter.
struct Mover<'m, 'd> {
    ui: &'m Ui,
    desk: &'m mut Desk<'d>,
    parameter: &'static Parameter,
    owner: Id,
    value: f32,
    travel: Travel,
}

impl Mover<'_, '_> {
    fn drag(&mut self, response: &Response) {
        if response.drag_stopped() {
            gesture::end(self.ui, self.desk.parameters, self.owner);
        }
        // A held pointer is dragged on every frame: only one that moves counts.
        let share = self.travel.share(response.drag_delta());
        if !response.dragged_by(PointerButton::Primary) || (share == 0.0 && !response.drag_started()) {
            return;
        }
        if response.drag_started() {
            response.request_focus();
            typing::close(self.ui, self.owner);
        }
        let is_fine = self.ui.input(|input| input.modifiers.shift);
        let share = share / if is_fine { FINE } else { 1.0 };
        let from = f64::from(setting::position(self.parameter, self.value));
        gesture::begin(self.ui, self.desk.parameters, self.owner, &self.parameter.id, from);
        if let Some(position) = self.moved(share).filter(|_| share != 0.0) {
            self.value = self.travel.kept(self.parameter, setting::gridded(self.parameter, position, is_fine));
            gesture::set(self.ui, self.desk.parameters, self.owner, self.value);
        }
    }

    /// Where the drag stands after a movement; what lies beyond the limits may come back.
    fn moved(&self, share: f64) -> Option<f64> {
        let from = gesture::moved(self.ui, self.owner, 0.0)?;
        let [lowest, highest] = self.travel.limits;
        let to = (from + share).clamp(lowest.min(from), highest.max(from));
        gesture::moved(self.ui, self.owner, to - from)
    }

    fn click(&mut self, response: &Response, value_area: Rect) {
        let modifiers = self.ui.input(|input| input.modifiers);
        let is_clicked = response.clicked_by(PointerButton::Primary);
        if response.double_clicked() || (is_clicked && modifiers.command) {
            typing::close(self.ui, self.owner);
            self.set(self.parameter.default_value());
        } else if is_clicked {
            response.request_focus();
            let is_on_value = response.interact_pointer_pos().is_some_and(|at| value_area.contains(at));
            if is_on_value || modifiers.alt {
                self.type_value(None);
            }
        }
    }

    fn wheel(&mut self, response: &Response) {
        if !response.hovered() {
            return;
        }
        let (steps, is_fine) = wheel_steps(self.ui, self.owner);
        if steps != 0 {
            self.step(steps, is_fine);
        }
    }

    fn keys(&mut self, response: &Response) {
        if !response.has_focus() {
            return;
        }
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        self.ui.memory_mut(|memory| memory.set_focus_lock_filter(self.owner, filter));
        for asked in keys::take(self.ui, asked) {
            match asked {
                Asked::Steps(steps, is_fine) => self.step(steps, is_fine),
                Asked::Lowest => self.set(self.parameter.kind.range().0),
                Asked::Highest => self.set(self.parameter.kind.range().1),
                Asked::Default => self.set(self.parameter.default_value()),
                Asked::Type => self.type_value(None),
            }
        }
        if let Some(text) = typed_digits(self.ui) {
            self.type_value(Some(text));
        }
    }

    fn step(&mut self, steps: i32, is_fine: bool) {
        let value = setting::stepped(self.parameter, self.value, steps, is_fine);
        self.value = self.travel.kept(self.parameter, value);
        gesture::step(self.ui, self.desk.parameters, self.owner, &self.parameter.id, self.value);
    }

    fn set(&mut self, value: f32) {
        self.value = self.travel.kept(self.parameter, value);
        gesture::once(self.ui, self.desk.parameters, self.owner, &self.parameter.id, self.value);
    }

    fn type_value(&self, begun: Option<String>) {
        let is_begun = begun.is_some();
        let text = begun.unwrap_or_else(|| setting::exact(self.parameter, self.value));
        typing::open(self.ui, self.owner, text, !is_begun);
    }
}

fn asked(key: Key, modifiers: Modifiers) -> Option<Asked> {
    if modifiers.command || modifiers.alt {
        return None;
    }
    let is_fine = modifiers.shift;
    Some(match key {
        Key::ArrowUp | Key::ArrowRight => Asked::Steps(1, is_fine),
        Key::ArrowDown | Key::ArrowLeft => Asked::Steps(-1, is_fine),
        Key::PageUp => Asked::Steps(PAGE, is_fine),
        Key::PageDown => Asked::Steps(-PAGE, is_fine),
        Key::Home => Asked::Lowest,
        Key::End => Asked::Highest,
        Key::Delete | Key::Backspace => Asked::Default,
        Key::Enter => Asked::Type,
        _ => return None,
    })
}

/// Takes what was typed where it begins a number.
fn typed_digits(context: &Context) -> Option<String> {
    let mut typed = None;
    context.input_mut(|input| {
        input.events.retain(|event| match event {
            Event::Text(text)
                if text.starts_with(|first: char| first.is_ascii_digit() || "+-.,\u{2212}".contains(first)) =>
            {
                typed.get_or_insert_with(String::new).push_str(text);
                false
            }
            _ => true,
        });
    });
    typed
}

/// Takes the wheel: whole steps up, and whether Shift makes them fine. What a touchpad leaves over is kept.
pub(crate) fn wheel_steps(context: &Context, owner: Id) -> (i32, bool) {
    let (mut steps, mut is_fine) = (0.0, false);
    context.input_mut(|input| {
        input.events.retain(|event| {
            let Event::MouseWheel { unit, delta, modifiers, .. } = event else { return true };
            // Some systems turn the wheel sideways while Shift is held.
            let up = if modifiers.shift && delta.y == 0.0 { delta.x } else { delta.y };
            is_fine |= modifiers.shift;
            steps += match unit {
                MouseWheelUnit::Point => up / POINTS_A_STEP,
                MouseWheelUnit::Line | MouseWheelUnit::Page => up,
            };
            false
        });
    });
    context.data_mut(|data| {
        let rest = data.get_temp_mut_or_default::<f32>(owner.with("wheel"));
        *rest += steps;
        let whole = rest.trunc();
        *rest -= whole;
        (whole as i32, is_fine)
    })
}

/// Whether a value has just changed without a gesture of ours.
fn moved_by_host(context: &Context, owner: Id, value: f32, is_ours: bool) -> bool {
    #[derive(Clone, Copy)]
    struct Seen {
        value: f32,
        /// When we last moved it: a host may take its time to say so.
        ours_at: f64,
        host_at: f64,
    }
    let now = context.input(|input| input.time);
    let id = owner.with("seen");
    let mut seen = context.data(|data| data.get_temp::<Seen>(id)).unwrap_or(Seen {
        value,
        ours_at: f64::NEG_INFINITY,
        host_at: f64::NEG_INFINITY,
    });
    if is_ours {
        seen.ours_at = now;
    } else if seen.value != value && now - seen.ours_at > HOST_SHOWS {
        seen.host_at = now;
    }
    seen.value = value;
    context.data_mut(|data| data.insert_temp(id, seen));
    let shows = now - seen.host_at < HOST_SHOWS;
    if shows {
        context.request_repaint_after(std::time::Duration::from_secs_f64(HOST_SHOWS));
    }
    shows
}
