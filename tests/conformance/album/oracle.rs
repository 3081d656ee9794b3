//! The discrete Fourier transform in f64, by halves, and what it says of third-octave bands.

use std::f64::consts::TAU;

/// Transforms in place: real and imaginary parts, a power of two of them.
fn transform(real: &mut [f64], imaginary: &mut [f64]) {
    let size = real.len();
    if size == 1 {
        return;
    }
    let split = |values: &[f64]| -> (Vec<f64>, Vec<f64>) {
        (values.iter().step_by(2).copied().collect(), values.iter().skip(1).step_by(2).copied().collect())
    };
    let ((mut even_real, mut odd_real), (mut even_imaginary, mut odd_imaginary)) = (split(real), split(imaginary));
    transform(&mut even_real, &mut even_imaginary);
    transform(&mut odd_real, &mut odd_imaginary);
    for bin in 0..size / 2 {
        let (sine, cosine) = (-TAU * bin as f64 / size as f64).sin_cos();
        let turned =
            [odd_real[bin] * cosine - odd_imaginary[bin] * sine, odd_real[bin] * sine + odd_imaginary[bin] * cosine];
        real[bin] = even_real[bin] + turned[0];
        imaginary[bin] = even_imaginary[bin] + turned[1];
        real[bin + size / 2] = even_real[bin] - turned[0];
        imaginary[bin + size / 2] = even_imaginary[bin] - turned[1];
    }
}

/// The level of a signal of a power of two of frames between two frequencies, dBFS where a sine of full scale in all
/// channels is 0: the mean of the channels' mean squares, each summed over the bins of one transform of it all.
pub fn band_levels_dbfs(signal: &[Vec<f32>], sample_rate: f64, bands: &[[f64; 2]]) -> Vec<f64> {
    let size = signal[0].len();
    let mut powers = vec![0.0; size / 2];
    for channel in signal {
        let mut real: Vec<f64> = channel.iter().map(|sample| f64::from(*sample)).collect();
        let mut imaginary = vec![0.0; size];
        transform(&mut real, &mut imaginary);
        for (bin, power) in powers.iter_mut().enumerate() {
            *power += 2.0 * (real[bin].powi(2) + imaginary[bin].powi(2)) / (size as f64).powi(2) / signal.len() as f64;
        }
    }
    let level = |[low_hz, high_hz]: &[f64; 2]| {
        let within = |bin: &usize| (low_hz..high_hz).contains(&&(*bin as f64 * sample_rate / size as f64));
        10.0 * (2.0 * (1..size / 2).filter(within).map(|bin| powers[bin]).sum::<f64>()).log10()
    };
    bands.iter().map(level).collect()
}

#[test]
fn a_tone_has_its_level_in_its_band_alone() {
    let tone = runout_tests::signals::sine(1000.0, 0.5, 0.0, 32_768.0, 32_768);
    let levels = band_levels_dbfs(&[tone], 32_768.0, &[[990.0, 1010.0], [1010.0, 16_000.0]]);
    // 1e-6 dB: what f32 rounds; -130 dB of noise by it.
    assert!((levels[0] + 6.0206).abs() < 1e-4 && levels[1] < -130.0, "{levels:?}");
}
