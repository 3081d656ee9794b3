//! Where the cards stand on their strip.

use egui::{Rect, Vec2, pos2, vec2};

use super::module::Module;
use crate::look::size;

/// Size of a card at most, with a thumbnail and without; from the strip's edges to it, and between cards, points.
const CARD: Vec2 = vec2(180.0, 92.0);
const FLAT_HEIGHT: f32 = 52.0;
const ABOVE: f32 = 12.0;
const FLAT_ABOVE: f32 = 8.0;
pub const BETWEEN: f32 = 17.0;

/// Between cards that have no room for an arrow, points.
const CLOSE: f32 = 9.0;

/// The height of the strip of cards, points.
pub fn height(flat: bool) -> f32 {
    if flat { 2.0 * FLAT_ABOVE + FLAT_HEIGHT } else { 2.0 * ABOVE + CARD.y }
}

/// Where the cards stand.
#[derive(Clone, Debug)]
pub struct Places {
    /// The cards in their order.
    pub cards: Vec<Rect>,
    /// Whether there are arrows between them, and room for the switches beside the names.
    pub is_wide: bool,
}

impl Places {
    /// The places on a strip: each card is as wide as its own needs, in proportion.
    pub fn new(strip: Rect, flat: bool, modules: &[Module]) -> Self {
        let between = (modules.len() as f32 - 1.0).max(0.0);
        let room = strip.width() - 2.0 * size::MARGIN;
        let sum = |needed: fn(Module) -> f32| modules.iter().map(|module| needed(*module)).sum::<f32>();
        let is_wide = sum(beside) + between * BETWEEN <= room;
        let gap = match is_wide {
            true => BETWEEN,
            false if sum(stacked) + between * CLOSE <= room => CLOSE,
            false => size::GAP,
        };
        let needed = if is_wide { beside } else { stacked };
        let share = (room - between * gap) / sum(needed);
        let (above, height) = if flat { (FLAT_ABOVE, FLAT_HEIGHT) } else { (ABOVE, CARD.y) };
        let mut left = strip.left() + size::MARGIN;
        let place = |module: &Module| {
            let width = (share * needed(*module)).min(CARD.x);
            let place = Rect::from_min_size(pos2(left, strip.top() + above), vec2(width, height));
            left = place.right() + gap;
            place
        };
        Self { cards: modules.iter().map(place).collect(), is_wide }
    }
}

/// What a card takes with its switches beside its name, points.
fn beside(module: Module) -> f32 {
    match module {
        Module::Input => 112.0,
        Module::Equalizer => 162.0,
        Module::Compressor => 178.0,
        Module::Imager => 148.0,
        Module::Limiter => 140.0,
        Module::Output => 132.0,
    }
}

/// What a card takes with its switches below its name, points.
fn stacked(module: Module) -> f32 {
    match module {
        Module::Input => 52.0,
        Module::Equalizer => 88.0,
        Module::Compressor => 104.0,
        Module::Imager => 76.0,
        Module::Limiter => 76.0,
        Module::Output => 72.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_have_room_in_the_smallest_window() {
        use Module::{Compressor, Equalizer, Imager, Input, Limiter, Output};
        let all = [Input, Equalizer, Compressor, Imager, Limiter, Output];
        for width in [524.0, 590.0, 640.0, 1000.0, 2000.0] {
            for modules in [&all[..], &all[1..], &[Input, Equalizer, Limiter]] {
                let strip = Rect::from_min_size(pos2(0.0, 44.0), vec2(width, height(true)));
                let places = Places::new(strip, true, modules);
                for (module, place) in modules.iter().zip(&places.cards) {
                    let needed = if places.is_wide { beside(*module) } else { stacked(*module) };
                    assert!(place.width() >= needed && strip.contains_rect(*place), "{module:?} {places:?}");
                }
                assert!(places.cards.windows(2).all(|pair| pair[0].right() + size::GAP <= pair[1].left() + 1e-3));
            }
        }
    }
}
