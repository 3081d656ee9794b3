//! Where the imager's parts stand on a plane: the plots take all growth.

use egui::Rect;

/// Width of the goniometer and of the readings below it as a share of the plane, at the least, and at the least where the
/// controls are to have knobs, points.
const LEFT: f32 = 0.344;
const LEAST_LEFT: f32 = 168.0;
const KNOBS_LEFT: f32 = 220.0;

/// What the goniometer's plane is higher than the diamond is wide, points.
const HIGHER: f32 = 24.0;

/// Height of readings and controls, and in a low window, points.
const BELOW: f32 = 184.0;
const LOW_BELOW: f32 = 104.0;

/// The least height of a plot above that, points.
const LEAST_PLOT: f32 = 200.0;

/// The width from which controls have knobs, points.
const KNOBS: f32 = 648.0;

/// What the panel has room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// Two rows of knobs.
    Knobs,
    /// Two rows of values without knobs.
    Fields,
    /// One row of values.
    Low,
}

/// The planes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Planes {
    /// All of them together.
    pub whole: Rect,
    /// The goniometer.
    pub scope: Rect,
    /// What is read of the whole.
    pub readings: Rect,
    /// The width over frequency.
    pub plot: Rect,
    /// The chosen band and what all of them share.
    pub panel: Rect,
    /// What the panel has room for.
    pub room: Room,
}

impl Planes {
    /// The parts of a plane in a window that is low or not.
    pub fn new(plane: Rect, is_low: bool) -> Self {
        let is_low = is_low || plane.height() < BELOW + LEAST_PLOT;
        let below = if is_low { LOW_BELOW } else { BELOW };
        let most = (plane.height() - below - HIGHER).max(LEAST_LEFT);
        let left = (LEFT * plane.width()).min(most).max(LEAST_LEFT);
        let for_knobs = plane.width() - KNOBS;
        let has_knobs = !is_low && for_knobs >= KNOBS_LEFT;
        let left = if has_knobs { left.min(for_knobs) } else { left };
        let (left, right) = plane.split_left_right_at_x(plane.left() + left.round());
        let (scope, readings) = left.split_top_bottom_at_y(left.bottom() - below);
        let (plot, panel) = right.split_top_bottom_at_y(right.bottom() - below);
        let room = match () {
            () if is_low => Room::Low,
            () if has_knobs => Room::Knobs,
            () => Room::Fields,
        };
        Self { whole: plane, scope, readings, plot, panel, room }
    }
}

#[cfg(test)]
mod tests {
    use egui::{pos2, vec2};

    use super::*;

    fn planes(width: f32, height: f32) -> Planes {
        Planes::new(Rect::from_min_size(pos2(0.0, 44.0), vec2(width, height)), false)
    }

    #[test]
    fn at_the_designed_size_everything_stands_where_it_was_designed() {
        let planes = planes(1000.0, 552.0);
        assert_eq!(planes.scope, Rect::from_min_max(pos2(0.0, 44.0), pos2(344.0, 412.0)));
        assert_eq!(planes.panel, Rect::from_min_max(pos2(344.0, 412.0), pos2(1000.0, 596.0)));
        assert_eq!(planes.room, Room::Knobs);
    }

    #[test]
    fn every_part_has_room_at_every_size() {
        for (width, height) in [(524.0, 290.0), (524.0, 308.0), (720.0, 372.0), (868.0, 552.0), (2560.0, 1300.0)] {
            let planes = planes(width, height);
            assert!(planes.scope.width() >= LEAST_LEFT && planes.scope.height() >= 180.0, "{planes:?}");
            assert!(planes.plot.width() >= 340.0 && planes.plot.height() >= 180.0, "{planes:?}");
            assert!(planes.room != Room::Knobs || planes.panel.width() >= KNOBS, "{planes:?}");
        }
        assert_eq!([planes(720.0, 372.0).room, planes(720.0, 552.0).room], [Room::Low, Room::Fields]);
    }
}
