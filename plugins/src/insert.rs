//! An insert: a stage between a host's input and output and the meter behind it, for every product alike.

use std::marker::PhantomData;
use std::sync::Arc;

use nice_plug::prelude::{
    ActivateContext, AsyncExecutor, AudioIOLayout, AuxiliaryBuffers, Buffer, BufferConfig, ClapFeature, ClapPlugin,
    Params, Plugin, PluginApi, PluginState, ProcessContext, ProcessStatus, RemoteControlsContext, Vst3Plugin,
    Vst3SubCategory,
};
use runout_dsp_core::planar::with_frames;
use runout_dsp_core::processor::Spec;
use runout_dsp_core::settings::{ChainSettings, Module};
use runout_dsp_core::timeline::Activity;
use runout_gui::editor::Editor;
use runout_gui::feed::Feed;
use runout_gui::preferences::Preferences;
use runout_gui::presets::{Presets, user_folder};

use crate::metering::Metering;
use crate::parameters::{HostParameters, complete};
use crate::remote;
use crate::stage::{LatencyChange, Stage};
use crate::wake::Wake;
use crate::window::InsertEditor;

/// What distinguishes one plugin from another.
pub trait Product: Send + 'static {
    /// What the sound passes through.
    type Stage: Stage;
    /// The name that a host shows.
    const NAME: &'static str;
    /// The id in CLAP.
    const CLAP_ID: &'static str;
    /// The class id in VST3.
    const VST3_CLASS_ID: [u8; 16];
    /// One sentence.
    const DESCRIPTION: &'static str;
    /// Where a CLAP host files it.
    const CLAP_FEATURES: &'static [ClapFeature];
    /// Where a VST3 host files it.
    const VST3_SUBCATEGORIES: &'static [Vst3SubCategory];
    /// The channels that it handles, the first by default.
    const LAYOUTS: &'static [AudioIOLayout];
    /// The modules whose parameters it shows; the others stay at rest.
    const MODULES: &'static [Module];
    /// Whether parameters bear their module's name.
    const FULL_NAMES: bool;
    /// The size that its editor opens with at first, points.
    const EDITOR_SIZE: [u32; 2];

    /// Its editor, without a window.
    fn editor(feed: Feed, preferences: Arc<Preferences>, presets: Presets) -> Box<dyn Editor>;
}

/// A plugin that processes what passes through it, and measures it.
pub struct Insert<P: Product> {
    parameters: Arc<HostParameters>,
    /// The parameters last given to the stage.
    settings: ChainSettings,
    stage: P::Stage,
    metering: Metering,
    /// What feeds the editor, until that is made.
    feed: Option<Feed>,
    /// Wakes the editor's window.
    wake: Wake,
    /// Held for as long as the plugin lives.
    alive: Arc<()>,
    /// The latency that the host was told, frames.
    told_latency: usize,
    /// The number of channels that it was activated for.
    channels: usize,
    /// The most frames that stage and meter take at once.
    max_block: usize,
    product: PhantomData<P>,
}

impl<P: Product> Default for Insert<P> {
    fn default() -> Self {
        let preferences = Arc::new(Preferences::new(P::EDITOR_SIZE));
        let wake = Wake::default();
        let mut stage = P::Stage::new(P::MODULES);
        let (metering, feed) = Metering::new(wake.clone(), stage.take_readers());
        Self {
            parameters: Arc::new(HostParameters::new(P::MODULES, P::FULL_NAMES, preferences)),
            settings: ChainSettings::default(),
            stage,
            metering,
            feed,
            wake,
            alive: Arc::new(()),
            told_latency: 0,
            channels: 0,
            max_block: 1,
            product: PhantomData,
        }
    }
}

impl<P: Product> Insert<P> {
    /// Gives the stage what has changed; costs one load where nothing has.
    fn take_parameters(&mut self) {
        if self.parameters.take_changed() {
            self.parameters.collect(&mut self.settings);
            self.stage.set(&self.settings, self.parameters.is_bypassed());
        }
    }

    /// Processes a block in parts that stage and meter take.
    fn process_block(&mut self, channels: &mut [&mut [f32]], frames: usize) {
        let mut start = 0;
        while start < frames {
            let end = frames.min(start + self.frames_at_once());
            with_frames(channels, start..end, |part| pass(&mut self.stage, &mut self.metering, part));
            start = end;
        }
    }

    /// The most frames that stage, meter and timeline take at once.
    fn frames_at_once(&self) -> usize {
        self.max_block.min(self.metering.frames_at_once())
    }
}

/// Passes a part of a block through the stage, and measures what comes out.
fn pass(stage: &mut impl Stage, metering: &mut Metering, part: &mut [&mut [f32]]) {
    stage.process(part);
    // Not asked for what nobody sees, the stage need not gather it.
    let activity = if metering.is_watched() { stage.take_activity() } else { Activity::default() };
    metering.measure(activity, part);
}

