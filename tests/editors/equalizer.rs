//! Can the equalizer's editor be worked by name, does the host hear exactly what it should, and does it look as it was
//! designed?

use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, SnapshotResults};
use runout_dsp_core::settings::{BandChannel, BandShape, CutSlope, Resolution};
use runout_gui::egui::accesskit::Toggled;
use runout_gui::egui::{Key, Modifiers, vec2};
use runout_gui::look::Theme;
use runout_gui::preferences::Preferences;
use runout_tests::music::demo_mix;

use crate::hand;
use crate::insert::{
    EQUALIZER, SAMPLE_RATE, Window, assert_one_gesture, click, open, picture, play, set_theme, wheel_over,
};

/// The bands of the design: whether they are on, shape, frequency in Hz, gain in dB, Q and channel.
const DESIGNED: [(bool, BandShape, f32, f32, f32, BandChannel); 7] = [
    (true, BandShape::LowCut, 28.0, 0.0, 0.7071, BandChannel::Stereo),
    (true, BandShape::LowShelf, 92.0, 1.6, 0.7, BandChannel::Mid),
    (true, BandShape::Bell, 238.0, -2.1, 1.2, BandChannel::Stereo),
    (true, BandShape::Bell, 1150.0, 0.9, 0.8, BandChannel::Mid),
    (true, BandShape::Bell, 3350.0, -1.5, 2.4, BandChannel::Side),
    (true, BandShape::HighShelf, 9600.0, 2.2, 0.7, BandChannel::Side),
    (false, BandShape::HighCut, 21_000.0, 0.0, 0.7071, BandChannel::Stereo),
];

/// The id of a band's parameter; bands count from 1.
fn id(band: usize, field: &str) -> String {
    format!("equalizer.band.{band}.{field}")
}

/// The bands of the design as a host has them.
pub fn designed_values() -> Vec<(String, f32)> {
    let mut values = Vec::new();
    for (index, (enabled, shape, frequency_hz, gain_db, q, channel)) in DESIGNED.into_iter().enumerate() {
        let slope = if index == 0 { CutSlope::TwentyFour } else { CutSlope::Twelve };
        let fields = [
            ("enabled", f32::from(u8::from(enabled))),
            ("shape", shape.index()),
            ("frequency_hz", frequency_hz),
            ("gain_db", gain_db),
            ("q", q),
            ("slope_db_per_oct", slope.index()),
            ("channel", channel.index()),
        ];
        values.extend(fields.map(|(field, value)| (id(index + 1, field), value)));
    }
    values
}

/// Sets the bands of the design, as a host does.
pub fn set_designed(harness: &mut Harness<'_, Window>) {
    let host = &harness.state().host;
    designed_values().iter().for_each(|(id, value)| host.automate(id, *value));
    harness.run_steps(2);
}

/// A window with the design's bands, the third chosen.
fn designed(size: [f32; 2], pixels: f32) -> Harness<'static, Window> {
    let mut harness = open(&EQUALIZER, 2, size, pixels);
    set_designed(&mut harness);
    harness.key_press(Key::Num3);
    harness.run_steps(2);
    harness
}

/// Clicks on what has a name and asserts that the host hears one gesture that sets a parameter to a value.
#[track_caller]
fn assert_click(harness: &mut Harness<'_, Window>, name: &str, id: &str, value: f32) {
    harness.state().host.take_calls();
    click(harness, name);
    hand::wait(harness, 1.0);
    assert_one_gesture(&harness.state().host.take_calls(), id);
    assert_eq!(harness.state().host.get(id), value, "{name}");
}

/// Chooses an entry of the list behind a name.
#[track_caller]
fn assert_choice(harness: &mut Harness<'_, Window>, name: &str, entry: &str, id: &str, value: f32) {
    click(harness, name);
    assert_click(harness, entry, id, value);
}

/// What a control says that it shows.
fn value(harness: &Harness<'_, Window>, name: &str) -> String {
    harness.get_by_label(name).accesskit_node().value().unwrap_or_default()
}

fn is_there(harness: &Harness<'_, Window>, name: &str) -> bool {
    harness.query_by_label(name).is_some()
}

