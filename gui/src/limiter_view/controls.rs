//! The limiter's controls below its lanes.

mod plan;

use egui::{Align2, Rect, Ui};

pub use plan::{Plan, Room};

use crate::desk::Desk;
use crate::paint;
use crate::widgets::{Button, Knob, Segments, Toggle, ValueField};
use crate::write::{self, Role};

const STYLES: [&str; 4] = ["Transparent", "Punchy", "Loud", "Safe"];

/// Their widths in proportion, with room and without.
const STYLE_WIDTHS: [f32; 4] = [110.0, 86.0, 80.0, 80.0];
const NARROW_STYLE_WIDTHS: [f32; 4] = [92.0, 62.0, 48.0, 46.0];

/// The minor numbers: id and label.
const MINOR: [(&str, &str); 3] =
    [("limiter.lookahead_ms", "Lookahead"), ("limiter.release_ms", "Release"), ("limiter.link", "Link")];

/// Radius of a minor knob, points.
const MINOR_RADIUS: f32 = 18.0;

/// Shows the controls on a plane. `more` is whether the row that is folded away in a low window is shown.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, plane: Rect, room: Room, more: &mut bool) {
    let plan = Plan::new(plane, room, *more);
    let palette = desk.look.palette;
    paint::horizontal(ui.painter(), plane.x_range(), plane.top(), palette.line);
    for x in plan.separators.into_iter().flatten() {
        paint::vertical(ui.painter(), x, plane.top() + 20.0..=plane.bottom() - 20.0, palette.line);
    }
    let knob = |id, center, radius| Knob::new(id, center, radius).captions_at(plan.label_y, plan.value_y);
    knob("limiter.input_gain_db", plan.gain, plan.gain_radius).show(ui, desk);
    knob("limiter.ceiling_dbtp", plan.ceiling, plan::CEILING_RADIUS).show(ui, desk);
    if let Some(at) = plan.style_label {
        write::text(ui.painter(), palette.label_text, at, Align2::LEFT_CENTER, Role::Body, "Style");
    }
    let widths = if room.fields { NARROW_STYLE_WIDTHS } else { STYLE_WIDTHS };
    Segments::new(&STYLES).widths(&widths).show_parameter(ui, desk, plan.style, "limiter.style");
    write::text(ui.painter(), palette.label_text, plan.listen_label, Align2::LEFT_CENTER, Role::Body, "Listen");
    Toggle::new("Delta").show_parameter(ui, desk, plan.delta, "listen.limiter.delta");
    Toggle::new("Unity").show_parameter(ui, desk, plan.unity, "listen.limiter.unity_gain");
    if let Some(rect) = plan.more {
        let (label, sentence) = if *more {
            ("Less", "Folds lookahead, release and link away.")
        } else {
            ("More", "Shows lookahead, release and link.")
        };
        if Button::new(label, sentence).show(ui, desk, rect).clicked() {
            *more = !*more;
            ui.request_repaint();
        }
    }
    minor(ui, desk, &plan);
}

/// Lookahead, release, auto, link.
fn minor(ui: &mut Ui, desk: &mut Desk<'_>, plan: &Plan) {
    for ((id, label), place) in MINOR.into_iter().zip(plan.minor) {
        match place {
            Some(plan::Minor::Knob(center)) => {
                Knob::new(id, center, MINOR_RADIUS).label(label).beside().show(ui, desk);
            }
            Some(plan::Minor::Field(rect)) => {
                ValueField::new(id, rect).label(label).show(ui, desk);
            }
            None => {}
        }
    }
    if let Some(rect) = plan.auto {
        Toggle::new("Auto").show_parameter(ui, desk, rect, "limiter.auto_release");
    }
}

/// A notice on a lane while the limiter is off, which turns it on again.
pub fn show_off(ui: &mut Ui, desk: &mut Desk<'_>, lane: Rect) {
    let rect = Rect::from_center_size(lane.center(), egui::vec2(150.0, 30.0));
    let name = if desk.full_names { "Limiter is off: turn it on" } else { "Off: turn it on" };
    let button = Button::new("Off. Turn it on", "The limiter is off: the sound passes, delayed as before.").named(name);
    let response = button.show(ui, desk, rect);
    if response.clicked() {
        crate::gesture::once(ui, desk.parameters, response.id, "limiter.enabled", 1.0);
    }
}
