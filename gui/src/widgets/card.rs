//! A module's card: its power, name, delta and solo, a thumbnail and one number. A click chooses the module; a card that
//! can be moved has a grip and follows the pointer.

mod places;
mod switch;

use egui::{Align2, Painter, Rect, Response, Role as Kind, Sense, Ui, WidgetInfo, pos2, vec2};

use self::places::Places;
use super::attend;
use crate::desk::Desk;
use crate::look::size;
use crate::palette::Color;
use crate::write::{self, Role};
use crate::{icons, paint};

pub use self::switch::Switch;

/// The opacity of what a module that is off shows, and of a card that is being dragged.
const OFF_OPACITY: f32 = 0.45;
const DRAGGED_OPACITY: f32 = 0.7;

/// A lower space has no thumbnail, points.
const LEAST_THUMBNAIL: f32 = 24.0;

/// A module's card.
#[derive(Clone, Copy, Debug)]
pub struct Card<'a> {
    /// The module's name.
    pub name: &'a str,
    /// The module's accent.
    pub accent: Color,
    /// Whether its view is on show.
    pub chosen: bool,
    /// Turns the module on and off, where it can be.
    pub power: Option<Switch<'a>>,
    /// Plays only what the module changes, where it can.
    pub delta: Option<Switch<'a>>,
    /// Plays only this module, where it can.
    pub solo: Option<Switch<'a>>,
    /// The one number, with its unit.
    pub number: &'a str,
    /// How it stands among the others.
    pub stand: Stand,
}

/// How a card stands among the others.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stand {
    /// Its place from 1 on, and how many cards there are.
    pub place: (usize, usize),
    /// Whether delta and solo stand below the name: there is no room beside it.
    pub stacked: bool,
    /// Whether it can be moved: it has a grip.
    pub movable: bool,
    /// Whether a padlock says that it stays where it is.
    pub locked: bool,
    /// How far it has been dragged to the right, points; `None` while it stands.
    pub dragged: Option<f32>,
}

impl Card<'_> {
    /// The card's widget: what the keyboard's focus can be handed to.
    pub fn id(ui: &Ui, name: &str) -> egui::Id {
        ui.scope_id().with(("card", name))
    }

    /// Shows the card at its home; `thumbnail` paints into the space that is left for it, where there is any. `clicked()`
    /// of the response says that the module is chosen, by pointer or by Enter.
    pub fn show(
        &self,
        ui: &mut Ui,
        desk: &mut Desk<'_>,
        home: Rect,
        thumbnail: impl FnOnce(&Painter, Rect),
    ) -> Response {
        let sense = if self.stand.movable { Sense::click_and_drag() } else { Sense::click() };
        let response = ui.interact(home, Self::id(ui, self.name), sense);
        let rect = home.translate(vec2(self.stand.dragged.unwrap_or(0.0), 0.0));
        let opacity = ui.opacity();
        if self.stand.dragged.is_some() {
            ui.multiply_opacity(DRAGGED_OPACITY);
        }
        self.plane(ui, desk, rect, &response);
        let places = Places::new(rect, self);
        let is_on = self.power.is_none_or(|power| power.show(ui, desk, places.power, switch::icon(self.accent)));
        if let Some(delta) = self.delta {
            delta.show(ui, desk, places.delta, switch::delta);
        }
        if let Some(solo) = self.solo {
            solo.show(ui, desk, places.solo, switch::solo);
        }
        let painter = &mut ui.painter().clone();
        let name = desk.look.palette.value_text;
        write::text(painter, name, places.name, Align2::LEFT_CENTER, Role::Card, self.name);
        if !is_on {
            painter.multiply_opacity(OFF_OPACITY);
        }
        if places.thumbnail.height() > LEAST_THUMBNAIL {
            thumbnail(painter, places.thumbnail);
        }
        self.number(painter, desk, &places);
        ui.set_opacity(opacity);
        response
    }

    /// The plane with its grip or padlock, and what is said of it.
    fn plane(&self, ui: &Ui, desk: &mut Desk<'_>, rect: Rect, response: &Response) {
        let palette = desk.look.palette;
        let painter = ui.painter();
        let is_lit = self.chosen || response.hovered() || self.stand.dragged.is_some();
        paint::rounded(painter, rect, size::CARD_RADIUS, if is_lit { palette.control } else { palette.panel });
        if self.chosen {
            paint::plane(painter, rect.with_max_y(rect.top() + size::STROKE_STRONG), self.accent);
        }
        let places = Places::new(rect, self);
        if self.stand.movable {
            let color = if response.hovered() { palette.label_text } else { palette.scale_text };
            icons::grip(painter, places.grip, color);
        }
        if self.stand.locked {
            icons::lock(painter, places.power, palette.scale_text);
        }
        let sentence = match (self.stand.movable, self.stand.locked) {
            (true, _) => "Shows this module's controls below. Drag it, or Ctrl with an arrow key, to set the order.",
            (_, true) => "Shows this module's controls below. It is always last.",
            _ => "Shows this module's controls below.",
        };
        attend(ui, desk, response, rect, self.name, sentence);
        response.widget_info(|| {
            let (place, count) = self.stand.place;
            let mut info = WidgetInfo::selected(Kind::Tab, true, self.chosen, self.name);
            info.current_text_value = Some(format!("Place {place} of {count}"));
            info
        });
    }

    /// The one number: with its unit where that has room, or else without, or else not at all.
    fn number(&self, painter: &Painter, desk: &Desk<'_>, places: &Places) {
        let number = self.number.split_once(' ').map_or(self.number, |(number, _)| number);
        let room = places.number.width();
        if let Some(text) =
            [self.number, number].into_iter().find(|text| write::width(painter, Role::Label, text) <= room)
        {
            let at = pos2(places.number.right(), places.number.center().y);
            write::text(painter, desk.look.palette.label_text, at, Align2::RIGHT_CENTER, Role::Label, text);
        }
    }
}
