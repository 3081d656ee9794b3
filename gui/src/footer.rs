//! The footer: what the control under the pointer does; sample rate, latency and load.

use egui::{Align2, Id, Rect, Role, Sense, Ui, WidgetInfo, pos2};

use crate::desk::Desk;
use crate::feed::Status;
use crate::look::size;
use crate::numbers::{NONE, needed, plain};
use crate::write::{self, Role as Type};
use crate::{gesture, icons, paint};

/// How long the load stays as it is written, in seconds, so that it can be read.
const LOAD_STAYS: f64 = 0.5;

/// The width of rate, latency and load as one thing to be read.
const FACTS: f32 = 260.0;

/// Shows the footer over the lower end of `ui`, and ends the gestures that are over: to be called after every widget of
/// a pass.
pub fn show(ui: &Ui, desk: &mut Desk<'_>, status: &Status) {
    gesture::finish(ui, desk.parameters);
    let window = ui.max_rect();
    let bar = Rect::from_min_max(pos2(window.left(), window.bottom() - size::FOOTER), window.max);
    let (painter, palette) = (ui.painter(), desk.look.palette);
    paint::plane(painter, bar, palette.window);
    paint::horizontal(painter, bar.x_range(), bar.top(), palette.line);
    let end = facts(ui, desk, status, bar);
    hint(ui, desk, bar, end);
}

/// Writes rate, latency and load from the right; gives where they begin.
fn facts(ui: &Ui, desk: &Desk<'_>, status: &Status, bar: Rect) -> f32 {
    let (painter, palette) = (ui.painter(), desk.look.palette);
    let middle = bar.center().y + 0.5;
    let latency = if status.latency_frames() == 0 {
        "0 ms".to_owned()
    } else {
        format!("{} ms", plain(f64::from(status.latency_ms()), 1))
    };
    let (rate, load) = (rate(status), load(ui, status));
    let place = bar.with_min_x(bar.right() - FACTS);
    let said = format!("{rate}, latency {latency}, CPU {load}");
    say(ui, place, "Status", &said);
    let facts = [(load, Some("CPU")), (latency, Some("Latency")), (rate, None)];
    let mut right = bar.right() - size::MARGIN;
    for (value, label) in facts {
        let written =
            write::text(painter, palette.value_text, pos2(right, middle), Align2::RIGHT_CENTER, Type::Label, &value);
        right = written.left() - 20.0;
        if let Some(label) = label {
            let at = pos2(written.left() - 6.0, middle);
            let written = write::text(painter, palette.scale_text, at, Align2::RIGHT_CENTER, Type::Label, label);
            right = written.left() - 20.0;
        }
    }
    right
}

/// Writes what the control under the pointer does, as far as there is room.
fn hint(ui: &Ui, desk: &Desk<'_>, bar: Rect, end: f32) {
    let (painter, palette) = (ui.painter(), desk.look.palette);
    let middle = bar.center().y + 0.5;
    let mut left = bar.left() + size::MARGIN;
    if desk.hint.is_refusal() {
        icons::over(painter, pos2(left + 6.0, middle), palette.over, palette.on);
        left += 20.0;
    }
    let (name, sentence) = desk.hint.text();
    let said = if name.is_empty() { sentence.to_owned() } else { format!("{name}: {sentence}") };
    say(ui, bar.with_max_x(end), "Hint", &said);
    let mut written = |role, color, text: &str| {
        let at = pos2(left, middle);
        let room = (end - left).max(0.0);
        left = write::elided(painter, color, at, Align2::LEFT_CENTER, role, text, room).right() + size::CONTROL_GAP;
    };
    written(Type::LabelStrong, palette.value_text, name);
    written(Type::Label, palette.label_text, sentence);
}

/// Tells what is written to those who do not see it.
fn say(ui: &Ui, place: Rect, name: &str, text: &str) {
    let response = ui.interact(place, ui.scope_id().with(name), Sense::hover());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Status, true, name);
        info.current_text_value = Some(text.to_owned());
        info
    });
}

/// The sample rate: `48 kHz`, `44.1 kHz`.
fn rate(status: &Status) -> String {
    match f64::from(status.sample_rate()) {
        rate if rate > 0.0 => format!("{} kHz", needed(rate / 1000.0, 0, 2)),
        _ => NONE.to_owned(),
    }
}

/// The load as it was half a second ago at most.
fn load(ui: &Ui, status: &Status) -> String {
    let id = Id::unique("runout load");
    let now = ui.input(|input| input.time);
    let written: Option<(f64, f32)> = ui.data(|data| data.get_temp(id));
    let share = match written {
        Some((at, share)) if now - at < LOAD_STAYS => share,
        _ => {
            let share = status.cpu_share();
            ui.data_mut(|data| data.insert_temp(id, (now, share)));
            share
        }
    };
    format!("{} %", plain(f64::from(share) * 100.0, 1))
}
