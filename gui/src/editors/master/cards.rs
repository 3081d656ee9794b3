//! The chain as cards, one for each module that works.

use egui::{Align2, Painter, Rect, Ui, pos2, vec2};

use super::Module;
use crate::desk::Desk;
use crate::limiter_view::Live;
use crate::look::{Look, size};
use crate::plots::lane::Lane;
use crate::widgets::card::{Card, Switch};
use crate::widgets::scale::Scale;
use crate::write::{self, Role};
use crate::{icons, numbers, paint, setting};

/// Size of a card, with a thumbnail and without; from the header to it, and between cards, points.
const CARD: egui::Vec2 = vec2(180.0, 92.0);
const FLAT_HEIGHT: f32 = 40.0;
const ABOVE: f32 = 12.0;
const BETWEEN: f32 = 17.0;

/// Width of the limiter's thumbnail, points.
const HISTORY_WIDTH: f32 = 116.0;

const POWER: Switch<'_> = Switch {
    id: "limiter.enabled",
    name: "Limiter card power",
    sentence: "Takes the limiter's processing out and leaves its delay.",
};
const DELTA: Switch<'_> = Switch {
    id: "listen.limiter.delta",
    name: "Limiter card delta",
    sentence: "Plays only what the limiter takes away.",
};

/// The height of the strip of cards, points.
pub fn height(flat: bool) -> f32 {
    2.0 * ABOVE + if flat { FLAT_HEIGHT } else { CARD.y }
}

/// Shows the cards on a strip; a click chooses a module.
pub fn show(ui: &Ui, desk: &mut Desk<'_>, strip: Rect, flat: bool, live: &Live, chosen: &mut Module) {
    let card_size = vec2(CARD.x, if flat { FLAT_HEIGHT } else { CARD.y });
    let mut place = Rect::from_min_size(strip.min + vec2(size::MARGIN, ABOVE), card_size);
    for (index, module) in Module::ALL.into_iter().enumerate() {
        if index > 0 {
            let at = pos2(place.left() - BETWEEN / 2.0, place.center().y);
            icons::chevron(ui.painter(), at, icons::Toward::Right, desk.look.palette.scale_text);
        }
        let is_chosen = *chosen == module;
        let is_clicked = match module {
            Module::Input => input(ui, desk, place, is_chosen),
            Module::Limiter => limiter(ui, desk, place, is_chosen, live),
        };
        if is_clicked {
            *chosen = module;
            ui.request_repaint();
        }
        place = place.translate(vec2(CARD.x + BETWEEN, 0.0));
    }
    paint::horizontal(ui.painter(), strip.x_range(), strip.bottom(), desk.look.palette.line);
}

fn input(ui: &Ui, desk: &mut Desk<'_>, place: Rect, chosen: bool) -> bool {
    let value = |id: &str| desk.parameters.value(id).unwrap_or(0.0);
    let gain = setting::find("input.gain_db").map_or_else(String::new, |gain| setting::shown(gain, value(&gain.id)));
    let sides = match (value("input.invert_left") >= 0.5, value("input.invert_right") >= 0.5) {
        (false, false) => "",
        (true, false) => "Left inverted",
        (false, true) => "Right inverted",
        (true, true) => "Both inverted",
    };
    let swap = if value("input.swap") >= 0.5 { "swapped" } else { "" };
    let text = match (sides, swap) {
        ("", "") => "As it comes".to_owned(),
        (sides, "") => sides.to_owned(),
        ("", _) => "Sides swapped".to_owned(),
        (sides, swap) => format!("{sides}, {swap}"),
    };
    let look = desk.look;
    let accent = look.palette.master;
    let card = Card { name: "Input", accent, chosen, power: None, delta: None, number: &gain };
    let response = card.show(ui, desk, place, |painter, inside| {
        let at = pos2(inside.left(), inside.top() + 10.0);
        write::text(painter, look.palette.label_text, at, Align2::LEFT_CENTER, Role::Label, &text);
    });
    response.clicked()
}

fn limiter(ui: &Ui, desk: &mut Desk<'_>, place: Rect, chosen: bool, live: &Live) -> bool {
    let look = desk.look;
    let number = format!("{} dB", numbers::plain(f64::from(live.reduction_db()), 1));
    let accent = look.palette.limiter;
    let card = Card { name: "Limiter", accent, chosen, power: Some(POWER), delta: Some(DELTA), number: &number };
    card.show(ui, desk, place, |painter, inside| history(painter, &look, inside, live)).clicked()
}

/// The last 10 s of reduction.
fn history(painter: &Painter, look: &Look, inside: Rect, live: &Live) {
    let plot = Rect::from_min_size(inside.min, vec2(HISTORY_WIDTH, inside.height()));
    let lane = Lane { painter, look, plot, grid_right: plot.right(), view: &live.timeline, bypassed: false };
    let scale = Scale::for_reduction(live.timeline.deepest_db());
    let curve = lane.curve(&scale, |column| column.gain_reduction_db);
    paint::area(painter, &curve, plot.top(), look.palette.limiter.faded(0.35));
    paint::curve(painter, curve, 1.2, look.palette.limiter);
}
