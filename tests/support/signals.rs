//! Test signals: planar, one `Vec<f32>` a channel, linear amplitude.

use std::f64::consts::TAU;

use crate::random::Random;

/// A sine of a linear amplitude and a phase in degrees, computed in f64: one channel.
pub fn sine(frequency_hz: f64, amplitude: f64, phase_deg: f64, sample_rate: f64, frames: usize) -> Vec<f32> {
    let phase_turns = phase_deg / 360.0;
    (0..frames)
        .map(|frame| {
            // The turns are reduced before they are scaled, so that an hour is as clean as a second.
            let turns = (frame as f64 * frequency_hz / sample_rate + phase_turns).fract();
            (amplitude * (TAU * turns).sin()) as f32
        })
        .collect()
}

/// White noise, uniform within plus and minus a linear amplitude: one channel.
pub fn noise(seed: u64, amplitude: f64, frames: usize) -> Vec<f32> {
    let mut random = Random::new(seed);
    (0..frames).map(|_| (amplitude * random.bipolar()) as f32).collect()
}

/// Silence but for one sample of a linear amplitude at `position`: one channel.
pub fn impulse(position: usize, amplitude: f32, frames: usize) -> Vec<f32> {
    let mut signal = vec![0.0; frames];
    signal[position] = amplitude;
    signal
}

/// The signal in each of some channels.
pub fn in_channels(signal: &[f32], channels: usize) -> Vec<Vec<f32>> {
    vec![signal.to_vec(); channels]
}

/// The signal times a linear gain in f64, rounded once.
pub fn scaled(signal: &[Vec<f32>], gain: f64) -> Vec<Vec<f32>> {
    signal.iter().map(|channel| channel.iter().map(|&sample| (f64::from(sample) * gain) as f32).collect()).collect()
}

/// The signal raised by a gain in dB.
pub fn driven(signal: &[Vec<f32>], gain_db: f64) -> Vec<Vec<f32>> {
    scaled(signal, 10f64.powf(gain_db / 20.0))
}

/// The largest magnitude of all channels, linear.
pub fn sample_peak(signal: &[Vec<f32>]) -> f32 {
    signal.iter().flatten().fold(0.0, |peak, sample| sample.abs().max(peak))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sine_has_its_frequency_level_and_phase() {
        // Full turns of 997 Hz in a second: the projections on sine and cosine are exact but for f32 rounding (1e-7).
        let signal = sine(997.0, 0.5, 30.0, 48_000.0, 48_000);
        let (mut in_phase, mut quadrature) = (0.0, 0.0);
        for (frame, &sample) in signal.iter().enumerate() {
            let angle = TAU * 997.0 * frame as f64 / 48_000.0;
            in_phase += f64::from(sample) * angle.sin() / 24_000.0;
            quadrature += f64::from(sample) * angle.cos() / 24_000.0;
        }
        assert!((in_phase.hypot(quadrature) - 0.5).abs() < 1e-7);
        assert!((quadrature.atan2(in_phase).to_degrees() - 30.0).abs() < 1e-5);
    }

    #[test]
    fn noise_belongs_to_its_seed() {
        assert_eq!(noise(7, 0.5, 1000), noise(7, 0.5, 1000));
        assert_ne!(noise(7, 0.5, 1000), noise(8, 0.5, 1000));
        let signal = noise(7, 0.5, 100_000);
        let power = signal.iter().map(|&sample| f64::from(sample).powi(2)).sum::<f64>() / 1e5;
        // Uniform noise has a power of amplitude^2 / 3; the estimate scatters by 0.3 % at this length, five times that.
        assert!((power / (0.25 / 3.0) - 1.0).abs() < 0.015, "{power}");
    }
}
