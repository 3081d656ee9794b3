//! A Fourier transform of 2 B points in two halves, so that the audio thread can do them at different times.
//!
//! Bins of even and odd number are kept apart: what is multiplied bin by bin needs no other order. Decimation in frequency
//! on the way in, in time on the way out.

use std::f64::consts::PI;
use std::sync::Arc;

use rustfft::num_complex::Complex;
use rustfft::{Fft, FftPlanner, FftPlannerScalar};

use crate::dispatch::{Instructions, Kernel, Vector};
use crate::entrance::heard;

/// One complex sample: left is the real part, right the imaginary one.
pub(crate) type Sample = Complex<f32>;

/// Which bins of a spectrum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bins {
    Even,
    Odd,
}

/// The plans for hops of B frames.
#[derive(Clone)]
pub(crate) struct SplitTransform {
    instructions: Instructions,
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
            instructions,
            forward,
            inverse,
            turns: (0..hop).map(turn).collect(),
            scratch: vec![Sample::default(); scratch].into_boxed_slice(),
        }
    }

    /// Folds samples of two hops that follow each other, from frame `start` on, into what each half transforms.
    pub fn fold(&self, start: usize, hops: [&[Sample]; 2], halves: [&mut [Sample]; 2]) {
        let turns = &self.turns[start..];
        self.instructions.run(Fold { turns, hops, halves });
    }

    /// Transforms a folded half into its bins, in place.
    pub fn forward(&mut self, half: &mut [Sample]) {
        self.forward.process_with_scratch(half, &mut self.scratch);
    }

    /// Transforms one half of the bins back, in place, without a factor.
    pub fn inverse(&mut self, bins: &mut [Sample]) {
        self.inverse.process_with_scratch(bins, &mut self.scratch);
    }

    /// As [`unfold`](Self::unfold), into a plane each of what is [`heard`].
    pub fn unfold_planes(&self, start: usize, halves: [&[Sample]; 2], planes: [&mut [f32]; 2]) {
        let turns = &self.turns[start..];
        self.instructions.run(UnfoldPlanes { turns, halves, planes });
    }

    /// Unfolds the second of two hops, from frame `start` on, from the halves that were transformed back, into `samples`.
    pub fn unfold(&self, start: usize, halves: [&[Sample]; 2], samples: &mut [Sample]) {
        let turns = &self.turns[start..];
        self.instructions.run(Unfold { turns, halves, samples });
    }
}

/// See [`SplitTransform::unfold_planes`].
struct UnfoldPlanes<'a> {
    turns: &'a [Sample],
    halves: [&'a [Sample]; 2],
    planes: [&'a mut [f32]; 2],
}

impl Kernel for UnfoldPlanes<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let [even, odd] = self.halves;
        let [left, right] = self.planes;
        let count = left.len().min(right.len()).min(even.len()).min(odd.len()).min(self.turns.len());
        let (even, odd, turns) = (&even[..count], &odd[..count], &self.turns[..count]);
        let (left, right) = (&mut left[..count], &mut right[..count]);
        for n in 0..count {
            left[n] = heard(even[n].re - (odd[n].re * turns[n].re + odd[n].im * turns[n].im));
            right[n] = heard(even[n].im - (odd[n].im * turns[n].re - odd[n].re * turns[n].im));
        }
    }
}

/// See [`SplitTransform::fold`].
struct Fold<'a> {
    turns: &'a [Sample],
    hops: [&'a [Sample]; 2],
    halves: [&'a mut [Sample]; 2],
}

impl Kernel for Fold<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let [first, second] = self.hops;
        let [even, odd] = self.halves;
        let count = first.len().min(second.len()).min(even.len()).min(odd.len()).min(self.turns.len());
        let (first, second, turns) = (&first[..count], &second[..count], &self.turns[..count]);
        let (even, odd) = (&mut even[..count], &mut odd[..count]);
        for n in 0..count {
            let (sum, difference) = (first[n] + second[n], first[n] - second[n]);
            even[n] = sum;
            odd[n] = Sample::new(
                difference.re * turns[n].re - difference.im * turns[n].im,
                difference.re * turns[n].im + difference.im * turns[n].re,
            );
        }
    }
}

/// See [`SplitTransform::unfold`].
struct Unfold<'a> {
    turns: &'a [Sample],
    halves: [&'a [Sample]; 2],
    samples: &'a mut [Sample],
}

impl Kernel for Unfold<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let [even, odd] = self.halves;
        let count = self.samples.len().min(even.len()).min(odd.len()).min(self.turns.len());
        let (even, odd, turns) = (&even[..count], &odd[..count], &self.turns[..count]);
        let samples = &mut self.samples[..count];
        for n in 0..count {
            samples[n] = Sample::new(
                even[n].re - (odd[n].re * turns[n].re + odd[n].im * turns[n].im),
                even[n].im - (odd[n].im * turns[n].re - odd[n].re * turns[n].im),
            );
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
            let [even, odd] = &mut halves;
            // In two parts, as slots come.
            for start in [0, HOP / 2] {
                let part = start..start + HOP / 2;
                let hops = [&signal[part.clone()], &signal[HOP + part.start..HOP + part.end]];
                transform.fold(start, hops, [&mut even[part.clone()], &mut odd[part]]);
            }
            halves.iter_mut().for_each(|half| transform.forward(half));
            for (number, bin) in whole.iter().enumerate() {
                // Rounding of f32 over 128 points of magnitude 1 to 64.
                assert!((bin - halves[number % 2][number / 2]).norm() < 2e-5, "{instructions:?}, bin {number}");
            }
            let [mut even, mut odd] = halves;
            transform.inverse(&mut even);
            transform.inverse(&mut odd);
            let mut unfolded = vec![Sample::default(); HOP];
            transform.unfold(0, [&even, &odd], &mut unfolded);
            for (back, sample) in unfolded.iter().zip(&signal[HOP..]) {
                assert!((back / (2 * HOP) as f32 - sample).norm() < 1e-6);
            }
        }
    }
}
