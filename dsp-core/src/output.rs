//! The output stage, always last: dither, quantizing to a word length, and no subnormal sample.
//!
//! sample -> zero if subnormal -> in steps of the word length -> less the errors before, where they are shaped -> plus
//! triangular noise -> rounded -> kept within full scale and under the ceiling -> sample. Triangular noise two steps wide
//! (of two uniform numbers) makes the error's mean and power, 1/4 of a step squared, independent of the signal (Lipshitz,
//! Vanderkooy and Wannamaker, JAES 39(11), 1991); shaping multiplies that power by the sum of its curve's squares.

mod channel;
mod dithering;
mod errors;
mod noise;
mod shaping;
mod word;

use crate::dispatch::Instructions;
use crate::entrance::flush_subnormal;
use crate::processor::{MASTERING_RATES_HZ, Processor, Spec, SpecError};
use crate::settings::{Dither, OutputParams};
use crate::units::gain_from_db;
use channel::Channel;
use dithering::{Quantize, Triangular};
use errors::{Errors, Shaped};
use shaping::curve;
use word::Word;

/// The most channels that are mastered.
const CHANNELS: usize = 2;

/// Word length and dither.
#[derive(Clone, Debug)]
pub struct OutputStage {
    /// Set where a caller wants other instructions than the machine's best.
    wanted_instructions: Option<Instructions>,
    instructions: Instructions,
    params: OutputParams,
    /// What a quantized sample must not exceed where the sample itself did not; linear, 1 is none.
    ceiling: f64,
    sample_rate: f64,
    channels: [Channel; CHANNELS],
    errors: Errors,
}

impl Default for OutputStage {
    fn default() -> Self {
        let params = OutputParams::default();
        Self {
            wanted_instructions: None,
            instructions: Instructions::Baseline,
            params,
            ceiling: 1.0,
            sample_rate: 0.0,
            channels: std::array::from_fn(|place| Channel::new(params.seed, place)),
            errors: Errors::default(),
        }
    }
}

impl OutputStage {
    /// An output stage that computes with these instructions, which must be available: to compare sets of instructions.
    pub fn on(instructions: Instructions) -> Self {
        Self { wanted_instructions: Some(instructions), ..Self::default() }
    }

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
        self.instructions = self.wanted_instructions.unwrap_or_else(Instructions::current);
        self.sample_rate = spec.sample_rate;
        self.reset();
        Ok(())
    }

    fn reset(&mut self) {
        let seed = self.params.seed;
        self.channels = std::array::from_fn(|place| Channel::new(seed, place));
        self.errors = Errors::default();
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
        let Some(bits) = self.params.bit_depth.bits() else {
            flush_subnormal(channels);
            return;
        };
        let Self { instructions, params, .. } = *self;
        let (word, blank_silence) = (Word::new(bits, self.ceiling), params.blank_silence);
        match params.dither {
            Dither::Auto | Dither::None => {
                channels.iter_mut().for_each(|samples| instructions.run(Quantize { samples, word }));
            }
            Dither::Tpdf => {
                for (samples, channel) in channels.iter_mut().zip(&mut self.channels) {
                    instructions.run(Triangular { samples, word, channel, blank_silence });
                }
            }
            Dither::Shaped => {
                let samples: [&mut [f32]; CHANNELS] = match channels {
                    [left, right, ..] => [left, right],
                    [one] => [one, &mut []],
                    [] => return,
                };
                let curve = curve(params.shape, self.sample_rate);
                let (channels, errors) = (&mut self.channels, &mut self.errors);
                instructions.run(Shaped { samples, word, curve, channels, errors, blank_silence });
            }
        }
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

    /// Music's stand-in: a tone that fades to silence and comes back, and passes through zeros.
    fn played(mut stage: OutputStage, params: OutputParams, blocks: &[usize]) -> [Vec<f32>; 2] {
        stage.set_params(&params);
        stage.prepare(&Spec { sample_rate: 48_000.0, max_block: 8192, channels: 2 }).unwrap();
        let tone = |hz: f64, frame: usize| (0.3 * (frame as f64 * hz / 7639.4).sin()) as f32;
        let [mut left, mut right] = [(997.0, 3000..3700), (1313.0, 3100..3150)].map(|(hz, silence)| {
            (0..8192).map(|frame| if silence.contains(&frame) { 0.0 } else { tone(hz, frame) }).collect::<Vec<_>>()
        });
        let mut start = 0;
        for block in blocks.iter().cycle() {
            let end = (start + block).min(8192);
            stage.process(&mut [&mut left[start..end], &mut right[start..end]]);
            start = end;
            if start == 8192 {
                return [left, right];
            }
        }
        [left, right]
    }

    #[test]
    fn every_set_of_instructions_and_every_block_gives_the_same_codes() {
        for dither in [Dither::None, Dither::Tpdf, Dither::Shaped] {
            let expected = played(OutputStage::on(Instructions::Baseline), sixteen(dither), &[8192]);
            for set in Instructions::available() {
                for blocks in [&[1][..], &[7, 64, 65, 3], &[512], &[8192]] {
                    assert!(
                        played(OutputStage::on(set), sixteen(dither), blocks) == expected,
                        "{dither:?}, {set:?}, blocks of {blocks:?}"
                    );
                }
            }
        }
    }
}
