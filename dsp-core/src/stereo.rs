//! What an editor shows of a stereo signal: how both channels belong together, where they lie, and what mono would lose.
//! Thread: the editor's, fed with the frames that a [`SpectrumReader`](crate::spectrum::SpectrumReader) brings.

mod scope;
mod width;

pub use scope::{POINTS, Scope};
pub use width::WidthByFrequency;

use crate::entrance::flush_states;
use crate::loudness::{KWeighting, Moments};

/// The time over which the meters average, s: a step is followed by 63 % in this time. Long enough to be read, short enough
/// to follow a phrase.
pub const AVERAGING_S: f64 = 0.6;

/// Below this mean square (-100 dBFS) a channel is silent: ratios to it say nothing.
const SILENCE: f64 = 1e-10;

/// Below this (-400 dBFS) a power is set to zero, long before it could become subnormal.
const LEAST_POWER: f64 = 1e-40;

/// What the meters read. `None` where there is no sound to say it of.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StereoReadings {
    /// -1 (opposite) to 1 (the same in both channels).
    pub correlation: Option<f64>,
    /// By how much the right channel is louder than the left, dB.
    pub balance_db: Option<f64>,
    /// By how much the side is louder than the middle, dB.
    pub side_to_mid_db: Option<f64>,
    /// By how much the sum of both channels is softer than both are, in loudness (K-weighted): 0 for mono, below 0 for what
    /// the sum loses; LU.
    pub mono_change_lu: Option<f64>,
}

/// The meters of a stereo signal: running means of powers.
#[derive(Clone, Debug)]
pub struct StereoMeter {
    /// The share of the newest frame in a mean.
    share: f64,
    moments: Moments,
    weighting: KWeighting,
    /// Filters of left and right.
    states: [[f64; 4]; 2],
    /// K-weighted powers of left and right together, and of their middle.
    weighted: f64,
    weighted_middle: f64,
}

impl StereoMeter {
    /// Meters at a sample rate, Hz, that have heard silence.
    pub fn new(sample_rate: f64) -> Self {
        let sample_rate = sample_rate.max(1.0);
        Self {
            share: 1.0 - (-1.0 / (AVERAGING_S * sample_rate)).exp(),
            moments: Moments::default(),
            weighting: KWeighting::at(sample_rate),
            states: [[0.0; 4]; 2],
            weighted: 0.0,
            weighted_middle: 0.0,
        }
    }

    /// Takes frames, left and right. What is not a number counts as silence.
    pub fn push(&mut self, frames: &[[f32; 2]]) {
        for frame in frames {
            let [left, right] = frame.map(|sample| if sample.is_finite() { f64::from(sample) } else { 0.0 });
            let [first, second] = &mut self.states;
            let heard = [self.weighting.step(first, left), self.weighting.step(second, right)];
            let middle = 0.5 * (heard[0] + heard[1]);
            let news = [
                left * left,
                right * right,
                left * right,
                heard[0] * heard[0] + heard[1] * heard[1],
                // Both channels of a mono signal play the middle.
                2.0 * middle * middle,
            ];
            let share = self.share;
            for (mean, new) in self.means().into_iter().zip(news) {
                *mean += share * (new - *mean);
            }
        }
        for mean in self.means() {
            *mean = if mean.abs() < LEAST_POWER { 0.0 } else { *mean };
        }
        flush_states(self.states.as_flattened_mut());
    }

    /// Powers of left and right, their product, and the weighted powers.
    fn means(&mut self) -> [&mut f64; 5] {
        let Moments { left_squared, right_squared, product } = &mut self.moments;
        [left_squared, right_squared, product, &mut self.weighted, &mut self.weighted_middle]
    }

