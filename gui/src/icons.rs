//! Icons on a grid of 16 points, drawn with strokes of 1.5 points.

use egui::{Color32, Painter, Pos2, Shape, Stroke, vec2};

use runout_dsp_core::settings::BandShape;

use crate::look::size;
use crate::paint;

/// Half the width of an icon, points.
pub const HALF: f32 = 7.0;

/// Several points given from a center.
fn around<const N: usize>(center: Pos2, offsets: [(f32, f32); N]) -> [Pos2; N] {
    offsets.map(|(x, y)| center + vec2(x, y))
}

/// On and off, bypass.
pub fn power(painter: &Painter, center: Pos2, color: impl Into<Color32>, radius: f32) {
    let color = color.into();
    let middle = center + vec2(0.0, 0.5);
    paint::arc(painter, middle, radius, -50.0..=230.0, size::STROKE, color);
    for degrees in [-50.0, 230.0] {
        painter.circle_filled(paint::on_circle(middle, radius, degrees), size::STROKE / 2.0, color);
    }
    let top = -radius - 1.0;
    paint::stroke(painter, &around(center, [(0.0, top), (0.0, -0.5)]), size::STROKE, color);
}

/// Settings; `behind` is the color of what the icon stands on.
pub fn sliders(painter: &Painter, center: Pos2, color: impl Into<Color32>, behind: impl Into<Color32>) {
    let (color, behind) = (color.into(), behind.into());
    for (down, right) in [(-5.0, 2.0), (0.0, -3.0), (5.0, 3.0)] {
        paint::stroke(painter, &around(center, [(-7.0, down), (7.0, down)]), size::STROKE, color);
        painter.circle(center + vec2(right, down), 2.0, behind, Stroke::new(size::STROKE, color));
    }
}

/// Passed: a check in a disc.
pub fn check(painter: &Painter, center: Pos2, disc: impl Into<Color32>, on: impl Into<Color32>) {
    painter.circle_filled(center, 6.0, disc);
    paint::stroke(painter, &around(center, [(-2.8, 0.2), (-0.8, 2.3), (3.0, -2.2)]), 1.6, on);
}

/// Nearly: a disc with a dot.
pub fn near(painter: &Painter, center: Pos2, disc: impl Into<Color32>, on: impl Into<Color32>) {
    painter.circle_filled(center, 6.0, disc);
    painter.circle_filled(center, 2.0, on);
}

/// Failed: a triangle with an exclamation mark.
pub fn over(painter: &Painter, center: Pos2, triangle: impl Into<Color32>, on: impl Into<Color32>) {
    let on = on.into();
    let corners = around(center, [(0.0, -6.0), (6.5, 5.5), (-6.5, 5.5)]);
    painter.add(Shape::convex_polygon(corners.to_vec(), triangle, Stroke::NONE));
    paint::stroke(painter, &around(center, [(0.0, -2.0), (0.0, 1.4)]), 1.6, on);
    painter.circle_filled(center + vec2(0.0, 3.6), 0.9, on);
}

/// Fixed: a padlock.
pub fn lock(painter: &Painter, center: Pos2, color: impl Into<Color32>) {
    let color = color.into();
    let body = egui::Rect::from_min_size(center + vec2(-4.0, -1.0), vec2(8.0, 6.0));
    paint::rounded(painter, body, 1.0, color);
    paint::arc(painter, center + vec2(0.0, -1.0), 2.6, 180.0..=360.0, 1.4, color);
}

/// Can be dragged: six dots.
pub fn grip(painter: &Painter, center: Pos2, color: impl Into<Color32>) {
    let color = color.into();
    for (right, down) in [(-2.0, -4.0), (2.0, -4.0), (-2.0, 0.0), (2.0, 0.0), (-2.0, 4.0), (2.0, 4.0)] {
        painter.circle_filled(center + vec2(right, down), 1.0, color);
    }
}

/// Which way a chevron points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    /// Previous.
    Left,
    /// Next.
    Right,
    /// A list opens.
    Down,
}

/// A chevron: previous, next, a list.
pub fn chevron(painter: &Painter, center: Pos2, toward: Toward, color: impl Into<Color32>) {
    let points = match toward {
        Toward::Left => [(2.0, -4.0), (-2.0, 0.0), (2.0, 4.0)],
        Toward::Right => [(-2.0, -4.0), (2.0, 0.0), (-2.0, 4.0)],
        Toward::Down => [(-4.0, -2.0), (0.0, 2.0), (4.0, -2.0)],
    };
    paint::stroke(painter, &around(center, points), size::STROKE, color);
}

/// Runout's mark: a record with its run-out groove.
pub fn mark(painter: &Painter, center: Pos2, color: impl Into<Color32>) {
    let color = color.into();
    painter.circle_stroke(center, 9.0, Stroke::new(size::STROKE, color));
    painter.circle_filled(center, 2.0, color);
    paint::arc(painter, center, 5.5, -60.0..=120.0, 1.2, color);
}

/// Listening to one thing alone.
pub fn headphones(painter: &Painter, center: Pos2, color: impl Into<Color32>) {
    let color = color.into();
    paint::arc(painter, center + vec2(0.0, 1.0), 5.5, 180.0..=360.0, size::STROKE, color);
    for left in [-6.5, 3.5] {
        paint::rounded(painter, egui::Rect::from_min_size(center + vec2(left, 1.0), vec2(3.0, 5.0)), 1.0, color);
    }
}

/// What a band of the equalizer does to the spectrum.
pub fn band_shape(painter: &Painter, center: Pos2, shape: BandShape, color: impl Into<Color32>) {
    let points: &[(f32, f32)] = match shape {
        BandShape::Bell => &[(-7.0, 3.0), (-3.0, 2.0), (-1.5, -4.0), (1.5, -4.0), (3.0, 2.0), (7.0, 3.0)],
        BandShape::LowShelf => &[(-7.0, -4.0), (-2.0, -4.0), (2.0, 3.0), (7.0, 3.0)],
        BandShape::HighShelf => &[(7.0, -4.0), (2.0, -4.0), (-2.0, 3.0), (-7.0, 3.0)],
        BandShape::LowCut => &[(-6.0, 5.0), (-2.0, -3.0), (7.0, -3.0)],
        BandShape::HighCut => &[(6.0, 5.0), (2.0, -3.0), (-7.0, -3.0)],
        BandShape::Notch => &[(-7.0, -3.0), (-2.5, -3.0), (0.0, 5.0), (2.5, -3.0), (7.0, -3.0)],
        BandShape::BandPass => &[(-6.0, 5.0), (-2.0, -3.0), (2.0, -3.0), (6.0, 5.0)],
        BandShape::Tilt => &[(-7.0, 4.0), (7.0, -4.0)],
    };
    let points: Vec<Pos2> = points.iter().map(|(x, y)| center + vec2(*x, *y)).collect();
    paint::stroke(painter, &points, size::STROKE, color);
}
