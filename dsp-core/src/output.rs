//! The output stage, always last: dither, quantizing to a word length, and no subnormal sample.
//!
//! sample -> zero if subnormal -> in steps of the word length -> plus triangular noise -> rounded -> kept within full
//! scale and under the ceiling -> sample. Triangular noise two steps wide (of two uniform numbers) makes the error's mean and power, 1/4 of a
//! step squared, independent of the signal (Lipshitz, Vanderkooy and Wannamaker, JAES 39(11), 1991).

use crate::entrance::flush_subnormal;
use crate::processor::{MASTERING_RATES_HZ, MAX_CHANNELS, Processor, Spec, SpecError};
use crate::settings::{Dither, OutputParams};
use crate::units::gain_from_db;

/// How many frames of digital silence end the dither: long enough that a waveform which passes through zero keeps it.
const BLANK_AFTER_FRAMES: u32 = 64;

/// Word length and dither.
#[derive(Clone, Debug)]
pub struct OutputStage {
    params: OutputParams,
    /// What a quantized sample must not exceed where the sample itself did not; linear, 1 is none.
    ceiling: f64,
    noise: [Noise; MAX_CHANNELS],
    /// Zeros in a row of each channel, counted up to [`BLANK_AFTER_FRAMES`].
    zeros: [u32; MAX_CHANNELS],
}

impl Default for OutputStage {
    fn default() -> Self {
        let params = OutputParams::default();
        let mut stage = Self { params, ceiling: 1.0, noise: [Noise(0); MAX_CHANNELS], zeros: [0; MAX_CHANNELS] };
        stage.reset();
        stage
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
        self.reset();
        Ok(())
    }

    fn reset(&mut self) {
        for (channel, noise) in self.noise.iter_mut().enumerate() {
            *noise = Noise::new(self.params.seed, channel);
        }
        self.zeros = [BLANK_AFTER_FRAMES; MAX_CHANNELS];
    }

    fn latency(&self) -> usize {
        0
    }

    fn set_params(&mut self, params: &OutputParams) {
        let reseeded = params.seed != self.params.seed;
        self.params = *params;
        if reseeded {
            for (channel, noise) in self.noise.iter_mut().enumerate() {
                *noise = Noise::new(params.seed, channel);
            }
        }
    }

    fn process(&mut self, channels: &mut [&mut [f32]]) {
        // First: where the host's flags are set, the CPU takes a subnormal number for silence. Rounding makes no new ones.
        flush_subnormal(channels);
        if let Some(bits) = self.params.bit_depth.bits() {
            let word = Word::new(bits, self.ceiling);
            let dithered = matches!(self.params.dither, Dither::Tpdf | Dither::Shaped);
            for ((channel, noise), zeros) in channels.iter_mut().zip(&mut self.noise).zip(&mut self.zeros) {
                match (dithered, self.params.blank_silence) {
                    (false, _) => quantize(channel, &word),
                    (true, false) => dither(channel, &word, noise),
                    (true, true) => dither_but_silence(channel, &word, noise, zeros),
                }
            }
        }
    }
}

/// A word length and the largest codes it may give.
struct Word {
    /// Steps in full scale: 2^(bits - 1).
    steps: f64,
    /// One step; a power of two, so that multiplying by it is exact.
    step: f64,
    lowest: f64,
    highest: f64,
    /// The largest code under the ceiling.
    ceiling: f64,
}

impl Word {
    fn new(bits: u32, ceiling: f64) -> Self {
        let steps = f64::from(1u32 << (bits - 1));
        Self { steps, step: 1.0 / steps, lowest: -steps, highest: steps - 1.0, ceiling: (ceiling * steps).floor() }
    }

    /// The sample with `noise` in steps, as a code, as a sample. A sample that is above the ceiling itself (it was let
    /// through before the ceiling came down) is not clipped here: that would be audible, and is not this stage's work.
    #[inline(always)]
    fn code(&self, sample: f32, noise: f64) -> f32 {
        let exact = f64::from(sample) * self.steps;
        let code = round(exact + noise);
        let limit = if exact.abs() <= self.ceiling + 1.0 { self.ceiling } else { self.steps };
        (code.clamp(-limit, limit).clamp(self.lowest, self.highest) * self.step) as f32
    }
}

/// The nearest whole number, the even one of two, of magnitudes below 2^51: the sum with 1.5 * 2^52 has no bits left for a
/// fraction. `f64::round_ties_even` is a call into the library where the target has no instruction for it.
#[inline(always)]
fn round(value: f64) -> f64 {
    const NO_FRACTION: f64 = 6_755_399_441_055_744.0;
    (value + NO_FRACTION) - NO_FRACTION
}

#[inline(never)]
fn quantize(channel: &mut [f32], word: &Word) {
    for sample in channel {
        *sample = word.code(*sample, 0.0);
    }
}

#[inline(never)]
fn dither(channel: &mut [f32], word: &Word, noise: &mut Noise) {
    for sample in channel {
        *sample = word.code(*sample, noise.triangular());
    }
}

#[inline(never)]
fn dither_but_silence(channel: &mut [f32], word: &Word, noise: &mut Noise, zeros: &mut u32) {
    for sample in channel {
        *zeros = if *sample == 0.0 { (*zeros + 1).min(BLANK_AFTER_FRAMES + 1) } else { 0 };
        // The noise runs on in silence, so that what follows does not depend on how long it was.
        let triangular = noise.triangular();
        *sample = if *zeros > BLANK_AFTER_FRAMES { 0.0 } else { word.code(*sample, triangular) };
    }
}

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): one multiplication chain without a loop-carried dependency but the
/// counter's.
#[derive(Clone, Copy, Debug)]
struct Noise(u64);

impl Noise {
    /// The counter's step: 2^64 over the golden ratio.
    const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

    fn new(seed: u32, channel: usize) -> Self {
        // Far apart on the counter's circle: channels do not meet within any programme.
        Self((u64::from(seed) << 32 | channel as u64).wrapping_mul(0xD134_2543_DE82_EF95))
    }

    /// Triangular noise in steps: between -1 and 1, power 1/6.
    #[inline(always)]
    fn triangular(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(Self::STEP);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let mixed = mixed ^ (mixed >> 31);
        let (high, low) = ((mixed >> 32) as u32, mixed as u32);
        (f64::from(high) - f64::from(low)) / 4_294_967_296.0
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
    fn rounding_is_to_the_nearest_and_to_even_between_two() {
        // The loudest sample that passes the entrance, in steps of 24 bits, is 8.4e12.
        for value in [0.0, 0.5, 1.5, 2.5, 0.499_999_999, 32_767.5, 8_388_607.5, 8.388_608e12 + 0.5] {
            assert_eq!(round(value), value.round_ties_even());
            assert_eq!(round(-value), (-value).round_ties_even());
        }
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
