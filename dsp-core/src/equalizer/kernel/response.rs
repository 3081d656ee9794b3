//! The bands' magnitudes on the design's grid, and what they come to.

use rustfft::FftPlanner;
use rustfft::num_complex::Complex;

use super::super::prototype::Prototype;
use super::KernelSize;
use crate::settings::{BandChannel, EQUALIZER_BANDS, EqualizerBand, EqualizerParams};
use crate::units::db_from_power;

/// A band's magnitude from 0 to half the rate, kept as long as the band stays as it is.
struct BandMagnitude {
    /// The band that it belongs to; `None` before the first.
    band: Option<EqualizerBand>,
    values: Box<[f32]>,
}

/// The highest gain of all bands together, +120 dB: with every band at its highest the sum would leave the range of sound.
const HIGHEST_GAIN: f32 = 1e6;

/// A response over left and right: `[left to left, right to left, left to right, right to right]` at each frequency.
type Matrix = [f32; 4];

/// What a response comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// Nothing is changed.
    pub is_flat: bool,
    /// Left and right are treated differently or mixed.
    pub is_crossed: bool,
}

/// The response of all bands.
pub(super) struct Response {
    sample_rate: f64,
    bands: Box<[BandMagnitude]>,
    matrices: Box<[Matrix]>,
}

/// What a band acts on, in a signal of this many channels; `None` if it acts on nothing there. Mono is its own left and
/// middle, and has neither side nor right.
pub(in super::super) fn acting_on(band: &EqualizerBand, channels: usize) -> Option<BandChannel> {
    match (channels, band.channel) {
        (1, BandChannel::Side | BandChannel::Right) => None,
        (1, _) => Some(BandChannel::Stereo),
        (_, channel) => Some(channel),
    }
}

impl Response {
    /// A response for kernels of `taps` taps. Allocates.
    pub fn new(taps: usize, sample_rate: f64) -> Self {
        let magnitude = |_| BandMagnitude { band: None, values: vec![1.0; taps + 1].into_boxed_slice() };
        Self {
            sample_rate,
            bands: (0..EQUALIZER_BANDS).map(magnitude).collect(),
            matrices: vec![[1.0, 0.0, 0.0, 1.0]; taps + 1].into_boxed_slice(),
        }
    }

    /// Computes the response; of bands that stay as they were, the magnitudes are kept.
    pub fn compute(&mut self, params: &EqualizerParams, channels: usize) -> Shape {
        let mut shape = Shape { is_flat: true, is_crossed: false };
        self.matrices.fill([1.0, 0.0, 0.0, 1.0]);
        for (band, kept) in params.bands.iter().zip(&mut self.bands) {
            let Some(channel) = acting_on(band, channels).filter(|_| !band.is_neutral()) else { continue };
            shape.is_flat = false;
            shape.is_crossed |= channel != BandChannel::Stereo;
            if kept.band != Some(*band) {
                fill(&mut kept.values, band, self.sample_rate);
                kept.band = Some(*band);
            }
            act(&mut self.matrices, &kept.values, channel);
        }
        for matrix in &mut self.matrices {
            *matrix = matrix.map(|value| value.clamp(-HIGHEST_GAIN, HIGHEST_GAIN));
        }
        shape
    }

    /// The spectrum that z = left + i right is multiplied with, over the whole circle.
    pub fn fill_direct(&self, grid: &mut [Complex<f64>]) {
        self.fill_grid(grid, |[ll, lr, rl, rr]| Complex::new((ll + rr) / 2.0, (rl - lr) / 2.0));
    }

    /// The spectrum that the conjugate of z is multiplied with.
    pub fn fill_crossed(&self, grid: &mut [Complex<f64>]) {
        self.fill_grid(grid, |[ll, lr, rl, rr]| Complex::new((ll - rr) / 2.0, (rl + lr) / 2.0));
    }

    fn fill_grid(&self, grid: &mut [Complex<f64>], value: impl Fn([f64; 4]) -> Complex<f64>) {
        let points = grid.len();
        for (bin, matrix) in self.matrices.iter().enumerate() {
            let value = value(matrix.map(f64::from));
            grid[bin] = value;
            grid[(points - bin) % points] = value;
        }
    }
}

