//! What stands between an insert's input and its output: the mastering chain, or for the meter nothing at all.

use runout_dsp_core::chain::{MasteringChain, Switchable};
use runout_dsp_core::processor::{Spec, SpecError};
use runout_dsp_core::settings::{ChainSettings, Module};
use runout_dsp_core::timeline::Activity;

/// The sound's way through a product.
///
/// Thread: `prepare` belongs to the thread that sets up; all else is the audio thread's and keeps the rules of
/// [`Processor`](runout_dsp_core::processor::Processor).
pub trait Stage: Default + Send + 'static {
    /// See `Processor::prepare`.
    ///
    /// # Errors
    /// A rate or a number of channels that it does not handle.
    fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError>;

    /// See `Processor::reset`.
    fn reset(&mut self);

    /// See `Processor::latency`: bypassed or not.
    fn latency(&self) -> usize;

    /// Takes what the host has set.
    fn set(&mut self, settings: &ChainSettings, is_bypassed: bool);

    /// See `Processor::process`.
    fn process(&mut self, channels: &mut [&mut [f32]]);

    /// What it did to the frames that left in the last call of [`process`](Self::process).
    fn take_activity(&mut self) -> Activity;
}

/// The mastering chain, switched out by the host's bypass without moving the latency.
pub struct ChainStage(Switchable<MasteringChain>);

impl Default for ChainStage {
    fn default() -> Self {
        Self(Switchable::new(MasteringChain::of(&[Module::Limiter])))
    }
}

impl Stage for ChainStage {
    fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError> {
        self.0.prepare(spec)
    }

    fn reset(&mut self) {
        self.0.reset();
    }

    fn latency(&self) -> usize {
        self.0.latency()
    }

    fn set(&mut self, settings: &ChainSettings, is_bypassed: bool) {
        self.0.set_params(settings);
        self.0.set_enabled(!is_bypassed);
    }

    fn process(&mut self, channels: &mut [&mut [f32]]) {
        self.0.process(channels);
    }

    fn take_activity(&mut self) -> Activity {
        self.0.take_activity()
    }
}

/// The sound as it is, bit for bit, bypassed or not: what a meter does to it.
#[derive(Default)]
pub struct Passage;

impl Stage for Passage {
    /// Takes everything: the meter behind it knows what it can read.
    fn prepare(&mut self, _spec: &Spec) -> Result<(), SpecError> {
        Ok(())
    }

    fn reset(&mut self) {}

    fn latency(&self) -> usize {
        0
    }

    fn set(&mut self, _settings: &ChainSettings, _is_bypassed: bool) {}

    fn process(&mut self, _channels: &mut [&mut [f32]]) {}

    fn take_activity(&mut self) -> Activity {
        Activity::default()
    }
}
