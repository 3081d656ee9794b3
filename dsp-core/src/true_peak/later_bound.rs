//! A provable upper bound of what the later stages can read, from the values of the first: where it does not reach the
//! floor, they are spared.
//!
//! As in [`super::bound`], but on the grid of the first stage, half a frame apart: what lies between two of its values is
//! their straight line plus a filter of its second differences, which are small there. The filter is that of the later
//! stages alone, 17 values long, so that only what is near counts.

use super::RUN_FRAMES;
use super::bound::{Curvature, REACH_FRAMES, Response, later_response, less_line};
use super::design::Filters;
use super::kernel::{FIRST_WIDE, MARGIN};
use crate::dispatch::{Vector, load_each};

/// Pairs of second differences that a frame's places depend on, from [`FIRST_PAIR`] frames before it on.
const PAIRS: usize = 8;

/// Frames from the first pair to the frame.
const FIRST_PAIR: usize = MARGIN;

/// Pairs that one run reads, in whole vectors.
const RUN_PAIRS: usize = RUN_FRAMES + 16;

/// The weights of the bound.
#[derive(Clone)]
pub(super) struct LaterBound {
    /// Of the larger second difference of each pair: those around the value half a frame after a frame, and around that
    /// a frame after it.
    pairs: [f32; PAIRS],
    /// Of the values themselves: 1 and what the filters add to a constant and a slope.
    local: f32,
}

impl LaterBound {
    pub(super) fn new(filters: &Filters) -> Self {
        let grid: Vec<Response> = (-1..6).map(|quarter| later_response(filters, quarter)).collect();
        let mut of_samples = 0.0f64;
        let mut pairs = [0.0f64; PAIRS];
        for quarter in 0..4 {
            let [left, middle, right] = [0, 1, 2].map(|side| grid[quarter + side]);
            let bend = Curvature::of(std::array::from_fn(|index| left[index] - 2.0 * middle[index] + right[index]));
            let line = Curvature::of(less_line(middle, quarter as f64 / 4.0));
            of_samples = of_samples.max(line.of_samples + line.of_largest + (bend.of_samples + bend.of_largest) / 8.0);
            for half in 0..2 {
                let mut sums = [0.0; PAIRS];
                for index in 0..line.of_second_difference.len() {
                    let tap = line.of_second_difference[index] + bend.of_second_difference[index] / 8.0;
                    // The tap `k` weighs the second difference at the value `half + k + 1` from the frame's own on; the
                    // pair `p` holds those at `2 p + 1` and `2 p + 2`.
                    let pair = (half + index as i32 - REACH_FRAMES).div_euclid(2) + FIRST_PAIR as i32;
                    if let Some(sum) = usize::try_from(pair).ok().and_then(|pair| sums.get_mut(pair)) {
                        *sum += tap;
                    } else {
                        // Beyond the filter there is only the rounding of its double sum.
                        of_samples += 4.0 * tap;
                    }
                }
                pairs.iter_mut().zip(sums).for_each(|(pair, sum)| *pair = pair.max(sum));
            }
        }
        // A little for the rounding of the bound itself.
        const SPARE: f64 = 1.0 + 1e-5;
        Self { pairs: pairs.map(|pair| (pair * SPARE) as f32), local: ((1.0 + of_samples) * SPARE) as f32 }
    }

    /// The upper bound of what the later stages read in a run, `rounding` that of all stages. `even` and `odd` are the
    /// first stage's phases from [`MARGIN`] frames before the run on.
    #[inline(always)]
    pub(super) fn of<V: Vector>(&self, even: &[f32; FIRST_WIDE], odd: &[f32; FIRST_WIDE], rounding: f32) -> f32 {
        let mut bends = [0.0; RUN_PAIRS];
        for place in (0..RUN_FRAMES + PAIRS - 1).step_by(V::WIDTH) {
            let [e0, e1] = load_each::<V, _>(even, [place, place + 1]);
            let [o0, o1] = load_each::<V, _>(odd, [place, place + 1]);
            let at_odd = e0.sub(o0).add(e1.sub(o0)).abs();
            let at_even = o0.sub(e1).add(o1.sub(e1)).abs();
            at_odd.larger(at_even).store(&mut bends, place);
        }
        let mut highest = V::splat(0.0);
        for place in (0..RUN_FRAMES).step_by(V::WIDTH) {
            let [e0, e1] = load_each::<V, _>(even, [place + MARGIN, place + MARGIN + 1]);
            let values = e0.abs().larger(V::load(odd, place + MARGIN).abs()).larger(e1.abs());
            let mut sums = [V::splat(self.local).multiply_add(values, V::splat(rounding)), V::splat(0.0)];
            for pair in 0..PAIRS {
                let bends = V::load(&bends, place + pair);
                sums[pair % 2] = V::splat(self.pairs[pair]).multiply_add(bends, sums[pair % 2]);
            }
            highest = highest.larger(sums[0].add(sums[1]));
        }
        highest.largest()
    }
}
