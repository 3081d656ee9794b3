//! The chain as cards, one for each module that works, in the order of the chain.

mod switches;

use egui::{Align2, Painter, Rect, Response, Ui, pos2};

use self::switches::Switches;
use super::module::Module;
use super::output_card;
use super::places::{BETWEEN, Places};
use super::reorder::Reorder;
use super::views::Views;
use crate::desk::Desk;
use crate::equalizer_view::{Thumbnail, bands};
use crate::imager_view;
use crate::limiter_view::Live;
use crate::look::Look;
use crate::parameters::Parameters;
use crate::plots::lane::Lane;
use crate::widgets::card::{Card, Stand};
use crate::widgets::scale::Scale;
use crate::write::{self, Role};
use crate::{icons, numbers, paint, setting};

/// What the limiter's number takes beside its thumbnail, points.
const NUMBER: f32 = 44.0;

/// What the thumbnails of compressor and imager leave for a number, points; where it stands below them they have it too.
const LEFT_FOR_NUMBER: f32 = 48.0;

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
    /// The card that is being moved.
    pub reorder: &'a mut Reorder,
    /// Sample rate, Hz, and the channels of the signal.
    pub format: (f32, usize),
}

impl Cards<'_> {
    /// Shows the cards on a strip; a click chooses a module.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, strip: Rect, modules: &[Module], chosen: &mut Module) {
        let places = Places::new(strip, self.flat, modules);
        let cards: Vec<(Module, Rect)> = modules.iter().copied().zip(places.cards.iter().copied()).collect();
        if places.is_wide {
            for (_, home) in cards.iter().skip(1) {
                let at = pos2(home.left() - BETWEEN / 2.0, home.center().y);
                icons::chevron(ui.painter(), at, icons::Toward::Right, desk.look.palette.scale_text);
            }
        }
        // The one in the hand lies over the others.
        let (held, standing): (Vec<usize>, Vec<usize>) =
            (0..cards.len()).partition(|index| self.reorder.dragged(cards[*index].0).is_some());
        for index in standing.into_iter().chain(held) {
            let (module, home) = cards[index];
            let dragged = self.reorder.dragged(module);
            if dragged.is_some() {
                self.reorder.paint(ui, desk, &cards);
            }
            let stand = Stand {
                place: (index + 1, cards.len()),
                stacked: !places.is_wide,
                movable: module.movable().is_some(),
                locked: module == Module::Output,
                dragged,
            };
            let response = self.card(ui, desk, home, module, *chosen == module, stand);
            self.reorder.follow(ui, desk, module, &response, &cards);
            if response.clicked() {
                *chosen = module;
                ui.request_repaint();
            }
        }
        paint::horizontal(ui.painter(), strip.x_range(), strip.bottom(), desk.look.palette.line);
    }

    fn card(
        &mut self,
        ui: &mut Ui,
        desk: &mut Desk<'_>,
        home: Rect,
        module: Module,
        chosen: bool,
        stand: Stand,
    ) -> Response {
        let (look, parameters) = (desk.look, desk.parameters);
        let number = self.number(module, parameters);
        let Switches { power, delta, solo } = Switches::of(module);
        let accent = module.accent(look.palette);
        let card = Card { name: module.name(), accent, chosen, power, delta, solo, number: &number, stand };
        card.show(ui, desk, home, |painter, inside| self.thumbnail(painter, &look, inside, module, stand, parameters))
    }

    /// The one number of a module's card.
    fn number(&self, module: Module, parameters: &dyn Parameters) -> String {
        match module {
            Module::Input => input_gain(parameters),
            Module::Equalizer if self.flat => bands_on(parameters),
            Module::Compressor => {
                let deepest_db = f64::from(self.views.compressor.deepest_db(parameters));
                format!("{} dB", numbers::signed(deepest_db, 1))
            }
            Module::Imager => self.views.imager.correlation(),
            Module::Limiter => format!("{} dB", numbers::plain(f64::from(self.live.reduction_db()), 1)),
            Module::Output if self.flat => output_card::depth(parameters),
            Module::Equalizer | Module::Output => String::new(),
        }
    }

    fn thumbnail(
        &mut self,
        painter: &Painter,
        look: &Look,
        inside: Rect,
        module: Module,
        stand: Stand,
        parameters: &dyn Parameters,
    ) {
        let with_number = if stand.stacked { inside.with_max_x(inside.right() + LEFT_FOR_NUMBER) } else { inside };
        match module {
            Module::Input => input(painter, look, inside, parameters),
            Module::Equalizer => self.curve.paint(painter, look, inside, parameters, self.format),
            Module::Compressor => self.views.compressor.thumbnail(painter, look, with_number, parameters),
            Module::Imager => imager_view::thumbnail(painter, look, with_number, parameters),
            Module::Limiter => {
                let right = if stand.stacked { inside.right() } else { inside.right() - NUMBER };
                history(painter, look, inside.with_max_x(right), self.live);
            }
            Module::Output => output_card::paint(painter, look, inside, parameters),
        }
    }
}

/// How many bands act: `6 bands`.
fn bands_on(parameters: &dyn Parameters) -> String {
    match bands::read(parameters).bands.iter().filter(|band| band.enabled).count() {
        1 => "1 band".to_owned(),
        count => format!("{count} bands"),
    }
}

fn input_gain(parameters: &dyn Parameters) -> String {
    let id = "input.gain_db";
    setting::find(id).map_or_else(String::new, |gain| setting::shown(gain, parameters.value(id).unwrap_or(0.0)))
}

/// What the input stage does to the channels.
fn input(painter: &Painter, look: &Look, inside: Rect, parameters: &dyn Parameters) {
    let is_on = |id: &str| parameters.value(id).is_some_and(|value| value >= 0.5);
    let sides = match (is_on("input.invert_left"), is_on("input.invert_right")) {
        (false, false) => "",
        (true, false) => "Left inverted",
        (false, true) => "Right inverted",
        (true, true) => "Both inverted",
    };
    let text = match (sides, is_on("input.swap")) {
        ("", false) => "As it comes".to_owned(),
        (sides, false) => sides.to_owned(),
        ("", true) => "Sides swapped".to_owned(),
        (sides, true) => format!("{sides}, swapped"),
    };
    let at = pos2(inside.left(), inside.top() + 10.0);
    let color = look.palette.label_text;
    write::elided(painter, color, at, Align2::LEFT_CENTER, Role::Label, &text, inside.width());
}

/// The last 10 s of reduction.
fn history(painter: &Painter, look: &Look, plot: Rect, live: &Live) {
    let lane = Lane { painter, look, plot, grid_right: plot.right(), view: &live.timeline, bypassed: false };
    let scale = Scale::for_reduction(live.timeline.deepest_db());
    let curve = lane.curve(&scale, |column| column.gain_reduction_db);
    paint::area(painter, &curve, plot.top(), look.palette.limiter.faded(0.35));
    paint::curve(painter, curve, 1.2, look.palette.limiter);
}
