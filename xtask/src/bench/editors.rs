//! What an editor costs while music plays: to draw a frame, and to make triangles of it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use runout_dsp_core::chain::MasteringChain;
use runout_dsp_core::loudness::Meter;
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{BandChannel, ChainSettings, Module, Parameter, parameters};
use runout_dsp_core::timeline::Timeline;
use runout_gui::editor::Editor;
use runout_gui::editors::{CompressorEditor, EqualizerEditor, ImagerEditor, LimiterEditor, MasterEditor};
use runout_gui::egui::{Context, Pos2, RawInput, Rect, vec2};
use runout_gui::feed::{Feed, Status};
use runout_gui::parameters::Parameters;
use runout_gui::preferences::Preferences;
use runout_gui::presets::Presets;

use super::SAMPLE_RATE;

/// The windows that are drawn, points.
const WINDOWS: [(f32, f32); 3] = [(1000.0, 600.0), (1280.0, 760.0), (1920.0, 1080.0)];

/// Frames of sound for each frame of the display: 60 a second, in whole hops.
const SOUND: usize = 832;

/// Frames that fill the lanes before any is timed: 10 s.
const WARM_UP: usize = 600;

/// The equalizer's bands: frequency in Hz, gain in dB, and what they act on.
const BANDS: [(f32, f32, BandChannel); 7] = [
    (28.0, -3.0, BandChannel::Stereo),
    (92.0, 1.6, BandChannel::Mid),
    (238.0, -2.1, BandChannel::Stereo),
    (1150.0, 0.9, BandChannel::Mid),
    (3350.0, -1.5, BandChannel::Side),
    (9600.0, 2.2, BandChannel::Side),
    (16_000.0, 1.0, BandChannel::Stereo),
];

/// The thresholds of the compressor's bands, dBFS; each has a ratio of 2.
const THRESHOLDS_DB: [f32; 4] = [-20.0, -24.0, -27.0, -33.0];

/// Values as a host keeps them; nobody moves them here.
struct Values {
    known: BTreeMap<String, Parameter>,
    values: RefCell<BTreeMap<String, f32>>,
}

impl Parameters for Values {
    fn value(&self, id: &str) -> Option<f32> {
        self.values.borrow().get(id).copied()
    }

    fn default_value(&self, id: &str) -> Option<f32> {
        self.known.get(id).map(Parameter::default_value)
    }

    fn text(&self, id: &str, value: f32) -> Option<String> {
        self.known.get(id).map(|parameter| parameter.kind.shown(value))
    }

    fn begin(&self, _id: &str) {}

    fn set(&self, id: &str, value: f32) {
        self.values.borrow_mut().insert(id.to_owned(), value);
    }

    fn end(&self, _id: &str) {}
}

impl Values {
    /// Every parameter at its default, but 6 dB into the limiter, seven bands of the equalizer and four of the compressor.
    fn new() -> Self {
        let known: BTreeMap<String, Parameter> =
            parameters().into_iter().map(|parameter| (parameter.id.clone(), parameter)).collect();
        let values = known.iter().map(|(id, parameter)| (id.clone(), parameter.default_value())).collect();
        let values = Self { known, values: RefCell::new(values) };
        values.set("limiter.input_gain_db", 6.0);
        for (index, (frequency_hz, gain_db, channel)) in BANDS.into_iter().enumerate() {
            let set = |field: &str, value: f32| values.set(&format!("equalizer.band.{}.{field}", index + 1), value);
            set("enabled", 1.0);
            set("frequency_hz", frequency_hz);
            set("gain_db", gain_db);
            set("channel", channel.index());
        }
        values.set("compressor.bands", THRESHOLDS_DB.len() as f32);
        for (index, threshold_db) in THRESHOLDS_DB.into_iter().enumerate() {
            values.set(&format!("compressor.band.{}.threshold_db", index + 1), threshold_db);
            values.set(&format!("compressor.band.{}.ratio", index + 1), 2.0);
        }
        values
    }
}

/// The audio thread's side.
struct Insert {
    chain: MasteringChain,
    meter: Meter,
    timeline: Timeline,
}

