//! Can the imager's editor be worked by name, and does the host hear exactly what it should?

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use runout_gui::egui::{Key, Modifiers, Vec2, vec2};

use crate::hand;
use crate::insert::{IMAGER, Window, assert_one_gesture, click, open, wheel_over};
use crate::stand_in::Call;

/// The size of the design, points.
pub const SIZE: [f32; 2] = [1000.0, 620.0];

/// The plot's height at that size, points: the widths from 0 to 200 %.
const PLOT_HEIGHT: f32 = 264.0;

/// The slope of the mono bass.
const SLOPE: &str = "imager.mono_slope_db_per_oct";

/// The design's values.
pub const DESIGNED: [(&str, f32); 11] = [
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
    (SLOPE, 1.0),
];

/// Sets values as a host does.
pub fn set(harness: &mut Harness<'_, Window>, values: &[(&str, f32)]) {
    values.iter().for_each(|(id, value)| harness.state().host.automate(id, *value));
    harness.run_steps(2);
}

/// A window with the design's values, the third band chosen.
pub fn designed(channels: usize, size: [f32; 2], pixels: f32) -> Harness<'static, Window> {
    let mut harness = open(&IMAGER, channels, size, pixels);
    set(&mut harness, &DESIGNED);
    harness.key_press(Key::Num3);
    harness.run_steps(2);
    harness
}

pub fn is_there(harness: &Harness<'_, Window>, name: &str) -> bool {
    harness.query_by_label(name).is_some()
}

/// What the chosen band and all bands have: what the controls are called, their ids, and a value from where one step down is
/// one.
const VALUES: [(&str, &str, f32); 8] = [
    ("Band 3 Width", "imager.band.3.width", 1.35),
    ("Band 3 Decorrelation", "imager.band.3.decorrelation", 0.2),
    ("Mono Below", "imager.mono_below_hz", 110.0),
    ("Balance", "imager.balance", 0.1),
    ("Rotation", "imager.rotation_deg", 5.0),
    ("Side High-pass", "imager.side_high_pass_hz", 90.0),
    ("Mid Gain", "imager.mid_gain_db", 1.0),
    ("Side Gain", "imager.side_gain_db", 0.5),
];

/// Clicks on what has a name and asserts that the host hears one gesture that sets a parameter to a value.
#[track_caller]
fn assert_click(harness: &mut Harness<'_, Window>, name: &str, id: &str, value: f32) {
    harness.state().host.take_calls();
    click(harness, name);
    hand::wait(harness, 1.0);
    assert_one_gesture(&harness.state().host.take_calls(), id);
    assert_eq!(harness.state().host.get(id), value, "{name}");
}

#[test]
fn every_control_moves_its_parameter_at_every_size() {
    for size in [SIZE, [760.0, 560.0], [720.0, 440.0], [1400.0, 500.0], [1600.0, 900.0]] {
        let mut harness = designed(2, size, 1.0);
        let mut moved = 0;
        for is_folded in [false, true] {
            if is_folded && is_there(&harness, "More") {
                click(&mut harness, "More");
                assert!(is_there(&harness, "Less"));
            }
            for (name, id, value) in VALUES {
                if !is_there(&harness, name) || is_folded && moved == VALUES.len() {
                    continue;
                }
                set(&mut harness, &[(id, value)]);
                assert_one_gesture(&wheel_over(&mut harness, name), id);
                moved += 1;
            }
            if is_there(&harness, "Minimum") {
                assert_click(&mut harness, "Minimum", "imager.phase", 0.0);
                assert_click(&mut harness, "Linear", "imager.phase", 1.0);
                assert_click(&mut harness, "Delta", "listen.imager.delta", 1.0);
                assert_click(&mut harness, "Delta", "listen.imager.delta", 0.0);
            }
            if is_there(&harness, "Band 3 Solo") {
                assert_click(&mut harness, "Band 3 Solo", "listen.imager.band.3.solo", 1.0);
                assert_click(&mut harness, "Band 3 Solo", "listen.imager.band.3.solo", 0.0);
                set(&mut harness, &[(SLOPE, 1.0)]);
                assert_one_gesture(&wheel_over(&mut harness, "Mono Slope"), SLOPE);
            }
        }
        assert_eq!(moved, VALUES.len(), "{size:?}");
        assert_click(&mut harness, "2", "imager.bands", 2.0);
        assert_click(&mut harness, "4", "imager.bands", 4.0);
    }
}

/// Drags what has a name, and gives what the host heard.
fn drag(harness: &mut Harness<'_, Window>, name: &str, by: Vec2) -> Vec<Call> {
    hand::wait(harness, 1.0);
    harness.state().host.take_calls();
    let from = hand::middle(harness, name);
    hand::drag(harness, from, by);
    hand::wait(harness, 0.5);
    harness.state().host.take_calls()
}

/// Asserts that calls are one gesture of at least one set on a parameter.
#[track_caller]
fn assert_gesture_on(calls: &[Call], id: &str) {
    let [Call::Begin(begun), sets @ .., Call::End(ended)] = calls else { panic!("{id}: {calls:?}") };
    assert!(!sets.is_empty() && sets.iter().all(|call| matches!(call, Call::Set(set, _) if set == id)), "{calls:?}");
    assert_eq!([begun, ended], [id; 2]);
}

