//! Where frequencies, levels and gains lie in the plot.

use egui::{Rect, pos2};
use runout_dsp_core::settings::{CROSSOVER_KIND, CompressorMode, CompressorParams};

use crate::compressor_view::live::Live;
use crate::plots::frequency_axis::FrequencyAxis;
use crate::plots::spectrum::BOTTOM_DB;
use crate::widgets::scale::Scale;

/// From the plane's upper edge to the plot, and from the plot to the plane's lower edge, where the frequencies are, points.
pub const ABOVE: f32 = 40.0;
const BELOW: f32 = 22.0;

/// From the plot's upper edge to a gain of 0 dB, points; and, where a band raises what is soft, as a share of the plot.
const ZERO_Y: f32 = 6.0;
const RAISED_ZERO: f32 = 0.45;

/// How deep the scale of gains goes, dB, and the distance of its grid: the first that the deepest gain fits on.
const DEPTHS_DB: [(f32, f32); 4] = [(13.0, 3.0), (26.0, 6.0), (39.0, 12.0), (64.0, 12.0)];

/// The plot with its axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axes {
    /// The whole plane.
    pub plane: Rect,
    /// The plot.
    pub plot: Rect,
    zero_y: f32,
    depth_db: f32,
    tick_db: f32,
}

impl Axes {
    /// The levels from the plot's top to its bottom, dBFS: of spectra and thresholds alike.
    pub const LEVELS: Scale = Scale::even(4.0, BOTTOM_DB, &[]);

    /// The axes in a plane that also holds the bands' names and the numbers of the frequencies.
    pub fn new(plane: Rect, params: &CompressorParams, live: &Live) -> Self {
        let bottom = (plane.bottom() - BELOW).max(plane.top() + ABOVE + 1.0);
        let plot = Rect::from_min_max(pos2(plane.left(), plane.top() + ABOVE), pos2(plane.right(), bottom));
        let is_raised = params
            .bands_in_use()
            .iter()
            .any(|band| band.enabled && band.mode == CompressorMode::Upward && band.ratio > 1.0);
        let farthest_db = |slot: usize| live.farthest_seen_db(slot).abs();
        let deepest_db = (0..params.bands_in_use().len()).map(farthest_db).fold(0.0, f32::max);
        let fits = |depth: &&(f32, f32)| depth.0 * if is_raised { 0.9 } else { 0.95 } >= deepest_db;
        let (depth_db, tick_db) = *DEPTHS_DB.iter().find(fits).unwrap_or(&DEPTHS_DB[3]);
        let zero_y = plot.top() + if is_raised { (RAISED_ZERO * plot.height()).round() } else { ZERO_Y };
        Self { plane, plot, zero_y, depth_db, tick_db }
    }

    /// The axis of frequencies: as far as crossovers go.
    pub fn frequency(&self) -> FrequencyAxis {
        let (lowest_hz, highest_hz) = CROSSOVER_KIND.range();
        FrequencyAxis::between(self.plot.x_range(), lowest_hz, highest_hz)
    }

    /// Where a frequency in Hz lies, at the plot's ends at the farthest.
    pub fn x(&self, frequency_hz: f64) -> f32 {
        self.frequency().x(frequency_hz as f32).clamp(self.plot.left(), self.plot.right())
    }

    /// Where a level lies, dBFS.
    pub fn level_y(&self, level_dbfs: f32) -> f32 {
        Self::LEVELS.y(self.plot.y_range(), level_dbfs)
    }

    /// The height of a dB of level, points.
    pub fn points_per_level_db(&self) -> f32 {
        self.plot.height() / (Self::LEVELS.top_db - Self::LEVELS.bottom_db)
    }

    /// Where a gain in dB lies; not beyond the plot.
    pub fn gain_y(&self, gain_db: f32) -> f32 {
        let points_per_db = (self.plot.bottom() - self.zero_y) / self.depth_db;
        (self.zero_y - gain_db * points_per_db).clamp(self.plot.top(), self.plot.bottom())
    }

    /// The gains of the grid, dB, from the highest down, without the ends of the plot.
    pub fn gain_marks_db(&self) -> impl Iterator<Item = f32> + use<> {
        let (tick_db, depth_db) = (self.tick_db, self.depth_db);
        let points_per_db = (self.plot.bottom() - self.zero_y) / depth_db;
        let above_db = (self.zero_y - self.plot.top()) / points_per_db;
        let first = -((above_db / tick_db) as i16);
        let last = (depth_db / tick_db) as i16;
        (first..=last).map(move |step| 0.0 - f32::from(step) * tick_db)
    }

    /// The middle of the row of frequencies.
    pub fn row_y(&self) -> f32 {
        self.plot.bottom() + BELOW / 2.0
    }

    /// Where the band of a slot lies between corners in Hz: from the plane's upper edge to the plot's lower one.
    pub fn zone(&self, corners_hz: &[f64], slot: usize) -> Rect {
        let left = slot.checked_sub(1).and_then(|below| corners_hz.get(below));
        let left = left.map_or(self.plot.left(), |corner_hz| self.x(*corner_hz));
        let right = corners_hz.get(slot).map_or(self.plot.right(), |corner_hz| self.x(*corner_hz));
        Rect::from_x_y_ranges(left..=right, self.plane.top()..=self.plot.bottom())
    }
}

#[cfg(test)]
mod tests {
    use egui::vec2;
    use runout_dsp_core::settings::CompressorBand;

    use super::*;

    fn axes(params: &CompressorParams) -> Axes {
        Axes::new(Rect::from_min_size(pos2(0.0, 88.0), vec2(944.0, 248.0)), params, &Live::default())
    }

    #[test]
    fn the_plot_lies_as_it_was_designed() {
        let axes = axes(&CompressorParams::default());
        assert_eq!((axes.plot.top(), axes.plot.bottom(), axes.row_y()), (128.0, 314.0, 325.0));
        assert_eq!((axes.gain_y(0.0), axes.gain_y(-13.0)), (134.0, 314.0));
        assert_eq!(axes.gain_marks_db().collect::<Vec<_>>(), [0.0, -3.0, -6.0, -9.0, -12.0]);
        assert_eq!((axes.level_y(4.0), axes.level_y(-84.0)), (128.0, 314.0));
        let zones = [0, 1, 3].map(|slot| axes.zone(&[120.0, 1000.0, 6000.0], slot).x_range());
        assert_eq!((zones[0].min, zones[2].max), (0.0, 944.0));
        // To the half point: where the design has its lines.
        assert!((zones[0].max - 245.0).abs() < 0.5 && (zones[1].max - 534.5).abs() < 0.5, "{zones:?}");
    }

    #[test]
    fn what_raises_has_room_above_zero() {
        let mut params = CompressorParams::default();
        params.band[0] = CompressorBand { mode: CompressorMode::Upward, ratio: 2.0, ..CompressorBand::default() };
        let axes = axes(&params);
        assert!(axes.gain_y(6.0) > axes.plot.top() && axes.gain_y(0.0) > axes.gain_y(6.0));
        assert!(axes.gain_marks_db().any(|mark_db| mark_db == 9.0));
    }
}
