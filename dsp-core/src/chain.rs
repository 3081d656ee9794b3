//! The mastering chain: the one that every plugin and the command run.
//!
//! entrance -> input -> (equalizer, compressor, imager in the order asked) -> limiter -> output. The entrance silences and
//! counts what is not sound. The three movable modules are not in this version: settings that ask something of them are
//! refused by [`ChainSettings::check_supported`], and at rest they would return their input.

mod monitor;
mod switchable;

pub use monitor::{ChainMonitor, HistoryFrame};
pub use switchable::Switchable;

use monitor::ChainReporter;

use crate::entrance::silence_invalid;
use crate::input::InputStage;
use crate::limiter::Limiter;
use crate::output::OutputStage;
use crate::planar::with_frames;
use crate::processor::{Processor, Spec, SpecError};
use crate::settings::ChainSettings;

/// All modules in one processor.
pub struct MasteringChain {
    settings: ChainSettings,
    input: InputStage,
    limiter: Switchable<Limiter>,
    output: OutputStage,
    /// Samples silenced at the entrance since `prepare` or `reset`.
    silenced_samples: u64,
    reporter: ChainReporter,
    /// The reading end until someone takes it.
    monitor: Option<ChainMonitor>,
}

impl Default for MasteringChain {
    fn default() -> Self {
        let (reporter, monitor) = ChainReporter::new();
        Self {
            settings: ChainSettings::default(),
            input: InputStage::default(),
            limiter: Switchable::new(Limiter::default()),
            output: OutputStage::default(),
            silenced_samples: 0,
            reporter,
            monitor: Some(monitor),
        }
    }
}

impl MasteringChain {
    /// How many samples were not finite or louder than +120 dBFS, and were silenced, since `prepare` or `reset`.
    pub fn silenced_samples(&self) -> u64 {
        self.silenced_samples
    }

    /// The reader of what the limiter does, for another thread; there is one, so a second call returns `None`.
    pub fn take_monitor(&mut self) -> Option<ChainMonitor> {
        self.monitor.take()
    }

    fn apply(&mut self) {
        let limiter = &self.settings.limiter;
        self.input.set_params(&self.settings.input);
        self.limiter.set_params(limiter);
        self.limiter.set_enabled(limiter.enabled);
        self.output.set_params(&self.settings.output);
        self.output.set_ceiling(limiter.enabled.then_some(limiter.ceiling_dbtp));
    }

    /// The limiter, and what it tells of itself.
    fn limit(&mut self, channels: &mut [&mut [f32]]) {
        let frames = channels.first().map_or(0, |channel| channel.len());
        let mut start = 0;
        while start < frames {
            let end = frames.min(start.saturating_add(self.reporter.frames_at_once()));
            with_frames(channels, start..end, |part| {
                let hops = self.limiter.module().hops();
                self.limiter.process(part);
                self.reporter.note(self.limiter.module_mut(), hops, part);
            });
            start = end;
        }
    }
}

impl Processor for MasteringChain {
    type Params = ChainSettings;

    fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError> {
        self.input.prepare(spec)?;
        self.limiter.prepare(spec)?;
        self.output.prepare(spec)?;
        self.silenced_samples = 0;
        Ok(())
    }

    fn reset(&mut self) {
        self.input.reset();
        self.limiter.reset();
        self.output.reset();
        self.silenced_samples = 0;
    }

    fn latency(&self) -> usize {
        self.limiter.latency()
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
        self.limit(channels);
        self.output.process(channels);
    }
}
