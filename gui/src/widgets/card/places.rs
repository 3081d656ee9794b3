//! Where a card's parts stand: switches beside the name, or below it where there is no room.

use egui::{Pos2, Rect, pos2};

use super::Card;
use crate::look::size;

/// From a card's edges to what it holds, points.
const PADDING: f32 = 12.0;
const CLOSE_PADDING: f32 = 8.0;

/// From the upper edge to the middle of the name, in a high card and in a low one; from it to the thumbnail, points.
const NAME_Y: f32 = 18.0;
const LOW_NAME_Y: f32 = 14.0;
const THUMBNAIL_Y: f32 = 36.0;

/// A card that is lower is a low one, points.
const LOW_BELOW: f32 = 70.0;

/// From the lower edge to the middle of a low row of switches, and from the right edge to the switches, points.
const SECOND_Y: f32 = 14.0;
const SOLO_X: f32 = 18.0;
const DELTA_X: f32 = 40.0;

/// Where a card's parts stand.
#[derive(Clone, Copy, Debug)]
pub struct Places {
    /// Middles of the grip and the switches.
    pub grip: Pos2,
    pub power: Pos2,
    pub delta: Pos2,
    pub solo: Pos2,
    /// The left end of the name.
    pub name: Pos2,
    /// What the thumbnail has.
    pub thumbnail: Rect,
    /// What the number has, at whose right end it stands.
    pub number: Rect,
}

impl Places {
    /// The places on a card.
    pub fn new(card: Rect, what: &Card<'_>) -> Self {
        let is_low = card.height() < LOW_BELOW;
        let y = card.top() + if is_low { LOW_NAME_Y } else { NAME_Y };
        let has_mark = what.power.is_some() || what.stand.locked;
        let second = card.bottom() - SECOND_Y;
        if what.stand.stacked {
            Self::stacked(card, what, y, second, has_mark)
        } else {
            Self::beside(card, what, y, second, has_mark)
        }
    }

    fn beside(card: Rect, what: &Card<'_>, y: f32, second: f32, has_mark: bool) -> Self {
        let indent = if what.stand.movable { PADDING } else { 0.0 };
        let name_x = indent + if has_mark { 32.0 } else { PADDING };
        let (left, right) = (card.left() + PADDING, card.right() - PADDING);
        Self {
            grip: pos2(card.left() + PADDING, y),
            power: pos2(card.left() + indent + 18.0, y),
            delta: pos2(card.right() - DELTA_X, y),
            solo: pos2(card.right() - SOLO_X, y),
            name: pos2(card.left() + name_x, y),
            thumbnail: Rect::from_min_max(pos2(left, card.top() + THUMBNAIL_Y), pos2(right, card.bottom() - 10.0)),
            number: Rect::from_x_y_ranges(left..=right, second - 8.0..=second + 4.0),
        }
    }

    fn stacked(card: Rect, what: &Card<'_>, y: f32, second: f32, has_mark: bool) -> Self {
        let name_x = if has_mark { 26.0 } else { CLOSE_PADDING };
        let first = if what.stand.movable { 28.0 } else { 16.0 };
        let solo = card.left() + first + size::HIT;
        let (left, right) = (card.left() + CLOSE_PADDING, card.right() - CLOSE_PADDING);
        let number_left = if what.delta.is_some() { solo + size::HIT / 2.0 } else { left };
        Self {
            grip: pos2(card.left() + 9.0, second),
            power: pos2(card.left() + 14.0, y),
            delta: pos2(card.left() + first, second),
            solo: pos2(solo, second),
            name: pos2(card.left() + name_x, y),
            thumbnail: Rect::from_min_max(
                pos2(left, card.top() + THUMBNAIL_Y),
                pos2(right, second - size::HIT / 2.0 - 2.0),
            ),
            number: Rect::from_x_y_ranges(number_left..=right.max(number_left), second - 6.0..=second + 6.0),
        }
    }
}
