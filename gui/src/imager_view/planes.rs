//! Where the imager's parts stand on a plane: the plots take all growth.

use egui::Rect;

/// Width of the goniometer and of the readings below it, and the height of readings and controls, points.
const LEFT: f32 = 344.0;
const BELOW: f32 = 184.0;

/// The planes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Planes {
    /// The goniometer.
    pub scope: Rect,
    /// What is read of the whole.
    pub readings: Rect,
    /// The width over frequency.
    pub plot: Rect,
    /// The chosen band and what all of them share.
    pub panel: Rect,
}

impl Planes {
    /// The parts of a plane.
    pub fn new(plane: Rect) -> Self {
        let (left, right) = plane.split_left_right_at_x(plane.left() + LEFT);
        let (scope, readings) = left.split_top_bottom_at_y(left.bottom() - BELOW);
        let (plot, panel) = right.split_top_bottom_at_y(right.bottom() - BELOW);
        Self { scope, readings, plot, panel }
    }
}
