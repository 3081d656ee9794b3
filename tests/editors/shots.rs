//! The README's pictures: each editor while the mix of `cargo xtask demo` plays through the real chain and meter.
//!
//! They are compared as all others are; `cargo xtask shots` paints them anew.

use std::sync::Arc;

use egui_kittest::kittest::Queryable;
use egui_kittest::{Harness, SnapshotOptions, SnapshotResults};
use runout_dsp_core::processor::{GRID_FRAMES, Spec};
use runout_dsp_core::settings::{ChainSettings, Module, parameters};
use runout_gui::editor::Editor;
use runout_gui::editors::{CompressorEditor, EqualizerEditor, ImagerEditor, LimiterEditor, MasterEditor, MeterEditor};
use runout_gui::egui::{Key, Ui, UiBuilder};
use runout_gui::feed::Feed;
use runout_gui::fonts;
use runout_gui::look::Theme;
use runout_gui::preferences::Preferences;
use runout_gui::presets::Presets;
use runout_plugins::chain_stage::ChainStage;
use runout_plugins::metering::Metering;
use runout_plugins::stage::{LatencyChange, Stage};
use runout_plugins::wake::Wake;
use runout_tests::music::demo_mix;

use crate::equalizer::designed_values;
use crate::stand_in::StandIn;

const SAMPLE_RATE: f64 = 48_000.0;

/// The time of the mix at which a picture is taken: in its chorus, just behind a drum, s.
const MOMENT_S: f64 = 43.63;

/// Frames between two pictures that the editor draws: coarse at first, those of a screen over the last seconds.
const COARSE_FRAMES: usize = 200 * GRID_FRAMES;
const FINE_FRAMES: usize = 12 * GRID_FRAMES;
const FINE_S: f64 = 4.0;

/// The equalizer's resolution, High.
const FINE: &[(&str, f32)] = &[("equalizer.resolution", 2.0)];

/// Four bands that hold the mix together.
const GLUE: &[(&str, f32)] = &[
    ("compressor.bands", 4.0),
    ("compressor.crossover_hz.2", 1000.0),
    ("compressor.crossover_hz.3", 6000.0),
    ("compressor.auto_makeup", 1.0),
    ("compressor.output_gain_db", -3.0),
    ("compressor.band.1.threshold_db", -18.0),
    ("compressor.band.1.ratio", 2.5),
    ("compressor.band.1.release_ms", 180.0),
    ("compressor.band.2.threshold_db", -24.0),
    ("compressor.band.2.ratio", 2.0),
    ("compressor.band.2.range_db", 24.0),
    ("compressor.band.3.threshold_db", -22.0),
    ("compressor.band.3.ratio", 1.8),
    ("compressor.band.3.attack_ms", 5.0),
    ("compressor.band.4.threshold_db", -24.0),
    ("compressor.band.4.ratio", 1.6),
    ("compressor.band.4.attack_ms", 2.0),
    ("compressor.band.4.release_ms", 70.0),
];

/// A solid low end and a wide top.
const WIDE_TOP: &[(&str, f32)] = &[
    ("imager.phase", 1.0),
    ("imager.bands", 3.0),
    ("imager.crossover_hz.1", 250.0),
    ("imager.crossover_hz.2", 4000.0),
    ("imager.mono_below_hz", 110.0),
    ("imager.band.1.width", 0.6),
    ("imager.band.3.width", 1.35),
    ("imager.band.3.decorrelation", 0.2),
];

/// One picture.
struct Shot {
    /// The file's name.
    name: &'static str,
    /// The plugin, and the modules of which it has the parameters.
    plugin: &'static str,
    modules: &'static [Module],
    make: fn(Feed, Arc<Preferences>, Presets) -> Box<dyn Editor>,
    size: [f32; 2],
    theme: Theme,
    /// What is off its default, beside the equalizer's bands where there are some.
    values: &'static [(&'static str, f32)],
    has_bands: bool,
    /// The card that is chosen and the key that is pressed, before anything is heard.
    card: Option<&'static str>,
    key: Option<Key>,
}