#[test]
fn the_chosen_bands_controls_move_it_at_every_size() {
    for size in [[1000.0, 620.0], [760.0, 560.0], [720.0, 440.0]] {
        let mut harness = designed(size, 1.0);
        for (name, field) in [("Band 3 Frequency", "frequency_hz"), ("Band 3 Gain", "gain_db"), ("Band 3 Q", "q")] {
            assert_one_gesture(&wheel_over(&mut harness, name), &id(3, field));
        }
        assert_click(&mut harness, "Side", &id(3, "channel"), BandChannel::Side.index());
        assert_click(&mut harness, "Band 3 Solo", "listen.equalizer.solo", 3.0);
        assert_click(&mut harness, "Band 3 Solo", "listen.equalizer.solo", 0.0);
        assert_choice(&mut harness, "Band 3 Shape", "High cut", &id(3, "shape"), BandShape::HighCut.index());
        assert!(!is_there(&harness, "Band 3 Gain"), "a cut has no gain");
        let slope = CutSlope::ThirtySix.index();
        assert_choice(&mut harness, "Band 3 Slope", "36 dB/oct", &id(3, "slope_db_per_oct"), slope);
        assert_one_gesture(&wheel_over(&mut harness, "Output Gain"), "equalizer.output_gain_db");
    }
}

#[test]
fn what_a_shape_does_not_heed_cannot_be_moved() {
    let mut harness = designed([1000.0, 620.0], 1.0);
    for (shape, deaf) in [(BandShape::Notch, "Band 3 Gain"), (BandShape::Tilt, "Band 3 Q")] {
        harness.state().host.automate(&id(3, "shape"), shape.index());
        harness.run_steps(2);
        assert_eq!(wheel_over(&mut harness, deaf), [], "{shape:?}");
        assert!(!is_there(&harness, &format!("{deaf} in the list")), "{shape:?}");
    }
}

#[test]
fn every_value_of_the_list_is_moved_where_it_stands() {
    let mut harness = designed([1000.0, 620.0], 1.0);
    for (name, field) in [("Frequency", "frequency_hz"), ("Gain", "gain_db"), ("Q", "q")] {
        assert_one_gesture(&wheel_over(&mut harness, &format!("Band 5 {name} in the list")), &id(5, field));
    }
    assert_click(&mut harness, "Band 5 Enabled in the list", &id(5, "enabled"), 0.0);
    assert_click(&mut harness, "Band 7 Enabled in the list", &id(7, "enabled"), 1.0);
    assert_click(&mut harness, "Band 5 Solo in the list", "listen.equalizer.solo", 5.0);
    let notch = BandShape::Notch.index();
    assert_choice(&mut harness, "Band 4 Shape in the list", "Notch", &id(4, "shape"), notch);
    assert_choice(&mut harness, "Band 4 Channel in the list", "Left", &id(4, "channel"), BandChannel::Left.index());
    let slope = CutSlope::FortyEight.index();
    assert_choice(&mut harness, "Band 1 Slope in the list", "48 dB/oct", &id(1, "slope_db_per_oct"), slope);
    // A value is typed where it stands.
    let at = hand::middle(&harness, "Band 2 Frequency in the list");
    hand::click(&mut harness, at, Modifiers::NONE);
    harness.run_steps(2);
    hand::key(&mut harness, Key::A, Modifiers::COMMAND);
    hand::write(&mut harness, "1.5 kHz");
    hand::key(&mut harness, Key::Enter, Modifiers::NONE);
    harness.run_steps(2);
    assert_eq!(harness.state().host.get(&id(2, "frequency_hz")), 1500.0);
}

#[test]
fn a_click_on_a_row_chooses_its_band_and_so_does_moving_it() {
    let mut harness = designed([1000.0, 620.0], 1.0);
    let number =
        |harness: &Harness<'_, Window>, name: &str| harness.get_by_label(name).rect().left_center() + vec2(12.0, 0.0);
    let at = number(&harness, "Band 6 in the list");
    hand::click(&mut harness, at, Modifiers::NONE);
    harness.run_steps(2);
    assert!(is_there(&harness, "Band 6 Frequency") && !is_there(&harness, "Band 3 Frequency"));
    let at = hand::middle(&harness, "Band 4 Gain in the list");
    hand::drag(&mut harness, at, vec2(0.0, -20.0));
    assert!(is_there(&harness, "Band 4 Frequency"));
    // 60 dB in 200 points: 20 points are 6 dB.
    assert_eq!(harness.state().host.get(&id(4, "gain_db")), 6.9);
}

