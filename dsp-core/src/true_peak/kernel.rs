//! The interpolation itself: one run of 16 frames, three stages, and a parabola through its highest point.
//!
//! frames -> 2x (both phases filtered) -> 4x -> 8x -> highest point of each frame -> parabola -> maximum of each group

use super::design::{FIRST_TAPS, Filters};
use super::later_bound::LaterBound;
use super::{GROUP_FRAMES, RUN_FRAMES};
use crate::dispatch::{Kernel, Vector, load_each};

/// Values of the first stage on each side of a run that the later stages read.
pub(super) const MARGIN: usize = 4;

/// Places that the later stages compute, in whole vectors: one before the run, the run, and one after it.
const WIDE: usize = 2 * RUN_FRAMES;

/// Values of each first-stage phase that one run reads; all but the first 24 only fill the vectors.
pub(super) const FIRST_WIDE: usize = WIDE + 8;

/// Sums that are kept at once, at most: enough chains to keep the multipliers busy.
const SPLITS: usize = 4;

/// Values that the first stage computes at most, in whole vectors.
pub(super) const FIRST_MOST: usize = WIDE;

/// Frames that so many values of the first stage read, to a whole vector.
pub(super) const FIRST_FRAMES: usize = FIRST_TAPS + FIRST_MOST;

/// The first stage's two phases at `COUNT` frames, the rest of the last vector besides. `frames` starts 63 frames before
/// the first of them.
pub(super) struct FirstStage<'a, const COUNT: usize> {
    pub(super) filters: &'a Filters,
    pub(super) frames: &'a [f32; FIRST_FRAMES],
    pub(super) even: &'a mut [f32; FIRST_MOST],
    pub(super) odd: &'a mut [f32; FIRST_MOST],
}

impl<const COUNT: usize> Kernel for FirstStage<'_, COUNT> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        // The narrower the vectors, the more of them: the taps are split in as many parts as makes eight chains.
        let splits = V::WIDTH / 4;
        let part = FIRST_TAPS / splits;
        let vectors = COUNT.div_ceil(V::WIDTH);
        let mut even = [[V::splat(0.0); 6]; SPLITS];
        let mut odd = [[V::splat(0.0); 6]; SPLITS];
        for tap in 0..part {
            for split in 0..splits {
                let tap = split * part + tap;
                let (even_tap, odd_tap) = (V::splat(self.filters.even[tap]), V::splat(self.filters.odd[tap]));
                for vector in 0..vectors {
                    let frames = V::load(self.frames, tap + vector * V::WIDTH);
                    even[split][vector] = frames.multiply_add(even_tap, even[split][vector]);
                    odd[split][vector] = frames.multiply_add(odd_tap, odd[split][vector]);
                }
            }
        }
        for vector in 0..vectors {
            for (sums, values) in [(&even, &mut self.even[..]), (&odd, &mut self.odd[..])] {
                let mut sum = sums[0][vector];
                for split in &sums[1..splits] {
                    sum = sum.add(split[vector]);
                }
                sum.store(values, vector * V::WIDTH);
            }
        }
    }
}

/// The true peak of each group of a run, the samples themselves left out. `even` and `odd` are the first stage's phases
/// from [`MARGIN`] frames before the run on. Where all of them are known not to be above `floor`, 0.
pub(super) struct LaterStages<'a> {
    pub(super) filters: &'a Filters,
    pub(super) bound: &'a LaterBound,
    pub(super) floor: f32,
    /// The largest sample of the run: above the floor, there is no use in the bound.
    pub(super) sample: f32,
    /// What rounding adds at most.
    pub(super) rounding: f32,
    pub(super) even: &'a [f32; FIRST_WIDE],
    pub(super) odd: &'a [f32; FIRST_WIDE],
}

/// The new phase of a half-band filter between neighbors: `pairs` from the middle outwards.
#[inline(always)]
fn between<V: Vector, const TAPS: usize>(taps: &[f32; TAPS], pairs: [V; TAPS]) -> V {
    let mut sum = V::splat(taps[0]).mul(pairs[0]);
    for tap in 1..TAPS {
        sum = V::splat(taps[tap]).multiply_add(pairs[tap], sum);
    }
    sum
}

