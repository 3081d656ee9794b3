//! Where the planes of Master's editor stand: the lanes take all growth.

use egui::{Rect, pos2, vec2};

use super::{places, strip};
use crate::editors::planes::{LOUDNESS, body, is_narrow};
use crate::limiter_view::Room;

/// From the loudness panel's edge to its contents, the width of these, and from them to the strip, points.
const PADDING: f32 = 20.0;
const CONTENT: f32 = 164.0;
const TO_STRIP: f32 = 10.0;

/// A narrower window has no thumbnails, points; a lower one neither.
const FLAT_CARDS_BELOW: (f32, f32) = (780.0, 520.0);

/// The planes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// The cards.
    pub cards: Rect,
    /// Whether they have no thumbnails.
    pub has_flat_cards: bool,
    /// What the chosen module has for itself: lanes and controls.
    pub module: Rect,
    /// The lanes with their live bars.
    pub lanes: Rect,
    /// The chosen module's controls.
    pub controls: Rect,
    /// The loudness panel with the strip of meters, and the panel's height between its padding.
    pub panel: Rect,
    pub panel_content: Rect,
    /// The strip of meters, where the window has room for it: the lanes have live bars too.
    pub strip: Option<Rect>,
    /// Whether the panel is narrow.
    pub is_narrow: bool,
    /// What the controls have room for.
    pub room: Room,
}

impl Layout {
    /// The planes of a window; `more` is whether the row that a low window folds is shown.
    pub fn new(window: Rect, more: bool) -> Self {
        let (shared, is_narrow) = (LOUDNESS.at(window.width()), is_narrow(window.width()));
        let within = shared.width - 2.0 * shared.padding;
        // What the panel of a wide window has more goes to its contents.
        let content = if is_narrow || shared.width > LOUDNESS.usual.width { within } else { CONTENT };
        let width = if is_narrow { shared.width } else { PADDING + content + TO_STRIP + strip::WIDTH };
        let body = body(window);
        let (left, panel) = body.split_left_right_at_x(body.right() - width);
        let has_flat_cards = window.width() < FLAT_CARDS_BELOW.0 || window.height() < FLAT_CARDS_BELOW.1;
        let (cards, module) = left.split_top_bottom_at_y(left.top() + places::height(has_flat_cards));
        let room = Room::new(window.size(), module.width());
        let (lanes, controls) = module.split_top_bottom_at_y(module.bottom() - room.height(more));
        let content_left = panel.left() + if is_narrow { shared.padding } else { PADDING };
        Self {
            cards,
            has_flat_cards,
            module,
            lanes,
            controls,
            panel,
            panel_content: Rect::from_min_size(pos2(content_left, panel.top()), vec2(content, panel.height())),
            strip: (!is_narrow).then(|| panel.with_min_x(window.right() - strip::WIDTH)),
            is_narrow,
            room,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_designed_size_everything_stands_where_it_was_designed() {
        let layout = Layout::new(Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 760.0)), false);
        assert_eq!(layout.cards, Rect::from_min_max(pos2(0.0, 44.0), pos2(1000.0, 160.0)));
        assert_eq!(layout.panel_content, Rect::from_min_max(pos2(1020.0, 44.0), pos2(1184.0, 736.0)));
        assert_eq!(layout.strip, Some(Rect::from_min_max(pos2(1194.0, 44.0), pos2(1280.0, 736.0))));
        assert_eq!(layout.controls, Rect::from_min_max(pos2(0.0, 556.0), pos2(1000.0, 736.0)));
    }

    #[test]
    fn the_lanes_keep_room_in_the_smallest_window() {
        let layout = Layout::new(Rect::from_min_size(pos2(0.0, 0.0), vec2(720.0, 440.0)), false);
        assert!(layout.lanes.height() >= 190.0 && layout.lanes.width() >= 520.0, "{layout:?}");
        assert_eq!(layout.strip, None);
    }
}
