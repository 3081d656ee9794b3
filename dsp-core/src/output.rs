//! The output stage, always last: dither, quantizing to a word length, and no subnormal sample.
//!
//! sample -> zero if subnormal -> in steps of the word length -> less the errors before, where they are shaped -> plus
//! triangular noise -> rounded -> kept within full scale and under the ceiling -> sample. Triangular noise two steps wide
//! (of two uniform numbers) makes the error's mean and power, 1/4 of a step squared, independent of the signal (Lipshitz,
//! Vanderkooy and Wannamaker, JAES 39(11), 1991); shaping multiplies that power by the sum of its curve's squares.

mod channel;
mod noise;
mod shaping;
mod word;

use crate::entrance::flush_subnormal;
use crate::processor::{MASTERING_RATES_HZ, MAX_CHANNELS, Processor, Spec, SpecError};
use crate::settings::{Dither, OutputParams};
use crate::units::gain_from_db;
use channel::Channel;
use shaping::curve;
use word::Word;

/// Word length and dither.
#[derive(Clone, Debug)]
pub struct OutputStage {
    params: OutputParams,
    /// What a quantized sample must not exceed where the sample itself did not; linear, 1 is none.
    ceiling: f64,
    sample_rate: f64,
    channels: [Channel; MAX_CHANNELS],
}

impl Default for OutputStage {
    fn default() -> Self {
        let params = OutputParams::default();
        Self {
            params,
            ceiling: 1.0,
            sample_rate: 0.0,
            channels: std::array::from_fn(|place| Channel::new(params.seed, place)),
        }
    }
}

impl OutputStage {
    /// Sets the ceiling that holds before this stage, dBTP, so that rounding and dither do not lift a sample over it;
    /// `None` where nothing limits.
    pub fn set_ceiling(&mut self, ceiling_dbtp: Option<f32>) {
        self.ceiling = ceiling_dbtp.map_or(1.0, |ceiling| gain_from_db(f64::from(ceiling)));
    }
}

impl Processor for OutputStage {
    type Params = OutputParams;

    fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError> {
        spec.check(MASTERING_RATES_HZ, &[1, 2])?;
        self.sample_rate = spec.sample_rate;
        self.reset();
        Ok(())
    }

    fn reset(&mut self) {
        let seed = self.params.seed;
        self.channels = std::array::from_fn(|place| Channel::new(seed, place));
    }

    fn latency(&self) -> usize {
        0
    }

    fn set_params(&mut self, params: &OutputParams) {
        let reseeded = params.seed != self.params.seed;
        self.params = *params;
        if reseeded {
            self.channels.iter_mut().enumerate().for_each(|(place, channel)| channel.seed(params.seed, place));
        }
    }

    fn process(&mut self, channels: &mut [&mut [f32]]) {
        // First: where the host's flags are set, the CPU takes a subnormal number for silence. Rounding makes no new ones.
        flush_subnormal(channels);
        if let Some(bits) = self.params.bit_depth.bits() {
            let word = Word::new(bits, self.ceiling);
            let curve = curve(self.params.shape, self.sample_rate);
            for (samples, channel) in channels.iter_mut().zip(&mut self.channels) {
                match (self.params.dither, self.params.blank_silence) {
                    (Dither::Auto | Dither::None, _) => quantize(samples, &word),
                    (Dither::Tpdf, false) => channel.dither(samples, &word),
                    (Dither::Tpdf, true) => channel.dither_but_silence(samples, &word),
                    (Dither::Shaped, false) => channel.shape(samples, &word, curve),
                    (Dither::Shaped, true) => channel.shape_but_silence(samples, &word, curve),
                }
            }
        }
    }
}

