//! The history of gain reduction: it hangs from 0, the deeper the stronger its color.

use super::lane::Lane;
use crate::look::size;
use crate::paint;
use crate::widgets::scale::Scale;

/// Opacity at 0 dB, and from two thirds of the scale down.
const OPACITIES: (f32, f32) = (0.10, 0.55);

/// Where the color is full, as a share of the scale.
const FULL_SHARE: f32 = 2.0 / 3.0;

/// Paints the lane on a scale.
pub fn paint(lane: &Lane, scale: &Scale) {
    let palette = lane.look.palette;
    lane.grid(scale, palette.line);
    let color = if lane.bypassed { palette.scale_text } else { palette.limiter };
    let curve = lane.curve(scale, |column| column.gain_reduction_db);
    let (top, full) = (lane.plot.top(), FULL_SHARE * lane.plot.height());
    paint::gradient(lane.painter, &curve, top, |y| {
        let depth = ((y - top) / full).clamp(0.0, 1.0);
        color.faded(OPACITIES.0 + (OPACITIES.1 - OPACITIES.0) * depth)
    });
    paint::curve(lane.painter, curve, size::STROKE, color);
}
