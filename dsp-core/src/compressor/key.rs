//! What a band's detector hears: a high-pass of 12 dB per octave and a tilt, for one channel.
//!
//! The tilt is five first-order shelves, two octaves apart around 1 kHz, each of which rises by two octaves' worth of dB:
//! together within half a dB of a straight slope from 60 Hz to 16 kHz, 0 dB at 1 kHz. Off, the high-pass stands at 1 Hz and the shelves
//! are flat, so that both can be turned on and off without a step.

use std::f64::consts::{PI, SQRT_2};

use super::course::{Block, Course};
use crate::biquad::integrators;
use crate::dispatch::{Doubles, Kernel, Vector};
use crate::entrance::flush_states;
use crate::processor::GRID_FRAMES;
use crate::settings::CompressorBand;

/// The shelves' middles, Hz, and the octaves between them.
const MIDDLES_HZ: [f64; 5] = [62.5, 250.0, 1000.0, 4000.0, 16_000.0];
const SPACING_OCTAVES: f64 = 2.0;

/// Frequencies stay below this share of the sample rate.
const HIGHEST: f64 = 0.49;

/// Frames between two designs of filters that move.
const STEP_FRAMES: usize = 8;

/// The two parameters of a band's key, smoothed.
#[derive(Clone, Debug)]
pub(super) struct KeyCourse {
    /// Octaves over 1 Hz; 0 is off.
    high_pass: Course,
    tilt_db_per_oct: Course,
}

impl KeyCourse {
    pub(super) fn new() -> Self {
        Self { high_pass: Course::new(), tilt_db_per_oct: Course::new() }
    }

    pub(super) fn prepare(&mut self, sample_rate: f64) {
        self.high_pass.prepare(sample_rate);
        self.tilt_db_per_oct.prepare(sample_rate);
    }

    fn targets(band: &CompressorBand) -> [f32; 2] {
        [band.detector_high_pass_hz.max(1.0).log2(), band.detector_tilt_db_per_oct]
    }

    pub(super) fn jump(&mut self, band: &CompressorBand) {
        let [high_pass, tilt] = Self::targets(band);
        self.high_pass.jump(high_pass);
        self.tilt_db_per_oct.jump(tilt);
    }

    pub(super) fn aim(&mut self, band: &CompressorBand) {
        let [high_pass, tilt] = Self::targets(band);
        self.high_pass.aim(high_pass);
        self.tilt_db_per_oct.aim(tilt);
    }

    pub(super) fn advance(&mut self) {
        self.high_pass.advance();
        self.tilt_db_per_oct.advance();
    }

    /// Whether the key is the signal as it is.
    pub(super) fn is_off(&self) -> bool {
        self.high_pass.rests_at(0.0) && self.tilt_db_per_oct.rests_at(0.0)
    }

    /// Whether it stays as it is.
    pub(super) fn is_at_rest(&self) -> bool {
        self.high_pass.is_at_rest() && self.tilt_db_per_oct.is_at_rest()
    }

    fn is_moving(&self) -> bool {
        self.high_pass.is_moving() || self.tilt_db_per_oct.is_moving()
    }
}

/// One shelf of the tilt: what its output has of its input and of its state, and what its next state has of both.
#[derive(Clone, Copy, Debug, Default)]
struct Shelf {
    output: [f64; 2],
    next: [f64; 2],
}

/// The filters' coefficients.
#[derive(Clone, Copy, Debug, Default)]
struct Coefficients {
    /// The values that they belong to: see [`KeyCourse`].
    values: [f32; 2],
    /// Of the high-pass, by Simper's equations.
    pass: [f64; 3],
    shelves: [Shelf; MIDDLES_HZ.len()],
}

impl Coefficients {
    fn of(values: [f32; 2], sample_rate: f64) -> Self {
        let [high_pass, tilt_db_per_oct] = values.map(f64::from);
        let g = (PI * (high_pass.exp2() / sample_rate).min(HIGHEST)).tan();
        // A shelf of this ratio on both sides of its middle rises by its square.
        let ratio = 10f64.powf(tilt_db_per_oct * SPACING_OCTAVES / 40.0);
        let shelf = |middle_hz: f64| {
            let pole = (PI * (middle_hz * ratio / sample_rate).min(HIGHEST)).tan();
            // Of its low-pass. Highs are multiplied by the ratio, lows divided.
            let share = pole / (1.0 + pole);
            let beyond = 1.0 / ratio - ratio;
            Shelf { output: [ratio + beyond * share, beyond * (1.0 - share)], next: [2.0 * share, 1.0 - 2.0 * share] }
        };
        Self { values, pass: integrators(g, SQRT_2), shelves: MIDDLES_HZ.map(shelf) }
    }
}