#[test]
fn a_band_that_is_heard_alone_stands_in_the_header() {
    let mut harness = designed([1000.0, 620.0], 1.0);
    assert!(!is_there(&harness, "Solo off"));
    harness.key_press(Key::S);
    harness.run_steps(2);
    assert_eq!(harness.state().host.get("listen.equalizer.solo"), 3.0);
    assert_click(&mut harness, "Solo off", "listen.equalizer.solo", 0.0);
    assert!(!is_there(&harness, "Solo off"));
}

#[test]
fn the_toolbar_chooses_phase_and_resolution_and_says_what_they_come_to() {
    let mut harness = designed([1000.0, 620.0], 1.0);
    let resolution = Resolution::Low.index();
    assert_choice(&mut harness, "Resolution", "Low", "equalizer.resolution", resolution);
    harness.get_by_label("Resolution").hover();
    harness.run_steps(30);
    assert!(value(&harness, "Hint").contains("Now accurate from "), "{}", value(&harness, "Hint"));
    assert_click(&mut harness, "Zero latency", "equalizer.phase", 1.0);
    assert!(!is_there(&harness, "Resolution"), "there is no kernel");
    assert_click(&mut harness, "Linear phase", "equalizer.phase", 0.0);
    assert!(is_there(&harness, "Resolution"));
}

#[test]
fn the_analyzers_switches_are_kept_with_the_preferences() {
    let mut harness = designed([1000.0, 620.0], 1.0);
    type Read = fn(&Preferences) -> bool;
    let switches: [(&str, Read); 3] = [
        ("Spectrum Before", Preferences::spectrum_before),
        ("Spectrum After", Preferences::spectrum_after),
        ("Smooth Spectrum", Preferences::spectrum_smoothing),
    ];
    for (name, read) in switches {
        let before = read(&harness.state().preferences);
        for expected in [!before, before] {
            click(&mut harness, name);
            hand::wait(&mut harness, 1.0);
            assert_eq!(read(&harness.state().preferences), expected, "{name}");
        }
    }
    click(&mut harness, "Spectrum Slope");
    click(&mut harness, "3 dB/oct");
    assert_eq!(harness.state().preferences.spectrum_slope_db_per_oct(), 3.0);
    let is_on = |harness: &Harness<'_, Window>, name: &str| {
        harness.get_by_label(name).accesskit_node().toggled() == Some(Toggled::True)
    };
    for name in ["Freeze Spectrum", "Hold Spectrum"] {
        assert!(!is_on(&harness, name));
        click(&mut harness, name);
        hand::wait(&mut harness, 1.0);
        assert!(is_on(&harness, name), "{name}");
    }
    assert_eq!(harness.state().host.take_calls(), [], "none of it is the host's");
}

#[test]
fn one_channel_has_no_parts() {
    let mut harness = open(&EQUALIZER, 1, [1000.0, 620.0], 1.0);
    set_designed(&mut harness);
    assert!(is_there(&harness, "Band 1 Frequency"), "the first is chosen when the window opens");
    assert!(!is_there(&harness, "Side") && !is_there(&harness, "Band 1 Channel in the list"));
}

#[test]
fn a_long_list_brings_the_chosen_band_into_sight() {
    let mut harness = open(&EQUALIZER, 2, [1000.0, 620.0], 1.0);
    for band in 1..=12 {
        harness.state().host.automate(&id(band, "enabled"), 1.0);
        harness.state().host.automate(&id(band, "frequency_hz"), 50.0 * band as f32);
    }
    harness.run_steps(2);
    let is_seen = |harness: &Harness<'_, Window>, band: usize| {
        harness
            .query_by_label(&format!("Band {band} Frequency in the list"))
            .is_some_and(|row| row.rect().top() < 590.0)
    };
    assert!(is_seen(&harness, 1) && !is_seen(&harness, 9));
    harness.key_press(Key::Num9);
    harness.run_steps(30);
    assert!(is_seen(&harness, 9));
    // The wheel moves what is under the pointer, not the list.
    let before = harness.get_by_label("Band 9 in the list").rect();
    assert_one_gesture(&wheel_over(&mut harness, "Band 9 Q in the list"), &id(9, "q"));
    assert_eq!(harness.get_by_label("Band 9 in the list").rect(), before);
}

