//! Where the planes of the limiter's editor stand: the lanes take all growth.

use egui::{Rect, vec2};

use crate::editors::planes::{LOUDNESS, body, is_narrow};
use crate::limiter_view::Room;

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
        let (panel, body) = (LOUDNESS.at(window.width()), body(window));
        let (plots, panel_plane) = body.split_left_right_at_x(body.right() - panel.width);
        let room = Room::new(window.size(), plots.width());
        let (lanes, controls) = plots.split_top_bottom_at_y(plots.bottom() - room.height(more));
        Self {
            lanes,
            controls,
            panel: panel_plane,
            panel_content: panel_plane.shrink2(vec2(panel.padding, 0.0)),
            is_narrow: is_narrow(window.width()),
            room,
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::pos2;

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
