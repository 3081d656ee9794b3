//! The chain as cards, one for each module that works.

use egui::{Align2, Painter, Rect, Ui, pos2, vec2};

use super::Module;
use super::views::Views;
use crate::desk::Desk;
use crate::equalizer_view::{Thumbnail, bands};
use crate::imager_view;
use crate::limiter_view::Live;
use crate::look::{Look, size};
use crate::parameters::Parameters;
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

/// Between cards that have no room for an arrow, points.
const CLOSE: f32 = 9.0;

/// A narrower card has no room for a delta beside a name of middle length, points.
const WITH_DELTA: f32 = 112.0;

/// Width of the limiter's thumbnail, points.
const HISTORY_WIDTH: f32 = 116.0;

const EQUALIZER_POWER: Switch<'_> = Switch {
    id: "equalizer.enabled",
    name: "Equalizer card power",
    sentence: "Takes the equalizer's processing out and leaves its delay.",
};
const COMPRESSOR_POWER: Switch<'_> = Switch {
    id: "compressor.enabled",
    name: "Compressor card power",
    sentence: "Takes the compressor's processing out and leaves its delay.",
};
const IMAGER_POWER: Switch<'_> = Switch {
    id: "imager.enabled",
    name: "Imager card power",
    sentence: "Takes the imager's processing out and leaves its delay.",
};
const IMAGER_DELTA: Switch<'_> =
    Switch { id: "listen.imager.delta", name: "Imager card delta", sentence: "Plays only what the imager changes." };
const LIMITER_POWER: Switch<'_> = Switch {
    id: "limiter.enabled",
    name: "Limiter card power",
    sentence: "Takes the limiter's processing out and leaves its delay.",
};
const LIMITER_DELTA: Switch<'_> = Switch {
    id: "listen.limiter.delta",
    name: "Limiter card delta",
    sentence: "Plays only what the limiter takes away.",
};

/// The height of the strip of cards, points.
pub fn height(flat: bool) -> f32 {
    2.0 * ABOVE + if flat { FLAT_HEIGHT } else { CARD.y }
}

/// What the cards show.
pub struct Cards<'a> {
    /// Whether they have no thumbnails.
    pub flat: bool,
    /// The limiter as it moves.
    pub live: &'a Live,
    /// The equalizer's curve.
    pub curve: &'a mut Thumbnail,
    /// Compressor and imager as they move.
    pub views: &'a Views,
    /// Sample rate, Hz, and the channels of the signal.
    pub format: (f32, usize),
}

/// Where the cards stand on a strip, and whether there are arrows between them. Where they have no room for a name between
/// its switches, each is as wide as its own needs.
fn places(strip: Rect, flat: bool, modules: &[Module]) -> (Vec<Rect>, bool) {
    let count = modules.len() as f32;
    let room = strip.width() - 2.0 * size::MARGIN;
    let fits = count * CARD.x + (count - 1.0) * BETWEEN <= room;
    let even = CARD.x.min((room - (count - 1.0) * CLOSE) / count);
    let is_tight = even < WITH_DELTA;
    let gap = match (fits, is_tight) {
        (true, _) => BETWEEN,
        (false, false) => CLOSE,
        (false, true) => size::GAP,
    };
    let all: f32 = modules.iter().map(|module| needed(*module)).sum();
    let share = (room - (count - 1.0) * gap) / all;
    let height = if flat { FLAT_HEIGHT } else { CARD.y };
    let mut left = strip.left() + size::MARGIN;
    let places = modules.iter().map(|module| {
        let width = if is_tight { share * needed(*module) } else { even };
        let place = Rect::from_min_size(pos2(left, strip.top() + ABOVE), vec2(width, height));
        left = place.right() + gap;
        place
    });
    (places.collect(), fits)
}

/// What a card takes for its switches and its name, points.
fn needed(module: Module) -> f32 {
    match module {
        Module::Input => 56.0,
        Module::Equalizer => 98.0,
        Module::Compressor => 112.0,
        Module::Imager => 86.0,
        Module::Limiter => 112.0,
    }
}

