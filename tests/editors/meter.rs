//! Can the meter's editor be worked by its names, does it stand still when nothing moves, and does it look as it was
//! designed?

use egui_kittest::kittest::{AccessKitNode, NodeT, Queryable};
use egui_kittest::{Harness, SnapshotResults};
use runout_dsp_core::targets::TARGETS;
use runout_gui::egui::{Event, Key, Modifiers, Pos2, Vec2, vec2};
use runout_gui::look::Theme;
use runout_tests::signals::sine;

use crate::hand::{self, middle, press, release, wait, wheel};
use crate::insert::{self, METER, SAMPLE_RATE, Window, picture};
use crate::song::song;

/// The default size.
const SIZE: Vec2 = vec2(1000.0, 620.0);

/// Opens a meter on some channels.
fn open(channels: usize, size: Vec2, pixels: f32, theme: Theme) -> Harness<'static, Window> {
    let harness = insert::open(&METER, channels, size.into(), pixels);
    harness.state().preferences.set_theme(theme);
    harness
}

/// Plays a signal at once.
fn hear(harness: &mut Harness<'_, Window>, signal: &[Vec<f32>]) {
    let window = harness.state_mut();
    window.insert.play(signal, &window.host);
}

/// Opens one of the default size that has heard the song.
fn heard() -> Harness<'static, Window> {
    let mut harness = open(2, SIZE, 1.0, Theme::Dark);
    play_song(&mut harness);
    harness
}

/// Plays the song, and once the numbers have settled some of it again, so that the bars stand.
pub fn play_song(harness: &mut Harness<'static, Window>) {
    hear(harness, song());
    harness.run_steps(30);
    let from = (40.0 * SAMPLE_RATE) as usize;
    let tail: Vec<Vec<f32>> = song().iter().map(|channel| channel[from..from + 24_000].to_vec()).collect();
    hear(harness, &tail);
    harness.run_steps(1);
}

fn click(harness: &mut Harness<'_, Window>, name: &str) {
    let at = middle(harness, name);
    hand::click(harness, at, Modifiers::NONE);
    // Two clicks of a test are no double click.
    wait(harness, 1.0);
}

/// What a widget says of itself.
fn value(harness: &Harness<'_, Window>, name: &str) -> String {
    harness.get_by_label(name).accesskit_node().value().unwrap_or_default()
}

/// Whether something is said that begins so.
fn has(harness: &Harness<'_, Window>, start: &str) -> bool {
    let begins = |text: Option<String>| text.is_some_and(|text| text.starts_with(start));
    let said = |node: &AccessKitNode<'_>| begins(node.label()) || begins(node.value());
    harness.query_all_by(said).next().is_some()
}

#[test]
fn every_control_has_its_name() {
    let harness = heard();
    let names = [
        "Target",
        "Reset",
        "Pause",
        "Reset on play",
        "Loudness history",
        "EBU scale",
        "+9",
        "+18",
        "Levels: clear overs",
        "Bypass",
        "Settings",
    ];
    for name in names {
        assert!(harness.query_by_label(name).is_some(), "{name}");
    }
    assert!(has(&harness, "Correlation +0.9") && has(&harness, "Momentary "));
}

#[test]
fn reset_shows_at_once_and_pause_leaves_out() {
    let mut harness = heard();
    assert!(has(&harness, "Integrated \u{2212}1") && has(&harness, "On target "));
    click(&mut harness, "Pause");
    let frames = harness.state().insert.readings().frames;
    let tone = vec![sine(1_000.0, 0.1, 0.0, SAMPLE_RATE, 48_000); 2];
    hear(&mut harness, &tone);
    assert_eq!(harness.state().insert.readings().frames, frames);
    click(&mut harness, "Pause");
    hear(&mut harness, &tone);
    assert_eq!(harness.state().insert.readings().frames, frames + 48_000);
    let at = middle(&harness, "Reset");
    press(&mut harness, at);
    release(&mut harness, at);
    harness.step();
    assert!(
        has(&harness, "Integrated \u{2013} LUFS") && has(&harness, "No loudness yet") && has(&harness, "No peak yet")
    );
    assert_eq!(value(&harness, "Loudness history"), "0:00 to 1:00");
    hear(&mut harness, &tone);
    harness.run_steps(20);
    assert!(has(&harness, "Integrated \u{2212}20.0 LUFS"), "1 kHz at -20 dBFS in both channels");
    harness.key_press(Key::R);
    harness.run_steps(2);
    assert!(has(&harness, "Integrated \u{2013} LUFS"), "R resets too");
}