impl<P: Product> Plugin for Insert<P> {
    const NAME: &'static str = P::NAME;
    const VENDOR: &'static str = "Runout";
    const URL: &'static str = "";
    const EMAIL: &'static str = "";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const AUDIO_IO_LAYOUTS: &'static [AudioIOLayout] = P::LAYOUTS;
    const SAMPLE_ACCURATE_AUTOMATION: bool = true;
    // The wrapper allocates in `process` beyond this many events in a block.
    const INPUT_EVENT_CAPACITY: usize = 16_384;

    type Editor = InsertEditor;
    type SysExMessage = ();
    type BackgroundTask = ();

    fn params(&self) -> Arc<dyn Params> {
        Arc::clone(&self.parameters) as Arc<dyn Params>
    }

    /// Older states hold fewer parameters.
    fn filter_state(state: &mut PluginState) {
        complete(state, P::MODULES);
    }

    fn editor(&mut self, _executor: AsyncExecutor<Self>) -> Option<Self::Editor> {
        let feed = self.feed.take()?;
        let presets = Presets::new(P::NAME, P::MODULES, user_folder(P::NAME));
        let editor = P::editor(feed, Arc::clone(self.parameters.preferences()), presets);
        let parameters = Arc::clone(&self.parameters);
        let alive = Arc::downgrade(&self.alive);
        Some(InsertEditor::new(P::NAME, editor, parameters, self.wake.clone(), alive))
    }

    fn activate(
        &mut self,
        layout: &AudioIOLayout,
        config: &BufferConfig,
        context: &mut impl ActivateContext<Self>,
    ) -> bool {
        self.channels = layout.main_output_channels.map_or(0, |count| count.get() as usize);
        self.max_block = (config.max_buffer_size as usize).max(1);
        let spec =
            Spec { sample_rate: f64::from(config.sample_rate), max_block: self.max_block, channels: self.channels };
        // What moves the latency takes effect where the stage is prepared: the parameters come first.
        self.take_parameters();
        let change = match context.plugin_api() {
            PluginApi::Clap => LatencyChange::ByRestart,
            PluginApi::Vst3 | PluginApi::Standalone => LatencyChange::ByHandOver,
        };
        // A rate out of range is refused here: the host then leaves the plugin out.
        if self.stage.prepare(&spec, change).is_err() || self.metering.prepare(&spec, self.stage.latency()).is_err() {
            return false;
        }
        self.told_latency = self.stage.latency();
        context.set_latency_samples(self.told_latency as u32);
        true
    }

    /// Forgets the signal. The measurement goes on: hosts reset where the transport jumps, and a long measurement is the
    /// user's to end.
    fn reset(&mut self) {
        self.stage.reset();
        self.metering.reset();
    }

    fn process(
        &mut self,
        buffer: &mut Buffer,
        _aux: &mut AuxiliaryBuffers,
        context: &mut impl ProcessContext<Self>,
    ) -> ProcessStatus {
        self.take_parameters();
        if self.stage.take_restart() {
            context.request_restart();
        }
        self.metering.begin_block(context.transport().playing, self.parameters.preferences().resets_on_play());
        let frames = buffer.samples();
        let channels = buffer.as_slice();
        // The wrappers fill inputs that a host leaves out with silence, and never call with an output that is missing.
        if channels.len() == self.channels && channels.iter().all(|channel| channel.len() == frames) {
            self.process_block(channels, frames);
        }
        if self.stage.latency() != self.told_latency {
            self.told_latency = self.stage.latency();
            self.metering.set_latency(self.told_latency);
            context.set_latency_samples(self.told_latency as u32);
        }
        self.metering.end_block(frames);
        ProcessStatus::Tail(self.stage.tail() as u32)
    }
}

impl<P: Product> ClapPlugin for Insert<P> {
    const CLAP_ID: &'static str = P::CLAP_ID;
    const CLAP_DESCRIPTION: Option<&'static str> = Some(P::DESCRIPTION);
    const CLAP_MANUAL_URL: Option<&'static str> = None;
    const CLAP_SUPPORT_URL: Option<&'static str> = None;
    const CLAP_FEATURES: &'static [ClapFeature] = P::CLAP_FEATURES;

    fn remote_controls(&self, context: &mut impl RemoteControlsContext) {
        remote::add_pages(&self.parameters, P::MODULES, context);
    }
}

impl<P: Product> Vst3Plugin for Insert<P> {
    const VST3_CLASS_ID: [u8; 16] = P::VST3_CLASS_ID;
    const VST3_SUBCATEGORIES: &'static [Vst3SubCategory] = P::VST3_SUBCATEGORIES;
}
