//! The history of the output's level, and above it what the limiter took away.

use egui::{Align2, Rect, pos2, vec2};

use super::lane::Lane;
use crate::numbers;
use crate::paint;
use crate::widgets::scale::Scale;
use crate::write::{self, Role};

/// Opacity of what was taken away.
pub const TAKEN_OPACITY: f32 = 0.38;

/// Share of the wave color in the output's fill, and opacity of its edge.
const WAVE_SHARE: f32 = 0.72;
const EDGE_OPACITY: f32 = 0.8;

/// Lengths of the ceiling's dashes and of the gaps between them, points.
const DASHES: (f32, f32) = (5.0, 3.0);

/// Paints the lane on a scale, with the limiter's ceiling in dBTP; `None` while the limiter is off.
pub fn paint(lane: &Lane, scale: &Scale, ceiling_dbtp: Option<f32>) {
    let palette = lane.look.palette;
    lane.grid(scale, palette.grid);
    let bottom = lane.plot.bottom();
    let taken = if lane.bypassed { palette.scale_text } else { palette.limiter };
    let unlimited = lane.curve(scale, |column| column.unlimited_db);
    paint::area(lane.painter, &unlimited, bottom, taken.faded(TAKEN_OPACITY));
    let output = lane.curve(scale, |column| column.output_db);
    paint::area(lane.painter, &output, bottom, palette.plot.mixed(palette.wave, WAVE_SHARE));
    paint::curve(lane.painter, output, 1.0, palette.label_text.faded(EDGE_OPACITY));
    if let Some(ceiling_dbtp) = ceiling_dbtp {
        ceiling(lane, scale, ceiling_dbtp);
    }
}

/// The ceiling and its label, which stands above it, or below where there is no room above.
fn ceiling(lane: &Lane, scale: &Scale, ceiling_dbtp: f32) {
    let palette = lane.look.palette;
    let y = scale.y(lane.plot.y_range(), ceiling_dbtp);
    paint::dashed(lane.painter, lane.plot.left()..=lane.grid_right, y, palette.value_text, DASHES.0, DASHES.1);
    let text = format!("Ceiling {} dBTP", numbers::needed(f64::from(ceiling_dbtp), 1, 2));
    let middle = if y - 17.0 < lane.plot.top() { y + 10.0 } else { y - 10.0 };
    let width = write::width(lane.painter, Role::Scale, &text);
    let place = pos2(lane.plot.left() + 10.0, middle);
    let pad = Rect::from_min_size(place - vec2(4.0, 7.0), vec2(width + 8.0, 14.0));
    paint::rounded(lane.painter, pad, 2.0, palette.plot.faded(0.75));
    write::text(lane.painter, palette.value_text, place, Align2::LEFT_CENTER, Role::Scale, &text);
}
