//! What a band's detector hears: a high-pass of 12 dB per octave and a tilt, for one channel.
//!
//! The tilt is five first-order shelves, two octaves apart around 1 kHz, each of which rises by two octaves' worth of dB:
//! together within half a dB of a straight slope from 60 Hz to 16 kHz, 0 dB at 1 kHz. Off, the high-pass stands at 1 Hz and the shelves
//! are flat, so that both can be turned on and off without a step.

use std::f64::consts::{PI, SQRT_2};

use super::course::Course;
use crate::dispatch::{Kernel, Vector, multiply_add};
use crate::processor::GRID_FRAMES;
use crate::settings::CompressorBand;

/// The shelves' middles, Hz, and the octaves between them.
const MIDDLES_HZ: [f64; 5] = [62.5, 250.0, 1000.0, 4000.0, 16_000.0];
const SPACING_OCTAVES: f64 = 2.0;

/// Frequencies stay below this share of the sample rate.
const HIGHEST: f64 = 0.49;

/// Frames between two designs of filters that move.
const STEP_FRAMES: usize = 8;

/// Below this a state is set to zero, long before it could become subnormal.
const FLUSH_BELOW: f64 = 1e-20;

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

    fn is_moving(&self) -> bool {
        self.high_pass.is_moving() || self.tilt_db_per_oct.is_moving()
    }
}

/// The filters' coefficients.
#[derive(Clone, Copy, Debug, Default)]
struct Coefficients {
    /// The values that they belong to: see [`KeyCourse`].
    values: [f32; 2],
    /// Of the high-pass: g = tan(pi f / rate), and 1 / (1 + g (g + k)).
    g: f64,
    scale: f64,
    /// Of each shelf: the share of the low-pass in a frame, and what its highs and its lows are multiplied by.
    shelves: [(f64, f64, f64); MIDDLES_HZ.len()],
}

impl Coefficients {
    fn of(values: [f32; 2], sample_rate: f64) -> Self {
        let [high_pass, tilt_db_per_oct] = values.map(f64::from);
        let g = (PI * (high_pass.exp2() / sample_rate).min(HIGHEST)).tan();
        // A shelf of this ratio on both sides of its middle rises by its square.
        let ratio = 10f64.powf(tilt_db_per_oct * SPACING_OCTAVES / 40.0);
        let shelf = |middle_hz: f64| {
            let pole = (PI * (middle_hz * ratio / sample_rate).min(HIGHEST)).tan();
            (pole / (1.0 + pole), ratio, 1.0 / ratio)
        };
        Self { values, g, scale: 1.0 / (1.0 + g * (g + SQRT_2)), shelves: MIDDLES_HZ.map(shelf) }
    }
}

/// The filters of one channel.
#[derive(Clone, Debug, Default)]
pub(super) struct KeyFilter {
    sample_rate: f64,
    coefficients: Coefficients,
    /// Of the high-pass, and of the shelves.
    pass: [f64; 2],
    shelves: [f64; MIDDLES_HZ.len()],
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

    /// Each filter over all samples before the next, so that what is carried from frame to frame is short.
    #[inline(always)]
    fn run<V: Vector>(&mut self, samples: &mut [f32]) {
        let mut signal = [0.0; GRID_FRAMES];
        let signal = &mut signal[..samples.len()];
        for (signal, sample) in signal.iter_mut().zip(samples.iter()) {
            *signal = f64::from(*sample);
        }
        let Coefficients { g, scale, shelves, .. } = self.coefficients;
        let [mut one, mut two] = self.pass;
        for signal in signal.iter_mut() {
            let high = (*signal - (g + SQRT_2) * one - two) * scale;
            let band = g * high + one;
            (one, two) = (g * high + band, 2.0 * g * band + two);
            *signal = high;
        }
        self.pass = [one, two];
        for ((share, highs, lows), state) in shelves.into_iter().zip(&mut self.shelves) {
            let (twice, kept) = (2.0 * share, 1.0 - 2.0 * share);
            let mut held = *state;
            for signal in signal.iter_mut() {
                let low = held + share * (*signal - held);
                held = multiply_add::<V>(kept, held, twice * *signal);
                *signal = highs * (*signal - low) + lows * low;
            }
            *state = held;
        }
        for (signal, sample) in signal.iter().zip(samples) {
            *sample = *signal as f32;
        }
    }

    fn flush(&mut self) {
        for state in self.pass.iter_mut().chain(&mut self.shelves) {
            *state = if state.abs() < FLUSH_BELOW { 0.0 } else { *state };
        }
    }
}

/// A channel through its filters, in place.
pub(super) struct FilterKey<'a> {
    pub(super) filter: &'a mut KeyFilter,
    pub(super) course: &'a KeyCourse,
    pub(super) samples: &'a mut [f32],
    /// Where the samples stand in the slot.
    pub(super) place: usize,
}

impl Kernel for FilterKey<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let Self { filter, course, samples, place } = self;
        if place == 0 {
            filter.flush();
        }
        let mut start = 0;
        while start < samples.len() {
            // While they move, filters are designed anew every few frames of the stream.
            let step = if course.is_moving() { STEP_FRAMES - (place + start) % STEP_FRAMES } else { GRID_FRAMES };
            let end = samples.len().min(start + step);
            let at = if course.is_moving() { (place + start) / STEP_FRAMES * STEP_FRAMES } else { GRID_FRAMES - 1 };
            filter.design([course.high_pass.from(at)[0], course.tilt_db_per_oct.from(at)[0]]);
            filter.run::<V>(&mut samples[start..end]);
            start = end;
        }
    }
}
