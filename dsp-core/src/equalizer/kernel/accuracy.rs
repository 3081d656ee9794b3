//! How well the kernel that a design cuts out answers to its prototypes.

use rustfft::FftPlanner;
use rustfft::num_complex::Complex;

use super::super::prototype::Prototype;
use super::KernelSize;
use super::response::{IDENTITY, Matrix, act, fill, limit};
use crate::settings::{BandChannel, EqualizerParams};
use crate::units::db_from_gain;

/// How well a kernel answers to its prototypes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KernelAccuracy {
    /// The largest error where the response wanted is above -40 dB, dB.
    pub worst_error_db: f64,
    /// The lowest frequency from which the error stays below 0.1 dB there, Hz.
    pub accurate_from_hz: f64,
}

/// The response below which no error counts: -40 dB.
const LEAST_GAIN: f32 = 0.01;

/// 0.1 dB.
const ACCURATE: f64 = 1.011_579_454_259_899;

/// Points of the measure for each of the design's: between them the error is at most 8 % larger, its spectrum ending at
/// half the kernel.
const FINER: usize = 2;

/// A signal's way through the equalizer: what is heard of it where it went in.
type Path = fn(&Matrix) -> f32;

/// The mid, the side, the left and the right channel: the curves that an editor draws.
const PATHS: [[Path; 2]; 2] = [
    [|[ll, lr, rl, rr]| 0.5 * (ll + lr + rl + rr), |[ll, lr, rl, rr]| 0.5 * (ll - lr - rl + rr)],
    [|[ll, ..]| *ll, |[.., rr]| *rr],
];

/// Measures kernels, and keeps the plans of its transforms, which take longer than all else.
pub struct AccuracyMeter {
    planner: FftPlanner<f32>,
}

impl Default for AccuracyMeter {
    fn default() -> Self {
        Self { planner: FftPlanner::new() }
    }
}

impl AccuracyMeter {
    /// How well a stereo signal's kernel for these bands answers to them, at its worst of mid, side, left and right; the
    /// band that is listened to alone is not its business. For an editor's thread, when bands have changed: allocates, and
    /// takes 0.3 ms with one band in medium resolution, 4 to 20 ms with 1 to 24 bands in the highest.
    pub fn measure(&mut self, params: &EqualizerParams, sample_rate: f64) -> KernelAccuracy {
        let size = KernelSize::new(params.resolution, sample_rate);
        let fine = FINER * 2 * size.taps;
        let mut matrices = vec![IDENTITY; fine / 2 + 1];
        let mut magnitudes = vec![1.0; matrices.len()];
        let bands = || params.bands.iter().filter(|band| !band.is_neutral());
        for band in bands() {
            fill(&mut magnitudes, &Prototype::new(band, sample_rate), sample_rate, |magnitude| magnitude);
            act(&mut matrices, &magnitudes, band.channel);
        }
        limit(&mut matrices);
        let is_crossed = bands().any(|band| band.channel != BandChannel::Stereo);
        let mut found = Found { ratios: (1.0, 1.0), last_bin: None };
        for pair in &PATHS[if is_crossed { 0 } else { 1 }..] {
            found.look(&matrices, pair, &self.answer(&matrices, pair, size));
        }
        let (lowest, highest) = found.ratios;
        KernelAccuracy {
            worst_error_db: db_from_gain(highest).max(-db_from_gain(lowest)),
            accurate_from_hz: found.last_bin.map_or(0.0, |bin| (bin + 1) as f64 * sample_rate / fine as f64),
        }
    }

    /// What kernels for two paths answer. They are real and symmetric, so that one can be the other's imaginary part.
    fn answer(&mut self, matrices: &[Matrix], pair: &[Path; 2], size: KernelSize) -> Vec<Complex<f32>> {
        let points = 2 * size.taps;
        let fine = FINER * points;
        let mut grid: Vec<Complex<f32>> = (0..points)
            .map(|bin| {
                let [one, other] = pair.map(|path| path(&matrices[FINER * bin.min(points - bin)]));
                Complex::new(one, other) / points as f32
            })
            .collect();
        self.planner.plan_fft_inverse(points).process(&mut grid);
        let mut answer = vec![Complex::default(); fine];
        for tap in 0..size.taps / 2 {
            answer[tap] = grid[tap];
            answer[(fine - tap) % fine] = grid[tap];
        }
        self.planner.plan_fft_forward(fine).process(&mut answer);
        answer
    }
}

/// [`AccuracyMeter::measure`] once: plans its transforms anew.
pub fn accuracy(params: &EqualizerParams, sample_rate: f64) -> KernelAccuracy {
    AccuracyMeter::default().measure(params, sample_rate)
}

/// What has been found on some paths.
struct Found {
    /// The lowest and the highest ratio of a kernel's response to the one that is wanted.
    ratios: (f64, f64),
    /// The last point that is not accurate.
    last_bin: Option<usize>,
}

impl Found {
    /// Compares the answers of two paths with what is wanted.
    fn look(&mut self, matrices: &[Matrix], pair: &[Path; 2], answer: &[Complex<f32>]) {
        for (bin, (matrix, value)) in matrices.iter().zip(answer).enumerate() {
            for (path, value) in pair.iter().zip([value.re, value.im]) {
                let wanted = path(matrix);
                if wanted.abs() > LEAST_GAIN {
                    self.note(bin, f64::from(value / wanted));
                }
            }
        }
    }

    fn note(&mut self, bin: usize, ratio: f64) {
        self.ratios = (self.ratios.0.min(ratio.abs()), self.ratios.1.max(ratio.abs()));
        if !(1.0 / ACCURATE..ACCURATE).contains(&ratio) {
            self.last_bin = self.last_bin.max(Some(bin));
        }
    }
}