#[test]
fn reset_on_play_is_kept_with_the_preferences() {
    let mut harness = heard();
    click(&mut harness, "Reset on play");
    assert!(harness.state().preferences.resets_on_play());
    click(&mut harness, "Reset on play");
    assert!(!harness.state().preferences.resets_on_play());
}

#[test]
fn the_target_is_chosen_from_a_list_and_judges_at_once() {
    let mut harness = heard();
    assert_eq!(value(&harness, "Target"), "Spotify");
    click(&mut harness, "Target");
    click(&mut harness, "Club");
    assert_eq!(harness.state().preferences.target().map(|target| target.name), Some("club"));
    assert!(has(&harness, "Under target"));
    // A rule without loudness judges the ceiling only.
    click(&mut harness, "Target");
    click(&mut harness, "CD");
    assert!(!has(&harness, "Under target") && has(&harness, "Under ceiling"));
    click(&mut harness, "Target");
    // The list shows twelve rows: the last is found by what is typed.
    for letter in ["n", "o", " ", "t"] {
        harness.event(Event::Text(letter.to_owned()));
    }
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    assert_eq!(harness.state().preferences.target(), None);
    assert!(!has(&harness, "Under ceiling") && has(&harness, "Integrated"));
}

#[test]
fn the_history_is_zoomed_by_drag_wheel_and_keys_and_fitted_by_a_double_click() {
    let mut harness = heard();
    let shown = |harness: &Harness<'_, Window>| value(harness, "Loudness history");
    assert_eq!(shown(&harness), "0:00 to 3:43");
    let area = harness.get_by_label("Loudness history").rect();
    let at = |share: f32| Pos2::new(area.left() + share * area.width(), area.center().y);
    press(&mut harness, at(0.25));
    harness.hover_at(at(0.4));
    harness.step();
    harness.hover_at(at(0.5));
    harness.step();
    release(&mut harness, at(0.5));
    harness.step();
    assert_eq!(shown(&harness), "0:56 to 1:51", "a quarter of 222.5 s from the first quarter on");
    for (key, expected) in
        [(Key::ArrowRight, "1:01 to 1:57"), (Key::ArrowLeft, "0:56 to 1:51"), (Key::Home, "0:00 to 3:43")]
    {
        harness.get_by_label("Loudness history").focus();
        harness.key_press(key);
        harness.run_steps(2);
        assert_eq!(shown(&harness), expected);
    }
    wait(&mut harness, 1.0);
    harness.hover_at(at(0.5));
    wheel(&mut harness, 5.0, Modifiers::NONE);
    harness.run_steps(30);
    assert_ne!(shown(&harness), "0:00 to 3:43", "the wheel zooms");
    for _ in 0..2 {
        press(&mut harness, at(0.5));
        release(&mut harness, at(0.5));
    }
    harness.step();
    assert_eq!(shown(&harness), "0:00 to 3:43");
}

#[test]
fn the_scale_of_the_bars_is_chosen() {
    let mut harness = heard();
    assert_eq!(value(&harness, "EBU scale"), "+9");
    click(&mut harness, "+18");
    assert_eq!(value(&harness, "EBU scale"), "+18");
}

