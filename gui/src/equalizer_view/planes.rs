//! Where the equalizer's parts stand on a plane: the plot takes all growth.

use egui::Rect;

/// Heights of the toolbar and of the bands' panel, points.
pub const TOOLBAR: f32 = 44.0;
const PANEL: f32 = 192.0;
const LOW_PANEL: f32 = 52.0;
const LOW_PANEL_OF_TWO: f32 = 96.0;

/// A narrower plane has no list of bands, and in a low window two lines of controls, points.
const LIST_FROM: f32 = 780.0;
pub const ONE_LINE_FROM: f32 = 700.0;

/// What the panel has room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// The chosen band's knobs and the list of all bands.
    List,
    /// The chosen band's knobs.
    Knobs,
    /// The chosen band's values without knobs.
    Fields,
}

/// The planes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Planes {
    /// Phase, resolution, analyzer.
    pub toolbar: Rect,
    /// The curve over the spectrum.
    pub plot: Rect,
    /// What stands at the plot's right, where it was asked for.
    pub strip: Rect,
    /// The bands.
    pub panel: Rect,
    /// What the panel has room for.
    pub room: Room,
}

impl Planes {
    /// The parts of a plane in a window that is low or not; `strip` is the width left free at the plot's right, points.
    pub fn new(plane: Rect, is_low: bool, strip: f32) -> Self {
        let room = match () {
            () if is_low => Room::Fields,
            () if plane.width() < LIST_FROM => Room::Knobs,
            () => Room::List,
        };
        let (toolbar, rest) = plane.split_top_bottom_at_y(plane.top() + TOOLBAR);
        let height = match room {
            Room::Fields if plane.width() < ONE_LINE_FROM => LOW_PANEL_OF_TWO,
            Room::Fields => LOW_PANEL,
            Room::Knobs | Room::List => PANEL,
        };
        let (plot, panel) = rest.split_top_bottom_at_y(rest.bottom() - height);
        let (plot, strip) = plot.split_left_right_at_x(plot.right() - strip);
        Self { toolbar, plot, strip, panel, room }
    }
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    fn rect(left: f32, top: f32, right: f32, bottom: f32) -> Rect {
        Rect::from_min_max(pos2(left, top), pos2(right, bottom))
    }

    #[test]
    fn at_the_designed_size_everything_stands_where_it_was_designed() {
        let planes = Planes::new(rect(0.0, 44.0, 1000.0, 596.0), false, 56.0);
        assert_eq!(planes.toolbar, rect(0.0, 44.0, 1000.0, 88.0));
        assert_eq!(planes.plot, rect(0.0, 88.0, 944.0, 404.0));
        assert_eq!(planes.strip, rect(944.0, 88.0, 1000.0, 404.0));
        assert_eq!((planes.panel, planes.room), (rect(0.0, 404.0, 1000.0, 596.0), Room::List));
    }

    #[test]
    fn the_plot_keeps_room_in_the_smallest_window() {
        let own = Planes::new(rect(0.0, 44.0, 720.0, 416.0), true, 56.0);
        // Master's panel and its flat cards take their part.
        let in_master = Planes::new(rect(0.0, 108.0, 524.0, 416.0), true, 0.0);
        assert!(own.plot.height() >= 260.0 && in_master.plot.height() >= 160.0, "{own:?} {in_master:?}");
        assert_eq!([own.room, in_master.room], [Room::Fields; 2]);
    }
}