/// Into the limiter, so that the mix meets its target, and so that it is over it.
const ON_TARGET: &[(&str, f32)] = &[("limiter.input_gain_db", 3.7)];
const EQUALIZED_ON_TARGET: &[(&str, f32)] = &[("limiter.input_gain_db", 3.9)];
const OVER: &[(&str, f32)] = &[("limiter.input_gain_db", 4.5)];

const SHOTS: [Shot; 7] = [
    Shot { name: "limiter", theme: Theme::Dark, ..LIMITER },
    Shot { name: "limiter-light", theme: Theme::Light, ..LIMITER },
    Shot {
        name: "equalizer",
        plugin: "Runout Equalizer",
        modules: &[Module::Equalizer],
        make: |feed, preferences, presets| Box::new(EqualizerEditor::new(feed, preferences, presets)),
        values: FINE,
        has_bands: true,
        key: Some(Key::Num3),
        ..LIMITER
    },
    Shot {
        name: "compressor",
        plugin: "Runout Compressor",
        modules: &[Module::Compressor],
        make: |feed, preferences, presets| Box::new(CompressorEditor::new(feed, preferences, presets)),
        values: GLUE,
        key: Some(Key::Num2),
        ..LIMITER
    },
    Shot {
        name: "imager",
        plugin: "Runout Imager",
        modules: &[Module::Imager],
        make: |feed, preferences, presets| Box::new(ImagerEditor::new(feed, preferences, presets)),
        values: WIDE_TOP,
        key: Some(Key::Num3),
        ..LIMITER
    },
    Shot {
        name: "meter",
        plugin: "Runout Meter",
        modules: &[],
        make: |feed, preferences, presets| Box::new(MeterEditor::new(feed, preferences, presets)),
        // What arrives has been mastered, too loud.
        values: OVER,
        ..LIMITER
    },
    Shot {
        name: "master",
        plugin: "Runout Master",
        modules: &Module::ALL,
        make: |feed, preferences, presets| Box::new(MasterEditor::new(feed, preferences, presets)),
        size: [1280.0, 760.0],
        values: EQUALIZED_ON_TARGET,
        has_bands: true,
        card: Some("Equalizer"),
        key: Some(Key::Num3),
        ..LIMITER
    },
];

const LIMITER: Shot = Shot {
    name: "",
    plugin: "Runout Limiter",
    modules: &[Module::Limiter],
    make: |feed, preferences, presets| Box::new(LimiterEditor::new(feed, preferences, presets)),
    size: [1000.0, 620.0],
    theme: Theme::Dark,
    values: ON_TARGET,
    has_bands: false,
    card: None,
    key: None,
};

/// A plugin without its host.
struct Insert {
    stage: ChainStage,
    metering: Metering,
    editor: Box<dyn Editor>,
    host: StandIn,
}

impl Insert {
    /// The insert of a picture, with a preset of its values.
    fn new(shot: &Shot, presets: Presets) -> Self {
        let host = StandIn::default();
        let bands = if shot.has_bands { designed_values() } else { Vec::new() };
        bands.iter().for_each(|(id, value)| host.automate(id, *value));
        shot.values.iter().for_each(|(id, value)| host.automate(id, *value));
        let mut presets = presets;
        if !presets.is_empty() {
            presets.save_as("Night Cut, streaming", &host).unwrap();
        }
        let mut settings = ChainSettings::default();
        parameters().iter().for_each(|known| known.set(&mut settings, f64::from(host.get(&known.id))));
        let spec = Spec { sample_rate: SAMPLE_RATE, max_block: GRID_FRAMES, channels: 2 };
        // What reaches the meter has been limited.
        let mut stage = ChainStage::new(if shot.modules.is_empty() { &[Module::Limiter] } else { shot.modules });
        stage.set(&settings, false);
        stage.prepare(&spec, LatencyChange::ByRestart).unwrap();
        let (mut metering, feed) = Metering::new(Wake::default(), stage.take_readers());
        let latency_frames = if shot.modules.is_empty() { 0 } else { stage.latency() };
        metering.prepare(&spec, latency_frames).unwrap();
        let feed = feed.unwrap();
        // What a machine has measured once, so that the picture is the same on every one.
        feed.status.set_cpu_share(0.004);
        feed.status.set_playing(true);
        let preferences = Arc::new(Preferences::new(shot.size.map(|side| side as u32)));
        preferences.set_theme(shot.theme);
        Self { stage, metering, editor: (shot.make)(feed, preferences, presets), host }
    }