#[test]
fn a_low_window_folds_the_true_peaks_away() {
    let mut harness = open(2, vec2(720.0, 440.0), 1.0, Theme::Dark);
    play_song(&mut harness);
    assert!(has(&harness, "True peak, max") && !has(&harness, "Momentary, max"));
    let before = harness.get_by_label("Loudness history").rect().bottom();
    click(&mut harness, "True peak lane");
    assert_eq!(harness.get_by_label("Loudness history").rect().bottom(), before, "both lanes share the place");
}

#[test]
fn nothing_is_drawn_again_when_nothing_moves() {
    let mut harness = heard();
    assert!(harness.try_run().is_err(), "while levels fall, every frame is another");
    // From -1 dBFS to the floor at 20 dB/s, after a hold of 1.5 s: 9 s.
    harness.run_steps(600);
    assert!(harness.try_run().is_ok());
}

#[test]
fn a_closed_editor_does_not_listen() {
    let mut harness = heard();
    assert!(harness.state().insert.is_heard());
    let context = harness.ctx.clone();
    let window = harness.state_mut();
    window.editor.closed(&context, &window.host);
    assert!(!harness.state().insert.is_heard());
}

#[test]
fn it_looks_as_it_was_designed() {
    let mut results = SnapshotResults::new();
    for (name, target, size, pixels, theme) in [
        ("meter-dark-100", "spotify", SIZE, 1.0, Theme::Dark),
        ("meter-dark-200", "spotify", SIZE, 2.0, Theme::Dark),
        ("meter-light-100", "spotify", SIZE, 1.0, Theme::Light),
        ("meter-over-dark-100", "amazon-music", SIZE, 1.0, Theme::Dark),
        ("meter-small-dark-100", "apple-music", vec2(720.0, 440.0), 1.0, Theme::Dark),
        ("meter-large-light-100", "ebu-r128", vec2(1500.0, 900.0), 1.0, Theme::Light),
        ("meter-no-target-dark-100", "none", SIZE, 1.0, Theme::Dark),
    ] {
        let mut harness = open(2, size, pixels, theme);
        let target = TARGETS.iter().find(|listed| listed.name == target);
        harness.state().preferences.set_target(target);
        play_song(&mut harness);
        results.add(picture(&mut harness, name));
    }
}

#[test]
fn every_channel_of_immersive_sound_has_its_bar() {
    let mut results = SnapshotResults::new();
    for (name, channels) in [("meter-6-channels", 6), ("meter-12-channels", 12), ("meter-mono", 1)] {
        let mut harness = open(channels, SIZE, 1.0, Theme::Dark);
        let tones = (0..channels).map(|channel| {
            let amplitude = 10f64.powf((-6.0 - 3.0 * channel as f64) / 20.0);
            sine(200.0 + 50.0 * channel as f64, amplitude, 0.0, SAMPLE_RATE, 48_000 * 5)
        });
        let tones: Vec<Vec<f32>> = tones.collect();
        hear(&mut harness, &tones);
        harness.run_steps(20);
        let tail: Vec<Vec<f32>> = tones.iter().map(|tone| tone[..24_000].to_vec()).collect();
        hear(&mut harness, &tail);
        harness.step();
        results.add(picture(&mut harness, name));
    }
}

#[test]
fn the_pointer_reads_and_a_drag_shows_its_span() {
    let mut results = SnapshotResults::new();
    let mut harness = heard();
    let area = harness.get_by_label("Loudness history").rect();
    let at = |share: f32| Pos2::new(area.left() + share * area.width(), area.center().y);
    harness.hover_at(at(0.3));
    harness.run_steps(2);
    results.add(picture(&mut harness, "meter-pointer"));
    press(&mut harness, at(0.3));
    harness.hover_at(at(0.5));
    harness.run_steps(2);
    results.add(picture(&mut harness, "meter-drag"));
    release(&mut harness, at(0.5));
    harness.run_steps(2);
    results.add(picture(&mut harness, "meter-zoomed"));
    harness.state().host.automate("bypass", 1.0);
    harness.run_steps(2);
    results.add(picture(&mut harness, "meter-bypassed"));
}
