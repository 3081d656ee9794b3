//! The chain as cards, one for each module that works.

use egui::{Align2, Painter, Rect, Ui, pos2, vec2};

use super::Module;
use crate::compressor_view::CompressorView;
use crate::desk::Desk;
use crate::equalizer_view::{Thumbnail, bands};
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
    /// The compressor as it moves.
    pub compressor: &'a CompressorView,
    /// Sample rate, Hz, and the channels of the signal.
    pub format: (f32, usize),
}

/// Where the cards stand on a strip, and whether there are arrows between them.
fn places(strip: Rect, flat: bool, count: usize) -> (Vec<Rect>, bool) {
    let cards = 0..count;
    let count = count as f32;
    let room = strip.width() - 2.0 * size::MARGIN;
    let fits = count * CARD.x + (count - 1.0) * BETWEEN <= room;
    let gap = if fits { BETWEEN } else { CLOSE };
    let width = CARD.x.min((room - (count - 1.0) * gap) / count);
    let card = vec2(width, if flat { FLAT_HEIGHT } else { CARD.y });
    let mut left = strip.left() + size::MARGIN;
    let places = cards.map(|_| {
        let place = Rect::from_min_size(pos2(left, strip.top() + ABOVE), card);
        left = place.right() + gap;
        place
    });
    (places.collect(), fits)
}

impl Cards<'_> {
    /// Shows the cards on a strip; a click chooses a module.
    pub fn show(&mut self, ui: &Ui, desk: &mut Desk<'_>, strip: Rect, modules: &[Module], chosen: &mut Module) {
        let (places, has_arrows) = places(strip, self.flat, modules.len());
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
        let deepest_db = f64::from(self.compressor.deepest_db(parameters));
        let number = format!("{} dB", numbers::signed(deepest_db, 1));
        let (accent, power) = (look.palette.compressor, Some(COMPRESSOR_POWER));
        let card = Card { name: "Compressor", accent, chosen, power, delta: None, number: &number };
        let response = card.show(ui, desk, place, |painter, inside| {
            self.compressor.thumbnail(painter, &look, inside, parameters);
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
        for width in [524.0, 590.0, 1000.0, 2000.0] {
            let strip = Rect::from_min_size(pos2(0.0, 44.0), vec2(width, height(true)));
            let (places, _) = places(strip, true, 4);
            // A name between its switches.
            assert!(places.iter().all(|place| place.width() >= 112.0 && strip.contains_rect(*place)), "{places:?}");
            assert!(places.windows(2).all(|pair| pair[0].right() + CLOSE <= pair[1].left() + 1e-3));
        }
    }
}
