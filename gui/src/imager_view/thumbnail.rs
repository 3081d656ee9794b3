//! The widths in small: what a card shows of the imager.

use egui::{Painter, Rect, pos2};

use super::bands;
use crate::look::Look;
use crate::paint;
use crate::parameters::Parameters;

/// From one bar to the next at the most, and the height of a bar at the most, points; what the number beside them takes.
const PITCH: f32 = 15.0;
const BAR: f32 = 8.0;
const NUMBER: f32 = 48.0;

/// What a width of 0 is shown as, points.
const LEAST: f32 = 2.0;

/// Opacity of the bars.
const OPACITY: f32 = 0.8;

/// Paints the width of each band as a bar around a middle, the lowest band below.
pub fn paint(painter: &Painter, look: &Look, place: Rect, parameters: &dyn Parameters) {
    let params = bands::read(parameters);
    let used = params.bands_in_use();
    let pitch = (place.height() / used.len() as f32).min(PITCH);
    let space = place.with_max_x(place.right() - NUMBER);
    let middle = space.center().x;
    let height = BAR.min(pitch - 2.0);
    for (index, band) in used.iter().rev().enumerate() {
        let half = (0.25 * band.width * space.width()).max(LEAST / 2.0);
        let top = place.top() + pitch * index as f32 + (pitch - height) / 2.0;
        let bar = Rect::from_x_y_ranges(middle - half..=middle + half, top..=top + height);
        paint::rounded(painter, bar, 1.0, look.palette.imager.faded(OPACITY));
    }
    let line = place.top() - 2.0..=place.top() + pitch * used.len() as f32 + 2.0;
    painter.vline(pos2(middle, 0.0).x.floor() + 0.5, line, (1.0, look.palette.scale_text.faded(1.0)));
}
