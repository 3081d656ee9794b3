//! The mastering chain: the one that every plugin and the command run.
//!
//! entrance -> input -> (equalizer, compressor, imager in the order asked) -> limiter -> output. The entrance silences and
//! counts what is not sound.

mod monitor;
mod ordered;
mod switchable;
mod watched;

pub use monitor::ChainMonitor;
pub use switchable::Switchable;

use ordered::Ordered;
use watched::Watched;

use crate::compressor::CompressorReader;
use crate::entrance::silence_invalid;
use crate::input::InputStage;
use crate::limiter::{Activity, Limiter};
use crate::output::OutputStage;
use crate::processor::{Processor, Spec, SpecError};
use crate::settings::{ChainSettings, Module};
use crate::spectrum::SpectrumReader;
use crate::telemetry::{LevelWriter, level_cell};

/// All modules in one processor.
pub struct MasteringChain {
    settings: ChainSettings,
    input: InputStage,
    ordered: Ordered,
    /// `None` in a chain that is made without it.
    limiter: Option<Switchable<Limiter>>,
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
    /// A chain of some modules: one that is left out neither acts nor delays. Input and output stage are in every chain.
    pub fn of(modules: &[Module]) -> Self {
        let (gain_reduction, level_reader) = level_cell();
        Self {
            settings: ChainSettings::default(),
            input: InputStage::default(),
            ordered: Ordered::of(modules),
            limiter: modules.contains(&Module::Limiter).then(|| Switchable::new(Limiter::default())),
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
        if let Some(equalizer) = self.ordered.equalizer() {
            equalizer.module_mut().use_worker();
        }
    }

    /// The reading end of what goes into the equalizer and what leaves it; there is one, so a second call returns `None`,
    /// as does a chain without an equalizer.
    pub fn take_spectrum(&mut self) -> Option<SpectrumReader> {
        self.ordered.equalizer().and_then(Watched::take_spectrum)
    }

    /// The reading end of what the compressor tells of itself; there is one, so a second call returns `None`, as does a
    /// chain without a compressor.
    pub fn take_compressor(&mut self) -> Option<CompressorReader> {
        let compressor = self.ordered.compressor()?;
        let bands = compressor.module_mut().take_bands()?;
        Some(CompressorReader { spectrum: compressor.take_spectrum()?, bands })
    }

    /// The reading end of what goes into the imager and what leaves it; there is one, so a second call returns `None`, as
    /// does a chain without an imager.
    pub fn take_imager(&mut self) -> Option<SpectrumReader> {
        self.ordered.imager().and_then(Watched::take_spectrum)
    }

    /// Has those who watch this chain watch `other`, and those who watch `other` this one: for a chain that takes another's
    /// place. Never allocates. Audio thread.
    pub fn swap_watchers(&mut self, other: &mut Self) {
        std::mem::swap(&mut self.gain_reduction, &mut other.gain_reduction);
        if let Some((equalizer, other)) = self.ordered.equalizer().zip(other.ordered.equalizer()) {
            equalizer.swap_watchers(other);
        }
        if let Some((compressor, other)) = self.ordered.compressor().zip(other.ordered.compressor()) {
            compressor.swap_watchers(other);
            compressor.module_mut().swap_watchers(other.module_mut());
        }
        if let Some((imager, other)) = self.ordered.imager().zip(other.ordered.imager()) {
            imager.swap_watchers(other);
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
        self.ordered.set_params(&self.settings);
        let mut ceiling_dbtp = None;
        if let Some(module) = &mut self.limiter {
            module.set_params(limiter);
            module.set_enabled(limiter.enabled);
            ceiling_dbtp = limiter.enabled.then_some(limiter.ceiling_dbtp);
        }
        self.output.set_params(&self.settings.output);
        self.output.set_ceiling(ceiling_dbtp);
    }

    /// The limiter, and what it tells of itself: nothing while it is out or not yet heard.
    fn limit(&mut self, channels: &mut [&mut [f32]]) {
        let is_empty = channels.first().is_none_or(|channel| channel.is_empty());
        let Some(limiter) = self.limiter.as_mut().filter(|_| !is_empty) else { return };
        let followed = std::mem::take(&mut self.asked);
        limiter.module_mut().follow(followed);
        limiter.process(channels);
        let activity = limiter.module_mut().take_activity();
        self.activity = if limiter.is_heard() { activity } else { Activity::default() };
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
        self.ordered.prepare(spec)?;
        if let Some(limiter) = &mut self.limiter {
            limiter.prepare(spec)?;
        }
        self.output.prepare(spec)?;
        self.silenced_samples = 0;
        self.activity = Activity::default();
        Ok(())
    }

    fn reset(&mut self) {
        self.input.reset();
        self.ordered.reset();
        if let Some(limiter) = &mut self.limiter {
            limiter.reset();
        }
        self.output.reset();
        self.silenced_samples = 0;
        self.activity = Activity::default();
    }

    fn latency(&self) -> usize {
        self.ordered.latency() + self.limiter.as_ref().map_or(0, Switchable::latency)
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
        self.ordered.process(channels);
        self.limit(channels);
        self.output.process(channels);
    }
}