    /// What they read now.
    pub fn readings(&self) -> StereoReadings {
        let Moments { left_squared: left, right_squared: right, product } = self.moments;
        let is_sound = left + right > SILENCE;
        // Powers of (L + R) / 2 and (L - R) / 2.
        let [mid, side] = [1.0, -1.0].map(|sign| 0.25 * (left + right) + sign * 0.5 * product);
        let db = |ratio: f64| 10.0 * ratio.log10();
        StereoReadings {
            correlation: self.moments.correlation().filter(|_| left > SILENCE && right > SILENCE),
            balance_db: is_sound.then(|| db(right / left)),
            side_to_mid_db: is_sound.then(|| db(side.max(0.0) / mid.max(0.0))),
            mono_change_lu: (self.weighted > SILENCE).then(|| db(self.weighted_middle / self.weighted).min(0.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The readings after five seconds of two tones at 1 kHz: their amplitudes and the phase between them, radians.
    fn of_tones(left: f64, right: f64, phase: f64) -> StereoReadings {
        let mut meter = StereoMeter::new(48_000.0);
        let turn = |frame: usize| 2.0 * std::f64::consts::PI * 1000.0 * frame as f64 / 48_000.0;
        let frames: Vec<[f32; 2]> = (0..240_000)
            .map(|frame| [(left * turn(frame).sin()) as f32, (right * (turn(frame) + phase).sin()) as f32])
            .collect();
        frames.chunks(480).for_each(|part| meter.push(part));
        meter.readings()
    }

    #[test]
    fn tones_read_what_their_phase_and_levels_say() {
        use std::f64::consts::PI;
        // The ripple of a mean over 0.6 s of a power that swings at 2 kHz is 0.0001 of it.
        let close = |value: Option<f64>, expected: f64| (value.unwrap() - expected).abs() < 0.01;
        let mono = of_tones(0.5, 0.5, 0.0);
        assert!(close(mono.correlation, 1.0) && close(mono.balance_db, 0.0) && close(mono.mono_change_lu, 0.0));
        assert_eq!(mono.side_to_mid_db, Some(f64::NEG_INFINITY));
        let opposite = of_tones(0.5, 0.5, PI);
        assert!(close(opposite.correlation, -1.0) && opposite.mono_change_lu.unwrap() < -60.0);
        let quarter = of_tones(0.5, 0.5, PI / 2.0);
        assert!(close(quarter.correlation, 0.0) && close(quarter.side_to_mid_db, 0.0));
        assert!(close(quarter.mono_change_lu, -3.01));
        let louder = of_tones(0.25, 0.5, 0.0);
        assert!(close(louder.balance_db, 6.02) && close(louder.correlation, 1.0));
        // Of 1 and 2 the middle is 1.5: 2 * 2.25 of 5.
        assert!(close(louder.mono_change_lu, -0.458) && close(louder.side_to_mid_db, -9.54));
        let one_sided = of_tones(0.5, 0.0, 0.0);
        assert!(one_sided.correlation.is_none() && close(one_sided.mono_change_lu, -3.01));
    }

    #[test]
    fn silence_says_nothing_and_what_is_no_number_does_not_stay() {
        let mut meter = StereoMeter::new(48_000.0);
        assert_eq!(meter.readings(), StereoReadings::default());
        meter.push(&[[f32::NAN, f32::INFINITY], [0.5, 0.5]]);
        for _ in 0..30_000 {
            meter.push(&[[0.0; 2]; 480]);
        }
        assert_eq!(meter.readings(), StereoReadings::default());
        assert_eq!((meter.moments, meter.states), (Moments::default(), [[0.0; 4]; 2]));
    }

    #[test]
    fn a_step_is_followed_in_the_averaging_time() {
        let mut meter = StereoMeter::new(48_000.0);
        meter.push(&vec![[0.5, 0.5]; (AVERAGING_S * 48_000.0) as usize]);
        // 1 - 1/e of the power.
        assert!((meter.moments.left_squared / 0.25 - 0.632).abs() < 0.001, "{:?}", meter.moments);
    }
}
