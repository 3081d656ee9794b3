//! Can the compressor's editor be worked by name, does the host hear exactly what it should, and does it look as it was
//! designed?

use std::f64::consts::TAU;

use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, SnapshotResults};
use runout_dsp_core::chain::MasteringChain;
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{ChainSettings, CompressorChannel, CompressorMode, Module, parameters};
use runout_gui::egui::Key;
use runout_gui::look::Theme;
use runout_tests::music::demo_mix;

use crate::hand;
use crate::insert::{
    COMPRESSOR, SAMPLE_RATE, Window, assert_one_gesture, click, open, picture, play, set_theme, wheel_over,
};
use crate::stand_in::StandIn;

/// The bands of the design: threshold in dBFS, ratio, attack and release in ms, make-up in dB.
const DESIGNED: [[f32; 5]; 4] = [
    [-20.0, 3.0, 20.0, 180.0, 0.0],
    [-24.0, 2.0, 10.0, 120.0, 1.2],
    [-27.0, 2.0, 6.0, 90.0, 0.0],
    [-33.0, 2.5, 2.0, 60.0, 0.0],
];

/// The id of a band's parameter; bands count from 1.
pub fn id(band: usize, field: &str) -> String {
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
pub fn designed(channels: usize, size: [f32; 2], pixels: f32) -> Harness<'static, Window> {
    let mut harness = open(&COMPRESSOR, channels, size, pixels);
    set_designed(&mut harness);
    harness.key_press(Key::Num2);
    harness.run_steps(2);
    harness
}

/// What a control says that it shows.
fn said(harness: &Harness<'_, Window>, name: &str) -> String {
    harness.get_by_label(name).accesskit_node().value().unwrap_or_default()
}

