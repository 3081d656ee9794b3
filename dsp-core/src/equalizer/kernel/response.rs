//! The bands' magnitudes on the design's grid, and what they come to.

use rustfft::num_complex::Complex;

use super::super::prototype::{Change, Prototype, soloed};
use crate::settings::{BandChannel, EQUALIZER_BANDS, EqualizerBand, EqualizerParams};

/// A band's magnitude from 0 to half the rate, kept as long as the band stays as it is.
struct BandMagnitude {
    /// The band that it belongs to; `None` before the first.
    band: Option<EqualizerBand>,
    /// None before the first band, and room for them: memory that is not touched costs nothing.
    values: Vec<f32>,
}

impl BandMagnitude {
    /// Room for so many values. Allocates.
    fn unused(count: usize) -> Self {
        Self { band: None, values: Vec::with_capacity(count) }
    }
}

/// The highest gain of all bands together, +120 dB: with every band at its highest the sum would leave the range of sound.
const HIGHEST_GAIN: f32 = 1e6;

/// A response over left and right: `[left to left, right to left, left to right, right to right]` at each frequency.
pub(super) type Matrix = [f32; 4];

/// Leaves both channels as they are.
pub(super) const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0];

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
    /// What is heard of a band alone.
    alone: BandMagnitude,
    matrices: Box<[Matrix]>,
}

/// What a band's channel names in a signal of this many channels; `None` if it is not there. Mono is its own left and
/// middle, and has neither side nor right.
pub fn acting_on(channel: BandChannel, channels: usize) -> Option<BandChannel> {
    match (channels, channel) {
        (1, BandChannel::Side | BandChannel::Right) => None,
        (1, _) => Some(BandChannel::Stereo),
        (_, channel) => Some(channel),
    }
}

impl Response {
    /// A response for kernels of `taps` taps. Allocates.
    pub fn new(taps: usize, sample_rate: f64) -> Self {
        Self::of(taps + 1, sample_rate)
    }

    /// Another one of the same size. Allocates.
    pub fn another(&self) -> Self {
        Self::of(self.matrices.len(), self.sample_rate)
    }

    fn of(frequencies: usize, sample_rate: f64) -> Self {
        Self {
            sample_rate,
            bands: (0..EQUALIZER_BANDS).map(|_| BandMagnitude::unused(frequencies)).collect(),
            alone: BandMagnitude::unused(frequencies),
            matrices: vec![IDENTITY; frequencies].into_boxed_slice(),
        }
    }

    /// Computes the response, of one band alone if that is listened to; of bands that stay as they were, the magnitudes
    /// are kept.
    pub fn compute(&mut self, params: &EqualizerParams, channels: usize) -> Shape {
        if let Some((_, band)) = soloed(params) {
            return self.compute_alone(&band, channels);
        }
        let mut shape = Shape { is_flat: true, is_crossed: false };
        self.matrices.fill(IDENTITY);
        for (band, kept) in params.bands.iter().zip(&mut self.bands) {
            let Some(channel) = acting_on(band.channel, channels).filter(|_| !band.is_neutral()) else { continue };
            shape.is_flat = false;
            shape.is_crossed |= channel != BandChannel::Stereo;
            if kept.band != Some(*band) {
                kept.values.resize(self.matrices.len(), 1.0);
                fill(&mut kept.values, &Prototype::new(band, self.sample_rate), self.sample_rate, |magnitude| {
                    magnitude
                });
                kept.band = Some(*band);
            }
            act(&mut self.matrices, &kept.values, channel);
        }
        limit(&mut self.matrices);
        shape
    }

    /// Computes what is heard of one band alone: silence, if it acts on nothing.
    fn compute_alone(&mut self, band: &EqualizerBand, channels: usize) -> Shape {
        let Some(channel) = acting_on(band.channel, channels) else {
            self.matrices.fill([0.0; 4]);
            return Shape { is_flat: false, is_crossed: false };
        };
        if self.alone.band != Some(*band) {
            self.alone.values.resize(self.matrices.len(), 1.0);
            let change = Change::new(band, self.sample_rate);
            fill(&mut self.alone.values, &change.prototype, self.sample_rate, |magnitude| change.of(magnitude));
            self.alone.band = Some(*band);
        }
        let part = part_of(channel);
        for (matrix, gain) in self.matrices.iter_mut().zip(&self.alone.values) {
            *matrix = part.map(|share| share * gain);
        }
        Shape { is_flat: false, is_crossed: channel != BandChannel::Stereo }
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

/// Holds the gains of all bands together in the range of sound.
pub(super) fn limit(matrices: &mut [Matrix]) {
    for matrix in matrices {
        *matrix = matrix.map(|value| value.clamp(-HIGHEST_GAIN, HIGHEST_GAIN));
    }
}

/// What comes of a prototype's magnitude at frequencies from 0 to half the rate.
pub(super) fn fill(values: &mut [f32], prototype: &Prototype, sample_rate: f64, of: impl Fn(f64) -> f64) {
    let step = sample_rate / 2.0 / (values.len() - 1) as f64 / prototype.frequency_hz;
    for (bin, value) in values.iter_mut().enumerate() {
        let x = (bin as f64 * step).powi(2);
        let mut power = 1.0;
        for section in prototype.sections() {
            power *= section.power(x);
        }
        *value = of(power.sqrt()) as f32;
    }
}

/// The part of left and right that a channel names, where it lies in them.
fn part_of(channel: BandChannel) -> Matrix {
    match channel {
        BandChannel::Stereo => IDENTITY,
        BandChannel::Left => [1.0, 0.0, 0.0, 0.0],
        BandChannel::Right => [0.0, 0.0, 0.0, 1.0],
        BandChannel::Mid => [0.5; 4],
        BandChannel::Side => [0.5, -0.5, -0.5, 0.5],
    }
}

/// Puts a band after what acts already.
pub(super) fn act(matrices: &mut [Matrix], gains: &[f32], channel: BandChannel) {
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
