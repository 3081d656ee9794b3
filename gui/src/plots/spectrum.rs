//! Spectra over the axis of frequencies: the levels of an analyzer's points under a slope, on a scale of their own.

mod strokes;

use egui::{Align2, Color32, Painter, Pos2, Rect, pos2, vec2};
use runout_dsp_core::spectrum::analyzer::{POINTS, frequency_hz, slope_db};

use super::frequency_axis::FrequencyAxis;
use crate::look::Look;
use crate::numbers;
use crate::paint;
use crate::widgets::scale::Scale;
use crate::write::{self, Role};
use strokes::Pen;

/// The level at the bottom of the plot, dBFS at 1 kHz.
pub const BOTTOM_DB: f32 = -84.0;

/// The scale of levels where spectra have the plot to themselves, dBFS at 1 kHz.
pub const SCALE: Scale = Scale::even(-12.0, BOTTOM_DB, &[-24.0, -36.0, -48.0, -60.0, -72.0]);

/// Opacity of the fill at the top of the plot and at its bottom.
const FILL: [f32; 2] = [0.62, 0.16];

/// Opacity of the dashed line, and of the one of held levels.
const DASHED_OPACITY: f32 = 0.85;
const HELD_OPACITY: f32 = 0.7;

/// How far beyond the plot a curve may go, points: enough for the clip to cut it.
const BEYOND: f32 = 4.0;

/// From the plot's right edge to the end of the scale's numbers, points; the pad behind them.
const SCALE_RIGHT: f32 = 10.0;
const SCALE_PAD: egui::Vec2 = vec2(24.0, 14.0);

/// What a slope adds to each point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tilt {
    first_db: f32,
    step_db: f32,
}

impl Tilt {
    /// The tilt of a slope in dB an octave.
    pub fn new(slope_db_per_oct: f32) -> Self {
        let at = |point| slope_db(frequency_hz(point), f64::from(slope_db_per_oct));
        let (first_db, last_db) = (at(0), at(POINTS - 1));
        Self { first_db: first_db as f32, step_db: ((last_db - first_db) / (POINTS - 1) as f64) as f32 }
    }

    /// What is added at a point, dB.
    pub fn db(self, point: usize) -> f32 {
        self.first_db + self.step_db * point as f32
    }
}

/// Where spectra are painted.
#[derive(Clone, Copy)]
pub struct SpectrumPlot<'a> {
    /// Where to paint.
    pub painter: &'a Painter,
    /// The colors.
    pub look: &'a Look,
    /// The plot.
    pub plot: Rect,
    /// The frequencies across it.
    pub axis: FrequencyAxis,
    /// The levels from its top to its bottom, dBFS at 1 kHz; even.
    pub scale: Scale,
    /// The slope.
    pub tilt: Tilt,
}

impl SpectrumPlot<'_> {
    /// A spectrum with all below it filled.
    pub fn filled(&self, levels_db: &[f32]) {
        let (painter, curve, wave) = (self.clipped(), self.curve(levels_db), self.look.palette.wave);
        let bottom = self.plot.bottom();
        let fill: Vec<Pos2> = curve.iter().map(|point| pos2(point.x, point.y.min(bottom))).collect();
        let color_at = |y: f32| -> Color32 {
            let share = (y - self.plot.top()) / self.plot.height().max(1.0);
            wave.faded(FILL[0] + share * (FILL[1] - FILL[0]))
        };
        paint::gradient(&painter, &fill, bottom, color_at);
        Pen { width: 1.0, color: wave.into() }.solid(&painter, &curve);
    }

    /// A spectrum as a dashed line.
    pub fn dashed(&self, levels_db: &[f32]) {
        let color = self.look.palette.scale_text.faded(DASHED_OPACITY);
        Pen { width: 1.0, color }.dashed(&self.clipped(), &self.curve(levels_db));
    }

    /// Held levels as a thin line.
    pub fn held(&self, levels_db: &[f32]) {
        let color = self.look.palette.label_text.faded(HELD_OPACITY);
        Pen { width: 1.0, color }.solid(&self.clipped(), &self.curve(levels_db));
    }

    /// The numbers of the levels at the right edge, each on a pad.
    pub fn numbers(&self) {
        let palette = self.look.palette;
        let right = self.plot.right() - SCALE_RIGHT;
        for mark_db in self.scale.shown_marks(self.painter, self.plot.y_range()) {
            let y = self.scale.y(self.plot.y_range(), *mark_db);
            let pad = Rect::from_center_size(pos2(right + 4.0 - 0.5 * SCALE_PAD.x, y), SCALE_PAD);
            paint::rounded(self.painter, pad, 2.0, palette.plot.faded(0.75));
            let text = numbers::plain(f64::from(*mark_db), 0);
            write::text(self.painter, palette.label_text, pos2(right, y), Align2::RIGHT_CENTER, Role::Scale, &text);
        }
    }

    /// A painter that cuts what leaves the plot.
    fn clipped(&self) -> Painter {
        self.painter.with_clip_rect(self.plot.intersect(self.painter.clip_rect()))
    }

    /// The curve of levels, from left to right.
    fn curve(&self, levels_db: &[f32]) -> Vec<Pos2> {
        let (first, last) = (self.axis.x(frequency_hz(0) as f32), self.axis.x(frequency_hz(POINTS - 1) as f32));
        let step = (last - first) / (POINTS - 1) as f32;
        let heights = self.plot.y_range();
        let points_per_db = heights.span() / (self.scale.top_db - self.scale.bottom_db);
        let place = |(point, level_db): (usize, &f32)| {
            let y = heights.min + (self.scale.top_db - level_db - self.tilt.db(point)) * points_per_db;
            pos2(first + step * point as f32, y.clamp(heights.min - BEYOND, heights.max + BEYOND))
        };
        levels_db.iter().enumerate().map(place).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tilt_is_the_slope_at_every_point() {
        for slope in [0.0, 3.0, 4.5] {
            let tilt = Tilt::new(slope);
            for point in 0..POINTS {
                let exact_db = slope_db(frequency_hz(point), f64::from(slope)) as f32;
                // 1e-4 dB: rounding of 480 steps in f32.
                assert!((tilt.db(point) - exact_db).abs() < 1e-4, "{slope} dB/oct at point {point}");
            }
        }
    }
}
