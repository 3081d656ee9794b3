//! Where the planes of the limiter's editor stand: the lanes take all growth.

use egui::{Rect, pos2};

use crate::limiter_view::Room;
use crate::look::size;

/// Widths of the loudness panel: usual, in a narrow window, in a wide one; and what is narrow and wide, points.
const PANEL: f32 = 236.0;
const NARROW_PANEL: f32 = 196.0;
const WIDE_PANEL: f32 = 280.0;
const NARROW_BELOW: f32 = 860.0;
const WIDE_ABOVE: f32 = 1400.0;

/// From a narrow panel's edges to its contents, points.
const NARROW_PADDING: f32 = 16.0;

/// The width of the loudness panel in a window of a width, from its edge to its contents, and whether it is narrow.
pub fn panel_width(window_width: f32) -> (f32, f32, bool) {
    match window_width {
        _ if window_width < NARROW_BELOW => (NARROW_PANEL, NARROW_PADDING, true),
        _ if window_width > WIDE_ABOVE => (WIDE_PANEL, size::PANEL_PADDING, false),
        _ => (PANEL, size::PANEL_PADDING, false),
    }
}

/// The planes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// The lanes with their live bars.
    pub lanes: Rect,
    /// The controls.
    pub controls: Rect,
    /// The loudness panel, and its height between its padding.
    pub panel: Rect,
    pub panel_content: Rect,
    /// Whether the panel is narrow.
    pub is_narrow: bool,
    /// What the controls have room for.
    pub room: Room,
}

impl Layout {
    /// The planes of a window; `more` is whether the row that a low window folds is shown.
    pub fn new(window: Rect, more: bool) -> Self {
        let (width, padding, is_narrow) = panel_width(window.width());
        let top = window.top() + size::HEADER;
        let bottom = window.bottom() - size::FOOTER;
        let edge = window.right() - width;
        let room = Room::new(window.size(), edge - window.left());
        let middle = bottom - room.height(more);
        let panel = Rect::from_min_max(pos2(edge, top), pos2(window.right(), bottom));
        Self {
            lanes: Rect::from_min_max(pos2(window.left(), top), pos2(edge, middle)),
            controls: Rect::from_min_max(pos2(window.left(), middle), pos2(edge, bottom)),
            panel,
            panel_content: panel.shrink2(egui::vec2(padding, 0.0)),
            is_narrow,
            room,
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::vec2;

    use super::*;

    #[test]
    fn at_the_designed_size_everything_stands_where_it_was_designed() {
        let layout = Layout::new(Rect::from_min_size(pos2(0.0, 0.0), vec2(1000.0, 620.0)), false);
        assert_eq!(layout.lanes, Rect::from_min_max(pos2(0.0, 44.0), pos2(764.0, 416.0)));
        assert_eq!(layout.controls, Rect::from_min_max(pos2(0.0, 416.0), pos2(764.0, 596.0)));
        assert_eq!(layout.panel_content, Rect::from_min_max(pos2(784.0, 44.0), pos2(980.0, 596.0)));
    }

    #[test]
    fn the_lanes_take_all_growth_and_keep_room_in_the_smallest_window() {
        for (width, height) in [(720.0, 440.0), (860.0, 519.0), (1000.0, 620.0), (3000.0, 2000.0)] {
            for more in [false, true] {
                let layout = Layout::new(Rect::from_min_size(pos2(0.0, 0.0), vec2(width, height)), more);
                assert!(layout.lanes.height() >= 200.0 && layout.lanes.width() >= 520.0, "{layout:?}");
                assert!(layout.controls.height() <= 180.0);
            }
        }
    }
}
