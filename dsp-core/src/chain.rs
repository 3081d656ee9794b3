//! The mastering chain: the one that every plugin and the command run.
//!
//! entrance -> input -> (equalizer, compressor, imager in the order asked) -> limiter -> output. The entrance silences and
//! counts what is not sound. The three movable modules are not in this version: settings that ask something of them are
//! refused by [`ChainSettings::check_supported`], and at rest they would return their input.

mod switchable;

pub use switchable::Switchable;

use crate::entrance::silence_invalid;
use crate::input::InputStage;
use crate::output::OutputStage;
use crate::processor::{Processor, Spec, SpecError};
use crate::settings::ChainSettings;

/// All modules in one processor.
#[derive(Default)]
pub struct MasteringChain {
    settings: ChainSettings,
    input: InputStage,
    output: OutputStage,
    /// Samples silenced at the entrance since `prepare` or `reset`.
    silenced_samples: u64,
}

impl MasteringChain {
    /// How many samples were not finite or louder than +120 dBFS, and were silenced, since `prepare` or `reset`.
    pub fn silenced_samples(&self) -> u64 {
        self.silenced_samples
    }

    /// The parameters in force.
    pub fn settings(&self) -> &ChainSettings {
        &self.settings
    }

    fn apply(&mut self) {
        let limiter = &self.settings.limiter;
        self.input.set_params(&self.settings.input);
        self.output.set_params(&self.settings.output);
        self.output.set_ceiling(limiter.enabled.then_some(limiter.ceiling_dbtp));
    }
}

impl Processor for MasteringChain {
    type Params = ChainSettings;

    fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError> {
        self.input.prepare(spec)?;
        self.output.prepare(spec)?;
        self.silenced_samples = 0;
        Ok(())
    }

    fn reset(&mut self) {
        self.input.reset();
        self.output.reset();
        self.silenced_samples = 0;
    }

    fn latency(&self) -> usize {
        0
    }

    fn set_params(&mut self, settings: &ChainSettings) {
        if *settings != self.settings {
            self.settings = *settings;
            self.apply();
        }
    }

    fn process(&mut self, channels: &mut [&mut [f32]]) {
        self.silenced_samples += silence_invalid(channels);
        self.input.process(channels);
        self.output.process(channels);
    }
}