/// An insert with its feed; `None` if it cannot be had.
fn insert(modules: &[Module], values: &Values) -> Option<(Insert, Feed)> {
    let (mut chain, mut meter) = (MasteringChain::of(modules), Meter::new());
    let spec = Spec { sample_rate: SAMPLE_RATE, max_block: SOUND, channels: 2 };
    chain.prepare(&spec).ok()?;
    meter.prepare(&spec).ok()?;
    let mut settings = ChainSettings::default();
    for (id, parameter) in &values.known {
        parameter.set(&mut settings, f64::from(values.value(id)?));
    }
    chain.set_params(&settings);
    let (timeline, reader) = Timeline::new();
    let status = Arc::new(Status::default());
    status.set_format(SAMPLE_RATE as f32, chain.latency(), 2);
    let feed = Feed {
        controls: meter.controls(),
        log: meter.take_log()?,
        meter: meter.take_monitor()?,
        timeline: reader,
        spectrum: chain.take_spectrum(),
        compressor: chain.take_compressor(),
        imager: chain.take_imager(),
        status,
    };
    Some((Insert { chain, meter, timeline }, feed))
}

/// Measures every editor in every window and prints a row for each.
pub fn run(music: &[Vec<f32>]) {
    println!("\na frame of an editor while music plays, at 100 %: drawn and tessellated; ms, on one thread");
    println!("{:<24}{:>12}{:>10}{:>10}{:>10}{:>12}", "", "points", "median", "least", "highest", "triangles");
    let make: [(&str, &[Module], Make); 5] = [
        ("equalizer editor", &[Module::Equalizer], |feed, preferences, presets| {
            Box::new(EqualizerEditor::new(feed, preferences, presets))
        }),
        ("compressor editor", &[Module::Compressor], |feed, preferences, presets| {
            Box::new(CompressorEditor::new(feed, preferences, presets))
        }),
        ("imager editor", &[Module::Imager], |feed, preferences, presets| {
            Box::new(ImagerEditor::new(feed, preferences, presets))
        }),
        ("limiter editor", &[Module::Limiter], |feed, preferences, presets| {
            Box::new(LimiterEditor::new(feed, preferences, presets))
        }),
        ("master editor", &Module::ALL, |feed, preferences, presets| {
            Box::new(MasterEditor::new(feed, preferences, presets))
        }),
    ];
    for (name, modules, make) in make {
        for window in WINDOWS {
            let values = Values::new();
            match insert(modules, &values) {
                Some((insert, feed)) => row(name, window, music, (insert, values), feed, make),
                None => eprintln!("warning: no insert at {SAMPLE_RATE} Hz"),
            }
        }
    }
}

/// How an editor is made.
type Make = fn(Feed, Arc<Preferences>, Presets) -> Box<dyn Editor>;

fn row(
    name: &str,
    (width, height): (f32, f32),
    music: &[Vec<f32>],
    (mut insert, values): (Insert, Values),
    feed: Feed,
    make: Make,
) {
    let preferences = Arc::new(Preferences::new([width as u32, height as u32]));
    let mut editor = make(feed, preferences, Presets::new("Runout Bench", &[], None));
    let context = Context::default();
    editor.opened(&context);
    let frames = music[0].len() / SOUND;
    let mut times_ms = Vec::with_capacity(frames);
    let mut triangles = 0;
    for frame in 0..WARM_UP + frames {
        let start = frame % frames * SOUND;
        let mut parts: Vec<Vec<f32>> = music.iter().map(|channel| channel[start..start + SOUND].to_vec()).collect();
        for hop in 0..SOUND / 64 {
            let mut block: Vec<&mut [f32]> = parts.iter_mut().map(|part| &mut part[hop * 64..hop * 64 + 64]).collect();
            insert.chain.process(&mut block);
            insert.meter.process(&mut block);
            insert.timeline.note(insert.chain.take_activity(), &block);
        }
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(width, height))),
            time: Some(frame as f64 / 60.0),
            ..RawInput::default()
        };
        let begun = Instant::now();
        let mut output = context.run_ui(input, |ui| editor.show(ui, &values));
        let primitives = context.tessellate(std::mem::take(&mut output.shapes), output.pixels_per_point);
        let time = begun.elapsed();
        // There is no texture to bring up to date.
        output.textures_delta.clear();
        triangles = primitives.iter().map(triangles_of).sum();
        if frame >= WARM_UP {
            times_ms.push(time.as_secs_f64() * 1e3);
        }
    }
    editor.closed(&context, &values);
    times_ms.sort_by(f64::total_cmp);
    let (median, last) = (times_ms[times_ms.len() / 2], times_ms[times_ms.len() - 1]);
    let points = format!("{width} x {height}");
    println!("{name:<24}{points:>12}{median:>10.3}{:>10.3}{last:>10.3}{triangles:>12}", times_ms[0]);
}

fn triangles_of(primitive: &runout_gui::egui::ClippedPrimitive) -> usize {
    match &primitive.primitive {
        runout_gui::egui::epaint::Primitive::Mesh(mesh) => mesh.indices.len() / 3,
        runout_gui::egui::epaint::Primitive::Callback(_) => 0,
    }
}
