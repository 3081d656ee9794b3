//! The division of frames into two to six bands.
//!
//! The crossover in the middle divides first; then both sides are divided at once, side by side in one vector. What is
//! on one side passes the all-passes of the crossovers on the other, and the lowest of three the one above it: so all
//! bands sum to the all-passes of all crossovers. A side with a crossover less than the other has a filter that lets
//! nothing through in its place.
//!
//! The two filters of the first crossover are side by side too: while the first has a frame, the second has the one before.

use super::filter::{Pair, Running, all_pass};
use crate::crossover::bands::Stereo;
use crate::crossover::{Bands, MOST_BANDS};
use crate::dispatch::{Doubles, Kernel, Vector};
use crate::entrance::audible;
use crate::processor::GRID_FRAMES;

/// The most pairs of filters.
pub(super) const MOST_PAIRS: usize = 8;

/// The most vectors of bands, each one of the side below beside one of the side above.
const MOST_WIDE: usize = MOST_BANDS / 2;

/// A frame of two channels.
pub(super) type Frame = [f64; 2];

/// Where crossovers and bands stand in the division.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Plan {
    /// The number of bands, 2 to [`MOST_BANDS`].
    pub bands: usize,
    /// Crossovers below the middle one, and above it.
    below: usize,
    above: usize,
}

impl Plan {
    /// For this many bands.
    pub fn new(bands: usize) -> Self {
        let beside_middle = bands.max(2) - 2;
        Self { bands, below: beside_middle / 2, above: beside_middle.div_ceil(2) }
    }

    /// The bands of a vector of the division: the lower one is missing where that side has fewer.
    fn bands_of(&self, place: usize) -> (Option<usize>, usize) {
        ((self.below + place).checked_sub(self.above), self.below + 1 + place)
    }

    /// The crossovers of each pair of filters, in the order in which they run.
    pub fn crossovers(&self) -> ([[Option<usize>; 2]; MOST_PAIRS], usize) {
        let lacking = self.above - self.below;
        let below = |place: usize| place.checked_sub(lacking);
        let above = |place: usize| Some(self.below + 1 + place);
        let own = |place: usize| [below(place), above(place)];
        let other = |place: usize| [above(place), below(place)];
        let middle = [Some(self.below); 2];
        let none = [None; 2];
        match self.above {
            0 => ([middle, none, none, none, none, none, none, none], 1),
            1 => ([middle, other(0), own(0), own(0), none, none, none, none], 4),
            _ => ([middle, other(0), other(1), own(0), own(0), own(1), own(1), own(1)], MOST_PAIRS),
        }
    }
}

/// Left and right of up to 64 frames for the filters, what would become subnormal in them as zero; right is empty where
/// there is one channel, and then zero.
pub(super) struct Widen<'a> {
    pub channels: [&'a [f32]; 2],
    pub frames: &'a mut [Frame; GRID_FRAMES],
}

impl Kernel for Widen<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let mut planes = [[0.0; GRID_FRAMES]; 2];
        for (plane, channel) in planes.iter_mut().zip(self.channels) {
            for (sample, heard) in plane.iter_mut().zip(channel) {
                *sample = audible(*heard);
            }
        }
        let [left, right] = planes.each_ref().map(|plane| plane.as_chunks::<4>().0);
        for (frames, (left, right)) in self.frames.as_chunks_mut::<4>().0.iter_mut().zip(left.iter().zip(right)) {
            let wide = V::Doubles::widened([left, right, left, right]);
            for place in 0..4 {
                frames[place] = wide[place].high();
            }
        }
    }
}

/// What comes of a division before it is narrowed: bands of the side below and of the side above, and their sum twice.
pub(super) struct Wide {
    bands: [[[f64; 4]; GRID_FRAMES]; MOST_WIDE],
    whole: [[f64; 4]; GRID_FRAMES],
}

impl Default for Wide {
    fn default() -> Self {
        Self { bands: [[[0.0; 4]; GRID_FRAMES]; MOST_WIDE], whole: [[0.0; 4]; GRID_FRAMES] }
    }
}

