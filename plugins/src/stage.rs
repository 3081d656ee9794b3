//! What stands between an insert's input and its output: the mastering chain ([`ChainStage`]), or for the meter nothing
//! at all.
//!
//! [`ChainStage`]: crate::chain_stage::ChainStage

use runout_dsp_core::compressor::CompressorReader;
use runout_dsp_core::processor::{Spec, SpecError};
use runout_dsp_core::settings::{ChainSettings, Module};
use runout_dsp_core::spectrum::SpectrumReader;
use runout_dsp_core::timeline::Activity;

/// How a host lets the latency of an active plugin move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LatencyChange {
    /// It activates the plugin anew when it is asked to; until then the latency stays.
    ByRestart,
    /// It goes on, and is told of the new latency in the block where that takes effect.
    ByHandOver,
}

/// The reading ends of what a stage's modules tell an editor, where it has them.
#[derive(Default)]
pub struct Readers {
    /// Of the equalizer.
    pub spectrum: Option<SpectrumReader>,
    /// Of the compressor.
    pub compressor: Option<CompressorReader>,
    /// Of the imager.
    pub imager: Option<SpectrumReader>,
}

/// The sound's way through a product.
///
/// Thread: `new`, `take_readers` and `prepare` belong to the thread that sets up; all else is the audio thread's and
/// keeps the rules of [`Processor`](runout_dsp_core::processor::Processor).
pub trait Stage: Send + 'static {
    /// The way through these modules.
    fn new(modules: &'static [Module]) -> Self;

    /// The reading ends of what the modules tell, once.
    fn take_readers(&mut self) -> Readers;

    /// See `Processor::prepare`; what was set and moves the latency takes effect here.
    ///
    /// # Errors
    /// A rate or a number of channels that it does not handle.
    fn prepare(&mut self, spec: &Spec, change: LatencyChange) -> Result<(), SpecError>;

    /// See `Processor::reset`. A latency that is on its way to another may arrive there.
    fn reset(&mut self);

    /// The delay that is in force, frames: bypassed or not.
    fn latency(&self) -> usize;

    /// How long it sounds when nothing goes in any more, frames; to 120 dB below.
    fn tail(&self) -> usize {
        self.latency()
    }

    /// Takes what the host has set.
    fn set(&mut self, settings: &ChainSettings, is_bypassed: bool);

    /// Whether the host is to be asked to activate the plugin anew, for a setting that waits for it: once for each change.
    fn take_restart(&mut self) -> bool;

    /// See `Processor::process`.
    fn process(&mut self, channels: &mut [&mut [f32]]);

    /// What it did to the frames that left in the last call of [`process`](Self::process).
    fn take_activity(&mut self) -> Activity;
}

/// The sound as it is, bit for bit, bypassed or not: what a meter does to it.
pub struct Passage;

impl Stage for Passage {
    fn new(_modules: &'static [Module]) -> Self {
        Self
    }

    fn take_readers(&mut self) -> Readers {
        Readers::default()
    }

    /// Takes everything: the meter behind it knows what it can read.
    fn prepare(&mut self, _spec: &Spec, _change: LatencyChange) -> Result<(), SpecError> {
        Ok(())
    }

    fn reset(&mut self) {}

    fn latency(&self) -> usize {
        0
    }

    fn set(&mut self, _settings: &ChainSettings, _is_bypassed: bool) {}

    fn take_restart(&mut self) -> bool {
        false
    }

    fn process(&mut self, _channels: &mut [&mut [f32]]) {}

    fn take_activity(&mut self) -> Activity {
        Activity::default()
    }
}
