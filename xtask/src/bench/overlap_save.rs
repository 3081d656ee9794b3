//! The bare convolution that the equalizer is compared with: one kernel, one transform as long as two kernels, and nothing
//! else: no fixed latency, no fade, no work spread over blocks.

use rustfft::num_complex::Complex;
use rustfft::{Fft, FftPlanner};
use std::sync::Arc;

use super::measure::Run;

/// Overlap-save of a stereo signal as one complex signal.
struct OverlapSave {
    forward: Arc<dyn Fft<f32>>,
    inverse: Arc<dyn Fft<f32>>,
    scratch: Vec<Complex<f32>>,
    kernel: Vec<Complex<f32>>,
    /// The last kernel's length of input, and the one that is collected.
    input: Vec<Complex<f32>>,
    work: Vec<Complex<f32>>,
    filled: usize,
}

/// A run over a kernel of `taps` taps, a power of two.
pub fn overlap_save(taps: usize) -> Run {
    let mut planner = FftPlanner::new();
    let (forward, inverse) = (planner.plan_fft_forward(2 * taps), planner.plan_fft_inverse(2 * taps));
    let scratch = forward.get_inplace_scratch_len().max(inverse.get_inplace_scratch_len());
    let mut scratch = vec![Complex::default(); scratch];
    let mut kernel = vec![Complex::default(); 2 * taps];
    for (tap, value) in kernel[..taps].iter_mut().enumerate() {
        let place = tap as f32 - taps as f32 / 2.0 + 0.25;
        value.re = (0.3 * place).sin() / (place * taps as f32);
    }
    forward.process_with_scratch(&mut kernel, &mut scratch);
    let silence = vec![Complex::default(); 2 * taps];
    let mut convolution =
        OverlapSave { forward, inverse, scratch, kernel, input: silence.clone(), work: silence, filled: 0 };
    Box::new(move |left, right| convolution.process(left, right))
}

impl OverlapSave {
    fn process(&mut self, left: &mut [f32], right: &mut [f32]) {
        let taps = self.input.len() / 2;
        for (left, right) in left.iter_mut().zip(right) {
            self.input[taps + self.filled] = Complex::new(*left, *right);
            let output = self.work[taps + self.filled];
            (*left, *right) = (output.re, output.im);
            self.filled += 1;
            if self.filled == taps {
                self.convolve(taps);
            }
        }
    }

    fn convolve(&mut self, taps: usize) {
        self.filled = 0;
        self.work.copy_from_slice(&self.input);
        self.input.copy_within(taps.., 0);
        self.forward.process_with_scratch(&mut self.work, &mut self.scratch);
        for (bin, factor) in self.work.iter_mut().zip(&self.kernel) {
            *bin *= factor;
        }
        self.inverse.process_with_scratch(&mut self.work, &mut self.scratch);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_impulse_comes_out_as_the_kernel() {
        let mut run = overlap_save(64);
        let mut left = vec![0.0; 256];
        left[0] = 1.0;
        let mut right = vec![0.0; 256];
        run(&mut left, &mut right);
        // A block's delay, then the kernel; 128 is the factor of the transforms there and back.
        let tap = |tap: usize| {
            let place = tap as f32 - 31.75;
            (0.3 * place).sin() / (place * 64.0)
        };
        for index in 0..64 {
            assert!((left[64 + index] / 128.0 - tap(index)).abs() < 1e-6, "tap {index}");
        }
        assert!(right.iter().all(|sample| sample.abs() < 1e-4));
    }
}
