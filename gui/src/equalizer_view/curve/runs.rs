//! A curve cut where it leaves the plot.

use egui::{Pos2, Rangef};

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
    fn a_line_inside_stays_whole_and_one_outside_is_gone() {
        let line = [pos2(0.0, 0.0), pos2(1.0, 10.0), pos2(2.0, 10.0)];
        assert_eq!(within(HEIGHTS, line), [line]);
        assert!(within(HEIGHTS, line.map(|point| point + egui::vec2(0.0, 20.0))).is_empty());
        assert!(within(HEIGHTS, [pos2(0.0, 5.0)]).is_empty());
    }
}
