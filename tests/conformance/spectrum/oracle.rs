//! The Fourier integral of a Hann window of the last frames, summed term by term in f64.

use std::f64::consts::TAU;

use runout_dsp_core::spectrum::analyzer::{WINDOW_S, frequency_hz};

/// The frames of a window, weighted.
pub struct Integral {
    windowed: Vec<[f64; 2]>,
    sum: f64,
    sample_rate: f64,
}

impl Integral {
    /// The window over the last frames of a signal.
    pub fn new(frames: &[[f32; 2]], sample_rate: f64) -> Self {
        let length = (WINDOW_S * sample_rate).round() as usize;
        let weight = |n: usize| (0.5 * TAU * n as f64 / length as f64).sin().powi(2);
        let last = &frames[frames.len() - length..];
        let windowed = last.iter().enumerate().map(|(n, frame)| frame.map(|sample| f64::from(sample) * weight(n)));
        Self { windowed: windowed.collect(), sum: (0..length).map(weight).sum(), sample_rate }
    }

    /// The mean power of both channels at a frequency, 1 for a sine of full scale.
    fn power(&self, frequency_hz: f64) -> f64 {
        let (step_sine, step_cosine) = (TAU * frequency_hz / self.sample_rate).sin_cos();
        let (mut sine, mut cosine) = (0.0, 1.0);
        let mut parts = [0.0; 4];
        for [left, right] in &self.windowed {
            (sine, cosine) = (sine * step_cosine + cosine * step_sine, cosine * step_cosine - sine * step_sine);
            parts =
                [parts[0] + left * cosine, parts[1] + left * sine, parts[2] + right * cosine, parts[3] + right * sine];
        }
        parts.iter().map(|part| part * part).sum::<f64>() * 0.5 * (2.0 / self.sum).powi(2)
    }

    /// The least and the highest level between two frequencies, looked at twelve times a bin.
    pub fn range_db(&self, [low_hz, high_hz]: [f64; 2]) -> [f64; 2] {
        let steps = ((high_hz - low_hz) * WINDOW_S * 12.0).ceil().max(8.0);
        let powers = (0..=steps as usize).map(|step| self.power(low_hz + (high_hz - low_hz) * step as f64 / steps));
        let [least, most] =
            powers.fold([f64::INFINITY, 0.0], |[least, most]: [f64; 2], power| [least.min(power), most.max(power)]);
        [least, most].map(|power| 10.0 * power.log10())
    }

    /// The level of the mean power over a third of an octave around each of seven points, and of their mean.
    pub fn third_db(&self, point: usize) -> f64 {
        let half = 2f64.powf(1.0 / 6.0);
        let around = |point: usize| [frequency_hz(point) / half, frequency_hz(point) * half];
        // The power of a window changes no faster than its length allows: two looks a bin are all there is to see.
        let step_hz = 0.5 / WINDOW_S;
        let (low_hz, high_hz) = (around(point - 3)[0], around(point + 3)[1]);
        let powers: Vec<f64> = (0..((high_hz - low_hz) / step_hz) as usize + 2)
            .map(|step| self.power(low_hz + step as f64 * step_hz))
            .collect();
        let mean = |[from_hz, to_hz]: [f64; 2]| {
            let part = |step: usize| {
                let at_hz = low_hz + (step as f64 - 0.5) * step_hz;
                ((at_hz + step_hz).min(to_hz) - at_hz.max(from_hz)).max(0.0)
            };
            powers.iter().enumerate().map(|(step, power)| power * part(step)).sum::<f64>() / (to_hz - from_hz)
        };
        10.0 * ((point - 3..=point + 3).map(|point| mean(around(point))).sum::<f64>() / 7.0).log10()
    }
}
