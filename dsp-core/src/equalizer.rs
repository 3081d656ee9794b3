//! The equalizer: up to 24 bands, linear phase or without latency.
//!
//! [`prototype`] holds the analog responses that both modes answer to. Linear phase: [`kernel`] designs a kernel whose
//! magnitude is the product of the prototypes, the convolver convolves with it in hops, and the linear path moves from
//! kernel to kernel at fixed positions of the stream. Without latency: [`zero_latency`], minimum phase.

mod convolver;
pub mod kernel;
mod linear;
pub mod prototype;
mod split_transform;
pub mod zero_latency;

use crate::dispatch::Instructions;
use crate::entrance::flush_subnormal;
use crate::processor::{MASTERING_RATES_HZ, Processor, Spec, SpecError};
use crate::settings::EqualizerParams;
use crate::smooth::Smoothed;
use crate::units::gain_from_db;
use linear::LinearPhase;

#[cfg(test)]
mod tests;

/// The numbers of channels that are mastered.
const CHANNELS: [usize; 2] = [1, 2];

/// The equalizer. [`EqualizerParams::enabled`] is not its business: the chain switches it. Phase and resolution act from
/// the next [`prepare`](Processor::prepare) on, for they move the latency.
pub struct Equalizer {
    /// Set where a caller wants other instructions than the machine's best.
    instructions: Option<Instructions>,
    /// Whether a thread designs kernels while parameters move.
    threaded: bool,
    params: EqualizerParams,
    path: Option<LinearPhase>,
    output_gain: Smoothed,
    running: bool,
}

impl Default for Equalizer {
    fn default() -> Self {
        Self {
            instructions: None,
            threaded: false,
            params: EqualizerParams::default(),
            path: None,
            output_gain: Smoothed::new(1.0),
            running: false,
        }
    }
}

impl Equalizer {
    /// An equalizer that computes with these instructions, which must be available: to compare sets of instructions.
    pub fn on(instructions: Instructions) -> Self {
        Self { instructions: Some(instructions), ..Self::default() }
    }

    /// Designs kernels on a thread of its own from the next [`prepare`](Processor::prepare) on, so that the audio thread
    /// is spared; the result is the same bit for bit. For hosts that play in real time.
    pub fn use_worker(&mut self) {
        self.threaded = true;
    }
}

impl Processor for Equalizer {
    type Params = EqualizerParams;

    fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError> {
        spec.check(MASTERING_RATES_HZ, &CHANNELS)?;
        let instructions = self.instructions.unwrap_or_else(Instructions::current);
        self.path = Some(LinearPhase::new(spec, &self.params, instructions, self.threaded));
        self.output_gain.prepare(spec.sample_rate);
        self.reset();
        Ok(())
    }

    fn reset(&mut self) {
        self.running = false;
        self.output_gain.jump(gain_from_db(f64::from(self.params.output_gain_db)));
        if let Some(path) = &mut self.path {
            path.reset();
        }
    }

    fn latency(&self) -> usize {
        self.path.as_ref().map_or(0, LinearPhase::latency)
    }

    fn set_params(&mut self, params: &EqualizerParams) {
        if *params == self.params {
            return;
        }
        self.params = *params;
        let gain = gain_from_db(f64::from(params.output_gain_db));
        if self.running {
            self.output_gain.aim(gain);
        } else {
            self.output_gain.jump(gain);
        }
        if let Some(path) = &mut self.path {
            path.set_params(params);
        }
    }

    fn process(&mut self, channels: &mut [&mut [f32]]) {
        self.running |= channels.first().is_some_and(|channel| !channel.is_empty());
        if let Some(path) = &mut self.path {
            path.process(channels);
        }
        self.apply_output_gain(channels);
        flush_subnormal(channels);
    }
}

impl Equalizer {
    fn apply_output_gain(&mut self, channels: &mut [&mut [f32]]) {
        if self.output_gain.is_at_rest() && self.output_gain.value() == 1.0 {
            return;
        }
        let start = self.output_gain;
        for channel in channels {
            self.output_gain = start;
            for sample in channel.iter_mut() {
                *sample = (f64::from(*sample) * self.output_gain.next_value()) as f32;
            }
        }
    }
}
