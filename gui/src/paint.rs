//! Strokes, planes and areas: straight edges lie on whole physical pixels, curves are antialiased.

mod area;
mod dots;

use std::f32::consts::TAU;

use egui::epaint::PathStroke;
use egui::{Color32, CornerRadius, Painter, Pos2, Rangef, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

pub use area::{area, gradient};
pub use dots::Dots;

/// One physical pixel, in points.
pub fn pixel(painter: &Painter) -> f32 {
    1.0 / painter.pixels_per_point()
}

/// The nearest edge between two physical pixels.
pub fn snapped(painter: &Painter, points: f32) -> f32 {
    (points * painter.pixels_per_point()).round() / painter.pixels_per_point()
}

/// The edge between two physical pixels at or before a place: where a line of one pixel begins.
fn floored(painter: &Painter, points: f32) -> f32 {
    // The grace keeps what is a whole number of pixels, but for a float's last bit, where it is.
    (points * painter.pixels_per_point() + 1e-3).floor() / painter.pixels_per_point()
}

/// A horizontal line of one physical pixel at the pixel that holds `y`.
pub fn horizontal(painter: &Painter, x: impl Into<Rangef>, y: f32, color: impl Into<Color32>) {
    let (x, y) = (x.into(), floored(painter, y));
    plane(painter, Rect::from_x_y_ranges(x, y..=y + pixel(painter)), color);
}

/// A vertical line of one physical pixel at the pixel that holds `x`.
pub fn vertical(painter: &Painter, x: f32, y: impl Into<Rangef>, color: impl Into<Color32>) {
    let (x, y) = (floored(painter, x), y.into());
    plane(painter, Rect::from_x_y_ranges(x..=x + pixel(painter), y), color);
}

/// A dashed horizontal line of one physical pixel: a ceiling, a target.
pub fn dashed(painter: &Painter, x: impl Into<Rangef>, y: f32, color: impl Into<Color32>, dash: f32, gap: f32) {
    let (x, color) = (x.into(), color.into());
    let mut from = x.min;
    while from < x.max {
        horizontal(painter, from..=(from + dash).min(x.max), y, color);
        from += dash + gap;
    }
}

/// A plane without corners, its edges on whole physical pixels.
pub fn plane(painter: &Painter, rect: Rect, color: impl Into<Color32>) {
    rounded(painter, rect, 0.0, color);
}

/// A plane with rounded corners.
pub fn rounded(painter: &Painter, rect: Rect, radius: f32, color: impl Into<Color32>) {
    painter.rect_filled(on_pixels(painter, rect), radius, color);
}

/// A plane with only its upper or lower corners rounded, in points: north-west, north-east, south-west, south-east.
pub fn cornered(painter: &Painter, rect: Rect, corners: CornerRadius, color: impl Into<Color32>) {
    painter.rect_filled(on_pixels(painter, rect), corners, color);
}

/// A plane with an edge of one physical pixel inside it.
pub fn outlined(painter: &Painter, rect: Rect, radius: f32, fill: impl Into<Color32>, edge: impl Into<Color32>) {
    let stroke = Stroke::new(pixel(painter), edge);
    painter.rect(on_pixels(painter, rect), radius, fill, stroke, StrokeKind::Inside);
}

/// An outline around a rectangle, `width` points wide, its inner side `offset` points outside of it.
pub fn ring(painter: &Painter, rect: Rect, radius: f32, offset: f32, width: f32, color: impl Into<Color32>) {
    let rect = on_pixels(painter, rect).expand(offset);
    painter.rect_stroke(rect, radius + offset, Stroke::new(width, color), StrokeKind::Outside);
}

/// A rectangle moved to whole physical pixels.
pub fn on_pixels(painter: &Painter, rect: Rect) -> Rect {
    let corner = |point: Pos2| pos2(snapped(painter, point.x), snapped(painter, point.y));
    Rect::from_min_max(corner(rect.min), corner(rect.max))
}

/// A line through points, with round ends where it is as thick as an icon's.
pub fn curve(painter: &Painter, points: Vec<Pos2>, width: f32, color: impl Into<Color32>) {
    painter.line(points, PathStroke::new(width, color));
}

/// A stroke of an icon: straight pieces with round ends and joints.
pub fn stroke(painter: &Painter, points: &[Pos2], width: f32, color: impl Into<Color32>) {
    let color = color.into();
    for pair in points.windows(2) {
        if let [from, to] = pair {
            painter.add(Shape::convex_polygon(capsule(*from, *to, width / 2.0), color, Stroke::NONE));
        }
    }
}

/// The outline of a line with round ends.
fn capsule(from: Pos2, to: Pos2, radius: f32) -> Vec<Pos2> {
    /// Corners of half a circle; at a radius of 3 pixels they are a tenth of a pixel off it.
    const CORNERS: usize = 6;
    let degrees = (to - from).angle().to_degrees();
    let half = |center: Pos2, start: f32| {
        (0..=CORNERS).map(move |corner| on_circle(center, radius, start + 180.0 * corner as f32 / CORNERS as f32))
    };
    half(to, degrees - 90.0).chain(half(from, degrees + 90.0)).collect()
}

/// The point at an angle on a circle, in degrees, clockwise from the right.
pub fn on_circle(center: Pos2, radius: f32, degrees: f32) -> Pos2 {
    let (sine, cosine) = degrees.to_radians().sin_cos();
    center + vec2(cosine, sine) * radius
}

/// An arc from one angle to another, in degrees, clockwise from the right; its ends are cut straight.
pub fn arc(
    painter: &Painter,
    center: Pos2,
    radius: f32,
    degrees: impl Into<Rangef>,
    width: f32,
    color: impl Into<Color32>,
) {
    let degrees = degrees.into();
    let turn = degrees.span();
    if turn < 0.5 {
        return;
    }
    // As many pieces as keep the chord within a twentieth of a physical pixel of the circle.
    let bulge = (1.0 - 0.05 * pixel(painter) / radius.max(1.0)).clamp(-1.0, 1.0);
    let pieces = (turn.to_radians() / (2.0 * bulge.acos())).ceil().clamp(2.0, TAU * 64.0) as usize;
    let at = |piece: usize| on_circle(center, radius, degrees.min + turn * piece as f32 / pieces as f32);
    painter.line((0..=pieces).map(at).collect(), PathStroke::new(width, color));
}