/// Divides frames, at most 64.
pub(super) struct Divide<'a> {
    pub plan: Plan,
    pub is_moving: bool,
    pub pairs: &'a mut [Pair; MOST_PAIRS],
    pub frames: &'a [Frame],
    /// Where in `wide` they go.
    pub start: usize,
    pub wide: &'a mut Wide,
}

impl Kernel for Divide<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        match (self.plan.above, self.is_moving) {
            (0, false) => divide::<V::Doubles, 0, false>(self),
            (0, true) => divide::<V::Doubles, 0, true>(self),
            (1, false) => divide::<V::Doubles, 1, false>(self),
            (1, true) => divide::<V::Doubles, 1, true>(self),
            (_, false) => divide::<V::Doubles, 2, false>(self),
            (_, true) => divide::<V::Doubles, 2, true>(self),
        }
    }
}

/// With as many crossovers on each side of the middle one.
#[inline(always)]
fn divide<D: Doubles, const EACH: usize, const MOVING: bool>(divide: Divide<'_>) {
    let Divide { pairs, frames, start, wide, .. } = divide;
    let Some((&newest, later)) = frames.split_first() else { return };
    // Each by its name: what a loop fills stays in memory.
    let [a, b, c, d, e, f, g, h] = &*pairs;
    let mut running: [Running<D>; MOST_PAIRS] = [
        Running::of(a),
        Running::of(b),
        Running::of(c),
        Running::of(d),
        Running::of(e),
        Running::of(f),
        Running::of(g),
        Running::of(h),
    ];
    let signs = D::from_array([1.0, 1.0, -1.0, -1.0]);
    // The second filter has no frame yet.
    let before = running[0];
    let input = D::from_pairs(newest, [0.0; 2]);
    let (band_pass, mut low_pass) = running[0].step::<MOVING>(input);
    let mut passed = all_pass(band_pass, input);
    running[0] = running[0].beside(&before);
    for (place, &newest) in later.iter().enumerate() {
        let input = D::before_low_of(newest, low_pass);
        let (band_pass, new_low_pass) = running[0].step::<MOVING>(input);
        let sides = new_low_pass.high_twice().multiply_add(signs, D::before_low_of([0.0; 2], passed));
        divide_sides::<D, EACH, MOVING>(&mut running, sides, wide, start + place);
        (passed, low_pass) = (all_pass(band_pass, input), new_low_pass);
    }
    // The first filter has no frame left.
    let after = running[0];
    let (_, low_pass) = running[0].step::<MOVING>(D::before_low_of([0.0; 2], low_pass));
    running[0] = after.beside(&running[0]);
    let sides = low_pass.high_twice().multiply_add(signs, D::before_low_of([0.0; 2], passed));
    divide_sides::<D, EACH, MOVING>(&mut running, sides, wide, start + later.len());
    for (running, pair) in running.iter().zip(pairs) {
        running.store(pair);
    }
}

/// Divides what is below and what is above the middle crossover.
#[inline(always)]
fn divide_sides<D: Doubles, const EACH: usize, const MOVING: bool>(
    running: &mut [Running<D>; MOST_PAIRS],
    sides: D,
    wide: &mut Wide,
    frame: usize,
) {
    let [_, one, two, three, four, five, six, seven] = running;
    let sum = match EACH {
        0 => {
            wide.bands[0][frame] = sides.to_array();
            sides
        }
        1 => {
            let sides = one.all_pass::<MOVING>(sides);
            let (low, high) = divide_one::<D, MOVING>([two, three], sides);
            wide.bands[0][frame] = low.to_array();
            wide.bands[1][frame] = high.to_array();
            low.add(high)
        }
        _ => {
            let sides = one.all_pass::<MOVING>(sides);
            let sides = two.all_pass::<MOVING>(sides);
            let (low, rest) = divide_one::<D, MOVING>([three, four], sides);
            let low = five.all_pass::<MOVING>(low);
            let (middle, high) = divide_one::<D, MOVING>([six, seven], rest);
            wide.bands[0][frame] = low.to_array();
            wide.bands[1][frame] = middle.to_array();
            wide.bands[2][frame] = high.to_array();
            low.add(middle).add(high)
        }
    };
    wide.whole[frame] = sum.add(sum.high_twice()).to_array();
}

