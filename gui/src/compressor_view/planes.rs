//! Where the compressor's parts stand on a plane: the plot takes all growth.

use egui::Rect;

/// Heights of the toolbar, and of the chosen band's panel with all of its rows, with one, and with fields in place of knobs,
/// points.
const TOOLBAR: f32 = 44.0;
const PANEL: f32 = 260.0;
const ONE_ROW: f32 = 186.0;
const FIELDS: f32 = 96.0;

/// The least height of a plot beside a panel, points: the panel gives way to it.
const LEAST_PLOT: f32 = 190.0;

/// What the panel has room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// Both rows of knobs.
    Rows,
    /// One row, the other behind a button.
    Row,
    /// One row of values without knobs, the other behind a button.
    Fields,
}

/// The planes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Planes {
    /// Phase, detector, number of bands.
    pub toolbar: Rect,
    /// The bands over the spectrum.
    pub plot: Rect,
    /// What stands at the plot's right, where it was asked for.
    pub strip: Rect,
    /// The chosen band.
    pub panel: Rect,
    /// What the panel has room for.
    pub room: Room,
}

impl Planes {
    /// The parts of a plane in a window that is low or not; `strip` is the width left free at the plot's right, points.
    pub fn new(plane: Rect, is_low: bool, strip: f32) -> Self {
        let (toolbar, rest) = plane.split_top_bottom_at_y(plane.top() + TOOLBAR);
        let room = match () {
            () if is_low => Room::Fields,
            () if rest.height() >= PANEL + LEAST_PLOT => Room::Rows,
            () if rest.height() >= ONE_ROW + LEAST_PLOT => Room::Row,
            () => Room::Fields,
        };
        let height = match room {
            Room::Rows => PANEL,
            Room::Row => ONE_ROW,
            Room::Fields => FIELDS,
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
        assert_eq!(planes.plot, rect(0.0, 88.0, 944.0, 336.0));
        assert_eq!(planes.strip, rect(944.0, 88.0, 1000.0, 336.0));
        assert_eq!((planes.panel, planes.room), (rect(0.0, 336.0, 1000.0, 596.0), Room::Rows));
    }

    #[test]
    fn the_plot_keeps_room_in_the_smallest_window() {
        let own = Planes::new(rect(0.0, 44.0, 720.0, 416.0), true, 56.0);
        // Master's panel and its flat cards take their part.
        let in_master = Planes::new(rect(0.0, 108.0, 524.0, 416.0), true, 0.0);
        let in_the_middle = Planes::new(rect(0.0, 160.0, 714.0, 596.0), false, 0.0);
        assert!(own.plot.height() >= 230.0 && in_master.plot.height() >= 160.0, "{own:?} {in_master:?}");
        assert_eq!([own.room, in_master.room, in_the_middle.room], [Room::Fields, Room::Fields, Room::Row]);
        assert!(in_the_middle.plot.height() >= LEAST_PLOT);
    }
}