#[test]
fn widths_follow_the_hand() {
    let mut harness = designed(2, SIZE, 1.0);
    for (name, id, from) in [
        ("Band 1 Width in the plot", "imager.band.1.width", 0.6),
        ("Band 2 Width in the plot", "imager.band.2.width", 1.0),
    ] {
        let calls = drag(&mut harness, name, vec2(0.0, -0.25 * PLOT_HEIGHT));
        assert_gesture_on(&calls, id);
        // Half a step of 1 %.
        let width = harness.state().host.get(id);
        assert!((width - (from + 0.5)).abs() <= 0.0051, "{width}");
    }
    assert!(is_there(&harness, "Band 2 Decorrelation"), "what is moved is chosen");
    let at = hand::middle(&harness, "Band 2 Width in the plot");
    hand::wait(&mut harness, 1.0);
    hand::click(&mut harness, at, Modifiers::NONE);
    hand::click(&mut harness, at, Modifiers::NONE);
    assert_eq!(harness.state().host.get("imager.band.2.width"), 1.0);
}

#[test]
fn crossovers_and_mono_bass_follow_the_hand() {
    /// The axis: three decades over the plot's width, points.
    const DECADE: f32 = 596.0 / 3.0;
    let mut harness = designed(2, SIZE, 1.0);
    let calls = drag(&mut harness, "Crossover 2", vec2(-0.5 * DECADE, 0.0));
    assert_gesture_on(&calls, "imager.crossover_hz.2");
    // 8 points before it is a drag; a step of three digits.
    let expected_hz = |from_hz: f32, points: f32| from_hz * 10f32.powf(points / DECADE);
    let hz = harness.state().host.get("imager.crossover_hz.2");
    assert!((hz / expected_hz(4000.0, 8.0 - 0.5 * DECADE) - 1.0).abs() < 0.01, "{hz} Hz");
    drag(&mut harness, "Crossover 2", vec2(-2.0 * DECADE, 0.0));
    // A sixth of an octave above its neighbor.
    assert!((harness.state().host.get("imager.crossover_hz.2") - 250.0 * 1.122).abs() < 0.6);
    let mono = "imager.mono_below_hz";
    let calls = drag(&mut harness, "Mono Below in the plot", vec2(-0.25 * DECADE, 0.0));
    assert_gesture_on(&calls, mono);
    let hz = harness.state().host.get(mono);
    // Its travel starts at 0, so equal distances are equal ratios only within 3 %, and it has steps of two digits.
    assert!((hz / expected_hz(110.0, 8.0 - 0.25 * DECADE) - 1.0).abs() < 0.03, "{hz} Hz");
    drag(&mut harness, "Mono Below in the plot", vec2(-2.0 * DECADE, 0.0));
    assert_eq!(harness.state().host.get(mono), 0.0, "beyond the plot it is off");
    drag(&mut harness, "Mono Below in the plot", vec2(0.5 * DECADE, 0.0));
    let hz = harness.state().host.get(mono);
    assert!((hz / expected_hz(20.0, 8.0 + 0.5 * DECADE) - 1.0).abs() < 0.05, "from the plot's end on: {hz} Hz");
}

#[test]
fn keys_choose_divide_join_turn_and_move_the_chosen_band() {
    let mut harness = designed(2, SIZE, 1.0);
    for (key, band) in [(Key::Num1, 1), (Key::Num3, 3), (Key::Num4, 3), (Key::Num2, 2)] {
        hand::key(&mut harness, key, Modifiers::NONE);
        harness.run_steps(2);
        assert!(is_there(&harness, &format!("Band {band} Decorrelation")), "{key:?}");
    }
    harness.state().host.take_calls();
    for value in [1.0, 0.0] {
        hand::key(&mut harness, Key::S, Modifiers::NONE);
        hand::wait(&mut harness, 0.5);
        assert_one_gesture(&harness.state().host.take_calls(), "listen.imager.band.2.solo");
        assert_eq!(harness.state().host.get("listen.imager.band.2.solo"), value);
    }
    hand::key(&mut harness, Key::D, Modifiers::NONE);
    assert_eq!(harness.state().host.get("listen.imager.delta"), 1.0);
    hand::wait(&mut harness, 0.5);
    harness.state().host.take_calls();
    hand::key(&mut harness, Key::ArrowUp, Modifiers::NONE);
    hand::key(&mut harness, Key::PageUp, Modifiers::NONE);
    hand::wait(&mut harness, 0.5);
    assert_gesture_on(&harness.state().host.take_calls(), "imager.band.2.width");
    assert_eq!(harness.state().host.get("imager.band.2.width"), 1.11);
    hand::key(&mut harness, Key::N, Modifiers::NONE);
    assert_eq!(harness.state().host.get("imager.bands"), 4.0);
    assert_eq!(harness.state().host.get("imager.band.3.width"), 1.11, "both parts are set as it was");
    hand::key(&mut harness, Key::Delete, Modifiers::NONE);
    assert_eq!(harness.state().host.get("imager.bands"), 3.0);
    harness.get_by_label("Crossover 1").focus();
    hand::key(&mut harness, Key::ArrowRight, Modifiers::NONE);
    hand::wait(&mut harness, 0.5);
    assert_eq!(harness.state().host.get("imager.crossover_hz.1"), 251.0, "arrows are the focused handle's");
    assert_eq!(harness.state().host.get("imager.band.2.width"), 1.11);
}