/// The band's magnitude at every frequency of the grid.
fn fill(values: &mut [f32], band: &EqualizerBand, sample_rate: f64) {
    let prototype = Prototype::new(band, sample_rate);
    let step = sample_rate / 2.0 / (values.len() - 1) as f64 / prototype.frequency_hz;
    for (bin, value) in values.iter_mut().enumerate() {
        let x = (bin as f64 * step).powi(2);
        let mut power = 1.0;
        for section in prototype.sections() {
            power *= section.power(x);
        }
        *value = power.sqrt() as f32;
    }
}

/// Puts a band after what acts already.
fn act(matrices: &mut [Matrix], gains: &[f32], channel: BandChannel) {
    let pairs = matrices.iter_mut().zip(gains);
    match channel {
        BandChannel::Stereo => pairs.for_each(|(matrix, gain)| *matrix = matrix.map(|value| value * gain)),
        BandChannel::Left => pairs.for_each(|([ll, lr, _, _], gain)| (*ll, *lr) = (*ll * gain, *lr * gain)),
        BandChannel::Right => pairs.for_each(|([_, _, rl, rr], gain)| (*rl, *rr) = (*rl * gain, *rr * gain)),
        BandChannel::Mid => pairs.for_each(|([ll, lr, rl, rr], gain)| {
            let change = 0.5 * (gain - 1.0);
            let (left, right) = (change * (*ll + *rl), change * (*lr + *rr));
            (*ll, *rl, *lr, *rr) = (*ll + left, *rl + left, *lr + right, *rr + right);
        }),
        BandChannel::Side => pairs.for_each(|([ll, lr, rl, rr], gain)| {
            let change = 0.5 * (gain - 1.0);
            let (left, right) = (change * (*ll - *rl), change * (*lr - *rr));
            (*ll, *rl, *lr, *rr) = (*ll + left, *rl - left, *lr + right, *rr - right);
        }),
    }
}

/// How well a kernel answers to its prototypes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KernelAccuracy {
    /// The largest error where the response wanted is above -40 dB, dB.
    pub worst_error_db: f64,
    /// The lowest frequency from which the error stays below 0.1 dB there, Hz.
    pub accurate_from_hz: f64,
}

/// How well a kernel for these bands answers to them, on the path of stereo bands, four points to a tap's bin. For an
/// editor's thread: allocates, and takes milliseconds.
pub fn accuracy(params: &EqualizerParams, sample_rate: f64) -> KernelAccuracy {
    const FINER: usize = 4;
    let size = KernelSize::new(params.resolution, sample_rate);
    let bands: Vec<Prototype> = (params.bands.iter())
        .filter(|band| !band.is_neutral() && band.channel == BandChannel::Stereo)
        .map(|band| Prototype::new(band, sample_rate))
        .collect();
    let points = 2 * size.taps;
    let wanted = |bin: usize, of: usize| -> f64 {
        let frequency_hz = bin.min(of - bin) as f64 * sample_rate / of as f64;
        bands.iter().map(|band| band.power(frequency_hz)).product()
    };
    let mut planner = FftPlanner::new();
    let mut grid: Vec<Complex<f64>> =
        (0..points).map(|bin| Complex::new(wanted(bin, points).sqrt() / points as f64, 0.0)).collect();
    planner.plan_fft_inverse(points).process(&mut grid);
    let fine = FINER * points;
    let mut answer = vec![Complex::default(); fine];
    for tap in 0..size.taps / 2 {
        answer[tap] = grid[tap];
        answer[(fine - tap) % fine] = grid[tap];
    }
    planner.plan_fft_forward(fine).process(&mut answer);
    let mut found = KernelAccuracy { worst_error_db: 0.0, accurate_from_hz: 0.0 };
    for (bin, value) in answer.iter().enumerate().take(fine / 2 + 1) {
        let wanted = wanted(bin, fine);
        if wanted > 1e-4 {
            let error = (db_from_power(value.norm_sqr()) - db_from_power(wanted)).abs();
            found.worst_error_db = found.worst_error_db.max(error);
            if error >= 0.1 {
                found.accurate_from_hz = (bin + 1) as f64 * sample_rate / fine as f64;
            }
        }
    }
    found
}