impl Cards<'_> {
    /// Shows the cards on a strip; a click chooses a module.
    pub fn show(&mut self, ui: &Ui, desk: &mut Desk<'_>, strip: Rect, modules: &[Module], chosen: &mut Module) {
        let (places, has_arrows) = places(strip, self.flat, modules);
        for (index, (module, place)) in modules.iter().copied().zip(places).enumerate() {
            if index > 0 && has_arrows {
                let at = pos2(place.left() - BETWEEN / 2.0, place.center().y);
                icons::chevron(ui.painter(), at, icons::Toward::Right, desk.look.palette.scale_text);
            }
            let is_chosen = *chosen == module;
            let is_clicked = match module {
                Module::Input => input(ui, desk, place, is_chosen),
                Module::Equalizer => self.equalizer(ui, desk, place, is_chosen),
                Module::Compressor => self.compressor(ui, desk, place, is_chosen),
                Module::Imager => self.imager(ui, desk, place, is_chosen),
                Module::Limiter => self.limiter(ui, desk, place, is_chosen),
            };
            if is_clicked {
                *chosen = module;
                ui.request_repaint();
            }
        }
        paint::horizontal(ui.painter(), strip.x_range(), strip.bottom(), desk.look.palette.line);
    }

    fn equalizer(&mut self, ui: &Ui, desk: &mut Desk<'_>, place: Rect, chosen: bool) -> bool {
        let (look, parameters) = (desk.look, desk.parameters);
        let number = if self.flat { bands_on(parameters) } else { String::new() };
        let accent = look.palette.equalizer;
        let power = Some(EQUALIZER_POWER);
        let card = Card { name: "Equalizer", accent, chosen, power, delta: None, number: &number };
        let response = card.show(ui, desk, place, |painter, inside| {
            self.curve.paint(painter, &look, inside, parameters, self.format);
        });
        response.clicked()
    }

    fn compressor(&self, ui: &Ui, desk: &mut Desk<'_>, place: Rect, chosen: bool) -> bool {
        let (look, parameters) = (desk.look, desk.parameters);
        let deepest_db = f64::from(self.views.compressor.deepest_db(parameters));
        let number = format!("{} dB", numbers::signed(deepest_db, 1));
        let (accent, power) = (look.palette.compressor, Some(COMPRESSOR_POWER));
        let card = Card { name: "Compressor", accent, chosen, power, delta: None, number: &number };
        let response = card.show(ui, desk, place, |painter, inside| {
            self.views.compressor.thumbnail(painter, &look, inside, parameters);
        });
        response.clicked()
    }

    fn imager(&self, ui: &Ui, desk: &mut Desk<'_>, place: Rect, chosen: bool) -> bool {
        let (look, parameters) = (desk.look, desk.parameters);
        let number = self.views.imager.correlation();
        let (accent, power) = (look.palette.imager, Some(IMAGER_POWER));
        let delta = (place.width() >= WITH_DELTA).then_some(IMAGER_DELTA);
        let card = Card { name: "Imager", accent, chosen, power, delta, number: &number };
        let response = card.show(ui, desk, place, |painter, inside| {
            imager_view::thumbnail(painter, &look, inside, parameters);
        });
        response.clicked()
    }

    fn limiter(&self, ui: &Ui, desk: &mut Desk<'_>, place: Rect, chosen: bool) -> bool {
        let look = desk.look;
        let number = format!("{} dB", numbers::plain(f64::from(self.live.reduction_db()), 1));
        let accent = look.palette.limiter;
        let (power, delta) = (Some(LIMITER_POWER), Some(LIMITER_DELTA));
        let card = Card { name: "Limiter", accent, chosen, power, delta, number: &number };
        card.show(ui, desk, place, |painter, inside| history(painter, &look, inside, self.live)).clicked()
    }
}

/// How many bands act: `6 bands`.
fn bands_on(parameters: &dyn Parameters) -> String {
    match bands::read(parameters).bands.iter().filter(|band| band.enabled).count() {
        1 => "1 band".to_owned(),
        count => format!("{count} bands"),
    }
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

/// The last 10 s of reduction.
fn history(painter: &Painter, look: &Look, inside: Rect, live: &Live) {
    let plot = Rect::from_min_size(inside.min, vec2(HISTORY_WIDTH, inside.height()));
    let lane = Lane { painter, look, plot, grid_right: plot.right(), view: &live.timeline, bypassed: false };
    let scale = Scale::for_reduction(live.timeline.deepest_db());
    let curve = lane.curve(&scale, |column| column.gain_reduction_db);
    paint::area(painter, &curve, plot.top(), look.palette.limiter.faded(0.35));
    paint::curve(painter, curve, 1.2, look.palette.limiter);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_have_room_in_the_smallest_window() {
        let all = [Module::Input, Module::Equalizer, Module::Compressor, Module::Imager, Module::Limiter];
        for width in [524.0, 590.0, 640.0, 1000.0, 2000.0] {
            for modules in [&all[..], &all[1..], &[Module::Input, Module::Equalizer, Module::Limiter]] {
                let strip = Rect::from_min_size(pos2(0.0, 44.0), vec2(width, height(true)));
                let (places, _) = places(strip, true, modules);
                for (module, place) in modules.iter().zip(&places) {
                    // A name between its switches.
                    assert!(place.width() >= needed(*module) && strip.contains_rect(*place), "{module:?} {places:?}");
                }
                assert!(places.windows(2).all(|pair| pair[0].right() + size::GAP <= pair[1].left() + 1e-3));
            }
        }
    }
}
