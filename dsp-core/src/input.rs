//! The input stage: gain, polarity and channel order, first in the chain.
//!
//! left, right -> 2 x 2 matrix (own, crossed) x gain -> left, right. Polarity and swap are one matrix whose four entries are
//! smoothed, so that none of them clicks. The gain is smoothed in decibels: a linear rise by 48 dB does most of it in its
//! first millisecond, which a limiter behind it can only meet with a dent. At rest at the identity the samples are not
//! touched.

use crate::entrance::flush_subnormal;
use crate::processor::{MASTERING_RATES_HZ, Processor, Spec, SpecError};
use crate::settings::InputParams;
use crate::smooth::Smoothed;
use crate::units::gain_from_db;

/// Gain, polarity and swap.
#[derive(Clone, Debug)]
pub struct InputStage {
    params: InputParams,
    /// The gain, dB.
    gain_db: Smoothed,
    /// The gain at rest, linear.
    gain: f64,
    /// What each channel keeps of itself.
    own: [Smoothed; 2],
    /// What each channel takes from the other.
    crossed: [Smoothed; 2],
    channels: usize,
    /// Whether a frame has been processed since `prepare` or `reset`.
    running: bool,
}

impl Default for InputStage {
    fn default() -> Self {
        Self {
            params: InputParams::default(),
            gain_db: Smoothed::new(0.0),
            gain: 1.0,
            own: [Smoothed::new(1.0); 2],
            crossed: [Smoothed::new(0.0); 2],
            channels: 2,
            running: false,
        }
    }
}

impl InputStage {
    /// The entries that the parameters ask for: own and crossed, each for left and right.
    fn entries(&self) -> [f64; 4] {
        let signed = |invert| if invert { -1.0 } else { 1.0 };
        let (left, right) = (signed(self.params.invert_left), signed(self.params.invert_right));
        if self.params.swap && self.channels == 2 { [0.0, 0.0, right, left] } else { [left, right, 0.0, 0.0] }
    }

    /// What the parameters ask for, the gain in dB last.
    fn targets(&self) -> [f64; 5] {
        let [own_left, own_right, crossed_left, crossed_right] = self.entries();
        [own_left, own_right, crossed_left, crossed_right, f64::from(self.params.gain_db)]
    }

    fn smoothed(&mut self) -> [&mut Smoothed; 5] {
        let [own_left, own_right] = &mut self.own;
        let [crossed_left, crossed_right] = &mut self.crossed;
        [own_left, own_right, crossed_left, crossed_right, &mut self.gain_db]
    }

    fn is_at_rest(&self) -> bool {
        self.own.iter().chain(&self.crossed).all(Smoothed::is_at_rest) && self.gain_db.is_at_rest()
    }

    fn take_targets(&mut self) {
        let running = self.running;
        let targets = self.targets();
        self.gain = gain_from_db(targets[4]);
        for (value, target) in self.smoothed().into_iter().zip(targets) {
            if running { value.aim(target) } else { value.jump(target) }
        }
    }
}

impl Processor for InputStage {
    type Params = InputParams;

    fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError> {
        spec.check(MASTERING_RATES_HZ, &[1, 2])?;
        self.channels = spec.channels;
        for value in self.smoothed() {
            value.prepare(spec.sample_rate);
        }
        self.reset();
        Ok(())
    }

    fn reset(&mut self) {
        self.running = false;
        self.take_targets();
    }

    fn latency(&self) -> usize {
        0
    }

    fn set_params(&mut self, params: &InputParams) {
        if *params != self.params {
            self.params = *params;
            self.take_targets();
        }
    }

