//! The width that is measured, filled.

use egui::{Color32, Painter, Pos2, pos2};
use runout_dsp_core::spectrum::analyzer::frequency_hz;

use super::axes::Axes;
use crate::look::Look;
use crate::paint;

/// Opacity of the fill at the plot's upper edge and at its lower one, and the width of the line, points.
const FILL: [f32; 2] = [0.9, 0.25];
const LINE: f32 = 1.2;

/// Paints the width at each point of the analyzer, where the plot has room for it.
pub fn paint(painter: &Painter, look: &Look, axes: &Axes, widths: &[f32]) {
    let (plot, wave) = (axes.plot, look.palette.wave);
    if widths.iter().all(|width| *width == 0.0) {
        return;
    }
    let axis = axes.frequency();
    let curve: Vec<Pos2> = widths
        .iter()
        .enumerate()
        .map(|(point, width)| pos2(axis.x(frequency_hz(point) as f32), axes.y(*width)))
        .filter(|point| plot.x_range().expand(2.0).contains(point.x))
        .collect();
    let clipped = painter.with_clip_rect(plot.intersect(painter.clip_rect()));
    let color_at = |y: f32| -> Color32 {
        let share = (y - plot.top()) / plot.height().max(1.0);
        wave.faded(FILL[0] + share * (FILL[1] - FILL[0]))
    };
    paint::gradient(&clipped, &curve, plot.bottom(), color_at);
    paint::curve(&clipped, curve, LINE, wave);
}
