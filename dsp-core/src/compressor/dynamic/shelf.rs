//! One shelf over two channels at once: two equal sections, opened out so that gains act behind all that recurs.
//!
//! A section is x + a h + b p of the high-pass h and the band-pass p of its input x, and two of them are
//! x + 2 a h + 2 b p + a^2 hh + 2 a b hp + b^2 hl: what the same filter makes of its own high-pass is h h, h p and h l, and
//! p p is h l. So no state holds a gain, and one that leaps is heard at once as what it becomes.
//!
//! Both filters run side by side in one vector: while the first has a frame, the second has the one before.

use std::f64::consts::{PI, SQRT_2};

use crate::biquad::integrators;
use crate::compressor::course::{Block, Course};
use crate::dispatch::{Doubles, Kernel, Vector};
use crate::entrance::flush_states;
use crate::processor::GRID_FRAMES;

/// A frame of two channels.
pub(super) type Frame = [f64; 2];

/// Frames between two designs of a crossover that moves.
const STEP_FRAMES: usize = 8;

/// Gains of less (-120 dB) count as this much, so that ratios are numbers.
const LEAST_GAIN: f32 = 1e-6;

/// A Butterworth filter of a corner, by Simper's equations.
#[derive(Clone, Copy, Debug, Default)]
struct Design {
    /// The corner, octaves over 1 Hz.
    octaves: f32,
    a1: f64,
    a2: f64,
    a3: f64,
}

impl Design {
    fn of(octaves: f32, sample_rate: f64) -> Self {
        let g = (PI * f64::from(octaves).exp2() / sample_rate).tan();
        let [a1, a2, a3] = integrators(g, SQRT_2);
        Self { octaves, a1, a2, a3 }
    }
}

/// A shelf of two channels.
#[derive(Clone, Debug, Default)]
pub(super) struct Shelf {
    design: Design,
    /// The two integrators: of the filter of both channels, and of that of their high-passes.
    states: [[f64; 4]; 2],
}

impl Shelf {
    /// Forgets the signal.
    pub(super) fn forget(&mut self) {
        self.states = Default::default();
    }

    /// Sets to zero what is about to become subnormal.
    pub(super) fn flush(&mut self) {
        flush_states(self.states.as_flattened_mut());
    }
}

/// Frames through a shelf, in place.
pub(super) struct Shelve<'a> {
    pub(super) shelf: &'a mut Shelf,
    pub(super) corner: &'a Course,
    /// How much the crossover divides, 0 to 1.
    pub(super) weight: &'a [f32],
    /// What the bands on both sides change, in each channel.
    pub(super) below: &'a [Block; 2],
    pub(super) above: &'a [Block; 2],
    pub(super) frames: &'a mut [Frame],
    /// Where the frames stand in the slot.
    pub(super) place: usize,
    pub(super) sample_rate: f64,
}

impl Kernel for Shelve<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let Self { shelf, corner, weight, below, above, frames, place, sample_rate } = self;
        // Of both channels what is a of a section, and what is b.
        let mut rows = [[0.0; GRID_FRAMES]; 4];
        for channel in 0..2 {
            for frame in 0..frames.len() {
                let (below, above) = (1.0 + below[channel][frame], 1.0 + above[channel][frame]);
                let below = if below > LEAST_GAIN { below } else { LEAST_GAIN };
                let above = if above > LEAST_GAIN { above } else { LEAST_GAIN };
                let ratio = (above / below).sqrt();
                rows[channel][frame] = weight[frame] * (ratio - 1.0);
                rows[2 + channel][frame] = weight[frame] * std::f32::consts::SQRT_2 * (ratio.sqrt() - 1.0);
            }
        }
        let mut factors = [[0.0; 4]; GRID_FRAMES];
        let [a, b, c, d] = rows.each_ref().map(|row| row.as_chunks::<4>().0);
        for (at, factors) in factors.as_chunks_mut::<4>().0.iter_mut().enumerate().take(frames.len().div_ceil(4)) {
            *factors = V::Doubles::widened([&a[at], &b[at], &c[at], &d[at]]).map(V::Doubles::to_array);
        }
        let mut start = 0;
        while start < frames.len() {
            let now = place + start;
            let (at, step) = if corner.is_moving() {
                (now / STEP_FRAMES * STEP_FRAMES, STEP_FRAMES - now % STEP_FRAMES)
            } else {
                (now, GRID_FRAMES)
            };
            let octaves = corner.from(at)[0];
            if octaves != shelf.design.octaves {
                shelf.design = Design::of(octaves, sample_rate);
            }
            let end = frames.len().min(start + step);
            shelve::<V::Doubles>(shelf, &factors[start..end], &mut frames[start..end]);
            start = end;
        }
    }
}

