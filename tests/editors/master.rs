//! Can Master's editor be worked by name, and does it look as it was designed?

use egui_kittest::SnapshotResults;
use egui_kittest::kittest::Queryable;
use runout_gui::egui::Key;
use runout_gui::look::Theme;
use runout_tests::music::demo_mix;

use crate::compressor;
use crate::equalizer::set_designed;
use crate::insert::{MASTER, SAMPLE_RATE, assert_one_gesture, click, open, picture, play, set_theme, wheel_over};

#[test]
fn every_control_is_found_by_its_full_name_and_moves_its_parameter() {
    for size in [[1280.0, 760.0], [720.0, 560.0]] {
        let mut harness = open(&MASTER, 2, size, 1.0);
        for (name, id) in [
            ("Limiter Input Gain", "limiter.input_gain_db"),
            ("Limiter Ceiling", "limiter.ceiling_dbtp"),
            ("Limiter Lookahead", "limiter.lookahead_ms"),
            ("Limiter Release", "limiter.release_ms"),
            ("Limiter Link", "limiter.link"),
        ] {
            assert_one_gesture(&wheel_over(&mut harness, name), id);
        }
        let switches = [
            ("Limiter Auto Release", "limiter.auto_release", 0.0),
            ("Limiter Delta", "listen.limiter.delta", 1.0),
            ("Limiter card delta", "listen.limiter.delta", 0.0),
            ("Limiter Unity Gain", "listen.limiter.unity_gain", 1.0),
            ("Limiter card power", "limiter.enabled", 0.0),
            ("Limiter is off: turn it on", "limiter.enabled", 1.0),
        ];
        for (name, id, value) in switches {
            harness.state().host.take_calls();
            click(&mut harness, name);
            assert_one_gesture(&harness.state().host.take_calls(), id);
            assert_eq!(harness.state().host.get(id), value, "{name}");
        }
        assert!(harness.query_by_label("Input Gain").is_none());
        click(&mut harness, "Input");
        assert!(harness.query_by_label("Limiter Input Gain").is_none());
        assert_one_gesture(&wheel_over(&mut harness, "Input Gain"), "input.gain_db");
        for (name, id) in [
            ("Input Invert Left", "input.invert_left"),
            ("Input Invert Right", "input.invert_right"),
            ("Input Swap", "input.swap"),
        ] {
            harness.state().host.take_calls();
            click(&mut harness, name);
            assert_one_gesture(&harness.state().host.take_calls(), id);
            assert_eq!(harness.state().host.get(id), 1.0, "{name}");
        }
        click(&mut harness, "Limiter");
        assert!(harness.query_by_label("Limiter Input Gain").is_some());
    }
}

#[test]
fn the_equalizer_is_chosen_by_its_card_and_worked_by_full_names() {
    for size in [[1280.0, 760.0], [1000.0, 620.0], [720.0, 440.0]] {
        let mut harness = open(&MASTER, 2, size, 1.0);
        set_designed(&mut harness);
        assert!(harness.query_by_label("Equalizer Phase").is_none());
        click(&mut harness, "Equalizer");
        assert!(harness.query_by_label("Limiter Input Gain").is_none());
        for (name, id) in [
            ("Equalizer Band 1 Frequency", "equalizer.band.1.frequency_hz"),
            ("Equalizer Band 1 Q", "equalizer.band.1.q"),
            ("Equalizer Phase", "equalizer.phase"),
        ] {
            assert_one_gesture(&wheel_over(&mut harness, name), id);
        }
        if size[0] <= 1000.0 {
            click(&mut harness, "Analyzer");
            for name in ["Hold Spectrum", "Smooth Spectrum"] {
                click(&mut harness, name);
            }
            click(&mut harness, "3");
            assert_eq!(harness.state().preferences.spectrum_slope_db_per_oct(), 3.0);
            assert!(!harness.state().preferences.spectrum_smoothing());
            harness.key_press(Key::Escape);
            harness.run_steps(2);
        }
        harness.state().host.take_calls();
        click(&mut harness, "Equalizer card power");
        assert_one_gesture(&harness.state().host.take_calls(), "equalizer.enabled");
        assert_eq!(harness.state().host.get("equalizer.enabled"), 0.0);
        // The keys are the equalizer's while it is on show.
        harness.key_press(Key::N);
        harness.run_steps(2);
        assert_eq!(harness.state().host.get("equalizer.band.8.enabled"), 1.0);
        click(&mut harness, "Limiter");
        harness.key_press(Key::N);
        harness.run_steps(2);
        assert_eq!(harness.state().host.get("equalizer.band.9.enabled"), 0.0);
    }
}

#[test]
fn the_compressor_is_chosen_by_its_card_and_worked_by_full_names() {
    for size in [[1280.0, 760.0], [1000.0, 620.0], [720.0, 440.0]] {
        let mut harness = open(&MASTER, 2, size, 1.0);
        compressor::set_designed(&mut harness);
        assert!(harness.query_by_label("Compressor Phase").is_none());
        click(&mut harness, "Compressor");
        assert!(harness.query_by_label("Limiter Input Gain").is_none());
        for (name, id) in [
            ("Compressor Phase", "compressor.phase"),
            ("Compressor Band 1 Ratio", "compressor.band.1.ratio"),
            ("Compressor Crossover 1", "compressor.crossover_hz.1"),
            ("Compressor Band 2 Threshold in the plot", "compressor.band.2.threshold_db"),
        ] {
            assert_one_gesture(&wheel_over(&mut harness, name), id);
        }
        click(&mut harness, "Compressor more");
        for (name, id) in
            [("Compressor Mix", "compressor.mix"), ("Compressor Output Gain", "compressor.output_gain_db")]
        {
            assert_one_gesture(&wheel_over(&mut harness, name), id);
        }
        harness.key_press(Key::Escape);
        harness.run_steps(2);
        harness.state().host.take_calls();
        click(&mut harness, "Compressor card power");
        assert_one_gesture(&harness.state().host.take_calls(), "compressor.enabled");
        // The keys are the compressor's while it is on show.
        harness.key_press(Key::Num3);
        harness.run_steps(2);
        assert!(harness.query_by_label("Compressor Band 3 Ratio").is_some());
        click(&mut harness, "Limiter");
        harness.key_press(Key::N);
        harness.run_steps(2);
        assert_eq!(harness.state().host.get("compressor.bands"), 4.0);
    }
}

