//! Can the limiter's editor be worked by name, does it learn what it should, and does it look as it was designed?

use egui_kittest::kittest::Queryable;
use egui_kittest::{Harness, SnapshotResults};
use runout_gui::look::Theme;
use runout_tests::music::demo_mix;

use crate::insert::{
    LIMITER, SAMPLE_RATE, Window, assert_one_gesture, click, open, picture, play, set_theme, wheel_over,
};

#[test]
fn every_control_is_found_by_its_name_and_moves_its_parameter() {
    for size in [[1000.0, 620.0], [760.0, 560.0], [1600.0, 900.0]] {
        let mut harness = open(&LIMITER, 2, size, 1.0);
        for (name, id) in [
            ("Input Gain", "limiter.input_gain_db"),
            ("Ceiling", "limiter.ceiling_dbtp"),
            ("Lookahead", "limiter.lookahead_ms"),
            ("Release", "limiter.release_ms"),
            ("Link", "limiter.link"),
        ] {
            assert_one_gesture(&wheel_over(&mut harness, name), id);
        }
        for (name, id, value) in [
            ("Auto Release", "limiter.auto_release", 0.0),
            ("Delta", "listen.limiter.delta", 1.0),
            ("Unity Gain", "listen.limiter.unity_gain", 1.0),
            ("Punchy", "limiter.style", 1.0),
        ] {
            harness.state().host.take_calls();
            click(&mut harness, name);
            assert_one_gesture(&harness.state().host.take_calls(), id);
            assert_eq!(harness.state().host.get(id), value, "{name}");
        }
    }
}

#[test]
fn a_low_window_folds_the_minor_controls() {
    let mut harness = open(&LIMITER, 2, [720.0, 440.0], 1.0);
    assert!(harness.query_by_label("Lookahead").is_none());
    click(&mut harness, "More");
    for (name, id) in
        [("Lookahead", "limiter.lookahead_ms"), ("Release", "limiter.release_ms"), ("Link", "limiter.link")]
    {
        assert_one_gesture(&wheel_over(&mut harness, name), id);
    }
    click(&mut harness, "Less");
    assert!(harness.query_by_label("Auto Release").is_none());
}

#[test]
fn a_limiter_that_is_off_says_so_and_turns_on_again() {
    let mut harness = open(&LIMITER, 2, [1000.0, 620.0], 1.0);
    assert!(harness.query_by_label("Off: turn it on").is_none());
    harness.state().host.automate("limiter.enabled", 0.0);
    harness.run_steps(2);
    click(&mut harness, "Off: turn it on");
    assert_eq!(harness.state().host.get("limiter.enabled"), 1.0);
    assert!(harness.query_by_label("Off: turn it on").is_none());
}

#[test]
fn learning_finds_the_gain_that_meets_the_target() {
    let mix = demo_mix(SAMPLE_RATE);
    let mut harness = open(&LIMITER, 2, [1000.0, 620.0], 1.0);
    let mut last_distance_lu = f64::INFINITY;
    click(&mut harness, "Learn");
    for _ in 0..2 {
        play(&mut harness, &mix, 32.0, 46.0);
        let integrated_lufs = harness.state().insert.readings().integrated_lufs;
        // The first target is Spotify's, -14 LUFS.
        let missing_lu = -14.0 - integrated_lufs;
        assert!(missing_lu.abs() < last_distance_lu.abs(), "{missing_lu} LU after {last_distance_lu} LU");
        last_distance_lu = missing_lu;
        let before_db = f64::from(harness.state().host.get("limiter.input_gain_db"));
        harness.state().host.take_calls();
        click(&mut harness, "Apply");
        let calls = harness.state().host.take_calls();
        if !calls.is_empty() {
            assert_one_gesture(&calls, "limiter.input_gain_db");
        }
        let applied_db = f64::from(harness.state().host.get("limiter.input_gain_db"));
        // In tenths of a dB, of readings that were published up to 20 ms earlier: 0.02 LU at most in 14 s.
        assert!((applied_db - before_db - missing_lu).abs() < 0.07, "{applied_db} after {before_db}, {missing_lu} LU");
    }
    // The limiter takes some of the loudness back that the gain adds: a second look leaves less than the tolerance.
    assert!(last_distance_lu.abs() < 0.5, "{last_distance_lu} LU");
}

