//! The mastering chain: the one that every plugin and the command run.
//!
//! entrance -> input -> (equalizer, compressor, imager in the order asked) -> limiter -> output. The entrance silences and
//! counts what is not sound. Compressor and imager are not in this version: settings that ask something of them are
//! refused by [`ChainSettings::check_supported`], and at rest they would return their input.

mod monitor;
mod switchable;

pub use monitor::ChainMonitor;
pub use switchable::Switchable;

use crate::entrance::silence_invalid;
use crate::equalizer::Equalizer;
use crate::input::InputStage;
use crate::limiter::{Activity, Limiter};
use crate::output::OutputStage;
use crate::processor::{Processor, Spec, SpecError};
use crate::settings::{ChainSettings, Module};
use crate::telemetry::{LevelWriter, level_cell};

/// All modules in one processor.
pub struct MasteringChain {
    settings: ChainSettings,
    input: InputStage,
    /// `None` in a chain that is made without it.
    equalizer: Option<Switchable<Equalizer>>,
    limiter: Switchable<Limiter>,
    output: OutputStage,
    /// Samples silenced at the entrance since `prepare` or `reset`.
    silenced_samples: u64,
    /// What the limiter did in the last call of `process`.
    activity: Activity,
    /// Whether someone has asked since then.
    asked: bool,
    gain_reduction: LevelWriter,
    /// The reading end until someone takes it.
    monitor: Option<ChainMonitor>,
}

impl Default for MasteringChain {
    fn default() -> Self {
        Self::of(&Module::ALL)
    }
}

impl MasteringChain {
    /// A chain of some modules: a movable one that is left out neither acts nor delays. Input, limiter and output stage are
    /// in every chain.
    pub fn of(modules: &[Module]) -> Self {
        let (gain_reduction, level_reader) = level_cell();
        Self {
            settings: ChainSettings::default(),
            input: InputStage::default(),
            equalizer: modules.contains(&Module::Equalizer).then(|| Switchable::new(Equalizer::default())),
            limiter: Switchable::new(Limiter::default()),
            output: OutputStage::default(),
            silenced_samples: 0,
            activity: Activity::default(),
            asked: false,
            gain_reduction,
            monitor: Some(ChainMonitor::new(level_reader)),
        }
    }

    /// Has threads design what takes long, from the next `prepare` on: for hosts that play in real time. The sound is the
    /// same bit for bit.
    pub fn use_workers(&mut self) {
        if let Some(equalizer) = &mut self.equalizer {
            equalizer.module_mut().use_worker();
        }
    }

    /// How many samples were not finite or louder than +120 dBFS, and were silenced, since `prepare` or `reset`.
    pub fn silenced_samples(&self) -> u64 {
        self.silenced_samples
    }

    /// The reader of what the limiter does, for another thread; there is one, so a second call returns `None`.
    pub fn take_monitor(&mut self) -> Option<ChainMonitor> {
        self.monitor.take()
    }

    /// What the limiter did to the frames that left in the last call of `process`, each with all of its hop of 64; nothing
    /// where it is disabled. The peak of its input is gathered only for who asks after every call, from the second hop
    /// on. Thread: that of `process`.
    pub fn take_activity(&mut self) -> Activity {
        self.asked = true;
        std::mem::take(&mut self.activity)
    }

    fn apply(&mut self) {
        let limiter = &self.settings.limiter;
        self.input.set_params(&self.settings.input);
        if let Some(equalizer) = &mut self.equalizer {
            equalizer.set_params(&self.settings.equalizer);
            equalizer.set_enabled(self.settings.equalizer.enabled);
        }
        self.limiter.set_params(limiter);
        self.limiter.set_enabled(limiter.enabled);
        self.output.set_params(&self.settings.output);
        self.output.set_ceiling(limiter.enabled.then_some(limiter.ceiling_dbtp));
    }

    /// The limiter, and what it tells of itself: nothing while it is out or not yet heard.
    fn limit(&mut self, channels: &mut [&mut [f32]]) {
        if channels.first().is_none_or(|channel| channel.is_empty()) {
            return;
        }
        let followed = std::mem::take(&mut self.asked);
        self.limiter.module_mut().follow(followed);
        self.limiter.process(channels);
        let activity = self.limiter.module_mut().take_activity();
        self.activity = if self.limiter.is_heard() { activity } else { Activity::default() };
        self.gain_reduction.gather(self.activity.gain_reduction_db);
    }
}

impl Switchable<MasteringChain> {
    /// [`MasteringChain::take_activity`], and nothing while the chain is bypassed.
    pub fn take_activity(&mut self) -> Activity {
        let activity = self.module_mut().take_activity();
        if self.is_heard() { activity } else { Activity::default() }
    }
}

impl Processor for MasteringChain {
    type Params = ChainSettings;

    fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError> {
        self.input.prepare(spec)?;
        if let Some(equalizer) = &mut self.equalizer {
            equalizer.prepare(spec)?;
        }
        self.limiter.prepare(spec)?;
        self.output.prepare(spec)?;
        self.silenced_samples = 0;
        self.activity = Activity::default();
        Ok(())
    }

    fn reset(&mut self) {
        self.input.reset();
        if let Some(equalizer) = &mut self.equalizer {
            equalizer.reset();
        }
        self.limiter.reset();
        self.output.reset();
        self.silenced_samples = 0;
        self.activity = Activity::default();
    }

    fn latency(&self) -> usize {
        self.equalizer.as_ref().map_or(0, Switchable::latency) + self.limiter.latency()
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
        if let Some(equalizer) = &mut self.equalizer {
            equalizer.process(channels);
        }
        self.limit(channels);
        self.output.process(channels);
    }
}
