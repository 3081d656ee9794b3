//! A curve cut where it leaves the plot.

use egui::{Pos2, Rangef};

/// How far a line may pass from a point that it leaves out, points: less than is seen at any zoom.
const PASS: f32 = 0.02;

/// The pieces of a line through points that lie within some heights; they end where the line crosses an edge.
pub fn within(heights: Rangef, points: impl IntoIterator<Item = Pos2>) -> Vec<Vec<Pos2>> {
    let mut runs = Vec::new();
    let mut run: Vec<Pos2> = Vec::new();
    let mut before: Option<Pos2> = None;
    for to in points {
        let Some(from) = before.replace(to) else { continue };
        let Some((enters, leaves)) = inside(heights, from.y, to.y) else {
            finish(&mut runs, &mut run);
            continue;
        };
        if run.is_empty() {
            run.push(from.lerp(to, enters));
        }
        run.push(if leaves < 1.0 { from.lerp(to, leaves) } else { to });
        if leaves < 1.0 {
            finish(&mut runs, &mut run);
        }
    }
    finish(&mut runs, &mut run);
    runs
}

fn finish(runs: &mut Vec<Vec<Pos2>>, run: &mut Vec<Pos2>) {
    if run.len() > 1 {
        runs.push(std::mem::take(run));
    }
    run.clear();
}

/// The share of the way from one height to another at which a straight line comes inside, and at which it leaves.
fn inside(heights: Rangef, from: f32, to: f32) -> Option<(f32, f32)> {
    if from == to {
        return heights.contains(from).then_some((0.0, 1.0));
    }
    let (one, other) = ((heights.min - from) / (to - from), (heights.max - from) / (to - from));
    let (enters, leaves) = (one.min(other).max(0.0), one.max(other).min(1.0));
    (enters < leaves).then_some((enters, leaves))
}

/// A line without the points that a straight piece passes anyway: most of a curve is nearly straight, and every point is
/// paid for in each frame. No piece crosses `base`, to which areas are filled.
pub fn straightened(run: &[Pos2], base: f32) -> Vec<Pos2> {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return Vec::new() };
    let mut kept = vec![*first];
    let mut from = *first;
    // The slopes of all pieces from `from` that pass the points since then.
    let mut slopes = Rangef::EVERYTHING;
    for pair in run.windows(2) {
        let [before, to] = pair else { continue };
        let crosses = from.y.min(to.y) < base - PASS && from.y.max(to.y) > base + PASS;
        let slope = |y: f32| (y - from.y) / (to.x - from.x);
        if crosses || to.x <= from.x || !slopes.contains(slope(to.y)) {
            if *before != from {
                kept.push(*before);
                from = *before;
            }
            slopes = Rangef::EVERYTHING;
        }
        let width = to.x - from.x;
        if width > 0.0 {
            let reach = Rangef::new((to.y - PASS - from.y) / width, (to.y + PASS - from.y) / width);
            slopes = Rangef::new(slopes.min.max(reach.min), slopes.max.min(reach.max));
        }
    }
    if *last != from {
        kept.push(*last);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    const HEIGHTS: Rangef = Rangef { min: 0.0, max: 10.0 };

    #[test]
    fn a_line_ends_where_it_crosses_an_edge() {
        let runs = within(HEIGHTS, [pos2(0.0, 5.0), pos2(1.0, 15.0), pos2(2.0, 15.0), pos2(3.0, -5.0), pos2(4.0, 5.0)]);
        let expected: [&[Pos2]; 3] = [
            &[pos2(0.0, 5.0), pos2(0.5, 10.0)],
            &[pos2(2.25, 10.0), pos2(2.75, 0.0)],
            &[pos2(3.5, 0.0), pos2(4.0, 5.0)],
        ];
        assert_eq!(runs, expected);
    }

    #[test]
    fn a_line_is_straightened_where_nobody_sees_it() {
        let flat: Vec<Pos2> = (0..1000u16).map(|x| pos2(f32::from(x), 5.0)).collect();
        assert_eq!(straightened(&flat, 5.0), [flat[0], flat[999]]);
        // A wave that lies still at first.
        let wave: Vec<Pos2> = (0..2000u16)
            .map(|step| {
                let x = f32::from(step) * 0.5;
                pos2(x, 50.0 + if x < 400.0 { 0.0 } else { 40.0 * ((x - 400.0) / 60.0).sin() })
            })
            .collect();
        let kept = straightened(&wave, 50.0);
        assert!(kept.len() < wave.len() / 4, "{} of {}", kept.len(), wave.len());
        for piece in kept.windows(2) {
            let [from, to] = [piece[0], piece[1]];
            assert!((from.y - 50.0) * (to.y - 50.0) > -1.0, "{from} to {to} crosses the base");
            for point in wave.iter().filter(|point| (from.x..=to.x).contains(&point.x)) {
                let passed = from.lerp(to, (point.x - from.x) / (to.x - from.x));
                // The rounding of heights of some ten points in f32 comes to it.
                assert!((passed.y - point.y).abs() <= PASS + 1e-4, "{point} is passed at {passed}");
            }
        }
    }

    #[test]
    fn a_line_inside_stays_whole_and_one_outside_is_gone() {
        let line = [pos2(0.0, 0.0), pos2(1.0, 10.0), pos2(2.0, 10.0)];
        assert_eq!(within(HEIGHTS, line), [line]);
        assert!(within(HEIGHTS, line.map(|point| point + egui::vec2(0.0, 20.0))).is_empty());
        assert!(within(HEIGHTS, [pos2(0.0, 5.0)]).is_empty());
    }
}