/// The two filters while they run.
#[derive(Clone, Copy)]
struct Running<D> {
    a: [D; 3],
    one: D,
    two: D,
}

impl<D: Doubles> Running<D> {
    /// The next frame: its band-pass, low-pass and high-pass.
    #[inline(always)]
    fn step(&mut self, input: D) -> [D; 3] {
        let [a1, a2, a3] = self.a;
        let (two, root) = (D::from_array([2.0; 4]), D::from_array([-SQRT_2; 4]));
        let rest = input.sub(self.two);
        let band = a1.multiply_add(self.one, a2.mul(rest));
        let low = a3.multiply_add(rest, a2.multiply_add(self.one, self.two));
        self.one = two.multiply_sub(band, self.one);
        self.two = two.multiply_sub(low, self.two);
        [band, low, root.multiply_add(band, input.sub(low))]
    }

    /// The first filter as it is here, the second as it is there.
    #[inline(always)]
    fn beside(&self, other: &Self) -> Self {
        Self { a: self.a, one: join(self.one, other.one), two: join(self.two, other.two) }
    }
}

#[inline(always)]
fn join<D: Doubles>(low: D, high: D) -> D {
    let [a, b, ..] = low.to_array();
    D::from_pairs([a, b], high.high())
}

/// Frames through a shelf that stands; the factors are a of both channels, and b.
#[inline(always)]
fn shelve<D: Doubles>(shelf: &mut Shelf, factors: &[[f64; 4]], frames: &mut [Frame]) {
    let Some(newest) = frames.first() else { return };
    let Design { a1, a2, a3, .. } = shelf.design;
    let each = |value| D::from_array([value; 4]);
    let [one, two] = shelf.states.map(D::from_array);
    let mut running = Running { a: [each(a1), each(a2), each(a3)], one, two };
    // The second filter has no frame yet.
    let before = running;
    let [mut band, _, mut high] = running.step(D::from_pairs(*newest, [0.0; 2]));
    running = running.beside(&before);
    for frame in 1..frames.len() {
        let after = running.step(D::before_low_of(frames[frame], high));
        frames[frame - 1] = joined(frames[frame - 1], factors[frame - 1], [band, high], after);
        [band, _, high] = after;
    }
    // The first filter has no frame left.
    let last = frames.len() - 1;
    let mut after = running;
    let second = after.step(D::before_low_of([0.0; 2], high));
    frames[last] = joined(frames[last], factors[last], [band, high], second);
    running = running.beside(&after);
    shelf.states = [running.one.to_array(), running.two.to_array()];
}

/// What leaves: of the frame, of the first filter's band-pass and high-pass in the first lanes, and of the second's in the
/// last.
#[inline(always)]
fn joined<D: Doubles>(input: Frame, factors: [f64; 4], [band, high]: [D; 2], second: [D; 3]) -> Frame {
    let (two, a) = (D::from_array([2.0; 4]), D::from_array(factors));
    let b = a.high_twice();
    let [high_band, high_low, high_high] = second.map(D::high_twice);
    let by_a = a.multiply_add(high_high, two.mul(b.multiply_add(high_band, high)));
    let by_b = b.multiply_add(high_low, two.mul(band));
    let input = D::from_pairs(input, [0.0; 2]);
    let [left, right, ..] = input.add(a.multiply_add(by_a, b.mul(by_b))).to_array();
    [left, right]
}