#[test]
fn it_draws_while_sound_moves_rests_in_silence_and_listens_only_while_open() {
    let mix = demo_mix(SAMPLE_RATE);
    let mut harness = designed([1000.0, 620.0], 1.0);
    assert!(harness.run_ok().is_some(), "nothing moves before the first sound");
    play(&mut harness, &mix, 32.0, 34.0);
    assert!(harness.run_ok().is_none(), "levels fall");
    let silence = vec![vec![0.0; 4 * SAMPLE_RATE as usize]; 2];
    play(&mut harness, &silence, 0.0, 4.0);
    harness.run_steps(900);
    assert!(harness.run_ok().is_some(), "silence comes to rest");
    assert!(harness.state().insert.is_heard());
    let context = harness.ctx.clone();
    let window = harness.state_mut();
    window.editor.closed(&context, &window.host);
    assert!(!harness.state().insert.is_heard());
}

#[test]
fn nothing_solo_off_and_bypassed_can_be_seen() {
    let mix = demo_mix(SAMPLE_RATE);
    let mut results = SnapshotResults::new();
    let mut harness = open(&EQUALIZER, 2, [1000.0, 620.0], 1.0);
    play(&mut harness, &mix, 32.0, 34.0);
    results.add(picture(&mut harness, "equalizer-empty-dark-100"));
    set_designed(&mut harness);
    harness.key_press(Key::Num1);
    harness.run_steps(2);
    harness.key_press(Key::S);
    play(&mut harness, &mix, 34.0, 36.0);
    results.add(picture(&mut harness, "equalizer-solo-dark-100"));
    harness.state().host.automate("listen.equalizer.solo", 0.0);
    harness.state().host.automate("equalizer.phase", 1.0);
    harness.state().host.automate("bypass", 1.0);
    harness.key_press(Key::Num7);
    play(&mut harness, &mix, 36.0, 38.0);
    results.add(picture(&mut harness, "equalizer-bypassed-dark-100"));
}

#[test]
fn a_narrow_window_keeps_every_switch() {
    let mut harness = designed([760.0, 560.0], 1.0);
    assert_click(&mut harness, "Band 3 Enabled", &id(3, "enabled"), 0.0);
    assert!(is_there(&harness, "Hold Spectrum") && is_there(&harness, "Spectrum Slope"));
}

#[test]
fn what_opens_and_what_the_pointer_is_on_can_be_seen() {
    let mut results = SnapshotResults::new();
    let mut harness = designed([1000.0, 620.0], 1.0);
    click(&mut harness, "Band 3 Shape");
    results.add(picture(&mut harness, "equalizer-shapes-dark-100"));
    harness.key_press(Key::Escape);
    harness.get_by_label("Band 3 Gain in the list").hover();
    harness.run_steps(30);
    results.add(picture(&mut harness, "equalizer-hovered-dark-100"));
    let mut harness = designed([720.0, 440.0], 1.0);
    harness.state().host.automate(&id(3, "shape"), BandShape::LowCut.index());
    harness.run_steps(2);
    results.add(picture(&mut harness, "equalizer-small-cut-dark-100"));
}

#[test]
fn it_looks_as_it_was_designed() {
    let mix = demo_mix(SAMPLE_RATE);
    let mut results = SnapshotResults::new();
    for (name, size, pixels, theme) in [
        ("dark-100", [1000.0, 620.0], 1.0, Theme::Dark),
        ("dark-150", [1000.0, 620.0], 1.5, Theme::Dark),
        ("dark-200", [1000.0, 620.0], 2.0, Theme::Dark),
        ("light-100", [1000.0, 620.0], 1.0, Theme::Light),
        ("small-dark-100", [720.0, 440.0], 1.0, Theme::Dark),
        ("narrow-light-100", [760.0, 560.0], 1.0, Theme::Light),
        ("860-dark-100", [860.0, 600.0], 1.0, Theme::Dark),
        ("wide-dark-100", [1600.0, 900.0], 1.0, Theme::Dark),
    ] {
        let mut harness = designed(size, pixels);
        set_theme(&mut harness, theme);
        play(&mut harness, &mix, 32.0, 36.0);
        results.add(picture(&mut harness, &format!("equalizer-{name}")));
    }
}
