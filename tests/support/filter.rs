//! A long linear-phase low-pass in f64, for signals that must have nothing near Nyquist.

use std::f64::consts::PI;

/// Width of the transition below the cut-off, Hz.
pub const TRANSITION_HZ: f64 = 500.0;

/// Attenuation the kernel is designed for, dB: 10 more than is promised.
const DESIGN_ATTENUATION_DB: f64 = 130.0;

/// The signal without what lies at `cutoff_hz` and above (at least 120 dB down); up to [`TRANSITION_HZ`] below the
/// cut-off it is unchanged (within 1e-6). Nothing is delayed and the length is kept.
pub fn low_passed(signal: &[Vec<f32>], cutoff_hz: f64, sample_rate: f64) -> Vec<Vec<f32>> {
    let half = low_pass_half(cutoff_hz - TRANSITION_HZ / 2.0, sample_rate);
    signal.iter().map(|channel| convolved(channel, &half)).collect()
}

/// The middle tap and one wing of a Kaiser-windowed sinc (Kaiser 1974), normalized to unity at 0 Hz.
fn low_pass_half(middle_hz: f64, sample_rate: f64) -> Vec<f64> {
    let width = 2.0 * PI * TRANSITION_HZ / sample_rate;
    let wing = ((DESIGN_ATTENUATION_DB - 7.95) / (2.285 * width) / 2.0).ceil() as usize;
    let beta = 0.1102 * (DESIGN_ATTENUATION_DB - 8.7);
    let turns = 2.0 * middle_hz / sample_rate;
    let mut half: Vec<f64> = (0..=wing)
        .map(|tap| {
            let angle = PI * turns * tap as f64;
            let sinc = if tap == 0 { turns } else { turns * angle.sin() / angle };
            let place = tap as f64 / (wing + 1) as f64;
            sinc * bessel_i0(beta * (1.0 - place * place).sqrt()) / bessel_i0(beta)
        })
        .collect();
    let sum = half[0] + 2.0 * half[1..].iter().sum::<f64>();
    half.iter_mut().for_each(|tap| *tap /= sum);
    half
}

/// The modified Bessel function of the first kind and order 0, by its series.
fn bessel_i0(argument: f64) -> f64 {
    let quarter = argument * argument / 4.0;
    let (mut sum, mut term) = (1.0, 1.0);
    for order in 1..500 {
        term *= quarter / (order * order) as f64;
        sum += term;
        if term < sum * 1e-17 {
            break;
        }
    }
    sum
}

/// The signal convolved with the symmetric kernel, centered.
fn convolved(signal: &[f32], half: &[f64]) -> Vec<f32> {
    const RUN: usize = 16;
    let wing = half.len() - 1;
    let mut padded = vec![0.0f64; signal.len() + 2 * wing + RUN];
    for (place, &sample) in padded[wing..].iter_mut().zip(signal) {
        *place = f64::from(sample);
    }
    let mut output = vec![0.0f32; signal.len()];
    // Sixteen outputs at a time: each tap is loaded once for all of them.
    for (run, outputs) in output.chunks_mut(RUN).enumerate() {
        let center = run * RUN + wing;
        let mut sums = [0.0f64; RUN];
        for (sum, sample) in sums.iter_mut().zip(&padded[center..]) {
            *sum = sample * half[0];
        }
        for (tap, &gain) in half.iter().enumerate().skip(1) {
            let before = &padded[center - tap..center - tap + RUN];
            let after = &padded[center + tap..center + tap + RUN];
            for lane in 0..RUN {
                sums[lane] += gain * (before[lane] + after[lane]);
            }
        }
        for (place, sum) in outputs.iter_mut().zip(sums) {
            *place = sum as f32;
        }
    }
    output
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals;

    /// Peak magnitude away from the ends, where the kernel sees the whole sine.
    fn settled_peak(frequency_hz: f64, sample_rate: f64) -> f64 {
        let sine = signals::sine(frequency_hz, 1.0, 0.0, sample_rate, 12_000);
        let output = low_passed(&[sine], 19_000.0, sample_rate);
        output[0][4000..8000].iter().fold(0.0, |peak, &sample| f64::from(sample.abs()).max(peak))
    }

    #[test]
    fn the_stop_band_is_120_db_down_and_the_pass_band_unchanged() {
        for sample_rate in [44_100.0, 48_000.0, 96_000.0] {
            for frequency_hz in [19_000.0, 19_100.0, 20_517.0, 21_900.0] {
                assert!(settled_peak(frequency_hz, sample_rate) < 1e-6, "{frequency_hz} Hz at {sample_rate} Hz");
            }
            for frequency_hz in [20.0, 997.0, 15_013.0, 18_499.0] {
                let sine = signals::sine(frequency_hz, 1.0, 0.0, sample_rate, 12_000);
                let output = low_passed(std::slice::from_ref(&sine), 19_000.0, sample_rate);
                for frame in 4000..8000 {
                    // 1e-6 is the ripple of a 120 dB design; f32 rounding adds 6e-8.
                    assert!((output[0][frame] - sine[frame]).abs() < 1.1e-6, "{frequency_hz} Hz at {sample_rate} Hz");
                }
            }
        }
    }
}
