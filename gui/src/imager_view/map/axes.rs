//! Where frequencies and widths lie in the plot.

use egui::{Rect, pos2};
use runout_dsp_core::settings::CROSSOVER_KIND;

use crate::plots::frequency_axis::FrequencyAxis;
use crate::widgets::crossover_handle::Place;

/// From the plane's edges to the plot: at the left, where the widths are written, at the right, above, where title and names
/// are, and below, where the frequencies are, points.
const LEFT: f32 = 44.0;
const RIGHT: f32 = 16.0;
const ABOVE: f32 = 68.0;
const BELOW: [f32; 2] = [36.0, 24.0];

/// A lower plane has less below the plot, points.
const LOW: f32 = 300.0;

/// Height of the row of names above the plot, points.
pub const NAMES: f32 = 28.0;

/// The widest.
const WIDEST: f32 = 2.0;

/// The plot with its axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axes {
    /// The whole plane.
    pub plane: Rect,
    /// The plot.
    pub plot: Rect,
}

impl Axes {
    /// The axes in a plane.
    pub fn new(plane: Rect) -> Self {
        let below = BELOW[usize::from(plane.height() < LOW)];
        let bottom = (plane.bottom() - below).max(plane.top() + ABOVE + 1.0);
        let corner = pos2(plane.left() + LEFT, plane.top() + ABOVE);
        Self { plane, plot: Rect::from_min_max(corner, pos2(plane.right() - RIGHT, bottom)) }
    }

    /// The axis of frequencies: as far as crossovers go.
    pub fn frequency(&self) -> FrequencyAxis {
        let (lowest_hz, highest_hz) = CROSSOVER_KIND.range();
        FrequencyAxis::between(self.plot.x_range(), lowest_hz, highest_hz)
    }

    /// The plot for crossovers.
    pub fn place(&self) -> Place {
        Place { plot: self.plot, axis: self.frequency(), top: self.plot.top() - NAMES }
    }

    /// Where a width lies; not beyond the plot.
    pub fn y(&self, width: f32) -> f32 {
        self.plot.bottom() - (width / WIDEST).clamp(0.0, 1.0) * self.plot.height()
    }

    /// The middle of the row of frequencies.
    pub fn row_y(&self) -> f32 {
        self.plot.bottom() + 13.0
    }

    /// Where the band of a slot lies between corners in Hz: from above its name to the plot's lower edge.
    pub fn zone(&self, corners_hz: &[f64], slot: usize) -> Rect {
        let place = self.place();
        let left = slot.checked_sub(1).and_then(|below| corners_hz.get(below));
        let left = left.map_or(self.plot.left(), |corner_hz| place.x(*corner_hz));
        let right = corners_hz.get(slot).map_or(self.plot.right(), |corner_hz| place.x(*corner_hz));
        Rect::from_x_y_ranges(left..=right, place.top..=self.plot.bottom())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plot_lies_as_it_was_designed() {
        let axes = Axes::new(Rect::from_min_max(pos2(344.0, 44.0), pos2(1000.0, 412.0)));
        assert_eq!(axes.plot, Rect::from_min_max(pos2(388.0, 112.0), pos2(984.0, 376.0)));
        assert_eq!([axes.y(0.0), axes.y(1.0), axes.y(2.0), axes.y(3.0)], [376.0, 244.0, 112.0, 112.0]);
        let zone = axes.zone(&[250.0, 4000.0], 1);
        // To the half point: where the design has its lines.
        assert!((zone.left() - 605.9).abs() < 0.5 && (zone.right() - 845.3).abs() < 0.5, "{zone}");
        assert_eq!(zone.top(), 84.0);
    }
}
