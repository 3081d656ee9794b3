//! What the bands' gains come to over frequency: a curve that hangs from 0 dB on a scale of its own.

use egui::{Align2, Painter, Pos2, Rangef, Rect, pos2};
use runout_dsp_core::compressor::picture;
use runout_dsp_core::settings::COMPRESSOR_BANDS;

use super::Scene;
use super::axes::Axes;
use crate::compressor_view::live::Live;
use crate::look::{Look, size};
use crate::numbers;
use crate::paint;
use crate::write::{self, Role};

/// The distance of two points of the curve, points.
const GRID: f32 = 4.0;

/// Opacity at 0 dB and from a third of the plot on.
const OPACITIES: [f32; 2] = [0.12, 0.5];
const FULL: f32 = 1.0 / 3.0;

/// From the plot's right edge to the numbers, and from a line up to the middle of its number, points.
const RIGHT: f32 = 8.0;
const RISE: f32 = 7.0;

/// Opacity of what is under a number.
const PAD: f32 = 0.6;

/// The shares that the bands have along the plot, kept while the corners stay.
#[derive(Debug, Default)]
pub struct Gains {
    x: Option<Rangef>,
    corners_hz: Vec<f64>,
    shares: Vec<(f32, [f64; COMPRESSOR_BANDS])>,
}

impl Gains {
    /// Paints the curve of the gains as they are now.
    pub fn paint(&mut self, painter: &Painter, look: &Look, scene: &Scene<'_>, live: &Live) {
        self.update(scene);
        let palette = look.palette;
        let axes = &scene.axes;
        let gains_db = live.gains_db();
        let point = |(x, shares): &(f32, [f64; COMPRESSOR_BANDS])| -> Pos2 {
            pos2(*x, axes.gain_y(picture::mixed_gain_db(shares, &gains_db) as f32))
        };
        let curve: Vec<Pos2> = self.shares.iter().map(point).collect();
        let color = if scene.bypassed { palette.scale_text } else { palette.limiter };
        let zero_y = axes.gain_y(0.0);
        let full = FULL * axes.plot.height();
        paint::gradient(painter, &curve, zero_y, |y| {
            let depth = ((y - zero_y).abs() / full).min(1.0);
            color.faded(OPACITIES[0] + (OPACITIES[1] - OPACITIES[0]) * depth)
        });
        paint::curve(painter, curve, size::STROKE_STRONG, color);
    }

    fn update(&mut self, scene: &Scene<'_>) {
        let x = scene.axes.plot.x_range();
        if self.x == Some(x) && self.corners_hz == scene.corners_hz {
            return;
        }
        (self.x, self.corners_hz) = (Some(x), scene.corners_hz.to_vec());
        let pieces = (x.span() / GRID).ceil().max(1.0) as usize;
        let axis = scene.axes.frequency();
        let shares = (0..=pieces).map(|piece| {
            let x = x.min + x.span() * piece as f32 / pieces as f32;
            (x, picture::shares_at(scene.corners_hz, f64::from(axis.frequency_hz(x))))
        });
        self.shares = shares.collect();
    }
}

/// Writes the numbers of the scale over the right end of all that there is.
pub fn numbers(painter: &Painter, look: &Look, axes: &Axes) {
    for mark_db in axes.gain_marks_db() {
        let y = axes.gain_y(mark_db) - RISE;
        if y - 2.0 * RISE < axes.plane.top() || y + 3.0 * RISE > axes.plot.bottom() {
            continue;
        }
        let text = numbers::signed(f64::from(mark_db), 0);
        let width = write::width(painter, Role::Scale, &text);
        let right = axes.plot.right() - RIGHT;
        if mark_db != 0.0 {
            let pad = Rect::from_x_y_ranges(right - width - 3.0..=right + 3.0, y - 6.0..=y + 6.0);
            paint::rounded(painter, pad, 2.0, look.palette.plot.faded(PAD));
        }
        write::text(painter, look.palette.label_text, pos2(right, y), Align2::RIGHT_CENTER, Role::Scale, &text);
    }
}