/// Plain rounding.
#[inline(never)]
fn quantize(samples: &mut [f32], word: &Word) {
    for sample in samples {
        *sample = word.code(*sample, 0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::BitDepth;

    fn stage(params: OutputParams) -> OutputStage {
        let mut stage = OutputStage::default();
        stage.prepare(&Spec { sample_rate: 48_000.0, max_block: 512, channels: 2 }).unwrap();
        stage.set_params(&params);
        stage
    }

    fn sixteen(dither: Dither) -> OutputParams {
        OutputParams { dither, bit_depth: BitDepth::Sixteen, ..OutputParams::default() }
    }

    /// The mean and the power of the error in steps of 16 bits, for a constant input in steps.
    fn error(input_steps: f64, params: OutputParams) -> (f64, f64) {
        let input = (input_steps / 32_768.0) as f32;
        let (mut left, mut right) = (vec![input; 400_000], vec![input; 400_000]);
        stage(params).process(&mut [&mut left, &mut right]);
        let errors = left.iter().chain(&right).map(|sample| f64::from(*sample) * 32_768.0 - input_steps);
        let (sum, squares) = errors.fold((0.0, 0.0), |(sum, squares), error| (sum + error, squares + error * error));
        (sum / 800_000.0, squares / 800_000.0)
    }

    #[test]
    fn triangular_dither_makes_the_error_independent_of_the_signal() {
        for input_steps in [0.0, 0.25, 0.5, 1000.3] {
            let (mean, power) = error(input_steps, OutputParams { blank_silence: false, ..sixteen(Dither::Tpdf) });
            // 800000 errors of power 1/4: the mean's deviation is 0.0006 steps, the power's below 0.0005; four of each.
            assert!(mean.abs() < 0.0024 && (power - 0.25).abs() < 0.002, "{input_steps}: {mean} {power}");
        }
    }

    #[test]
    fn channels_have_independent_noise_and_two_renders_are_equal() {
        let render = |seed| {
            let (mut left, mut right) = (vec![0.1; 4096], vec![0.1; 4096]);
            stage(OutputParams { seed, ..sixteen(Dither::Tpdf) }).process(&mut [&mut left, &mut right]);
            (left, right)
        };
        let (left, right) = render(1);
        assert_ne!(left, right);
        assert_eq!(render(1), (left, right));
        assert_ne!(render(1).0, render(2).0);
    }

    #[test]
    fn silence_stays_silent_and_quiet_sound_does_not() {
        let mut stage = stage(sixteen(Dither::Tpdf));
        let mut left = vec![0.0; 512];
        left[100] = 1e-6;
        let mut right = vec![0.0; 512];
        stage.process(&mut [&mut left, &mut right]);
        assert!(right.iter().all(|sample| *sample == 0.0));
        assert!(left[..100].iter().chain(&left[165..]).all(|sample| *sample == 0.0));
        assert!(left[100..165].iter().any(|sample| *sample != 0.0));
    }

    #[test]
    fn the_ceiling_and_full_scale_hold_after_rounding() {
        let ceiling = gain_from_db(-1.0);
        let just_below = crate::units::f32_at_most(ceiling);
        let mut stage = stage(sixteen(Dither::Tpdf));
        stage.set_ceiling(Some(-1.0));
        let (mut left, mut right) = (vec![just_below; 4096], vec![-just_below; 4096]);
        stage.process(&mut [&mut left, &mut right]);
        assert!(left.iter().chain(&right).all(|sample| f64::from(sample.abs()) <= ceiling));
        stage.set_ceiling(None);
        let (mut left, mut right) = (vec![1.5; 64], vec![-1.5; 64]);
        stage.process(&mut [&mut left, &mut right]);
        assert!(left.iter().all(|sample| *sample == 32_767.0 / 32_768.0) && right.iter().all(|sample| *sample == -1.0));
    }

    #[test]
    fn without_dither_a_sample_of_the_word_length_keeps_its_bits() {
        let mut left: Vec<f32> = (-32_768..32_768).map(|code| code as f32 / 32_768.0).collect();
        let expected = left.clone();
        let mut right = left.clone();
        stage(sixteen(Dither::None)).process(&mut [&mut left, &mut right]);
        assert_eq!((&left, &right), (&expected, &expected));
    }
}
