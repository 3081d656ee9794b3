//! Curves of many points, solid and dashed, each as one mesh: a dash as a shape of its own, or a path with joints for
//! every angle, would take most of a frame's time.

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Painter, Pos2, Shape, Vec2};

use crate::paint;

/// Length of a dash and of the gap after it, points.
const DASH: f32 = 2.0;

/// How much of a curve's height counts as its length: dashes are longer where it is steep, so that noise is a few hundred
/// of them and not thousands.
const STEEP: f32 = 0.25;

/// Dashes begin anew after this many points of the curve, so that they do not run along one that moves.
const ANCHORED_POINTS: usize = 8;

/// The shortest step along a curve, points: no rounding keeps a dash from its end.
const SHORTEST: f32 = 0.01;

/// How far a joint may reach out, in squares of half the width: at sharper angles it is blunt.
const BLUNT: f32 = 0.5;

/// A line's width and color.
#[derive(Clone, Copy, Debug)]
pub struct Pen {
    /// Width, points.
    pub width: f32,
    /// Color.
    pub color: Color32,
}

impl Pen {
    /// Paints a curve.
    pub fn solid(self, painter: &Painter, curve: &[Pos2]) {
        let normals: Vec<Vec2> = curve.windows(2).map(|pair| across(pair[0], pair[1])).collect();
        let mut mesh = Mesh::default();
        mesh.reserve_vertices(4 * curve.len());
        mesh.reserve_triangles(6 * curve.len());
        for (index, point) in curve.iter().enumerate() {
            let before = normals.get(index.wrapping_sub(1)).or(normals.first());
            let after = normals.get(index).or(normals.last());
            let (Some(before), Some(after)) = (before, after) else { return };
            let joint = (*before + *after) / (1.0 + before.dot(*after)).max(BLUNT);
            self.add(&mut mesh, paint::pixel(painter), *point, joint, index > 0);
        }
        painter.add(Shape::mesh(mesh));
    }

    /// Paints a curve, its points ascending in x, dashed.
    pub fn dashed(self, painter: &Painter, curve: &[Pos2]) {
        let mut mesh = Mesh::default();
        for (from, to) in dashes(curve) {
            let normal = across(from, to);
            self.add(&mut mesh, paint::pixel(painter), from, normal, false);
            self.add(&mut mesh, paint::pixel(painter), to, normal, true);
        }
        painter.add(Shape::mesh(mesh));
    }

    /// Adds a cross-section, solid but for its edges, which fade over a physical pixel; joined with the one before or not.
    fn add(self, mesh: &mut Mesh, feather: f32, at: Pos2, normal: Vec2, is_joined: bool) {
        let [solid, gone] = [0.5 * (self.width - feather).max(0.0), 0.5 * (self.width + feather)];
        let first = mesh.vertices.len() as u32;
        for (distance, color) in
            [(-gone, Color32::TRANSPARENT), (-solid, self.color), (solid, self.color), (gone, Color32::TRANSPARENT)]
        {
            mesh.vertices.push(Vertex { pos: at + normal * distance, uv: WHITE_UV, color });
        }
        if is_joined {
            for corner in first..first + 3 {
                mesh.add_triangle(corner - 4, corner - 3, corner);
                mesh.add_triangle(corner - 3, corner + 1, corner);
            }
        }
    }
}

/// The direction across a piece, 1 long; of no piece, 0.
fn across(from: Pos2, to: Pos2) -> Vec2 {
    (to - from).normalized().rot90()
}

/// The straight pieces of all dashes.
fn dashes(curve: &[Pos2]) -> impl Iterator<Item = (Pos2, Pos2)> {
    let mut walked = 0.0;
    curve.windows(2).enumerate().flat_map(move |(index, pair)| {
        let (from, way) = (pair[0], pair[1] - pair[0]);
        let length = way.x.abs() + STEEP * way.y.abs();
        let start = if index % ANCHORED_POINTS == 0 { 0.0 } else { walked };
        walked = start + length;
        let mut at = 0.0;
        std::iter::from_fn(move || {
            while at < length {
                let in_period = (start + at) % (2.0 * DASH);
                let is_dash = in_period < DASH;
                let end = if is_dash { DASH } else { 2.0 * DASH };
                let begun = at;
                at = (at + (end - in_period).max(SHORTEST)).min(length);
                if is_dash {
                    return Some((from + way * (begun / length), from + way * (at / length)));
                }
            }
            None
        })
    })
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    #[test]
    fn half_of_a_curve_is_dashes_however_steep_it_is() {
        let length = |from: Pos2, to: Pos2| (to.x - from.x).abs() + STEEP * (to.y - from.y).abs();
        for (height, turn) in [(0.0, 1.0), (3.0, 1.7), (200.0, 2.3)] {
            let curve: Vec<Pos2> = (0..=240).map(|n| pos2(2.0 * n as f32, height * (n as f32 * turn).sin())).collect();
            let all: f32 = curve.windows(2).map(|pair| length(pair[0], pair[1])).sum();
            let drawn: f32 = dashes(&curve).map(|(from, to)| length(from, to)).sum();
            // Each of 30 parts may end within a dash: at most half a dash more than gaps.
            assert!((drawn - 0.5 * all).abs() <= 30.0 * 0.5 * DASH + 0.1, "{drawn} of {all} points");
            assert!(dashes(&curve).all(|(from, to)| length(from, to) <= DASH + 1e-3));
        }
    }

    #[test]
    fn dashes_stand_still_where_the_curve_does() {
        let curve = |start: f32| -> Vec<Pos2> {
            (0..32).map(|n| pos2(2.0 * n as f32, if n < 8 { start * (n % 2) as f32 } else { 0.0 })).collect()
        };
        let right =
            |start: f32| -> Vec<(Pos2, Pos2)> { dashes(&curve(start)).filter(|(from, _)| from.x >= 16.0).collect() };
        assert_eq!(right(0.0), right(5.3));
        assert_eq!(right(0.0).len(), 12);
    }

    #[test]
    fn points_that_lie_together_are_no_dash() {
        assert_eq!(dashes(&[pos2(1.0, 1.0); 20]).count(), 0);
        assert_eq!(dashes(&[]).count(), 0);
    }
}
