//! Many small dots as one mesh: as shapes of their own they would take most of a frame's time.

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Painter, Pos2, Shape, vec2};

use super::pixel;

/// Corners of a dot.
const CORNERS: u32 = 4;

/// Dots of one size: a core, and an edge that fades over a physical pixel.
#[derive(Debug)]
pub struct Dots {
    mesh: Mesh,
    core: f32,
    edge: f32,
}

impl Dots {
    /// No dots yet, of a diameter in points; room for some.
    pub fn new(painter: &Painter, diameter: f32, count: usize) -> Self {
        // A square on its corner has as much area as the disc where its corners are 1.25 radii away.
        let (radius, half) = (0.5 * diameter * 1.2533, 0.5 * pixel(painter));
        let mut mesh = Mesh::default();
        mesh.reserve_vertices(2 * CORNERS as usize * count);
        mesh.reserve_triangles(10 * count);
        Self { mesh, core: (radius - half).max(0.0), edge: radius + half }
    }

    /// Adds a dot.
    pub fn add(&mut self, center: Pos2, color: impl Into<Color32>) {
        let first = self.mesh.vertices.len() as u32;
        for (radius, color) in [(self.core, color.into()), (self.edge, Color32::TRANSPARENT)] {
            for (across, down) in [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)] {
                let pos = center + vec2(across, down) * radius;
                self.mesh.vertices.push(Vertex { pos, uv: WHITE_UV, color });
            }
        }
        self.mesh.add_triangle(first, first + 1, first + 2);
        self.mesh.add_triangle(first, first + 2, first + 3);
        for corner in 0..CORNERS {
            let (one, next) = (first + corner, first + (corner + 1) % CORNERS);
            self.mesh.add_triangle(one, next, one + CORNERS);
            self.mesh.add_triangle(next, next + CORNERS, one + CORNERS);
        }
    }

    /// Paints them.
    pub fn paint(self, painter: &Painter) {
        painter.add(Shape::mesh(self.mesh));
    }
}
