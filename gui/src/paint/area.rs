//! Areas between a curve and a base line, as meshes: any shape, and colors that change with height.

use std::sync::Arc;

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Painter, Pos2, Shape, pos2};

/// Fills between a curve, its points ascending in x, and a horizontal base line.
pub fn area(painter: &Painter, points: &[Pos2], base: f32, color: impl Into<Color32>) {
    let color = color.into();
    gradient(painter, points, base, |_| color);
}

/// Fills like [`area`], with the color that `color_at` gives for a height y: exact where it is linear in y between curve
/// and base.
pub fn gradient(painter: &Painter, points: &[Pos2], base: f32, color_at: impl Fn(f32) -> Color32) {
    if points.len() < 2 {
        return;
    }
    let mut mesh = Mesh::default();
    mesh.reserve_vertices(2 * points.len());
    mesh.reserve_triangles(2 * (points.len() - 1));
    let foot = color_at(base);
    for point in points {
        mesh.vertices.push(Vertex { pos: *point, uv: WHITE_UV, color: color_at(point.y) });
        mesh.vertices.push(Vertex { pos: pos2(point.x, base), uv: WHITE_UV, color: foot });
    }
    for pair in 0..points.len() as u32 - 1 {
        let first = 2 * pair;
        mesh.add_triangle(first, first + 1, first + 2);
        mesh.add_triangle(first + 1, first + 3, first + 2);
    }
    painter.add(Shape::Mesh(Arc::new(mesh)));
}
