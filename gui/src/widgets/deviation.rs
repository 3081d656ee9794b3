//! Loudness against its target: a bar of a few LU to either side, the tolerance lit in it, a pointer below.

use egui::{Align2, Painter, Pos2, Rangef, Rect, Shape, Stroke, pos2};

use crate::look::Look;
use crate::numbers;
use crate::paint;
use crate::palette::Color;
use crate::write::{self, Role};

/// How far the bar reaches to either side, LU.
pub const SPAN_LU: f32 = 3.0;

/// Height of the bar, points.
const BAR: f32 = 6.0;

/// From the bar's top up to the middle of its numbers, points.
const NUMBERS: f32 = 11.0;

/// Paints the bar with its upper edge at `top`: `tolerance_lu` to either side is lit; the pointer, in the color of its
/// meaning, stands at `deviation_lu` or at the end it lies beyond. Without a reading there is no pointer.
pub fn paint(
    painter: &Painter,
    look: &Look,
    x: Rangef,
    top: f32,
    tolerance_lu: f32,
    deviation_lu: Option<f32>,
    meaning: Color,
) {
    let palette = look.palette;
    let at = |lu: f32| place(x, lu);
    paint::rounded(painter, Rect::from_x_y_ranges(x, top..=top + BAR), BAR / 2.0, palette.control);
    let lit = Rect::from_x_y_ranges(at(-tolerance_lu)..=at(tolerance_lu), top..=top + BAR);
    paint::plane(painter, lit, palette.control.mixed(palette.ok, 0.45));
    paint::vertical(painter, at(0.0), top - 3.0..=top + BAR + 3.0, palette.label_text);
    for (lu, align) in [(-SPAN_LU, Align2::LEFT_CENTER), (0.0, Align2::CENTER_CENTER), (SPAN_LU, Align2::RIGHT_CENTER)]
    {
        let text = numbers::signed(f64::from(lu), 0);
        write::text(painter, palette.scale_text, pos2(at(lu), top - NUMBERS), align, Role::Scale, &text);
    }
    if let Some(deviation_lu) = deviation_lu {
        painter.add(Shape::convex_polygon(pointer(at(deviation_lu), top), meaning, Stroke::NONE));
    }
}

/// The pointer under the bar.
fn pointer(x: f32, top: f32) -> Vec<Pos2> {
    vec![pos2(x, top + BAR + 1.0), pos2(x + 5.0, top + BAR + 9.0), pos2(x - 5.0, top + BAR + 9.0)]
}

/// Where a deviation stands; one beyond the ends stands at the end.
fn place(x: Rangef, deviation_lu: f32) -> f32 {
    x.center() + deviation_lu.clamp(-SPAN_LU, SPAN_LU) / SPAN_LU * x.span() / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_beyond_the_ends_stands_at_the_end() {
        let x = Rangef::new(100.0, 160.0);
        let places = [f32::NEG_INFINITY, -3.0, -1.5, 0.0, 3.0, 17.0].map(|lu| place(x, lu));
        assert_eq!(places, [100.0, 100.0, 115.0, 130.0, 160.0, 160.0]);
    }
}
