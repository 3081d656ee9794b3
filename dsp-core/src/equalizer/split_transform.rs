//! A Fourier transform of 2 B points in two halves, so that the audio thread can do them at different times.
//!
//! Bins of even and odd number are kept apart: what is multiplied bin by bin needs no other order. Decimation in frequency
//! on the way in, in time on the way out.

use std::f64::consts::PI;
use std::sync::Arc;

use rustfft::num_complex::Complex;
use rustfft::{Fft, FftPlanner, FftPlannerScalar};

use crate::dispatch::Instructions;

/// One complex sample: left is the real part, right the imaginary one.
pub(super) type Sample = Complex<f32>;

/// Which bins of a spectrum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bins {
    Even,
    Odd,
}

/// The plans for hops of B frames.
pub(super) struct SplitTransform {
    forward: Arc<dyn Fft<f32>>,
    inverse: Arc<dyn Fft<f32>>,
    /// e^(-i pi n / B).
    turns: Box<[Sample]>,
    scratch: Box<[Sample]>,
}

impl SplitTransform {
    /// Plans for hops of `hop` frames. Allocates.
    pub fn new(hop: usize, instructions: Instructions) -> Self {
        let (forward, inverse) = if instructions == Instructions::Baseline {
            let mut planner = FftPlannerScalar::new();
            (planner.plan_fft_forward(hop), planner.plan_fft_inverse(hop))
        } else {
            let mut planner = FftPlanner::new();
            (planner.plan_fft_forward(hop), planner.plan_fft_inverse(hop))
        };
        let turn = |n: usize| {
            let (sine, cosine) = (-PI * n as f64 / hop as f64).sin_cos();
            Sample::new(cosine as f32, sine as f32)
        };
        let scratch = forward.get_inplace_scratch_len().max(inverse.get_inplace_scratch_len());
        Self {
            forward,
            inverse,
            turns: (0..hop).map(turn).collect(),
            scratch: vec![Sample::default(); scratch].into_boxed_slice(),
        }
    }

    /// The even or odd bins of the transform of `first` followed by `second`, into `bins`; all of B samples.
    pub fn forward(&mut self, which: Bins, first: &[Sample], second: &[Sample], bins: &mut [Sample]) {
        let pairs = bins.iter_mut().zip(first).zip(second);
        match which {
            Bins::Even => pairs.for_each(|((bin, first), second)| *bin = first + second),
            Bins::Odd => pairs.zip(&*self.turns).for_each(|(((bin, first), second), turn)| {
                *bin = (first - second) * turn;
            }),
        }
        self.forward.process_with_scratch(bins, &mut self.scratch);
    }

    /// Transforms one half of the bins back, in place, without a factor.
    pub fn inverse(&mut self, bins: &mut [Sample]) {
        self.inverse.process_with_scratch(bins, &mut self.scratch);
    }

    /// The last B samples of the signal whose halves were transformed back, into `even`.
    pub fn last_half(&self, even: &mut [Sample], odd: &[Sample]) {
        for ((even, odd), turn) in even.iter_mut().zip(odd).zip(&*self.turns) {
            *even -= odd * turn.conj();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dispatch::Instructions;

    #[test]
    fn both_halves_are_the_whole_transform_and_lead_back() {
        const HOP: usize = 64;
        let signal: Vec<Sample> =
            (0..2 * HOP).map(|n| Sample::new((n as f32 * 0.7).sin(), (n as f32 * 1.3).cos())).collect();
        let mut whole = signal.clone();
        FftPlanner::new().plan_fft_forward(2 * HOP).process(&mut whole);
        for instructions in Instructions::available() {
            let mut transform = SplitTransform::new(HOP, instructions);
            let mut halves = [vec![Sample::default(); HOP], vec![Sample::default(); HOP]];
            for (half, which) in halves.iter_mut().zip([Bins::Even, Bins::Odd]) {
                transform.forward(which, &signal[..HOP], &signal[HOP..], half);
            }
            for (number, bin) in whole.iter().enumerate() {
                // Rounding of f32 over 128 points of magnitude 1 to 64.
                assert!((bin - halves[number % 2][number / 2]).norm() < 2e-5, "{instructions:?}, bin {number}");
            }
            let [mut even, mut odd] = halves;
            transform.inverse(&mut even);
            transform.inverse(&mut odd);
            transform.last_half(&mut even, &odd);
            for (back, sample) in even.iter().zip(&signal[HOP..]) {
                assert!((back / (2 * HOP) as f32 - sample).norm() < 1e-6);
            }
        }
    }
}
