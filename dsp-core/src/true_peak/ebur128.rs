//! The interpolator of the `ebur128` crate, 49 taps under a Hann window: what many loudness meters read.
//!
//! It differs from a good interpolator by tenths of a dB on content near Nyquist, in both directions. A limiter that
//! also looks through it satisfies both.

use super::design::sinc;
use super::kernel::group_maxima;
use super::{GROUP_FRAMES, RUN_FRAMES};
use crate::dispatch::{Instructions, Kernel, Vector};
use std::f64::consts::PI;

/// Taps of all phases together; the 49th is 0.
const TAPS: usize = 48;

/// Phases between two frames, where the rate is low.
pub(super) const MOST_PHASES: usize = 3;

/// The phases between two frames, as filters. The phase at the frame itself is the frame.
#[derive(Clone)]
pub(super) struct Ebur128 {
    /// Phases between two frames: 3, 1 or 0.
    phases: [[f32; TAPS / 2]; MOST_PHASES],
    /// How many of them are in use.
    count: usize,
    /// Taps of each.
    taps: usize,
}

impl Ebur128 {
    /// No interpolator.
    pub(super) const fn none() -> Self {
        Self { phases: [[0.0; TAPS / 2]; MOST_PHASES], count: 0, taps: 0 }
    }

    /// That of the crate at a sample rate in Hz.
    pub(super) fn new(sample_rate: f64) -> Self {
        let factor = match sample_rate {
            rate if rate < 96_000.0 => 4,
            rate if rate < 192_000.0 => 2,
            _ => return Self::none(),
        };
        let taps = TAPS / factor;
        let mut phases = [[0.0; TAPS / 2]; MOST_PHASES];
        for (phase, filter) in phases.iter_mut().enumerate().take(factor - 1) {
            for (tap, coefficient) in filter.iter_mut().enumerate().take(taps) {
                // The crate's tap runs backwards in time: here from the earliest frame on.
                let index = ((taps - 1 - tap) * factor + phase + 1) as f64;
                let window = 0.5 * (1.0 - (2.0 * PI * index / TAPS as f64).cos());
                *coefficient = (window * sinc((index - TAPS as f64 / 2.0) / factor as f64)) as f32;
            }
        }
        Self { phases, count: factor - 1, taps }
    }

    /// How many phases there are between two frames: what one interpolator has other than another.
    pub(super) fn phases_in_use(&self) -> usize {
        self.count
    }

    /// The frame, relative to the one before the place between, that the first tap weighs.
    fn first_frame(&self) -> i32 {
        1 - self.taps as i32 / 2
    }

    /// Each phase as place between two frames, first frame and taps: for the bound.
    pub(super) fn responses(&self) -> Vec<(f64, i32, Vec<f64>)> {
        let places = (1..=self.count).map(|phase| phase as f64 / (self.count + 1) as f64);
        let filters = self.phases.iter().map(|phase| phase[..self.taps].iter().map(|&tap| f64::from(tap)).collect());
        places.zip(filters).map(|(place, taps)| (place, self.first_frame(), taps)).collect()
    }

    /// The peaks of a run's groups that starts at frame `run` of the history.
    pub(super) fn run_peaks(
        &self,
        instructions: Instructions,
        history: &[f32],
        run: usize,
    ) -> [f32; RUN_FRAMES / GROUP_FRAMES] {
        let first = (run as i32 + self.first_frame()) as usize;
        let phases = &self.phases;
        match (self.count, history[first..].first_chunk()) {
            (3, Some(frames)) => instructions.run(Phases::<3, 12> { phases, frames }),
            (1, Some(frames)) => instructions.run(Phases::<1, 24> { phases, frames }),
            _ => [0.0; RUN_FRAMES / GROUP_FRAMES],
        }
    }
}

struct Phases<'a, const COUNT: usize, const EACH: usize> {
    phases: &'a [[f32; TAPS / 2]; 3],
    frames: &'a [f32; RUN_FRAMES + TAPS / 2],
}

impl<const COUNT: usize, const EACH: usize> Kernel for Phases<'_, COUNT, EACH> {
    type Output = [f32; RUN_FRAMES / GROUP_FRAMES];

    #[inline(always)]
    fn run<V: Vector>(self) -> Self::Output {
        let mut highest = [0.0; RUN_FRAMES];
        for place in (0..RUN_FRAMES).step_by(V::WIDTH) {
            let mut sums = [V::splat(0.0); COUNT];
            for tap in 0..EACH {
                let frames = V::load(self.frames, place + tap);
                for (sum, phase) in sums.iter_mut().zip(self.phases) {
                    *sum = frames.multiply_add(V::splat(phase[tap]), *sum);
                }
            }
            sums.iter().fold(V::splat(0.0), |highest, sum| highest.larger(sum.abs())).store(&mut highest, place);
        }
        group_maxima(&highest)
    }
}
