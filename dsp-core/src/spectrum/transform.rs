//! From the frames of a window to the power of each frequency.

use std::f64::consts::TAU;
use std::sync::Arc;

use rustfft::num_complex::Complex;
use rustfft::{Fft, FftPlanner};

/// One frame: left is the real part, right the imaginary one.
pub(super) type Sample = Complex<f32>;

/// A Hann window and the transform of both channels as one.
///
/// Hann's main lobe is the narrowest of those whose side lobes fall fast (18 dB an octave): two bass notes a third apart
/// stay apart, and ten bins away nothing is left of a sine. The window is followed by zeros up to a power of two, so that
/// it is equally long at every rate.
pub(super) struct Transform {
    fft: Arc<dyn Fft<f32>>,
    window: Box<[f32]>,
    buffer: Box<[Sample]>,
    scratch: Box<[Sample]>,
    powers: Box<[f32]>,
    /// What makes the power of a full-scale sine 1.
    scale: f32,
}

impl Transform {
    /// A transform of `window` frames that gives its lowest `bins` powers, or all with a little of their mirror image.
    /// Allocates.
    pub fn new(window: usize, bins: usize) -> Self {
        let size = window.next_power_of_two();
        let fft = FftPlanner::new().plan_fft_forward(size);
        let hann = |n: usize| 0.5 - 0.5 * (TAU * n as f64 / window as f64).cos();
        let sum: f64 = (0..window).map(hann).sum();
        Self {
            window: (0..window).map(|n| hann(n) as f32).collect(),
            buffer: vec![Sample::default(); size].into_boxed_slice(),
            scratch: vec![Sample::default(); fft.get_inplace_scratch_len()].into_boxed_slice(),
            powers: vec![0.0; bins.min(size)].into_boxed_slice(),
            // A sine of amplitude 1 has a bin of half the window's sum in each channel; the mean of both is taken, and
            // both powers together are half of what a bin and its mirror image have.
            scale: (1.0 / (sum * sum)) as f32,
            fft,
        }
    }

    /// How many frames a transform of this window has.
    pub fn size(window: usize) -> usize {
        window.next_power_of_two()
    }

    /// The powers of a window's frames, which come in two parts: the mean of left and right, 1 for a sine of full scale
    /// in both.
    pub fn powers(&mut self, older: &[Sample], newer: &[Sample]) -> &[f32] {
        let frames = older.iter().chain(newer);
        for ((windowed, frame), weight) in self.buffer.iter_mut().zip(frames).zip(&self.window) {
            *windowed = *frame * *weight;
        }
        self.buffer[self.window.len()..].fill(Sample::default());
        self.fft.process_with_scratch(&mut self.buffer, &mut self.scratch);
        let last = self.buffer.len() - 1;
        for (bin, power) in self.powers.iter_mut().enumerate() {
            let mirrored = self.buffer[(last + 1 - bin) & last];
            *power = (self.buffer[bin].norm_sqr() + mirrored.norm_sqr()) * self.scale;
        }
        &self.powers
    }
}
