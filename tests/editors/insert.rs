//! An insert in small that hears what a test plays, and its editor in a window.

use std::sync::Arc;

use egui_kittest::kittest::Queryable;
use egui_kittest::{Harness, SnapshotOptions, SnapshotResult};
use runout_dsp_core::chain::MasteringChain;
use runout_dsp_core::loudness::{Meter, Readings};
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{ChainSettings, Module, parameters};
use runout_dsp_core::timeline::Timeline;
use runout_gui::editor::Editor;
use runout_gui::editors::{CompressorEditor, EqualizerEditor, ImagerEditor, LimiterEditor, MasterEditor, MeterEditor};
use runout_gui::egui::{self, Modifiers};
use runout_gui::feed::{Feed, Status};
use runout_gui::look::Theme;
use runout_gui::parameters::Parameters;
use runout_gui::preferences::Preferences;
use runout_gui::presets::Presets;

use crate::hand::{self, FRAMES};
use crate::stand_in::{Call, StandIn};

/// The rate of everything that is played, Hz.
pub const SAMPLE_RATE: f64 = 48_000.0;

/// Frames of a block: a hop, so that every frame of the timeline is whole.
const BLOCK_FRAMES: usize = 64;

/// A plugin in small: what it is made of and how its editor is made.
pub struct Plugin {
    /// Its modules; with none, the sound passes as it is.
    pub modules: &'static [Module],
    /// What the footer says of its load.
    pub cpu_share: f32,
    /// Its editor.
    pub make: fn(Feed, Arc<Preferences>, Presets) -> Box<dyn Editor>,
}

/// Runout Limiter.
pub const LIMITER: Plugin = Plugin {
    modules: &[Module::Limiter],
    cpu_share: 0.006,
    make: |feed, preferences, presets| Box::new(LimiterEditor::new(feed, preferences, presets)),
};

/// Runout Compressor.
pub const COMPRESSOR: Plugin = Plugin {
    modules: &[Module::Compressor],
    cpu_share: 0.011,
    make: |feed, preferences, presets| Box::new(CompressorEditor::new(feed, preferences, presets)),
};

/// Runout Equalizer.
pub const EQUALIZER: Plugin = Plugin {
    modules: &[Module::Equalizer],
    cpu_share: 0.009,
    make: |feed, preferences, presets| Box::new(EqualizerEditor::new(feed, preferences, presets)),
};

/// Runout Imager.
pub const IMAGER: Plugin = Plugin {
    modules: &[Module::Imager],
    cpu_share: 0.003,
    make: |feed, preferences, presets| Box::new(ImagerEditor::new(feed, preferences, presets)),
};

/// Runout Master.
pub const MASTER: Plugin = Plugin {
    modules: &[Module::Equalizer, Module::Compressor, Module::Imager, Module::Limiter],
    cpu_share: 0.018,
    make: |feed, preferences, presets| Box::new(MasterEditor::new(feed, preferences, presets)),
};

/// Runout Meter.
pub const METER: Plugin = Plugin {
    modules: &[],
    cpu_share: 0.004,
    make: |feed, preferences, presets| Box::new(MeterEditor::new(feed, preferences, presets)),
};

/// The chain, the meter after it and the timeline, as the plugins have them.
pub struct Insert {
    chain: Option<MasteringChain>,
    meter: Meter,
    timeline: Timeline,
}

impl Insert {
    /// An insert of some channels, with the feed of its editor.
    fn new(plugin: &Plugin, channels: usize) -> (Self, Feed) {
        let spec = Spec { sample_rate: SAMPLE_RATE, max_block: BLOCK_FRAMES, channels };
        let mut chain = (!plugin.modules.is_empty()).then(|| MasteringChain::of(plugin.modules));
        let mut meter = Meter::new();
        chain.iter_mut().for_each(|chain| chain.prepare(&spec).unwrap());
        meter.prepare(&spec).unwrap();
        let (timeline, reader) = Timeline::new();
        let status = Arc::new(Status::default());
        status.set_format(SAMPLE_RATE as f32, chain.as_ref().map_or(0, Processor::latency), channels);
        status.set_cpu_share(plugin.cpu_share);
        let feed = Feed {
            controls: meter.controls(),
            log: meter.take_log().unwrap(),
            meter: meter.take_monitor().unwrap(),
            timeline: reader,
            spectrum: chain.as_mut().and_then(MasteringChain::take_spectrum),
            compressor: chain.as_mut().and_then(MasteringChain::take_compressor),
            imager: chain.as_mut().and_then(MasteringChain::take_imager),
            status,
        };
        (Self { chain, meter, timeline }, feed)
    }

