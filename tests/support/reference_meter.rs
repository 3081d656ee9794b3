//! True-peak meters that share no filter with the one under test, in f64.
//!
//! The project's reference meter interpolates 32 times with 192 taps a phase, cut off at 0.995 of Nyquist under a Kaiser
//! window of beta 10, and takes the maximum with the samples: wherever a figure is claimed, this is the meter. The fine
//! meter interpolates 64 times with 512 taps; the ideal one through the discrete Fourier transform of the whole signal.

use std::f64::consts::PI;

use runout_dsp_core::dispatch::{Instructions, Kernel, Vector};
use runout_dsp_core::units::db_from_gain;

/// An interpolating meter of `PHASES` places a frame.
pub struct Interpolator<const PHASES: usize> {
    /// For each tap, from the earliest frame on, its weight in every phase.
    taps: Vec<[f64; PHASES]>,
}

/// The project's reference meter.
pub fn reference_meter() -> Interpolator<32> {
    Interpolator::new(192, 0.995, 10.0)
}

/// A meter of four times the resolution it is used to check, for content up to 0.45 of the sample rate.
pub fn fine_meter() -> Interpolator<64> {
    Interpolator::new(512, 0.995, 10.0)
}

impl<const PHASES: usize> Interpolator<PHASES> {
    /// `width` taps a phase, cut off at `cutoff` of Nyquist under a Kaiser window of `beta`, with gain 1 at 0 Hz.
    pub fn new(width: usize, cutoff: f64, beta: f64) -> Self {
        let length = width * PHASES + 1;
        let middle = (length / 2) as f64;
        let filter: Vec<f64> = (0..length)
            .map(|index| {
                let offset = (index as f64 - middle) / PHASES as f64;
                let place = (index as f64 - middle) / middle;
                let angle = PI * cutoff * offset;
                let sinc = if offset == 0.0 { 1.0 } else { angle.sin() / angle };
                sinc * bessel_i0(beta * (1.0 - place * place).max(0.0).sqrt())
            })
            .collect();
        let gain = PHASES as f64 / filter.iter().sum::<f64>();
        // Phase p lies p / PHASES behind a frame: it weighs the frames `width / 2` before to `width / 2 - 1` after, and its
        // taps run backwards through the filter. The first phase's last tap, the filter's end, is left to the next frame.
        let taps = (0..width)
            .map(|tap| std::array::from_fn(|phase| gain * filter[(width - 1 - tap) * PHASES + phase + 1]))
            .collect();
        Self { taps }
    }

    /// The highest magnitude of one channel, linear: at its samples and between them, silence before and after it.
    pub fn peak(&self, signal: &[f32]) -> f64 {
        self.profile(signal, 64).into_iter().fold(0.0, f64::max)
    }

    /// The highest magnitude of all channels, dBTP.
    pub fn peak_dbtp(&self, signal: &[Vec<f32>]) -> f64 {
        db_from_gain(signal.iter().map(|channel| self.peak(channel)).fold(0.0, f64::max))
    }

    /// The highest magnitude of one channel, linear, in each block of so many frames: from its first frame up to the next
    /// block's. One block more than the signal has holds what rings beyond its end; what rings before it counts to the first.
    pub fn profile(&self, signal: &[f32], block: usize) -> Vec<f64> {
        let width = self.taps.len();
        let mut padded = vec![0.0; width];
        padded.extend(signal.iter().map(|&sample| f64::from(sample)));
        padded.extend(vec![0.0; width]);
        let between = Instructions::current().run(Peaks { taps: &self.taps, padded: &padded });
        let mut profile = vec![0.0; signal.len().div_ceil(block) + 1];
        let last = profile.len() - 1;
        for (place, peak) in between.into_iter().enumerate() {
            // The first window ends with the frame before the signal: it lies half a width before it.
            let highest = &mut profile[(place.saturating_sub(width / 2) / block).min(last)];
            *highest = f64::max(*highest, peak);
        }
        for (frame, &sample) in signal.iter().enumerate() {
            let highest = &mut profile[frame / block];
            *highest = highest.max(f64::from(sample).abs());
        }
        profile
    }
}

struct Peaks<'a, const PHASES: usize> {
    taps: &'a [[f64; PHASES]],
    padded: &'a [f64],
}

impl<const PHASES: usize> Kernel for Peaks<'_, PHASES> {
    type Output = Vec<f64>;

    #[inline(always)]
    fn run<V: Vector>(self) -> Vec<f64> {
        let mut peaks = Vec::with_capacity(self.padded.len());
        for frames in self.padded.windows(self.taps.len()) {
            let mut sums = [0.0; PHASES];
            for (taps, &frame) in self.taps.iter().zip(frames) {
                for (sum, &tap) in sums.iter_mut().zip(taps) {
                    *sum = if V::FUSED { tap.mul_add(frame, *sum) } else { tap * frame + *sum };
                }
            }
            let mut peak = 0.0;
            for sum in sums {
                peak = if sum.abs() > peak { sum.abs() } else { peak };
            }
            peaks.push(peak);
        }
        peaks
    }
}

