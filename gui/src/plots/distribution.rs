//! How often each short-term loudness was heard, on the history's own axis, with the loudness range as a bracket.

use egui::epaint::Mesh;
use egui::{Painter, Rangef, Rect, Shape};
use runout_dsp_core::loudness::{DISTRIBUTION_BIN_LU, DISTRIBUTION_FROM_LUFS};

use super::loudness_axis::LoudnessAxis;
use crate::look::Look;
use crate::paint;

/// Width of the longest bar, points.
pub const BARS: f32 = 54.0;

/// From the bars' left edge to the bracket, points.
const BRACKET: f32 = 62.0;

/// Length of the bracket's arms, points.
const ARM: f32 = 4.0;

/// The distribution of a programme's short-term loudness.
pub struct Distribution<'a> {
    /// How often each bin of short-term loudness was found.
    pub counts: &'a [u32],
    /// The bounds of the loudness range, LUFS, where it is known.
    pub range_lufs: Option<[f32; 2]>,
    /// The loudness at the top and the bottom.
    pub axis: LoudnessAxis,
}

/// A bar: its loudness and its length against the longest.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Bar {
    from_lufs: f32,
    to_lufs: f32,
    share: f32,
    /// Whether it reaches into the loudness range.
    in_range: bool,
}

impl Distribution<'_> {
    /// Paints bars from `left` on, and the bracket.
    pub fn paint(&self, painter: &Painter, look: &Look, left: f32, heights: Rangef) {
        let y = |loudness_lufs: f32| heights.min + self.axis.share_of(loudness_lufs) * heights.span();
        let snapped = |place: f32| paint::snapped(painter, place);
        let mut mesh = Mesh::default();
        for bar in self.bars() {
            let (top, bottom) = (snapped(y(bar.to_lufs)), snapped(y(bar.from_lufs)));
            // Bars that are too thin for a gap touch.
            let gap = if bottom - top >= 3.0 { paint::pixel(painter).max(1.0) } else { 0.0 };
            let color = if bar.in_range { look.accent } else { look.palette.ghost };
            let length = (bar.share * BARS).max(1.0);
            let rect = Rect::from_x_y_ranges(snapped(left)..=snapped(left + length), top..=bottom - gap);
            mesh.add_colored_rect(rect, color.faded(0.75));
        }
        painter.add(Shape::mesh(mesh));
        if let Some([low_lufs, high_lufs]) = self.range_lufs {
            let (x, ends) = (left + BRACKET, Rangef::new(y(high_lufs), y(low_lufs)));
            paint::vertical(painter, x, ends, look.palette.label_text);
            for end in [ends.min, ends.max] {
                paint::horizontal(painter, x - ARM..=x + 1.0, end, look.palette.label_text);
            }
        }
    }

    /// The bars that stand on the axis, from the quietest.
    fn bars(&self) -> impl Iterator<Item = Bar> {
        let most = self.counts.iter().copied().max().unwrap_or(0).max(1) as f32;
        let [low_lufs, high_lufs] = self.range_lufs.unwrap_or([f32::INFINITY, f32::NEG_INFINITY]);
        self.counts.iter().enumerate().filter(|(_, count)| **count > 0).filter_map(move |(bin, count)| {
            let from_lufs = (DISTRIBUTION_FROM_LUFS + DISTRIBUTION_BIN_LU * bin as f64) as f32;
            let to_lufs = from_lufs + DISTRIBUTION_BIN_LU as f32;
            let middle_lufs = 0.5 * (from_lufs + to_lufs);
            let in_range = to_lufs >= low_lufs && from_lufs <= high_lufs;
            let on_axis = (self.axis.bottom_lufs..=self.axis.top_lufs).contains(&middle_lufs);
            on_axis.then_some(Bar { from_lufs, to_lufs, share: *count as f32 / most, in_range })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::loudness_axis::LoudnessContent;
    use super::*;

    #[test]
    fn bars_stand_at_their_loudness_and_only_on_the_axis() {
        let mut counts = [0; 160];
        // -14 to -13.5, -20 to -19.5 and -60 to -59.5 LUFS.
        (counts[112], counts[100], counts[20]) = (40, 10, 99);
        let content = LoudnessContent { highest_lufs: -10.0, quiet_lufs: -20.0 };
        let axis = LoudnessAxis::new(Some(-14.0), content);
        let distribution = Distribution { counts: &counts, range_lufs: Some([-15.0, -13.0]), axis };
        let bars: Vec<Bar> = distribution.bars().collect();
        let places: Vec<(f32, f32, bool)> = bars.iter().map(|bar| (bar.from_lufs, bar.to_lufs, bar.in_range)).collect();
        assert_eq!(places, [(-20.0, -19.5, false), (-14.0, -13.5, true)]);
        assert!((bars[1].share - 40.0 / 99.0).abs() < 1e-6);
    }
}
