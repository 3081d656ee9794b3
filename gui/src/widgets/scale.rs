//! Scales of levels in dB: where a level stands, and the numbers beside.

use egui::{Align2, Painter, Rangef, pos2};

use crate::look::Look;
use crate::numbers;
use crate::write::{self, Role};

/// A scale from one level down to another. From its knee down it is half as dense.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The level at the top, dB.
    pub top_db: f32,
    /// Where the lower, half as dense part begins, dB.
    pub knee_db: f32,
    /// The level at the bottom, dB.
    pub bottom_db: f32,
    /// The levels that have a number, dB, from the top down.
    pub marks_db: &'static [f32],
}

impl Scale {
    /// Output levels beside their history, dBFS.
    pub const LEVELS: Self = Self::even(6.0, -24.0, &[6.0, 0.0, -6.0, -12.0, -18.0]);

    /// Levels and reductions on a strip, dBFS and dB: down to -24 the upper two thirds.
    pub const STRIP: Self = Self {
        top_db: 0.0,
        knee_db: -24.0,
        bottom_db: -48.0,
        marks_db: &[0.0, -6.0, -12.0, -18.0, -24.0, -36.0, -48.0],
    };

    /// An even scale.
    pub const fn even(top_db: f32, bottom_db: f32, marks_db: &'static [f32]) -> Self {
        Self { top_db, knee_db: bottom_db, bottom_db, marks_db }
    }

    /// The scale for gain reductions, dB, that shows one as deep as `deepest_db`; the deepest there is is 36 dB.
    pub fn for_reduction(deepest_db: f32) -> Self {
        match deepest_db {
            _ if deepest_db >= -9.0 => Self::even(0.0, -9.0, &[0.0, -3.0, -6.0, -9.0]),
            _ if deepest_db >= -18.0 => Self::even(0.0, -18.0, &[0.0, -6.0, -12.0, -18.0]),
            _ => Self::even(0.0, -36.0, &[0.0, -12.0, -24.0, -36.0]),
        }
    }

    /// Where a level stands between top (0) and bottom (1); one off the scale stands at its end.
    pub fn share(&self, level_db: f32) -> f32 {
        let upper_db = self.top_db - self.knee_db;
        let all_db = upper_db + 0.5 * (self.knee_db - self.bottom_db);
        let level_db = level_db.clamp(self.bottom_db, self.top_db);
        let below_top_db = self.top_db - level_db.max(self.knee_db);
        let below_knee_db = 0.5 * (self.knee_db - level_db).max(0.0);
        (below_top_db + below_knee_db) / all_db
    }

    /// The height of a level on a scale that is drawn between two heights, in points.
    pub fn y(&self, heights: Rangef, level_db: f32) -> f32 {
        heights.min + heights.span() * self.share(level_db)
    }

    /// Writes the numbers, right-aligned at `right`, in points. Where they would stand too close every second one drops;
    /// `magnitudes` leaves the signs out.
    pub fn write(&self, painter: &Painter, look: &Look, right: f32, heights: Rangef, magnitudes: bool) {
        for mark_db in self.shown_marks(painter, heights) {
            let level_db = if magnitudes { mark_db.abs() } else { *mark_db };
            let text = if level_db > 0.0 && !magnitudes {
                numbers::signed(f64::from(level_db), 0)
            } else {
                numbers::plain(f64::from(level_db), 0)
            };
            let place = pos2(right, self.y(heights, *mark_db));
            write::text(painter, look.palette.scale_text, place, Align2::RIGHT_CENTER, Role::Scale, &text);
        }
    }

    /// The levels that have room for a number between two heights, dB, from the top down.
    pub fn shown_marks(&self, painter: &Painter, heights: Rangef) -> impl Iterator<Item = &'static f32> {
        let closest = self.marks_db.windows(2).map(|pair| self.y(heights, pair[1]) - self.y(heights, pair[0]));
        let closest = closest.fold(f32::INFINITY, f32::min);
        // At 9 physical pixels a number touches the next: at 75 % every second one drops too.
        let crowded = closest < 14.0 || painter.pixels_per_point() < 0.9;
        self.marks_db.iter().step_by(if crowded { 2 } else { 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strip_gives_two_thirds_to_its_upper_half() {
        let heights = Rangef::new(100.0, 400.0);
        let places = [0.0, -12.0, -24.0, -36.0, -48.0].map(|level_db| Scale::STRIP.y(heights, level_db));
        assert_eq!(places, [100.0, 200.0, 300.0, 350.0, 400.0]);
        assert_eq!(Scale::STRIP.y(heights, f32::NEG_INFINITY), 400.0);
        assert_eq!(Scale::STRIP.y(heights, 6.0), 100.0);
    }

    #[test]
    fn an_even_scale_is_even() {
        let heights = Rangef::new(0.0, 30.0);
        for level_db in [6.0, 0.0, -1.0, -17.5, -24.0] {
            assert!((Scale::LEVELS.y(heights, level_db) - (6.0 - level_db)).abs() < 1e-4);
        }
    }

    #[test]
    fn a_deeper_reduction_takes_the_next_scale() {
        let bottom = |deepest_db| Scale::for_reduction(deepest_db).bottom_db;
        assert_eq!([0.0, -9.0, -9.1, -18.0, -18.1, -60.0].map(bottom), [-9.0, -9.0, -18.0, -18.0, -36.0, -36.0]);
    }
}