    fn process(&mut self, channels: &mut [&mut [f32]]) {
        self.running |= channels.first().is_some_and(|channel| !channel.is_empty());
        // Before and after: where the host's flags are set, the CPU takes a subnormal number for zero, and +24 dB would
        // lift it among the others where they are not.
        flush_subnormal(channels);
        match channels {
            [only] if self.is_at_rest() => scale(only, self.own[0].value() * self.gain),
            [only] => self.mix_mono_in_motion(only),
            [left, right] if self.is_at_rest() => {
                let row = |row: &[Smoothed; 2]| [row[0].value() * self.gain, row[1].value() * self.gain];
                mix_at_rest(row(&self.own), row(&self.crossed), left, right);
            }
            [left, right] => self.mix_in_motion(left, right),
            _ => {}
        }
        flush_subnormal(channels);
    }
}

impl InputStage {
    /// Moves by a frame and returns the matrix times the gain.
    fn next_entries(&mut self) -> [f64; 4] {
        let [own_left, own_right, crossed_left, crossed_right, gain_db] =
            self.smoothed().map(|value| value.next_value());
        let gain = if self.gain_db.is_at_rest() { self.gain } else { gain_from_db(gain_db) };
        [own_left, own_right, crossed_left, crossed_right].map(|entry| entry * gain)
    }

    fn mix_mono_in_motion(&mut self, channel: &mut [f32]) {
        for sample in channel {
            let [own, ..] = self.next_entries();
            *sample = (own * f64::from(*sample)) as f32;
        }
    }

    fn mix_in_motion(&mut self, left: &mut [f32], right: &mut [f32]) {
        for (left, right) in left.iter_mut().zip(right) {
            let [own_left, own_right, crossed_left, crossed_right] = self.next_entries();
            let (was_left, was_right) = (f64::from(*left), f64::from(*right));
            *left = (own_left * was_left + crossed_left * was_right) as f32;
            *right = (own_right * was_right + crossed_right * was_left) as f32;
        }
    }
}

/// Two channels with a matrix that stands still: each is only ever itself or the other, scaled.
fn mix_at_rest(own: [f64; 2], crossed: [f64; 2], left: &mut [f32], right: &mut [f32]) {
    let swapped = crossed != [0.0; 2];
    let gains = if swapped { crossed } else { own };
    if swapped {
        left.swap_with_slice(right);
    }
    scale(left, gains[0]);
    scale(right, gains[1]);
}

#[inline(never)]
fn scale(channel: &mut [f32], gain: f64) {
    if gain == 1.0 {
        return;
    }
    for sample in channel {
        *sample = (gain * f64::from(*sample)) as f32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn processed(params: InputParams, mut left: Vec<f32>, mut right: Vec<f32>) -> (Vec<f32>, Vec<f32>) {
        let mut stage = InputStage::default();
        stage.prepare(&Spec { sample_rate: 48_000.0, max_block: 64, channels: 2 }).unwrap();
        stage.set_params(&params);
        stage.process(&mut [&mut left, &mut right]);
        (left, right)
    }

    #[test]
    fn polarity_comes_before_the_swap() {
        let params = InputParams { invert_left: true, swap: true, ..InputParams::default() };
        assert_eq!(processed(params, vec![0.25, 0.5], vec![1.0, 2.0]), (vec![1.0, 2.0], vec![-0.25, -0.5]));
    }

    #[test]
    fn gain_is_in_decibels() {
        let params = InputParams { gain_db: -20.0, ..InputParams::default() };
        let (left, _) = processed(params, vec![1.0], vec![1.0]);
        // Half a step of f32 at 0.1.
        assert!((left[0] - 0.1).abs() < 4e-9);
    }

    #[test]
    fn at_the_defaults_every_bit_stays_but_subnormal_numbers_and_the_sign_of_zero() {
        let odd = vec![-0.0, 1e-40, f32::MIN_POSITIVE, -1.5];
        let expected = vec![0.0, 0.0, f32::MIN_POSITIVE, -1.5];
        let (left, right) = processed(InputParams::default(), odd.clone(), odd);
        let bits = |samples: &[f32]| samples.iter().map(|sample| sample.to_bits()).collect::<Vec<_>>();
        assert_eq!((bits(&left), bits(&right)), (bits(&expected), bits(&expected)));
    }
}