    /// Plays a part of the mix, hop by hop.
    fn play(&mut self, mix: &[Vec<f32>], start: usize, end: usize) {
        for hop in (start..end).step_by(GRID_FRAMES) {
            let mut block: Vec<Vec<f32>> = mix.iter().map(|channel| channel[hop..hop + GRID_FRAMES].to_vec()).collect();
            let mut block: Vec<&mut [f32]> = block.iter_mut().map(Vec::as_mut_slice).collect();
            self.stage.process(&mut block);
            let activity = self.stage.take_activity();
            self.metering.measure(activity, &mut block);
        }
    }
}

/// Plays the mix to an editor in a window of two pixels a point, up to the moment of the picture.
fn played(shot: &Shot, mix: &[Vec<f32>], presets: Presets) -> Harness<'static, Insert> {
    let show = |ui: &mut Ui, insert: &mut Insert| {
        let whole = ui.content_rect();
        ui.scope_builder(UiBuilder::new().max_rect(whole), |ui| {
            ui.set_clip_rect(whole);
            insert.editor.show(ui, &insert.host);
        });
    };
    let mut harness = Harness::builder()
        .with_size(shot.size)
        .with_pixels_per_point(2.0)
        .with_step_dt(FINE_FRAMES as f32 / SAMPLE_RATE as f32)
        .with_max_steps(64)
        .with_render_cursor(false)
        .with_context_setup(fonts::install)
        .wgpu()
        .build_ui_state(show, Insert::new(shot, presets));
    let context = harness.ctx.clone();
    harness.state_mut().editor.opened(&context);
    if let Some(card) = shot.card {
        harness.run_steps(2);
        harness.get_by_label(card).click();
        harness.run_steps(2);
        harness.remove_cursor();
    }
    if let Some(key) = shot.key {
        harness.run_steps(2);
        harness.key_press(key);
        harness.run_steps(2);
    }
    let hop = |time_s: f64| (time_s * SAMPLE_RATE) as usize / GRID_FRAMES * GRID_FRAMES;
    let (fine, moment) = (hop(MOMENT_S - FINE_S), hop(MOMENT_S));
    let mut at = 0;
    while at < moment {
        let end = if at < fine { (at + COARSE_FRAMES).min(fine) } else { (at + FINE_FRAMES).min(moment) };
        harness.state_mut().play(mix, at, end);
        harness.step();
        at = end;
    }
    harness
}

#[test]
fn the_readme_shows_the_editors_as_they_are() {
    let mix = demo_mix(SAMPLE_RATE);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/images");
    // Other instructions round the sound otherwise, below -120 dBFS: here and there a pixel of a curve.
    let options = SnapshotOptions::new().output_path(folder).threshold(0.6).max_failed_pixels(2_000);
    let mut results = SnapshotResults::new();
    for shot in &SHOTS {
        let kept = tempfile::tempdir().unwrap();
        let presets = Presets::new(shot.plugin, shot.modules, Some(kept.path().to_owned()));
        let mut harness = played(shot, &mix, presets);
        results.add(harness.try_snapshot_options(shot.name, &options));
    }
}
