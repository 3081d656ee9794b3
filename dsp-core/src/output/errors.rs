//! Error feedback: triangular noise, rounding, and the errors of samples before taken back from those that follow.
//!
//! The error of a sample is the noise that was added to it and what rounding has left then. Each sample waits for the one
//! before, so left and right run side by side, and as little as possible is done while they wait: what is wanted but for
//! the share of what the last rounding has left is there already.

use super::channel::{Channel, Heard};
use super::shaping::{Curve, MOST};
use super::word::Word;
use crate::course::Block;
use crate::dispatch::{Doubles, Kernel, Vector};
use crate::processor::GRID_FRAMES;

/// Left, right, and two that are computed beside them and not used.
type Lanes = [f64; 4];

/// The errors of left and right.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Errors {
    /// What rounding has left of the last sample.
    left: Lanes,
    /// What is taken back from the samples to come, the next first; from the next all but its share of `left`.
    owed: [Lanes; MOST],
}

/// With triangular noise that is shaped, and, where it is wished, none in silence, which ends the errors too. Right is
/// empty where there is one channel.
pub(super) struct Shaped<'a> {
    pub(super) samples: [&'a mut [f32]; 2],
    pub(super) word: Word,
    pub(super) curve: &'a Curve,
    pub(super) channels: &'a mut [Channel; 2],
    pub(super) errors: &'a mut Errors,
    pub(super) blank_silence: bool,
}

impl Kernel for Shaped<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(mut self) {
        let frames = self.samples[0].len();
        for start in (0..frames).step_by(GRID_FRAMES) {
            self.run_slot::<V::Doubles>(start, (frames - start).min(GRID_FRAMES));
        }
    }
}

impl Shaped<'_> {
    #[inline(always)]
    fn run_slot<D: Doubles>(&mut self, start: usize, count: usize) {
        let Self { samples: [left, right], word, curve, channels: [one, other], errors, blank_silence } = self;
        let left = &mut left[start..start + count];
        let right = if right.is_empty() { &mut [] } else { &mut right[start..start + count] };
        // What rounding takes of left and right, and their noise.
        let mut rows = [[0.0; GRID_FRAMES]; 4];
        let mut shares = [[1.0; GRID_FRAMES]; 2];
        let mut heard = [Heard::All; 2];
        for (lane, (samples, channel)) in [(&*left, one), (&*right, other)].into_iter().enumerate() {
            if *blank_silence {
                heard[lane] = channel.hear(samples, &mut shares[lane]);
            }
            for (frame, sample) in samples.iter().enumerate() {
                rows[lane][frame] = word.parted(*sample).rest;
                rows[2 + lane][frame] = channel.noise.triangular(frame);
            }
            // The noise runs on in silence, so that what follows does not depend on how long it was.
            channel.noise.advance(count);
        }
        if right.is_empty() {
            heard[1] = heard[0];
        }
        let mut codes = [[0.0; GRID_FRAMES]; 2];
        match heard {
            [Heard::Nothing, Heard::Nothing] => **errors = Errors::default(),
            [Heard::All, Heard::All] => errors.run::<D, false>(curve, &rows, &shares, &mut codes, count),
            _ => {
                for (heard, shares) in heard.iter().zip(&mut shares) {
                    if *heard == Heard::Nothing {
                        shares.fill(0.0);
                    }
                }
                errors.run::<D, true>(curve, &rows, &shares, &mut codes, count);
            }
        }
        for ((samples, heard), (codes, shares)) in [left, right].into_iter().zip(heard).zip(codes.iter().zip(&shares)) {
            if heard == Heard::Nothing {
                samples.fill(0.0);
                continue;
            }
            for ((sample, code), share) in samples.iter_mut().zip(codes).zip(shares) {
                let shaped = word.sample(word.parted(*sample), *code);
                *sample = if *share > 0.0 { shaped } else { 0.0 };
            }
        }
    }
}

impl Errors {
    /// Codes of the rests of left and right with their noise. Where it blanks, what has a share of 0 ends the errors.
    #[inline(always)]
    fn run<D: Doubles, const BLANKING: bool>(
        &mut self,
        curve: &Curve,
        rows: &[Block; 4],
        shares: &[Block; 2],
        codes: &mut [Block; 2],
        count: usize,
    ) {
        let mut running = Running::<D>::of(self, curve);
        let four = |row: &Block, at: usize| -> [f32; 4] { [row[at], row[at + 1], row[at + 2], row[at + 3]] };
        for at in (0..count).step_by(4) {
            let [a, b, c, d] = [four(&rows[0], at), four(&rows[1], at), four(&rows[2], at), four(&rows[3], at)];
            let frames = D::widened([&a, &b, &c, &d]);
            let mut rounded = [D::from_array([0.0; 4]); 4];
            for place in 0..4 {
                if at + place < count {
                    rounded[place] = running.step(frames[place]);
                    if BLANKING {
                        let [one, other] = [shares[0][at + place], shares[1][at + place]].map(f64::from);
                        running.keep(D::from_array([one, other, one, other]));
                    }
                }
            }
            let [left, right, ..] = D::narrowed(rounded);
            codes[0][at..at + 4].copy_from_slice(&left);
            codes[1][at..at + 4].copy_from_slice(&right);
        }
        running.store(self);
    }
}

/// The errors while they run.
struct Running<D> {
    curve: [D; MOST],
    /// The first of the curve, negative.
    nearest: D,
    left: D,
    owed: [D; MOST],
}

impl<D: Doubles> Running<D> {
    #[inline(always)]
    fn of(errors: &Errors, curve: &Curve) -> Self {
        let mut running = Self {
            curve: [D::from_array([0.0; 4]); MOST],
            nearest: D::from_array([-curve[0]; 4]),
            left: D::from_array(errors.left),
            owed: [D::from_array([0.0; 4]); MOST],
        };
        for (place, share) in curve.iter().enumerate() {
            running.curve[place] = D::from_array([*share; 4]);
            running.owed[place] = D::from_array(errors.owed[place]);
        }
        running
    }

    #[inline(always)]
    fn store(&self, errors: &mut Errors) {
        errors.left = self.left.to_array();
        for place in 0..MOST {
            errors.owed[place] = self.owed[place].to_array();
        }
    }

    /// The code of a frame: two rests, and their noise.
    #[inline(always)]
    fn step(&mut self, frame: D) -> D {
        // The sum with this has no bits for a fraction.
        const NO_FRACTION: f64 = 6_755_399_441_055_744.0;
        let no_fraction = D::from_array([NO_FRACTION; 4]);
        let noise = frame.high_twice();
        let ready = frame.add(noise).sub(self.owed[0]);
        // From here on it waits.
        let wanted = self.left.multiply_add(self.nearest, ready);
        let code = wanted.add(no_fraction).sub(no_fraction);
        self.left = code.sub(wanted);
        let error = self.left.add(noise);
        self.owed[0] = noise.multiply_add(self.curve[0], self.owed[1]);
        for place in 1..MOST - 1 {
            self.owed[place] = error.multiply_add(self.curve[place], self.owed[place + 1]);
        }
        self.owed[MOST - 1] = error.mul(self.curve[MOST - 1]);
        code
    }

    /// Keeps these shares of the errors.
    #[inline(always)]
    fn keep(&mut self, shares: D) {
        self.left = self.left.mul(shares);
        for place in 0..MOST {
            self.owed[place] = self.owed[place].mul(shares);
        }
    }
}