    /// Plays a signal of whole hops with the parameters of a host.
    pub fn play(&mut self, signal: &[Vec<f32>], host: &StandIn) {
        let mut settings = ChainSettings::default();
        for parameter in parameters() {
            parameter.set(&mut settings, f64::from(host.value(&parameter.id).unwrap()));
        }
        self.chain.iter_mut().for_each(|chain| chain.set_params(&settings));
        for start in (0..signal[0].len()).step_by(BLOCK_FRAMES) {
            let mut block: Vec<Vec<f32>> =
                signal.iter().map(|channel| channel[start..start + BLOCK_FRAMES].to_vec()).collect();
            let mut block: Vec<&mut [f32]> = block.iter_mut().map(Vec::as_mut_slice).collect();
            self.chain.iter_mut().for_each(|chain| chain.process(&mut block));
            self.meter.process(&mut block);
            let activity = self.chain.as_mut().map(MasteringChain::take_activity);
            self.timeline.note(activity.unwrap_or_default(), &block);
        }
    }

    /// Whether an editor listens.
    pub fn is_heard(&self) -> bool {
        self.timeline.is_open()
    }

    /// What the meter reads.
    pub fn readings(&self) -> Readings {
        self.meter.readings()
    }
}

/// An editor with its insert and a host.
pub struct Window {
    pub editor: Box<dyn Editor>,
    pub host: StandIn,
    pub insert: Insert,
    pub preferences: Arc<Preferences>,
}

/// Opens an editor in a window of a size in points.
pub fn open(plugin: &Plugin, channels: usize, size: [f32; 2], pixels: f32) -> Harness<'static, Window> {
    let preferences = Arc::new(Preferences::new([1000, 620]));
    let (insert, feed) = Insert::new(plugin, channels);
    let presets = Presets::new("Runout", &[], None);
    let editor = (plugin.make)(feed, Arc::clone(&preferences), presets);
    let window = Window { editor, host: StandIn::default(), insert, preferences };
    let mut harness = Harness::builder()
        .with_size(size)
        .with_pixels_per_point(pixels)
        .with_step_dt(1.0 / FRAMES)
        .with_max_steps(64)
        .with_render_cursor(false)
        .with_context_setup(runout_gui::fonts::install)
        .wgpu()
        .build_ui_state(show, window);
    let context = harness.ctx.clone();
    harness.state_mut().editor.opened(&context);
    harness.run_steps(2);
    harness
}

/// Shows the editor over the whole window, as a plugin's window does: the harness leaves a margin around its own.
fn show(ui: &mut egui::Ui, window: &mut Window) {
    let whole = ui.ctx().content_rect();
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(whole));
    ui.set_clip_rect(whole);
    window.editor.show(&mut ui, &window.host);
}

/// Plays the part of a signal from one time to another, s, as many frames of the display as it takes: four a second at
/// first, and 60 a second over the last half, so that everything that moves stands as it does live.
pub fn play(harness: &mut Harness<'_, Window>, signal: &[Vec<f32>], from_s: f64, to_s: f64) {
    const SLOW: usize = 12_000 / BLOCK_FRAMES * BLOCK_FRAMES;
    const LIVE: usize = 800 / BLOCK_FRAMES * BLOCK_FRAMES;
    let (mut at, end) = ((from_s * SAMPLE_RATE) as usize, (to_s * SAMPLE_RATE) as usize);
    while at + SLOW <= end {
        let step = if end - at > 2 * SLOW { SLOW } else { LIVE };
        let part: Vec<Vec<f32>> = signal.iter().map(|channel| channel[at..at + step].to_vec()).collect();
        let window = harness.state_mut();
        window.insert.play(&part, &window.host);
        harness.step();
        at += step;
    }
}

/// Clicks on what has a name.
pub fn click(harness: &mut Harness<'_, Window>, name: &str) {
    harness.get_by_label(name).click();
    harness.run_steps(3);
}

/// What the host hears of one step down with the wheel over a control.
pub fn wheel_over(harness: &mut Harness<'_, Window>, name: &str) -> Vec<Call> {
    let at = hand::middle(harness, name);
    harness.hover_at(at);
    harness.step();
    harness.state().host.take_calls();
    hand::wheel(harness, -1.0, Modifiers::NONE);
    hand::wait(harness, 0.5);
    harness.state().host.take_calls()
}

/// Asserts that calls are one gesture of one set on a parameter.
#[track_caller]
pub fn assert_one_gesture(calls: &[Call], id: &str) {
    let [Call::Begin(begun), Call::Set(set, _), Call::End(ended)] = calls else { panic!("{id}: {calls:?}") };
    assert_eq!([begun, set, ended], [id; 3]);
}

/// Compares a window with the picture of a name. `UPDATE_SNAPSHOTS=1` paints it anew.
pub fn picture(harness: &mut Harness<'_, Window>, name: &str) -> SnapshotResult {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/editors/snapshots");
    // The painter is a software one and exact from run to run; another version of it may round one step otherwise.
    harness.try_snapshot_options(name, &SnapshotOptions::new().output_path(folder).threshold(0.3))
}

/// Chooses a theme.
pub fn set_theme(harness: &mut Harness<'_, Window>, theme: Theme) {
    harness.state().preferences.set_theme(theme);
    harness.run_steps(2);
}
