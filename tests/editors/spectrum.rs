//! The spectrum while mastered music goes through an equalizer: does it move, rest, freeze and hold, and does it look as it
//! was designed?

use std::cell::RefCell;
use std::rc::Rc;

use egui_kittest::{Harness, SnapshotOptions, SnapshotResults};
use runout_dsp_core::chain::MasteringChain;
use runout_dsp_core::processor::{GRID_FRAMES, Processor, Spec};
use runout_dsp_core::settings::{BandShape, ChainSettings, EqualizerBand, EqualizerPhase, LimiterParams, Module};
use runout_dsp_core::spectrum::SpectrumReader;
use runout_gui::egui::{Rect, Vec2, vec2};
use runout_gui::look::Theme;
use runout_gui::paint;
use runout_gui::plots::frequency_axis::{FrequencyAxis, LABELED_HZ};
use runout_gui::preferences::Preferences;
use runout_gui::spectrum_view::{Place, SpectrumView};
use runout_tests::limiting::limited;
use runout_tests::music::demo_mix;
use runout_tests::signals::driven;

use crate::bench::{Bench, window};
use crate::hand::{FRAMES, wait};

const SAMPLE_RATE: f64 = 48_000.0;

/// Frames of sound a frame of the display, in whole hops: a little less than 1/60 s.
const FRAMES_SHOWN: usize = (SAMPLE_RATE as usize / FRAMES as usize) / GRID_FRAMES * GRID_FRAMES;

/// An equalizer that plays, and the spectrum of it.
struct Stand {
    chain: MasteringChain,
    reader: Option<SpectrumReader>,
    view: SpectrumView,
    preferences: Preferences,
    /// What is played; beyond its end nothing is.
    signal: Vec<Vec<f32>>,
    at: usize,
}

impl Stand {
    fn new(signal: Vec<Vec<f32>>) -> Rc<RefCell<Self>> {
        let mut chain = MasteringChain::of(&[Module::Equalizer]);
        chain.prepare(&Spec { sample_rate: SAMPLE_RATE, max_block: GRID_FRAMES, channels: 2 }).unwrap();
        let mut settings = ChainSettings::default();
        settings.equalizer.phase = EqualizerPhase::Minimum;
        let bands =
            [(BandShape::LowCut, 28.0, 0.0), (BandShape::Bell, 238.0, -6.0), (BandShape::HighShelf, 6_000.0, 5.0)];
        for (band, (shape, frequency_hz, gain_db)) in settings.equalizer.bands.iter_mut().zip(bands) {
            *band = EqualizerBand { enabled: true, shape, frequency_hz, gain_db, ..EqualizerBand::default() };
        }
        settings.equalizer.enabled = true;
        chain.set_params(&settings);
        let mut reader = chain.take_spectrum();
        let mut view = SpectrumView::default();
        view.open(reader.as_mut());
        let preferences = Preferences::new([1000, 620]);
        Rc::new(RefCell::new(Self { chain, reader, view, preferences, signal, at: 0 }))
    }

    /// Plays for a frame of the display, and takes what came of it.
    fn advance(&mut self, now_s: f64) {
        let end = (self.at + FRAMES_SHOWN).min(self.signal[0].len() / GRID_FRAMES * GRID_FRAMES);
        for start in (self.at..end).step_by(GRID_FRAMES) {
            let part = start..start + GRID_FRAMES;
            let mut block: Vec<Vec<f32>> = self.signal.iter().map(|channel| channel[part.clone()].to_vec()).collect();
            self.chain.process(&mut block.iter_mut().map(Vec::as_mut_slice).collect::<Vec<_>>());
        }
        self.at = end.max(self.at);
        self.view.take(self.reader.as_mut(), SAMPLE_RATE as f32, &self.preferences, now_s);
    }
}

const SIZE: Vec2 = vec2(944.0, 316.0);

/// The spectrum on the design's plot, over its grid.
fn open(stand: &Rc<RefCell<Stand>>, size: Vec2, pixels: f32, theme: Theme) -> Harness<'static, Bench> {
    let stand = Rc::clone(stand);
    window(size, pixels, Bench { theme, ..Bench::default() }, move |ui, desk| {
        let mut stand = stand.borrow_mut();
        stand.advance(ui.input(|input| input.time));
        let plane = ui.max_rect();
        let plot = Rect::from_min_max(plane.min + vec2(0.0, 14.0), plane.max - vec2(0.0, 24.0));
        let (painter, look) = (ui.painter(), desk.look);
        paint::plane(painter, plane, look.palette.plot);
        let axis = FrequencyAxis::new(plot.x_range());
        LABELED_HZ.iter().for_each(|at| paint::vertical(painter, axis.x(*at), plot.y_range(), look.palette.grid));
        stand.view.paint(painter, &look, Place::new(plot), &stand.preferences);
    })
}

/// The mix as a limiter leaves it at -11 LUFS or so: from a time of its chorus on, s.
fn mastered(from_s: f64, to_s: f64) -> Vec<Vec<f32>> {
    let [from, to] = [from_s, to_s].map(|time_s| (time_s * SAMPLE_RATE) as usize);
    let part: Vec<Vec<f32>> = demo_mix(SAMPLE_RATE).iter().map(|channel| channel[from..to].to_vec()).collect();
    limited(&driven(&part, 6.0), SAMPLE_RATE, &LimiterParams::default())
}

fn options() -> SnapshotOptions {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/editors/snapshots");
    // Other instructions round the transform otherwise, below -120 dBFS: here and there a pixel of a curve.
    SnapshotOptions::new().output_path(folder).threshold(0.6).max_failed_pixels(200)
}

#[test]
fn it_looks_as_it_was_designed() {
    let music = mastered(40.0, 44.0);
    let mut results = SnapshotResults::new();
    for (name, size, pixels, theme, prefer) in [
        ("dark-100", SIZE, 1.0, Theme::Dark, (|_| {}) as fn(&Preferences)),
        ("light-100", SIZE, 1.0, Theme::Light, |_| {}),
        ("dark-200", SIZE, 2.0, Theme::Dark, |_| {}),
        ("lines-dark-100", SIZE, 1.0, Theme::Dark, |preferences| preferences.set_spectrum_smoothing(false)),
        ("lines-light-200", SIZE, 2.0, Theme::Light, |preferences| preferences.set_spectrum_smoothing(false)),
        ("flat-dark-100", SIZE, 1.0, Theme::Dark, |preferences| preferences.set_spectrum_slope_db_per_oct(0.0)),
        ("before-dark-100", SIZE, 1.0, Theme::Dark, |preferences| preferences.set_spectrum_after(false)),
        ("none-dark-100", SIZE, 1.0, Theme::Dark, |preferences| {
            preferences.set_spectrum_before(false);
            preferences.set_spectrum_after(false);
        }),
        ("small-dark-75", vec2(664.0, 150.0), 0.75, Theme::Dark, |_| {}),
    ] {
        let stand = Stand::new(music.clone());
        prefer(&stand.borrow().preferences);
        let mut harness = open(&stand, size, pixels, theme);
        wait(&mut harness, 3.5);
        results.add(harness.try_snapshot_options(format!("spectrum-{name}"), &options()));
    }
}

#[test]
fn held_peaks_stand_above_what_moves() {
    let stand = Stand::new(mastered(40.0, 44.0));
    stand.borrow_mut().view.holds = true;
    let mut harness = open(&stand, SIZE, 1.0, Theme::Dark);
    wait(&mut harness, 3.5);
    let mut results = SnapshotResults::new();
    results.add(harness.try_snapshot_options("spectrum-held-dark-100", &options()));
}
