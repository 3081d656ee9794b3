//! Can the imager's editor be worked by name, does the host hear exactly what it should, are its numbers those of the sound,
//! and does it look as it was designed?

use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, SnapshotResults};
use runout_gui::egui::{Key, Modifiers, Vec2, vec2};
use runout_gui::look::Theme;
use runout_tests::music::demo_mix;

use crate::hand;
use crate::insert::{
    IMAGER, MASTER, SAMPLE_RATE, Window, assert_one_gesture, click, open, picture, play, set_theme, wheel_over,
};
use crate::stand_in::Call;

/// The size of the design, points.
const SIZE: [f32; 2] = [1000.0, 620.0];

/// The plot's height at that size, points: the widths from 0 to 200 %.
const PLOT_HEIGHT: f32 = 264.0;

/// The design's values.
const DESIGNED: [(&str, f32); 11] = [
    ("imager.bands", 3.0),
    ("imager.crossover_hz.1", 250.0),
    ("imager.crossover_hz.2", 4000.0),
    ("imager.band.1.width", 0.6),
    ("imager.band.3.width", 1.35),
    ("imager.band.3.decorrelation", 0.2),
    ("imager.mono_below_hz", 110.0),
    ("imager.side_high_pass_hz", 90.0),
    ("imager.side_gain_db", 0.5),
    ("imager.phase", 1.0),
    ("imager.mono_slope_db_per_oct", 1.0),
];

fn set(harness: &mut Harness<'_, Window>, values: &[(&str, f32)]) {
    values.iter().for_each(|(id, value)| harness.state().host.automate(id, *value));
    harness.run_steps(2);
}

/// A window with the design's values, the third band chosen.
fn designed(channels: usize, size: [f32; 2], pixels: f32) -> Harness<'static, Window> {
    let mut harness = open(&IMAGER, channels, size, pixels);
    set(&mut harness, &DESIGNED);
    harness.key_press(Key::Num3);
    harness.run_steps(2);
    harness
}

fn is_there(harness: &Harness<'_, Window>, name: &str) -> bool {
    harness.query_by_label(name).is_some()
}

#[test]
fn it_looks_as_it_was_designed() {
    let mix = demo_mix(SAMPLE_RATE);
    let mut results = SnapshotResults::new();
    for (theme, pixels, name) in [
        (Theme::Dark, 1.0, "imager-dark-100"),
        (Theme::Light, 1.0, "imager-light-100"),
        (Theme::Dark, 2.0, "imager-dark-200"),
        (Theme::Dark, 0.75, "imager-dark-75"),
    ] {
        let mut harness = designed(2, SIZE, pixels);
        set_theme(&mut harness, theme);
        harness.get_by_label("Band 3 Width").hover();
        play(&mut harness, &mix, 22.0, 36.0);
        results.add(picture(&mut harness, name));
    }
}

#[test]
fn every_size_has_what_matters() {
    let mix = demo_mix(SAMPLE_RATE);
    let mut results = SnapshotResults::new();
    for (size, name) in [
        ([720.0, 440.0], "imager-720-dark-100"),
        ([760.0, 560.0], "imager-760-dark-100"),
        ([880.0, 600.0], "imager-880-dark-100"),
        ([1920.0, 1080.0], "imager-wide-dark-100"),
        ([1400.0, 500.0], "imager-low-dark-100"),
    ] {
        let mut harness = designed(2, size, 1.0);
        play(&mut harness, &mix, 22.0, 36.0);
        results.add(picture(&mut harness, name));
    }
}

#[test]
fn mono_bypass_solo_and_rest_can_be_seen() {
    let mix = demo_mix(SAMPLE_RATE);
    let mut results = SnapshotResults::new();
    let mut harness = designed(1, SIZE, 1.0);
    play(&mut harness, &mix[..1], 22.0, 24.0);
    results.add(picture(&mut harness, "imager-mono-dark-100"));
    let mut harness = open(&IMAGER, 2, SIZE, 1.0);
    results.add(picture(&mut harness, "imager-rest-dark-100"));
    let mut harness = designed(2, SIZE, 1.0);
    set(&mut harness, &[("bypass", 1.0), ("imager.bands", 4.0)]);
    harness.get_by_label("Crossover 2").hover();
    play(&mut harness, &mix, 22.0, 30.0);
    results.add(picture(&mut harness, "imager-bypassed-dark-100"));
    set(&mut harness, &[("bypass", 0.0), ("listen.imager.band.2.solo", 1.0), ("listen.imager.delta", 1.0)]);
    harness.get_by_label("Band 2 Width in the plot").hover();
    play(&mut harness, &mix, 30.0, 36.0);
    results.add(picture(&mut harness, "imager-solo-dark-100"));
}

#[test]
fn master_has_the_imager_as_one_of_its_modules() {
    let mix = demo_mix(SAMPLE_RATE);
    let mut results = SnapshotResults::new();
    for (size, theme, name) in [
        ([1280.0, 760.0], Theme::Dark, "master-imager-dark-100"),
        ([1280.0, 760.0], Theme::Light, "master-imager-light-100"),
        ([1000.0, 620.0], Theme::Dark, "master-imager-1000-dark-100"),
        ([720.0, 440.0], Theme::Dark, "master-imager-small-dark-100"),
    ] {
        let mut harness = open(&MASTER, 2, size, 1.0);
        set(&mut harness, &DESIGNED);
        set_theme(&mut harness, theme);
        click(&mut harness, "Imager");
        harness.key_press(Key::Num3);
        harness.run_steps(2);
        play(&mut harness, &mix, 22.0, 36.0);
        results.add(picture(&mut harness, name));
    }
}