#[test]
fn it_draws_while_sound_moves_rests_in_silence_and_listens_only_while_open() {
    let mix = demo_mix(SAMPLE_RATE);
    let mut harness = open(&LIMITER, 2, [1000.0, 620.0], 1.0);
    assert!(harness.run_ok().is_some(), "nothing moves before the first sound");
    play(&mut harness, &mix, 32.0, 34.0);
    let soon = |harness: &Harness<'_, Window>| {
        let viewports = harness.output().viewport_output.values();
        viewports.map(|viewport| viewport.repaint_delay).min().is_some_and(|delay| delay.is_zero())
    };
    assert!(soon(&harness), "the next frame follows at once while music plays");
    let silence = vec![vec![0.0; 13 * SAMPLE_RATE as usize]; 2];
    play(&mut harness, &silence, 0.0, 13.0);
    // The last sound has left the lanes; the bars fall by 20 dB a second of the display's clock.
    harness.run_steps(600);
    assert!(harness.run_ok().is_some(), "silence comes to rest");
    assert!(harness.state().insert.is_heard());
    let context = harness.ctx.clone();
    let window = harness.state_mut();
    window.editor.closed(&context, &window.host);
    assert!(!harness.state().insert.is_heard());
}

/// A low window has no room to learn; a wide or narrow one moves what stands between the controls.
#[test]
fn it_looks_as_it_was_designed() {
    let mix = demo_mix(SAMPLE_RATE);
    let mut results = SnapshotResults::new();
    for (name, size, pixels, theme) in [
        ("dark-100", [1000.0, 620.0], 1.0, Theme::Dark),
        ("dark-200", [1000.0, 620.0], 2.0, Theme::Dark),
        ("light-100", [1000.0, 620.0], 1.0, Theme::Light),
        ("small-dark-100", [720.0, 440.0], 1.0, Theme::Dark),
        ("narrow-light-100", [790.0, 560.0], 1.0, Theme::Light),
        ("wide-dark-100", [1600.0, 900.0], 1.0, Theme::Dark),
    ] {
        let mut harness = open(&LIMITER, 2, size, pixels);
        set_theme(&mut harness, theme);
        harness.state().host.automate("limiter.input_gain_db", 5.0);
        if harness.query_by_label("Learn").is_some() {
            click(&mut harness, "Learn");
        }
        play(&mut harness, &mix, 22.0, 36.0);
        results.add(picture(&mut harness, &format!("limiter-{name}")));
    }
}

#[test]
fn what_is_only_heard_and_what_is_bypassed_can_be_seen() {
    let mix = demo_mix(SAMPLE_RATE);
    let mut results = SnapshotResults::new();
    let mut harness = open(&LIMITER, 2, [1000.0, 620.0], 1.0);
    let set = |harness: &Harness<'_, Window>, id, value| harness.state().host.automate(id, value);
    set(&harness, "limiter.input_gain_db", 14.0);
    play(&mut harness, &mix, 32.0, 36.0);
    set(&harness, "listen.limiter.unity_gain", 1.0);
    play(&mut harness, &mix, 36.0, 40.0);
    click(&mut harness, "Delta");
    play(&mut harness, &mix, 40.0, 43.0);
    results.add(picture(&mut harness, "limiter-listening-dark-100"));
    set(&harness, "listen.limiter.unity_gain", 0.0);
    set(&harness, "listen.limiter.delta", 0.0);
    set(&harness, "limiter.enabled", 0.0);
    play(&mut harness, &mix, 43.0, 46.0);
    set(&harness, "bypass", 1.0);
    harness.run_steps(3);
    results.add(picture(&mut harness, "limiter-bypassed-dark-100"));
}
