//! Can the compressor's editor be worked by name, does the host hear exactly what it should, and does it look as it was
//! designed?

use egui_kittest::{Harness, SnapshotResults};
use runout_gui::egui::Key;
use runout_gui::look::Theme;
use runout_tests::music::demo_mix;

use crate::insert::{COMPRESSOR, SAMPLE_RATE, Window, open, picture, play, set_theme};

/// The bands of the design: threshold in dBFS, ratio, attack and release in ms, make-up in dB.
const DESIGNED: [[f32; 5]; 4] = [
    [-20.0, 3.0, 20.0, 180.0, 0.0],
    [-24.0, 2.0, 10.0, 120.0, 1.2],
    [-27.0, 2.0, 6.0, 90.0, 0.0],
    [-33.0, 2.5, 2.0, 60.0, 0.0],
];

/// The id of a band's parameter; bands count from 1.
fn id(band: usize, field: &str) -> String {
    format!("compressor.band.{band}.{field}")
}

/// The bands of the design as a host has them.
pub fn designed_values() -> Vec<(String, f32)> {
    let mut values = vec![
        ("compressor.bands".to_owned(), 4.0),
        ("compressor.auto_makeup".to_owned(), 1.0),
        ("compressor.crossover_hz.2".to_owned(), 1000.0),
        ("compressor.crossover_hz.3".to_owned(), 6000.0),
        (id(2, "range_db"), 24.0),
        (id(2, "lookahead_ms"), 5.0),
    ];
    for (index, of_band) in DESIGNED.into_iter().enumerate() {
        let fields = ["threshold_db", "ratio", "attack_ms", "release_ms", "makeup_db"];
        values.extend(fields.iter().zip(of_band).map(|(field, value)| (id(index + 1, field), value)));
    }
    values
}

/// Sets the bands of the design, as a host does.
pub fn set_designed(harness: &mut Harness<'_, Window>) {
    let host = &harness.state().host;
    designed_values().iter().for_each(|(id, value)| host.automate(id, *value));
    harness.run_steps(2);
}

/// A window with the design's bands, the second chosen.
fn designed(channels: usize, size: [f32; 2], pixels: f32) -> Harness<'static, Window> {
    let mut harness = open(&COMPRESSOR, channels, size, pixels);
    set_designed(&mut harness);
    harness.key_press(Key::Num2);
    harness.run_steps(2);
    harness
}

#[test]
fn it_looks_as_it_was_designed() {
    let mix = demo_mix(SAMPLE_RATE);
    let mut results = SnapshotResults::new();
    for (name, size, pixels, theme) in [
        ("dark-100", [1000.0, 620.0], 1.0, Theme::Dark),
        ("dark-200", [1000.0, 620.0], 2.0, Theme::Dark),
        ("light-100", [1000.0, 620.0], 1.0, Theme::Light),
        ("860-dark-100", [860.0, 620.0], 1.0, Theme::Dark),
        ("720-dark-100", [720.0, 620.0], 1.0, Theme::Dark),
        ("small-dark-100", [720.0, 440.0], 1.0, Theme::Dark),
        ("wide-dark-100", [1920.0, 1080.0], 1.0, Theme::Dark),
        ("dark-75", [1000.0, 620.0], 0.75, Theme::Dark),
    ] {
        let mut harness = designed(2, size, pixels);
        set_theme(&mut harness, theme);
        play(&mut harness, &mix, 22.0, 36.0);
        results.add(picture(&mut harness, &format!("compressor-{name}")));
    }
}