/// The filters of two channels, which run side by side in the first lanes.
#[derive(Clone, Debug, Default)]
pub(super) struct KeyFilter {
    sample_rate: f64,
    coefficients: Coefficients,
    /// The high-pass's integrators, and the shelves' states.
    pass: [[f64; 4]; 2],
    shelves: [[f64; 4]; MIDDLES_HZ.len()],
}

impl KeyFilter {
    /// Sets the sample rate, Hz, and forgets the signal.
    pub(super) fn restart(&mut self, sample_rate: f64, course: &KeyCourse) {
        let values = [course.high_pass.value(), course.tilt_db_per_oct.value()];
        *self = Self { sample_rate, coefficients: Coefficients::of(values, sample_rate), ..Self::default() };
    }

    fn design(&mut self, values: [f32; 2]) {
        if values != self.coefficients.values {
            self.coefficients = Coefficients::of(values, self.sample_rate);
        }
    }

    /// At the beginning of a slot: what is off starts from silence when it comes on.
    fn begin_slot(&mut self, course: &KeyCourse) {
        if course.high_pass.rests_at(0.0) {
            self.pass = Default::default();
        }
        if course.tilt_db_per_oct.rests_at(0.0) {
            self.shelves = Default::default();
        }
        flush_states(self.pass.as_flattened_mut());
        flush_states(self.shelves.as_flattened_mut());
    }

    /// Frames through the high-pass, if it is on, and through the shelves, if they are.
    #[inline(always)]
    fn run<D: Doubles, const PASSES: bool, const TILTS: bool>(&mut self, channels: [&mut [f32]; 2]) {
        let each = |value| D::from_array([value; 4]);
        let [a1, a2, a3] = self.coefficients.pass.map(each);
        let [mut one, mut two] = self.pass.map(D::from_array);
        let (twice, root) = (each(2.0), each(-SQRT_2));
        let shelves = self.coefficients.shelves.map(|shelf| (shelf.output.map(each), shelf.next.map(each)));
        let mut held = self.shelves.map(D::from_array);
        let [left, right] = channels;
        for (left, right) in left.iter_mut().zip(right) {
            let mut signal = D::from_array([f64::from(*left), f64::from(*right), 0.0, 0.0]);
            if PASSES {
                let rest = signal.sub(two);
                let band = a2.multiply_add(rest, a1.mul(one));
                let low = a3.multiply_add(rest, a2.multiply_add(one, two));
                (one, two) = (twice.multiply_sub(band, one), twice.multiply_sub(low, two));
                signal = root.multiply_add(band, signal.sub(low));
            }
            if TILTS {
                for ((output, next), held) in shelves.iter().zip(&mut held) {
                    let input = signal;
                    signal = output[0].multiply_add(input, output[1].mul(*held));
                    *held = next[1].multiply_add(*held, next[0].mul(input));
                }
            }
            let [a, b, ..] = signal.to_array();
            (*left, *right) = (a as f32, b as f32);
        }
        self.pass = [one.to_array(), two.to_array()];
        self.shelves = held.map(D::to_array);
    }
}

/// Two channels through their filters, in place.
pub(super) struct FilterKey<'a> {
    pub(super) filter: &'a mut KeyFilter,
    pub(super) course: &'a KeyCourse,
    pub(super) channels: &'a mut [Block; 2],
    pub(super) frames: usize,
    /// Where the frames stand in the slot.
    pub(super) place: usize,
}

impl Kernel for FilterKey<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let Self { filter, course, channels: [left, right], frames, place } = self;
        if place == 0 {
            filter.begin_slot(course);
        }
        let are_off = (course.high_pass.rests_at(0.0), course.tilt_db_per_oct.rests_at(0.0));
        let mut start = 0;
        while start < frames {
            // While they move, filters are designed anew every few frames of the stream.
            let step = if course.is_moving() { STEP_FRAMES - (place + start) % STEP_FRAMES } else { GRID_FRAMES };
            let end = frames.min(start + step);
            let at = if course.is_moving() { (place + start) / STEP_FRAMES * STEP_FRAMES } else { GRID_FRAMES - 1 };
            filter.design([course.high_pass.from(at)[0], course.tilt_db_per_oct.from(at)[0]]);
            let part = [&mut left[start..end], &mut right[start..end]];
            match are_off {
                (false, true) => filter.run::<V::Doubles, true, false>(part),
                (true, false) => filter.run::<V::Doubles, false, true>(part),
                _ => filter.run::<V::Doubles, true, true>(part),
            }
            start = end;
        }
    }
}