#[test]
fn the_output_is_chosen_by_its_card_and_worked_by_full_names() {
    for size in [[1280.0, 760.0], [1000.0, 620.0], [720.0, 440.0], [1920.0, 1080.0]] {
        let mut harness = open(&MASTER, 2, size, 1.0);
        assert!(harness.query_by_label("Output Bit Depth").is_none());
        click(&mut harness, "Output");
        assert!(harness.query_by_label("Limiter Input Gain").is_none());
        for (name, id) in [
            ("Output Bit Depth", "output.bit_depth"),
            ("Output Dither", "output.dither"),
            ("Output Seed", "output.seed"),
        ] {
            assert_one_gesture(&wheel_over(&mut harness, name), id);
        }
        for (name, id, value) in [
            ("24", "output.bit_depth", 3.0),
            ("Shaped", "output.dither", 3.0),
            ("Lipshitz", "output.shape", 0.0),
            ("Output Blank Silence", "output.blank_silence", 0.0),
        ] {
            harness.state().host.take_calls();
            click(&mut harness, name);
            assert_one_gesture(&harness.state().host.take_calls(), id);
            assert_eq!(harness.state().host.get(id), value, "{name}");
        }
    }
}

#[test]
fn one_channel_has_no_sides() {
    let mut harness = open(&MASTER, 1, [1280.0, 760.0], 1.0);
    click(&mut harness, "Input");
    assert!(harness.query_by_label("Input Invert Left").is_some());
    assert!(harness.query_by_label("Input Invert Right").is_none() && harness.query_by_label("Input Swap").is_none());
}

#[test]
fn it_looks_as_it_was_designed() {
    let mix = demo_mix(SAMPLE_RATE);
    let mut results = SnapshotResults::new();
    for (name, size, pixels, theme, card) in [
        ("dark-100", [1280.0, 760.0], 1.0, Theme::Dark, "Limiter"),
        ("dark-200", [1280.0, 760.0], 2.0, Theme::Dark, "Limiter"),
        ("light-100", [1280.0, 760.0], 1.0, Theme::Light, "Limiter"),
        ("output-dark-100", [1280.0, 760.0], 1.0, Theme::Dark, "Output"),
        ("output-light-100", [1280.0, 760.0], 1.0, Theme::Light, "Output"),
        ("output-1000-dark-100", [1000.0, 620.0], 1.0, Theme::Dark, "Output"),
        ("output-small-dark-100", [720.0, 440.0], 1.0, Theme::Dark, "Output"),
        ("output-wide-dark-100", [1920.0, 1080.0], 1.0, Theme::Dark, "Output"),
        ("input-dark-100", [1280.0, 760.0], 1.0, Theme::Dark, "Input"),
        ("small-dark-100", [720.0, 440.0], 1.0, Theme::Dark, "Limiter"),
        ("equalizer-dark-100", [1280.0, 760.0], 1.0, Theme::Dark, "Equalizer"),
        ("equalizer-dark-200", [1280.0, 760.0], 2.0, Theme::Dark, "Equalizer"),
        ("equalizer-light-100", [1280.0, 760.0], 1.0, Theme::Light, "Equalizer"),
        ("equalizer-1000-dark-100", [1000.0, 620.0], 1.0, Theme::Dark, "Equalizer"),
        ("equalizer-small-dark-100", [720.0, 440.0], 1.0, Theme::Dark, "Equalizer"),
        ("compressor-dark-100", [1280.0, 760.0], 1.0, Theme::Dark, "Compressor"),
        ("compressor-light-100", [1280.0, 760.0], 1.0, Theme::Light, "Compressor"),
        ("compressor-1000-dark-100", [1000.0, 620.0], 1.0, Theme::Dark, "Compressor"),
        ("compressor-small-dark-100", [720.0, 440.0], 1.0, Theme::Dark, "Compressor"),
        ("compressor-wide-dark-100", [1920.0, 1080.0], 1.0, Theme::Dark, "Compressor"),
        ("equalizer-wide-dark-100", [1600.0, 900.0], 1.0, Theme::Dark, "Equalizer"),
    ] {
        let mut harness = open(&MASTER, 2, size, pixels);
        set_theme(&mut harness, theme);
        harness.state().host.automate("limiter.input_gain_db", 5.0);
        set_designed(&mut harness);
        compressor::set_designed(&mut harness);
        click(&mut harness, card);
        if card == "Output" {
            harness.state().host.automate("output.bit_depth", 3.0);
            harness.state().host.automate("listen.alone", 2.0);
        }
        if card == "Compressor" {
            harness.key_press(Key::Num2);
        }
        if card == "Equalizer" {
            harness.key_press(Key::Num3);
        }
        play(&mut harness, &mix, 22.0, 36.0);
        results.add(picture(&mut harness, &format!("master-{name}")));
    }
}