/// What is below a crossover, and what its all-pass has beyond that.
#[inline(always)]
fn divide_one<D: Doubles, const MOVING: bool>([once, twice]: [&mut Running<D>; 2], input: D) -> (D, D) {
    let (band_pass, low_pass) = once.step::<MOVING>(input);
    let (_, low) = twice.step::<MOVING>(low_pass);
    (low, all_pass(band_pass, input).sub(low))
}

/// Brings the first frames of a division into planes of `f32`.
pub(super) struct Narrow<'a> {
    pub plan: Plan,
    pub wide: &'a Wide,
    pub count: usize,
    pub bands: &'a mut Bands,
}

impl Kernel for Narrow<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let Self { plan, wide, count, bands } = self;
        bands.count = plan.bands;
        for place in 0..=plan.above {
            let (below, above) = plan.bands_of(place);
            for at in (0..count).step_by(4) {
                let [a, b, c, d] = planes::<V::Doubles>(&wide.bands[place], at);
                if let Some(below) = below {
                    bands.band[below][0][at..at + 4].copy_from_slice(&a);
                    bands.band[below][1][at..at + 4].copy_from_slice(&b);
                }
                bands.band[above][0][at..at + 4].copy_from_slice(&c);
                bands.band[above][1][at..at + 4].copy_from_slice(&d);
            }
        }
        for at in (0..count).step_by(4) {
            let [a, b, ..] = planes::<V::Doubles>(&wide.whole, at);
            bands.whole[0][at..at + 4].copy_from_slice(&a);
            bands.whole[1][at..at + 4].copy_from_slice(&b);
        }
    }
}

/// Brings the first frames of what a division sums to into planes of `f32`, and instead of the bands a sum of their sides,
/// (left - right) / 2.
pub(super) struct NarrowSides<'a> {
    pub plan: Plan,
    pub wide: &'a Wide,
    pub count: usize,
    /// How much of each band's side.
    pub shares: &'a [f32; MOST_BANDS],
    pub whole: &'a mut Stereo,
    pub sides: &'a mut [f32; GRID_FRAMES],
}

impl Kernel for NarrowSides<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        match self.plan.above {
            0 => self.run_with::<V::Doubles, 1>(),
            1 => self.run_with::<V::Doubles, 2>(),
            _ => self.run_with::<V::Doubles, MOST_WIDE>(),
        }
    }
}

impl NarrowSides<'_> {
    #[inline(always)]
    fn run_with<D: Doubles, const WIDE: usize>(self) {
        let Self { plan, wide, count, shares, whole, sides } = self;
        let mut halves = [D::from_array([0.0; 4]); WIDE];
        for (place, halves) in halves.iter_mut().enumerate() {
            let (below, above) = plan.bands_of(place);
            let [below, above] =
                [below, Some(above)].map(|band| band.map_or(0.0, |band| 0.5 * f64::from(shares[band])));
            *halves = D::from_array([below, -below, above, -above]);
        }
        for at in (0..count).step_by(4) {
            let mut frames = [D::from_array([0.0; 4]); 4];
            for (place, frame) in frames.iter_mut().enumerate() {
                let mut sum = D::from_array(wide.bands[0][at + place]).mul(halves[0]);
                for (band, half) in wide.bands.iter().zip(&halves).skip(1) {
                    sum = D::from_array(band[at + place]).multiply_add(*half, sum);
                }
                let both = sum.add(sum.high_twice());
                let side = both.add(both.swapped());
                let [left, right, ..] = wide.whole[at + place];
                *frame = D::before_low_of([left, right], side);
            }
            let [left, right, side, _] = D::narrowed(frames);
            whole[0][at..at + 4].copy_from_slice(&left);
            whole[1][at..at + 4].copy_from_slice(&right);
            sides[at..at + 4].copy_from_slice(&side);
        }
    }
}

/// Four frames as planes.
#[inline(always)]
fn planes<D: Doubles>(frames: &[[f64; 4]; GRID_FRAMES], at: usize) -> [[f32; 4]; 4] {
    let [a, b, c, d] = [frames[at], frames[at + 1], frames[at + 2], frames[at + 3]];
    D::narrowed([D::from_array(a), D::from_array(b), D::from_array(c), D::from_array(d)])
}