/// The modified Bessel function of the first kind and order 0, by its series.
fn bessel_i0(argument: f64) -> f64 {
    let quarter = argument * argument / 4.0;
    let (mut sum, mut term) = (1.0, 1.0);
    for index in 1..80 {
        term *= quarter / f64::from(index * index);
        sum += term;
    }
    sum
}

/// How many times the ideal meter interpolates, before the parabola.
const IDEAL_FACTOR: usize = 16;

/// The highest magnitude of one channel, linear, by the ideal interpolation of a band-limited signal: its discrete Fourier
/// transform with zeros above Nyquist, silence around the signal, and a parabola through the highest point.
pub fn ideal_peak(signal: &[f32]) -> f64 {
    let length = (signal.len() + 4096).next_power_of_two();
    let mut bins: Vec<(f64, f64)> = signal.iter().map(|&sample| (f64::from(sample), 0.0)).collect();
    bins.resize(length, (0.0, 0.0));
    transform(&mut bins, -1.0);
    let mut spread = vec![(0.0, 0.0); length * IDEAL_FACTOR];
    let end = spread.len();
    spread[..length / 2].copy_from_slice(&bins[..length / 2]);
    spread[end - length / 2 + 1..].copy_from_slice(&bins[length / 2 + 1..]);
    transform(&mut spread, 1.0);
    let value = |index: usize| spread[index % end].0 / length as f64;
    let highest = (0..end).max_by(|&a, &b| value(a).abs().total_cmp(&value(b).abs())).unwrap_or(0);
    let [left, middle, right] = [end - 1, 0, 1].map(|step| value(highest + step));
    let bend = left - 2.0 * middle + right;
    let top = if bend == 0.0 { middle } else { middle - (right - left).powi(2) / (8.0 * bend) };
    top.abs()
}

/// The highest magnitude of all channels by [`ideal_peak`], dBTP.
pub fn ideal_peak_dbtp(signal: &[Vec<f32>]) -> f64 {
    db_from_gain(signal.iter().map(|channel| ideal_peak(channel)).fold(0.0, f64::max))
}

/// The discrete Fourier transform in place, not normalized; `sign` is -1 forth and 1 back. The length is a power of two.
fn transform(bins: &mut [(f64, f64)], sign: f64) {
    let length = bins.len();
    let bits = length.trailing_zeros();
    for index in 0..length {
        let mirrored = index.reverse_bits() >> (usize::BITS - bits);
        if index < mirrored {
            bins.swap(index, mirrored);
        }
    }
    let mut half = 1;
    while half < length {
        let turns: Vec<(f64, f64)> = (0..half)
            .map(|index| {
                let angle = sign * PI * index as f64 / half as f64;
                (angle.cos(), angle.sin())
            })
            .collect();
        for block in bins.chunks_exact_mut(2 * half) {
            let (low, high) = block.split_at_mut(half);
            for ((a, b), turn) in low.iter_mut().zip(high).zip(&turns) {
                let turned = (b.0 * turn.0 - b.1 * turn.1, b.0 * turn.1 + b.1 * turn.0);
                *b = (a.0 - turned.0, a.1 - turned.1);
                *a = (a.0 + turned.0, a.1 + turned.1);
            }
        }
        half *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::sine;

    #[test]
    fn the_meters_find_the_top_between_the_samples() {
        // A quarter of the rate at 45 degrees, faded so that no burst begins: 3.01 dB over its samples.
        let mut signal = sine(12_000.0, 0.5, 45.0, 48_000.0, 9600);
        for index in 0..2400 {
            let share = (0.5 - 0.5 * (PI * index as f64 / 2400.0).cos()) as f32;
            signal[index] *= share;
            signal[9599 - index] *= share;
        }
        // 0.001 dB: ripple of the windows, and f32.
        for (name, peak) in [
            ("reference", reference_meter().peak(&signal)),
            ("fine", fine_meter().peak(&signal)),
            ("ideal", ideal_peak(&signal)),
        ] {
            let difference_db = db_from_gain(peak / 0.5);
            assert!(difference_db.abs() < 1e-3, "{name}: {difference_db} dB");
        }
    }

    #[test]
    fn the_repeated_sign_reads_what_theory_says() {
        // Of STANDARDS.md: 16 alternating samples each side of a repeated sign reach +9.59 dB. The tolerance, 0.1 dB, is
        // the cut-off at 0.995 of Nyquist.
        let signal: Vec<f32> =
            (0..32).map(|index| if (index + usize::from(index >= 16)) % 2 == 0 { 1.0 } else { -1.0 }).collect();
        let read_db = db_from_gain(ideal_peak(&signal));
        assert!((read_db - 9.59).abs() < 0.1, "ideal: {read_db}");
        let read_db = db_from_gain(reference_meter().peak(&signal));
        assert!((read_db - 9.59).abs() < 0.3, "reference: {read_db}");
    }
}
