//! Does the loudness panel say pass or fail, and what to do?

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, SnapshotOptions, SnapshotResults};
use runout_dsp_core::loudness::{LoudnessRange, MeterControls, Readings};
use runout_dsp_core::targets::{Lever, TARGETS};
use runout_gui::egui::{Modifiers, Rect, Vec2, pos2, vec2};
use runout_gui::look::Theme;
use runout_gui::loudness_panel::{LearnPress, LearnView, LoudnessPanel, PanelView, Reading};
use runout_gui::paint;
use runout_gui::preferences::Preferences;

use crate::bench::{Bench, window};
use crate::hand::{click, middle, wait};

const LIMITER: Lever = Lever::Limiter { input_gain_db: 8.2, ceiling_dbtp: -1.0 };

const ROWS: [Reading; 5] =
    [Reading::TruePeakMax, Reading::ShortTerm, Reading::MomentaryMax, Reading::Range, Reading::PeakToLoudness];

const SIZE: Vec2 = vec2(252.0, 568.0);

/// The readings of a programme of some loudness and true peak.
fn programme(integrated_lufs: f64, true_peak_dbtp: f64) -> Readings {
    let mut readings = Readings { frames: 4_800_000, integrated_lufs, ..Readings::silent(2) };
    readings.true_peak_dbtp[0] = true_peak_dbtp;
    readings.short_term_lufs = -12.8;
    readings.momentary_max_lufs = -9.6;
    readings.loudness_range = LoudnessRange { range_lu: 5.8, low_lufs: -17.0, high_lufs: -11.2, settled: true };
    readings.plr_lu = Some(true_peak_dbtp - integrated_lufs);
    readings
}

/// A panel of the limiter that has heard a programme, and what was pressed of its learn block.
struct Shown {
    harness: Harness<'static, Bench>,
    pressed: Rc<RefCell<Vec<LearnPress>>>,
}

fn shown(target: &str, readings: Readings, learn: bool, theme: Theme, width: f32) -> Shown {
    let preferences = Arc::new(Preferences::new([1000, 620]));
    preferences.set_target(TARGETS.iter().find(|listed| listed.name == target));
    let mut panel = LoudnessPanel::new(preferences);
    let pressed: Rc<RefCell<Vec<LearnPress>>> = Rc::default();
    let presses = Rc::clone(&pressed);
    let controls = MeterControls::default();
    let bench = Bench { theme, ..Bench::default() };
    let harness = window(SIZE, 1.0, bench, move |ui, desk| {
        panel.update(&readings, LIMITER, ui.input(|input| input.time));
        paint::plane(ui.painter(), ui.max_rect(), desk.look.palette.panel);
        let sentence = "Play the loudest passage.";
        let view = LearnView { learning: true, settled: 0.92, suggestion_db: Some(8.2), sentence };
        let place = Rect::from_min_size(pos2(20.0, 8.0), vec2(width, 552.0));
        let view = PanelView { place, rows: &ROWS, learn: learn.then_some(view) };
        presses.borrow_mut().extend(panel.show(ui, desk, &controls, &view));
    });
    Shown { harness, pressed }
}

/// What is said of a programme: the first label that begins so.
#[track_caller]
fn says(target: &str, readings: Readings, expected: &[&str]) {
    let mut shown = shown(target, readings, false, Theme::Dark, 196.0);
    shown.harness.run_steps(2);
    for expected in expected {
        let found = shown.harness.query_by_label(expected).is_some();
        let labels: Vec<String> = shown
            .harness
            .query_all_by(|node| node.label().is_some())
            .filter_map(|node| node.accesskit_node().label())
            .collect();
        assert!(found, "{expected:?} is not among {labels:?}");
    }
}

#[test]
fn a_pass_says_how_far() {
    let expected =
        ["On target \u{2212}0.04 LU", "Under ceiling \u{2212}0.02 dB", "Integrated \u{2212}14.0 LUFS", "Range 5.8 LU"];
    says("spotify", programme(-14.04, -1.02), &expected);
}

#[test]
fn a_fail_says_what_to_do() {
    let loud = "Over target +0.60 LU Over by 0.6 LU. Lower input gain 0.6 dB.";
    says("apple-music", programme(-15.4, -3.0), &[loud, "Under ceiling \u{2212}2.00 dB"]);
    let peaks = "Over ceiling +0.31 dB 0.31 dB over the ceiling. Lower the ceiling to \u{2212}1.3 dBTP.";
    says("youtube", programme(-14.0, -0.69), &["On target 0.00 LU", peaks]);
}

#[test]
fn near_is_neither() {
    let quiet = "Under target \u{2212}1.20 LU Under by 1.2 LU. Raise input gain 1.2 dB.";
    says("ebu-r128", programme(-24.2, -0.97), &[quiet, "At ceiling +0.03 dB"]);
}

#[test]
fn silence_is_not_judged() {
    let dashes = ["Integrated \u{2013} LUFS", "True peak, max \u{2013} dBTP", "Range \u{2013} LU", "PLR \u{2013} LU"];
    says("spotify", Readings::silent(2), &dashes);
    says("spotify", Readings::silent(2), &["No loudness yet", "No peak yet"]);
}

#[test]
fn learn_and_apply_are_given_back() {
    let mut shown = shown("spotify", programme(-14.04, -1.02), true, Theme::Dark, 196.0);
    for name in ["Learn", "Apply"] {
        let at = middle(&shown.harness, name);
        click(&mut shown.harness, at, Modifiers::NONE);
        wait(&mut shown.harness, 1.0);
    }
    assert_eq!(*shown.pressed.borrow(), [LearnPress::Learn, LearnPress::Apply]);
}

#[test]
fn it_looks_as_it_was_designed() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/editors/snapshots");
    let options = SnapshotOptions::new().output_path(folder).threshold(0.3);
    let mut results = SnapshotResults::new();
    for (name, target, readings, learn, theme, width) in [
        ("panel-pass", "spotify", programme(-14.04, -1.02), true, Theme::Dark, 196.0),
        ("panel-over", "apple-music", programme(-15.4, -0.69), true, Theme::Dark, 196.0),
        ("panel-over-light", "spotify", programme(-11.4, -0.31), true, Theme::Light, 196.0),
        ("panel-near", "ebu-r128", programme(-24.2, -0.97), false, Theme::Dark, 196.0),
        ("panel-near-light", "ebu-r128", programme(-24.2, -0.97), false, Theme::Light, 196.0),
        ("panel-silent", "spotify", Readings::silent(2), false, Theme::Dark, 196.0),
        ("panel-cd", "cd", programme(-8.4, -0.5), true, Theme::Dark, 196.0),
        ("panel-none", "none", programme(-8.4, -0.5), false, Theme::Dark, 196.0),
        ("panel-narrow", "spotify", programme(-13.1, -1.02), true, Theme::Dark, 164.0),
    ] {
        let mut shown = shown(target, readings, learn, theme, width);
        shown.harness.run_steps(2);
        results.add(shown.harness.try_snapshot_options(name, &options));
    }
}