impl Kernel for LaterStages<'_> {
    type Output = [f32; RUN_FRAMES / GROUP_FRAMES];

    #[inline(always)]
    fn run<V: Vector>(self) -> Self::Output {
        if self.sample <= self.floor && self.bound.of::<V>(self.even, self.odd, self.rounding) <= self.floor {
            return [0.0; RUN_FRAMES / GROUP_FRAMES];
        }
        // Place 0 is the frame before the run: place 3 of the first stage.
        let mut quarter = [0.0; WIDE];
        let mut three_quarters = [0.0; WIDE];
        for place in (0..RUN_FRAMES + 2).step_by(V::WIDTH) {
            let n = place + MARGIN - 1;
            let [e0, e1, e2, e3, e4, e5] = load_each::<V, _>(self.even, [n - 2, n - 1, n, n + 1, n + 2, n + 3]);
            let [o0, o1, o2, o3, o4, o5, o6] =
                load_each::<V, _>(self.odd, [n - 3, n - 2, n - 1, n, n + 1, n + 2, n + 3]);
            let taps = &self.filters.second;
            between(taps, [e2.add(o3), o2.add(e3), e1.add(o4), o1.add(e4), e0.add(o5), o0.add(e5)])
                .store(&mut quarter, place);
            between(taps, [o3.add(e3), e2.add(o4), o2.add(e4), e1.add(o5), o1.add(e5), e0.add(o6)])
                .store(&mut three_quarters, place);
        }
        let mut peaks = [0.0; RUN_FRAMES];
        for place in (0..RUN_FRAMES).step_by(V::WIDTH) {
            refined(self.eighths::<V>(&quarter, &three_quarters, place)).store(&mut peaks, place);
        }
        group_maxima(&peaks)
    }
}

impl LaterStages<'_> {
    /// The eight points from each frame on, the one before and the one after them, at the vector from `place` on.
    #[inline(always)]
    fn eighths<V: Vector>(&self, quarter: &[f32; WIDE], three_quarters: &[f32; WIDE], place: usize) -> [V; 10] {
        let taps = &self.filters.third;
        let (n, m) = (place + MARGIN, place + 1);
        let [e0, e1, e2] = load_each::<V, _>(self.even, [n - 1, n, n + 1]);
        let [o0, o1, o2] = load_each::<V, _>(self.odd, [n - 1, n, n + 1]);
        let [a0, a1, a2] = load_each::<V, _>(quarter, [m - 1, m, m + 1]);
        let [b0, b1, b2] = load_each::<V, _>(three_quarters, [m - 1, m, m + 1]);
        [
            between(taps, [b0.add(e1), o0.add(a1), a0.add(o1), e0.add(b1)]),
            e1,
            between(taps, [e1.add(a1), b0.add(o1), o0.add(b1), a0.add(e2)]),
            a1,
            between(taps, [a1.add(o1), e1.add(b1), b0.add(e2), o0.add(a2)]),
            o1,
            between(taps, [o1.add(b1), a1.add(e2), e1.add(a2), b0.add(o2)]),
            b1,
            between(taps, [b1.add(e2), o1.add(a2), a1.add(o2), e1.add(b2)]),
            e2,
        ]
    }
}

/// The highest magnitude of the eight points from the second on, with the top of the parabola through it and its
/// neighbors where it is a top.
#[inline(always)]
fn refined<V: Vector>(eighths: [V; 10]) -> V {
    let mut top = eighths[1].abs();
    let [mut left, mut middle, mut right] = [eighths[0], eighths[1], eighths[2]];
    for index in 2..9 {
        let magnitude = eighths[index].abs();
        left = magnitude.where_greater(top, eighths[index - 1], left);
        middle = magnitude.where_greater(top, eighths[index], middle);
        right = magnitude.where_greater(top, eighths[index + 1], right);
        top = top.larger(magnitude);
    }
    let bend = middle.sub(left).add(middle.sub(right)).abs();
    let slope = right.sub(left);
    // Where the point is a top, |slope| <= |bend|, so the excess is at most an eighth of the bend; the tiny number only
    // keeps 0 / 0 away.
    let excess = slope.mul(slope).div(bend.multiply_add(V::splat(8.0), V::splat(f32::MIN_POSITIVE)));
    left.abs().larger(right.abs()).where_greater(top, top, top.add(excess))
}

/// The larger of two numbers that are not NaN, as one instruction.
#[inline(always)]
pub(super) fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// The largest of each group of a run.
#[inline(always)]
pub(super) fn group_maxima(peaks: &[f32; RUN_FRAMES]) -> [f32; RUN_FRAMES / GROUP_FRAMES] {
    let mut groups = [0.0; RUN_FRAMES / GROUP_FRAMES];
    for (group, peaks) in groups.iter_mut().zip(peaks.as_chunks::<GROUP_FRAMES>().0) {
        let mut fours = [0.0; 4];
        for place in 0..4 {
            fours[place] = larger(peaks[place], peaks[place + 4]);
        }
        *group = larger(larger(fours[0], fours[2]), larger(fours[1], fours[3]));
    }
    groups
}