fn is_there(harness: &Harness<'_, Window>, name: &str) -> bool {
    harness.query_by_label(name).is_some()
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

/// The chosen band's values: what their controls are called and the fields of their ids.
const MAIN: [(&str, &str); 5] = [
    ("Threshold", "threshold_db"),
    ("Ratio", "ratio"),
    ("Attack", "attack_ms"),
    ("Release", "release_ms"),
    ("Makeup", "makeup_db"),
];
const MINOR: [(&str, &str); 6] = [
    ("Knee", "knee_db"),
    ("Range", "range_db"),
    ("Hold", "hold_ms"),
    ("Lookahead", "lookahead_ms"),
    ("Link", "link"),
    ("Mix", "mix"),
];

/// Moves each of some values of the second band by the wheel.
#[track_caller]
fn assert_values(harness: &mut Harness<'_, Window>, values: &[(&str, &str)]) {
    // From where one step down is one.
    for (field, value) in [("hold_ms", 10.0), ("knee_db", 6.0)] {
        harness.state().host.automate(&id(2, field), value);
    }
    harness.run_steps(2);
    for (name, field) in values {
        assert_one_gesture(&wheel_over(harness, &format!("Band 2 {name}")), &id(2, field));
    }
}

#[test]
fn the_chosen_bands_controls_move_it_at_every_size() {
    for size in [[1000.0, 620.0], [760.0, 560.0], [720.0, 440.0], [1600.0, 900.0]] {
        let mut harness = designed(2, size, 1.0);
        assert_values(&mut harness, &MAIN);
        assert_click(&mut harness, "Band 2 Auto Release", &id(2, "auto_release"), 1.0);
        if is_there(&harness, "More") {
            click(&mut harness, "More");
            assert!(!is_there(&harness, "Band 2 Ratio"), "one row at a time");
        }
        assert_values(&mut harness, &MINOR);
        for (name, field) in [("Solo", "solo"), ("Mute", "mute"), ("Delta", "delta")] {
            let id = format!("listen.compressor.band.2.{field}");
            assert_click(&mut harness, &format!("Band 2 {name}"), &id, 1.0);
            assert_click(&mut harness, &format!("Band 2 {name}"), &id, 0.0);
        }
        assert_click(&mut harness, "Band 2 Enabled", &id(2, "enabled"), 0.0);
        assert_click(&mut harness, "Upward", &id(2, "mode"), CompressorMode::Upward.index());
        assert_click(&mut harness, "Expand", &id(2, "mode"), CompressorMode::Expand.index());
        for (name, id) in [("Mix", "compressor.mix"), ("Output Gain", "compressor.output_gain_db")] {
            assert_one_gesture(&wheel_over(&mut harness, name), id);
        }
    }
}

#[test]
fn the_toolbar_moves_the_compressor_at_every_size() {
    for size in [[1000.0, 620.0], [860.0, 600.0], [720.0, 440.0]] {
        let mut harness = designed(2, size, 1.0);
        assert_click(&mut harness, "Dynamic", "compressor.phase", 2.0);
        assert_click(&mut harness, "Linear", "compressor.phase", 1.0);
        assert_click(&mut harness, "RMS", &id(2, "detector"), 1.0);
        assert_click(&mut harness, "3", "compressor.bands", 3.0);
        assert_click(&mut harness, "4", "compressor.bands", 4.0);
        if is_there(&harness, "More in the toolbar") {
            click(&mut harness, "More in the toolbar");
        }
        assert_click(&mut harness, "Auto Makeup", "compressor.auto_makeup", 0.0);
        assert_click(&mut harness, "Lookahead", "compressor.lookahead", 1.0);
        assert_click(&mut harness, "Side", &id(2, "channel"), CompressorChannel::Side.index());
        harness.key_press(Key::Escape);
        harness.run_steps(2);
        click(&mut harness, "Detector");
        for (name, field) in
            [("Band 2 RMS Window", "rms_window_ms"), ("Band 2 Detector Tilt", "detector_tilt_db_per_oct")]
        {
            assert_one_gesture(&wheel_over(&mut harness, name), &id(2, field));
        }
        harness.state().host.automate(&id(2, "detector_high_pass_hz"), 80.0);
        harness.run_steps(2);
        let high_pass = id(2, "detector_high_pass_hz");
        assert_one_gesture(&wheel_over(&mut harness, "Band 2 Detector High-pass"), &high_pass);
    }
}

#[test]
fn one_channel_has_no_sides_and_nothing_to_link() {
    let mut harness = designed(1, [1000.0, 620.0], 1.0);
    assert!(is_there(&harness, "Band 2 Mix") && !is_there(&harness, "Band 2 Link") && !is_there(&harness, "Side"));
    assert_values(&mut harness, &MAIN);
}

#[test]
fn what_is_listened_to_stands_in_the_header() {
    let mut harness = designed(2, [1000.0, 620.0], 1.0);
    assert!(!is_there(&harness, "Band 2 Solo off"));
    harness.key_press(Key::S);
    harness.run_steps(2);
    assert_click(&mut harness, "Band 2 Solo off", "listen.compressor.band.2.solo", 0.0);
    assert!(!is_there(&harness, "Band 2 Solo off"));
    // More than there is room for.
    let ids: Vec<String> = (1..=4)
        .flat_map(|band| ["solo", "mute", "delta"].map(|field| format!("listen.compressor.band.{band}.{field}")))
        .collect();
    ids.iter().for_each(|id| harness.state().host.automate(id, 1.0));
    harness.run_steps(2);
    assert!(!is_there(&harness, "Band 2 Solo off"));
    click(&mut harness, "Listening off");
    assert!(ids.iter().all(|id| harness.state().host.get(id) == 0.0));
}

#[test]
fn a_lookahead_that_waits_says_what_for() {
    let mut harness = designed(2, [1000.0, 620.0], 1.0);
    harness.get_by_label("Band 2 Lookahead").hover();
    harness.run_steps(30);
    assert!(said(&harness, "Hint").contains("until the compressor's Lookahead is on"), "{}", said(&harness, "Hint"));
    harness.state().host.automate("compressor.lookahead", 1.0);
    harness.run_steps(2);
    assert!(said(&harness, "Hint").contains("0 to 20 ms"), "{}", said(&harness, "Hint"));
}

#[test]
fn its_numbers_are_what_the_static_curve_does_to_a_tone() {
    let mut harness = designed(2, [1000.0, 620.0], 1.0);
    harness.state().host.automate("compressor.auto_makeup", 0.0);
    // In the middle of the second band and 12 dB above its threshold of -24 dBFS at 2:1. The knee of 6 dB has ended; the
    // skirts of 24 dB an octave take 1 / (1 + (120 / 346)^4) and 1 / (1 + (346 / 1000)^4): 0.25 dB.
    let tone: Vec<f32> = (0..6 * SAMPLE_RATE as usize)
        .map(|frame| (0.251_188_6 * (TAU * 346.0 * frame as f64 / SAMPLE_RATE).sin()) as f32)
        .collect();
    play(&mut harness, &[tone.clone(), tone], 0.0, 6.0);
    // 0.05 dB: half the last digit; and as much for what a peak is missed by between two samples.
    let near = |text: &str, expected_db: f64| {
        let number: f64 = text.trim_end_matches(" dB").replace('\u{2212}', "-").parse().unwrap();
        assert!((number - expected_db).abs() <= 0.1, "{text} is not {expected_db} dB");
    };
    near(&said(&harness, "Band 2 reduction"), -5.875);
    near(said(&harness, "Band 2 transfer").trim_start_matches("level ").trim_end_matches("FS"), -12.25);
    near(&said(&harness, "Gain reduction"), -5.875);
}

#[test]
fn with_music_its_numbers_move_and_are_what_the_chain_did() {
    /// Hops in a frame of the display.
    const FRAME: usize = 13;
    let hops = |seconds: f64| (seconds * SAMPLE_RATE / 64.0) as usize;
    let mix = demo_mix(SAMPLE_RATE);
    let mut harness = designed(2, [1000.0, 620.0], 1.0);
    let start = 22 * SAMPLE_RATE as usize / 64 * 64;
    let part: Vec<Vec<f32>> = mix.iter().map(|channel| channel[start..start + 64 * hops(6.0)].to_vec()).collect();
    // Of the same sound, what a chain of its own tells of the second band; and what that leaves of it at 25 dB a second.
    let told = told(&part, &harness.state().host);
    let fall = 25.0 * 64.0 / SAMPLE_RATE as f32;
    let held: Vec<f32> = told
        .iter()
        .scan(0.0, |held: &mut f32, gain_db| {
            *held = gain_db.min(*held + fall);
            Some(*held)
        })
        .collect();
    let mut numbers = Vec::new();
    for frame in 0..held.len() / FRAME {
        let frames = frame * FRAME * 64..(frame + 1) * FRAME * 64;
        let block: Vec<Vec<f32>> = part.iter().map(|channel| channel[frames.clone()].to_vec()).collect();
        let window = harness.state_mut();
        window.insert.play(&block, &window.host);
        harness.step();
        let text = said(&harness, "Band 2 reduction");
        let shown: f32 = text.trim_end_matches(" dB").replace('\u{2212}', "-").parse().unwrap();
        // A number is read every fifth of a second, and is the deepest since the one before, each to a frame.
        let end = (frame + 1) * FRAME;
        let before = end.saturating_sub(hops(0.4) + 3 * FRAME);
        let within = &held[before..end];
        let deepest = within.iter().copied().fold(0.0, f32::min);
        let shallowest = within.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        // Half the last digit, and what a frame of the display falls by.
        let tolerance_db = 0.051 + 25.0 / 60.0;
        assert!(shown >= deepest - 0.051 && shown <= shallowest + tolerance_db, "{shown}: {deepest}, {shallowest} dB");
        if frame % 24 == 23 {
            numbers.push(text);
        }
    }
    numbers.dedup();
    assert!(numbers.len() > 5 && told.iter().any(|gain_db| *gain_db < -1.0), "{numbers:?}");
}

/// The gains that the second band of a compressor told of, set as a host has it, of a signal, dB.
fn told(signal: &[Vec<f32>], host: &StandIn) -> Vec<f32> {
    let mut chain = MasteringChain::of(&[Module::Compressor]);
    chain.prepare(&Spec { sample_rate: SAMPLE_RATE, max_block: 64, channels: 2 }).unwrap();
    let mut reader = chain.take_compressor().unwrap().bands;
    reader.open();
    let mut settings = ChainSettings::default();
    parameters().iter().for_each(|known| known.set(&mut settings, f64::from(host.get(&known.id))));
    chain.set_params(&settings);
    let mut gains = Vec::new();
    for start in (0..signal[0].len() / 64 * 64).step_by(64) {
        let mut block: Vec<Vec<f32>> = signal.iter().map(|channel| channel[start..start + 64].to_vec()).collect();
        chain.process(&mut block.iter_mut().map(Vec::as_mut_slice).collect::<Vec<_>>());
        while let Some(hops) = reader.next_frame() {
            gains.push(hops[1].gain_db);
        }
    }
    gains
}

#[test]
fn it_draws_while_sound_moves_rests_in_silence_and_listens_only_while_open() {
    let mix = demo_mix(SAMPLE_RATE);
    let mut harness = designed(2, [1000.0, 620.0], 1.0);
    assert!(harness.run_ok().is_some(), "nothing moves before the first sound");
    play(&mut harness, &mix, 32.0, 34.0);
    assert!(harness.run_ok().is_none(), "levels fall");
    let silence = vec![vec![0.0; 8 * SAMPLE_RATE as usize]; 2];
    play(&mut harness, &silence, 0.0, 8.0);
    harness.run_steps(900);
    assert!(harness.run_ok().is_some(), "silence comes to rest");
}

/// The mix, so quiet that what make-up adds stays below full scale.
fn quiet_mix() -> Vec<Vec<f32>> {
    let quieter = |channel: Vec<f32>| channel.into_iter().map(|sample| 0.6 * sample).collect();
    demo_mix(SAMPLE_RATE).into_iter().map(quieter).collect()
}

#[test]
fn six_bands_one_band_one_channel_and_what_is_off_can_be_seen() {
    let mix = quiet_mix();
    let mut results = SnapshotResults::new();
    let mut harness = designed(2, [1000.0, 620.0], 1.0);
    let set = |harness: &Harness<'_, Window>, values: &[(String, f32)]| {
        values.iter().for_each(|(id, value)| harness.state().host.automate(id, *value));
    };
    let solo = "listen.compressor.band.3.solo".to_owned();
    set(&harness, &[("compressor.bands".to_owned(), 6.0), (solo.clone(), 1.0), (id(5, "enabled"), 0.0)]);
    set(&harness, &[("compressor.crossover_hz.4".to_owned(), 9000.0), (id(6, "mode"), 2.0), (id(6, "ratio"), 2.0)]);
    set(&harness, &[(id(6, "threshold_db"), -40.0), (id(6, "range_db"), 9.0)]);
    harness.key_press(Key::Num6);
    play(&mut harness, &mix, 22.0, 36.0);
    results.add(picture(&mut harness, "compressor-six-dark-100"));
    set(&harness, &[(solo, 0.0), ("bypass".to_owned(), 1.0), (id(6, "mode"), 1.0)]);
    harness.get_by_label("Crossover 2").hover();
    play(&mut harness, &mix, 36.0, 38.0);
    results.add(picture(&mut harness, "compressor-bypassed-dark-100"));
    let mut harness = open(&COMPRESSOR, 1, [1000.0, 620.0], 1.0);
    set(&harness, &[(id(1, "threshold_db"), -28.0), (id(1, "ratio"), 4.0), (id(1, "detector_high_pass_hz"), 90.0)]);
    click(&mut harness, "Detector");
    play(&mut harness, &mix[..1], 22.0, 36.0);
    results.add(picture(&mut harness, "compressor-mono-dark-100"));
    let mut harness = designed(2, [720.0, 440.0], 1.0);
    click(&mut harness, "More");
    click(&mut harness, "More in the toolbar");
    results.add(picture(&mut harness, "compressor-small-more-dark-100"));
}

#[test]
fn it_looks_as_it_was_designed() {
    let mix = quiet_mix();
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
