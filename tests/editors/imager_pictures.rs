//! Does the imager's editor look as it was designed, alone and in Master?

use egui_kittest::SnapshotResults;
use egui_kittest::kittest::Queryable;
use runout_gui::egui::Key;
use runout_gui::look::Theme;
use runout_tests::music::demo_mix;

use crate::imager::{DESIGNED, SIZE, designed, set};
use crate::insert::{IMAGER, MASTER, SAMPLE_RATE, click, open, picture, play, set_theme};

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
