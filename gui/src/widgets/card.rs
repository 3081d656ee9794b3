//! A module's card: its power, name and delta, a thumbnail and one number. A click chooses the module.

use egui::{Align2, Painter, Rect, Response, Role as Kind, Sense, Ui, WidgetInfo, pos2, vec2};

use super::attend;
use crate::desk::Desk;
use crate::look::size;
use crate::palette::Color;
use crate::write::{self, Role};
use crate::{gesture, icons, paint};

/// From the card's upper edge to the middle of its name, and from its left to the power and the name, points.
const NAME_Y: f32 = 18.0;
const POWER_X: f32 = 18.0;
const NAME_X: f32 = 32.0;

/// From a low card's upper edge to the middle of a number that has no room beside the name, points.
const SECOND_Y: f32 = 31.0;

/// From the card's sides to what it holds, and from its upper edge to its thumbnail, points.
const PADDING: f32 = 12.0;
const THUMBNAIL_Y: f32 = 36.0;

/// The opacity of what a module that is off shows.
const OFF_OPACITY: f32 = 0.45;

/// A switch on a card.
#[derive(Clone, Copy, Debug)]
pub struct Switch<'a> {
    /// The parameter that it turns.
    pub id: &'a str,
    /// Its accessible name.
    pub name: &'a str,
    /// What the footer says of it.
    pub sentence: &'a str,
}

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
    /// Plays only what the module takes away, where it can.
    pub delta: Option<Switch<'a>>,
    /// The one number, with its unit.
    pub number: &'a str,
}

impl Card<'_> {
    /// Shows the card; `thumbnail` paints into the space that is left for it, where there is any. `clicked()` of the response
    /// says that the module is chosen, by pointer or by Enter.
    pub fn show(&self, ui: &Ui, desk: &mut Desk<'_>, rect: Rect, thumbnail: impl FnOnce(&Painter, Rect)) -> Response {
        let response = ui.interact(rect, ui.scope_id().with(("card", self.name)), Sense::click());
        let palette = desk.look.palette;
        let is_lit = self.chosen || response.hovered();
        paint::rounded(ui.painter(), rect, size::CARD_RADIUS, if is_lit { palette.control } else { palette.panel });
        if self.chosen {
            paint::plane(ui.painter(), rect.with_max_y(rect.top() + size::STROKE_STRONG), self.accent);
        }
        attend(ui, desk, &response, rect, self.name, "Shows this module's controls below.");
        response.widget_info(|| WidgetInfo::selected(Kind::Tab, true, self.chosen, self.name));
        let is_on = self.switch(ui, desk, rect, self.power, Place::Power);
        self.switch(ui, desk, rect, self.delta, Place::Delta);
        let name_x = if self.power.is_some() { NAME_X } else { PADDING };
        let at = pos2(rect.left() + name_x, rect.top() + NAME_Y);
        let name = write::text(ui.painter(), palette.value_text, at, Align2::LEFT_CENTER, Role::Card, self.name);
        let mut painter = ui.painter().clone();
        if !is_on {
            painter.multiply_opacity(OFF_OPACITY);
        }
        let inside = Rect::from_min_max(
            pos2(rect.left() + PADDING, rect.top() + THUMBNAIL_Y),
            pos2(rect.right() - PADDING, rect.bottom() - 10.0),
        );
        let is_tall = inside.height() > 24.0;
        if is_tall {
            thumbnail(&painter, inside);
        }
        let number = if is_tall {
            pos2(inside.right(), inside.bottom() - 6.0)
        } else {
            pos2(rect.right() - if self.delta.is_some() { 36.0 } else { PADDING }, rect.top() + NAME_Y)
        };
        let left = number.x - write::width(&painter, Role::Label, self.number);
        if is_tall || left >= name.right() + size::GAP {
            write::text(&painter, palette.label_text, number, Align2::RIGHT_CENTER, Role::Label, self.number);
        } else {
            // In a low card that is narrow too it stands under the name.
            let at = pos2(name.left(), rect.top() + SECOND_Y);
            write::text(&painter, palette.label_text, at, Align2::LEFT_CENTER, Role::Scale, self.number);
        }
        response
    }

    /// Shows a switch; whether it is on. Without one the module is on.
    fn switch(&self, ui: &Ui, desk: &mut Desk<'_>, card: Rect, switch: Option<Switch<'_>>, place: Place) -> bool {
        let Some((switch, value)) = switch.and_then(|switch| Some((switch, desk.parameters.value(switch.id)?))) else {
            return true;
        };
        let is_on = value >= 0.5;
        let x = match place {
            Place::Power => card.left() + POWER_X,
            Place::Delta => card.right() - POWER_X,
        };
        let center = pos2(x, card.top() + NAME_Y);
        let rect = Rect::from_center_size(center, vec2(size::HIT, size::HIT));
        let response = ui.interact(rect, ui.scope_id().with(("switch", switch.name)), Sense::click());
        let (painter, palette) = (ui.painter(), desk.look.palette);
        let off = if response.hovered() { palette.value_text } else { palette.scale_text };
        match place {
            Place::Power => icons::power(painter, center, if is_on { self.accent } else { off }, 5.0),
            Place::Delta => {
                if is_on {
                    let lit = desk.look.lit_fill(palette.near);
                    paint::outlined(painter, rect.shrink(2.0), size::RADIUS, lit, palette.near);
                }
                let color = if is_on { palette.value_text } else { off };
                write::text(painter, color, center, Align2::CENTER_CENTER, Role::BodyStrong, "\u{394}");
            }
        }
        attend(ui, desk, &response, rect, switch.name, switch.sentence);
        response.widget_info(|| WidgetInfo::selected(Kind::Switch, true, is_on, switch.name));
        if response.clicked() {
            gesture::once(ui, desk.parameters, response.id, switch.id, if is_on { 0.0 } else { 1.0 });
        }
        is_on
    }
}

/// Where a switch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Power,
    Delta,
}
