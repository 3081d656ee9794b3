//! The design of linear-phase kernels: the magnitude is the product of the bands' prototypes, the phase that of a delay.
//!
//! The product is sampled up to half the rate on a grid twice as fine as the kernel is long, transformed, and cut to the
//! kernel's length without a window: a window would widen the bands. Where bands act on mid, side, left or right the
//! product is one of 2 x 2 matrices in the order of the slots, and the kernel of z = left + i right has a second part,
//! for the conjugate of z.

mod accuracy;
mod response;

use std::sync::Arc;

use rustfft::num_complex::Complex;
use rustfft::{Fft, FftPlanner, FftPlannerScalar};

pub use crate::convolution::KernelSize;
pub use accuracy::{AccuracyMeter, KernelAccuracy, accuracy};
pub use response::acting_on;

use self::response::Response;
use crate::convolution::{PARTITIONS, PartTransform, Parts, Sample, Spectrum};
use crate::dispatch::Instructions;
use crate::settings::{EQUALIZER_BANDS, EqualizerBand, EqualizerParams, Resolution};

impl KernelSize {
    /// The size for a resolution at a sample rate in Hz: 2048 to 32768 taps at 48 kHz, and the same time at any rate, up to
    /// the next power of two.
    pub fn new(resolution: Resolution, sample_rate: f64) -> Self {
        let at_48_khz = match resolution {
            Resolution::Low => 2048,
            Resolution::Medium => 4096,
            Resolution::High => 8192,
            Resolution::VeryHigh => 16_384,
            Resolution::Maximum => 32_768,
        };
        Self::spanning(at_48_khz, sample_rate)
    }
}

/// What a kernel depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wanted {
    bands: [EqualizerBand; EQUALIZER_BANDS],
    solo: u32,
}

impl From<&EqualizerParams> for Wanted {
    fn from(params: &EqualizerParams) -> Self {
        Self { bands: params.bands, solo: params.solo }
    }
}

/// A kernel as the convolver wants it: the spectra of its parts.
pub struct Kernel {
    /// What z = left + i right is multiplied with, part by part.
    direct: Box<[Spectrum]>,
    /// What the conjugate of z is multiplied with.
    crossed: Box<[Spectrum]>,
    /// Whether the second part is in use.
    is_crossed: bool,
    /// Whether the kernel is a delay and nothing more: nothing is convolved.
    pub(super) is_flat: bool,
    /// What it was designed for; `None` before the first design.
    wanted: Option<Wanted>,
}

impl Kernel {
    /// A flat kernel of this size. Allocates.
    pub fn new(size: KernelSize) -> Self {
        let spectra = || (0..PARTITIONS).map(|_| Spectrum::unused(2 * size.hop())).collect();
        Self { direct: spectra(), crossed: spectra(), is_crossed: false, is_flat: true, wanted: None }
    }

    /// What the convolver multiplies with; `None` where nothing is convolved.
    pub(super) fn parts(&self) -> Option<Parts<'_>> {
        let crossed = self.is_crossed.then_some(&*self.crossed);
        (!self.is_flat).then_some(Parts::Any { direct: &self.direct, crossed })
    }
}

/// Designs kernels in memory of its own. The same parameters give the same bits in every designer of one size.
pub struct Designer {
    size: KernelSize,
    channels: usize,
    response: Response,
    transform: PartTransform,
    inverse: Arc<dyn Fft<f64>>,
    grid: Box<[Complex<f64>]>,
    scratch: Box<[Complex<f64>]>,
    taps: Box<[Sample]>,
}

impl Designer {
    /// A designer for kernels of this size, for a signal of 1 or 2 channels. Allocates.
    pub fn new(size: KernelSize, sample_rate: f64, channels: usize, instructions: Instructions) -> Self {
        let points = 2 * size.taps;
        let inverse: Arc<dyn Fft<f64>> = if instructions == Instructions::Baseline {
            FftPlannerScalar::new().plan_fft_inverse(points)
        } else {
            FftPlanner::new().plan_fft_inverse(points)
        };
        Self {
            size,
            channels,
            response: Response::new(size.taps, sample_rate),
            transform: PartTransform::new(size, instructions),
            scratch: vec![Complex::default(); inverse.get_inplace_scratch_len()].into_boxed_slice(),
            inverse,
            grid: vec![Complex::default(); points].into_boxed_slice(),
            taps: vec![Sample::default(); size.taps].into_boxed_slice(),
        }
    }

    /// Another designer of the same kernels, for another thread; both share what they only read. Allocates.
    pub fn another(&self) -> Self {
        let Self { size, channels, transform, inverse, .. } = self;
        Self {
            size: *size,
            channels: *channels,
            response: self.response.another(),
            transform: transform.clone(),
            inverse: Arc::clone(inverse),
            grid: vec![Complex::default(); self.grid.len()].into_boxed_slice(),
            scratch: vec![Complex::default(); self.scratch.len()].into_boxed_slice(),
            taps: vec![Sample::default(); self.taps.len()].into_boxed_slice(),
        }
    }

    /// Designs the kernel of the bands, or of the one that is listened to; neither enabled nor output gain are its business. A kernel that is theirs already
    /// stays as it is. Never allocates.
    pub fn design(&mut self, params: &EqualizerParams, kernel: &mut Kernel) {
        let wanted = Wanted::from(params);
        if kernel.wanted == Some(wanted) {
            return;
        }
        kernel.wanted = Some(wanted);
        let shape = self.response.compute(params, self.channels);
        kernel.is_flat = shape.is_flat;
        kernel.is_crossed = shape.is_crossed;
        if shape.is_flat {
            return;
        }
        self.response.fill_direct(&mut self.grid);
        self.transform_into(&mut kernel.direct);
        if shape.is_crossed {
            self.response.fill_crossed(&mut self.grid);
            self.transform_into(&mut kernel.crossed);
        }
    }

    /// The grid's magnitudes as a kernel, cut into parts and transformed.
    fn transform_into(&mut self, spectra: &mut [Spectrum]) {
        self.inverse.process_with_scratch(&mut self.grid, &mut self.scratch);
        let (points, middle, hop) = (self.grid.len(), self.size.taps / 2, self.size.hop());
        // The grid's transform, and the one of 2 B points that the convolver takes back.
        let scale = 1.0 / (points as f64 * (2 * hop) as f64);
        self.taps[0] = Sample::default();
        for (tap, value) in self.taps.iter_mut().enumerate().skip(1) {
            let from = self.grid[(points + tap - middle) % points] * scale;
            *value = Sample::new(from.re as f32, from.im as f32);
        }
        for (part, spectrum) in self.taps.chunks_exact(hop).zip(spectra) {
            self.transform.transform(part, Sample::default(), spectrum);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_spans_the_same_time_at_any_rate() {
        for resolution in Resolution::ALL {
            for rate in [22_050.0, 24_000.0, 32_000.0, 44_100.0, 48_000.0, 88_200.0, 96_000.0, 192_000.0, 384_000.0] {
                let size = KernelSize::new(*resolution, rate);
                let longer = size.taps as f64 / rate / (KernelSize::new(*resolution, 48_000.0).taps as f64 / 48_000.0);
                assert!((0.99..2.0).contains(&longer), "{resolution:?} at {rate} Hz: {longer}");
                assert_eq!(size.latency() % 64, 0);
                assert_eq!(size.hop() % 64, 0);
            }
        }
        assert_eq!(KernelSize::new(Resolution::High, 48_000.0).taps, 8192);
    }
}
