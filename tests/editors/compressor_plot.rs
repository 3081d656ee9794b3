//! The compressor's plot: is every band moved as the hand means it, and does the host hear exactly that?

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use runout_gui::egui::{Key, Modifiers, Pos2, Vec2, vec2};

use crate::compressor::{designed, id};
use crate::hand;
use crate::insert::{Window, assert_one_gesture};
use crate::stand_in::Call;

const SIZE: [f32; 2] = [1000.0, 620.0];

/// The plot of the design: its width, and the points of a dB of level.
const WIDTH: f32 = 944.0;
const POINTS_PER_DB: f32 = 186.0 / 88.0;

const CROSSOVER: &str = "compressor.crossover_hz.1";
const THRESHOLD: &str = "Band 2 Threshold in the plot";

fn get(harness: &Harness<'_, Window>, id: &str) -> f32 {
    harness.state().host.get(id)
}

fn take(harness: &Harness<'_, Window>) -> Vec<Call> {
    harness.state().host.take_calls()
}

/// What a control says that it shows.
fn said(harness: &Harness<'_, Window>, name: &str) -> String {
    harness.get_by_label(name).accesskit_node().value().unwrap_or_default()
}

/// Asserts that calls are one gesture on a parameter, of any number of sets.
#[track_caller]
fn assert_gesture_on(calls: &[Call], id: &str) {
    let [Call::Begin(begun), sets @ .., Call::End(ended)] = calls else { panic!("{id}: {calls:?}") };
    assert_eq!([begun, ended], [id; 2]);
    assert!(!sets.is_empty() && sets.iter().all(|set| matches!(set, Call::Set(set, _) if set == id)), "{calls:?}");
}

/// Drags by a way, after the few points that make it a drag, which go where nothing moves.
fn drag(harness: &mut Harness<'_, Window>, name: &str, by: Vec2, modifiers: Modifiers) {
    let from = hand::middle(harness, name);
    take(harness);
    hand::hold(harness, modifiers);
    hand::press(harness, from);
    let at = from + if by.x == 0.0 { vec2(8.0, 0.0) } else { vec2(0.0, -8.0) };
    harness.hover_at(at);
    harness.step();
    for step in 1..=20u8 {
        harness.hover_at(at + by * (f32::from(step) / 20.0));
        harness.step();
    }
    hand::release(harness, at + by);
    hand::hold(harness, Modifiers::NONE);
}

#[test]
fn a_crossover_follows_the_hand_and_stops_before_its_neighbor() {
    let mut harness = designed(2, SIZE, 1.0);
    // The width is three decades: an eighth of it, 118 points, is a ratio of 2.37.
    drag(&mut harness, "Crossover 1", vec2(WIDTH / 8.0, 0.0), Modifiers::NONE);
    assert_gesture_on(&take(&harness), CROSSOVER);
    let expected = 120.0 * 10f32.powf(3.0 / 8.0);
    // Half a step of the third digit.
    assert!((get(&harness, CROSSOVER) - expected).abs() <= 0.51, "{}", get(&harness, CROSSOVER));
    drag(&mut harness, "Crossover 1", vec2(400.0, 0.0), Modifiers::NONE);
    assert_gesture_on(&take(&harness), CROSSOVER);
    let near = get(&harness, CROSSOVER);
    // A sixth of an octave is a ratio of 1.122; to a step.
    assert!((near - 1000.0 / 1.122).abs() < 1.5, "{near}");
    drag(&mut harness, "Crossover 1", vec2(-900.0, 0.0), Modifiers::NONE);
    assert_eq!(get(&harness, CROSSOVER), 20.0);
}

#[test]
fn shift_makes_a_crossover_ten_times_as_fine() {
    let mut harness = designed(2, SIZE, 1.0);
    drag(&mut harness, "Crossover 1", vec2(WIDTH / 8.0, 0.0), Modifiers::SHIFT);
    assert_gesture_on(&take(&harness), CROSSOVER);
    let expected = 120.0 * 10f32.powf(3.0 / 80.0);
    // Half a fine step, a tenth of the third digit.
    assert!((get(&harness, CROSSOVER) - expected).abs() <= 0.06, "{}", get(&harness, CROSSOVER));
}

#[test]
fn wheel_double_click_keys_and_typing_move_a_crossover() {
    let mut harness = designed(2, SIZE, 1.0);
    let at = hand::middle(&harness, "Crossover 1");
    harness.hover_at(at);
    harness.step();
    take(&harness);
    hand::wheel(&mut harness, 1.0, Modifiers::NONE);
    hand::wait(&mut harness, 0.5);
    assert_one_gesture(&take(&harness), CROSSOVER);
    assert_eq!(get(&harness, CROSSOVER), 121.0);
    hand::click(&mut harness, at, Modifiers::NONE);
    hand::click(&mut harness, at, Modifiers::NONE);
    assert_one_gesture(&take(&harness), CROSSOVER);
    assert_eq!(get(&harness, CROSSOVER), 120.0);
    hand::wait(&mut harness, 1.0);
    hand::key(&mut harness, Key::ArrowRight, Modifiers::NONE);
    hand::key(&mut harness, Key::ArrowDown, Modifiers::SHIFT);
    hand::wait(&mut harness, 0.5);
    assert_eq!(get(&harness, CROSSOVER), 120.9);
    hand::key(&mut harness, Key::End, Modifiers::NONE);
    // Not beyond its neighbor: a sixth of an octave below 1 kHz.
    assert!((get(&harness, CROSSOVER) - 1000.0 / 1.122).abs() < 0.1, "{}", get(&harness, CROSSOVER));
}

/// Types a text where a control stands: alt-click, the text, Enter.
fn type_into(harness: &mut Harness<'_, Window>, name: &str, text: &str) {
    let at = hand::middle(harness, name);
    hand::click(harness, at, Modifiers::ALT);
    harness.run_steps(2);
    hand::key(harness, Key::A, Modifiers::COMMAND);
    hand::write(harness, text);
    hand::key(harness, Key::Enter, Modifiers::NONE);
    harness.run_steps(2);
}

#[test]
fn values_are_typed_where_they_stand_and_only_where_there_is_room() {
    let mut harness = designed(2, SIZE, 1.0);
    type_into(&mut harness, "Crossover 2", "2.5 kHz");
    assert_eq!(get(&harness, "compressor.crossover_hz.2"), 2500.0);
    hand::wait(&mut harness, 1.0);
    type_into(&mut harness, "Crossover 1", "3000");
    assert_eq!(get(&harness, CROSSOVER), 120.0, "beyond its neighbor");
    assert!(said(&harness, "Hint").contains("must be 20 Hz to 2.23 kHz"), "{}", said(&harness, "Hint"));
    hand::key(&mut harness, Key::Escape, Modifiers::NONE);
    harness.run_steps(2);
    type_into(&mut harness, "Band 3 Threshold in the plot", "-31.5");
    assert_eq!(get(&harness, &id(3, "threshold_db")), -31.5);
}

#[test]
fn a_threshold_follows_the_hand() {
    let mut harness = designed(2, SIZE, 1.0);
    for (name, band) in [(THRESHOLD, 2), ("Band 4 Threshold in the plot", 4)] {
        let id = id(band, "threshold_db");
        let from = get(&harness, &id);
        drag(&mut harness, name, vec2(0.0, 10.0 * POINTS_PER_DB), Modifiers::NONE);
        assert_gesture_on(&take(&harness), &id);
        // Half a step.
        assert!((get(&harness, &id) - (from - 10.0)).abs() <= 0.051, "{}", get(&harness, &id));
        drag(&mut harness, name, vec2(0.0, -10.0 * POINTS_PER_DB), Modifiers::SHIFT);
        assert!((get(&harness, &id) - (from - 9.0)).abs() <= 0.06, "{}", get(&harness, &id));
    }
    assert!(harness.query_by_label("Band 4 Ratio").is_some(), "what is moved is chosen");
    let at = hand::middle(&harness, THRESHOLD);
    hand::wait(&mut harness, 1.0);
    hand::click(&mut harness, at, Modifiers::NONE);
    hand::click(&mut harness, at, Modifiers::NONE);
    assert_eq!(get(&harness, &id(2, "threshold_db")), -18.0);
}

/// A place in the head of the zone of a band.
fn head(harness: &Harness<'_, Window>, band: usize) -> Pos2 {
    let zone = harness.get_by_label(&format!("Band {band}")).rect();
    zone.center_top() + vec2(0.0, 18.0)
}

#[test]
fn a_click_chooses_a_band_and_a_double_click_above_it_divides_it() {
    let mut harness = designed(2, SIZE, 1.0);
    take(&harness);
    let at = head(&harness, 3);
    hand::click(&mut harness, at, Modifiers::NONE);
    hand::wait(&mut harness, 1.0);
    assert!(harness.query_by_label("Band 3 Ratio").is_some());
    assert_eq!(take(&harness), []);
    hand::click(&mut harness, at, Modifiers::NONE);
    hand::click(&mut harness, at, Modifiers::NONE);
    harness.run_steps(2);
    assert_eq!(get(&harness, "compressor.bands"), 5.0);
    // The middle between 1 and 6 kHz, to the pixel.
    assert!((get(&harness, "compressor.crossover_hz.3") / 6e6f32.sqrt() - 1.0).abs() < 0.01);
    let thresholds: Vec<f32> = (1..=5).map(|band| get(&harness, &id(band, "threshold_db"))).collect();
    assert_eq!(thresholds, [-20.0, -24.0, -27.0, -27.0, -33.0]);
    assert!(harness.query_by_label("Band 4 Ratio").is_some(), "the upper part is chosen");
    hand::key(&mut harness, Key::Delete, Modifiers::NONE);
    harness.run_steps(2);
    let thresholds: Vec<f32> = (1..=4).map(|band| get(&harness, &id(band, "threshold_db"))).collect();
    assert_eq!((get(&harness, "compressor.bands"), thresholds), (4.0, vec![-20.0, -24.0, -27.0, -33.0]));
    assert_eq!(get(&harness, "compressor.crossover_hz.3"), 6000.0);
}

#[test]
fn keys_choose_divide_join_turn_and_move_the_chosen_band() {
    let mut harness = designed(2, SIZE, 1.0);
    for (key, band) in [(Key::Num4, 4), (Key::Num1, 1), (Key::Num3, 3), (Key::Num5, 3)] {
        hand::key(&mut harness, key, Modifiers::NONE);
        harness.run_steps(2);
        assert!(harness.query_by_label(&format!("Band {band} Ratio")).is_some(), "{key:?}");
    }
    take(&harness);
    for (key, id, value) in [
        (Key::S, "listen.compressor.band.3.solo".to_owned(), 1.0),
        (Key::S, "listen.compressor.band.3.solo".to_owned(), 0.0),
        (Key::E, id(3, "enabled"), 0.0),
        (Key::E, id(3, "enabled"), 1.0),
    ] {
        hand::key(&mut harness, key, Modifiers::NONE);
        hand::wait(&mut harness, 0.5);
        assert_one_gesture(&take(&harness), &id);
        assert_eq!(get(&harness, &id), value);
    }
    hand::key(&mut harness, Key::ArrowDown, Modifiers::NONE);
    hand::key(&mut harness, Key::PageUp, Modifiers::NONE);
    hand::wait(&mut harness, 0.5);
    assert_gesture_on(&take(&harness), &id(3, "threshold_db"));
    // A step down and ten up.
    assert_eq!(get(&harness, &id(3, "threshold_db")), -26.1);
    hand::key(&mut harness, Key::N, Modifiers::NONE);
    assert_eq!(get(&harness, "compressor.bands"), 5.0);
    hand::key(&mut harness, Key::Delete, Modifiers::NONE);
    assert_eq!(get(&harness, "compressor.bands"), 4.0);
}

#[test]
fn the_keyboard_reaches_every_band_and_handle_and_says_where_it_is() {
    let mut harness = designed(2, SIZE, 1.0);
    let mut names = vec!["Crossover 1".to_owned(), "Crossover 2".to_owned(), "Crossover 3".to_owned()];
    names.extend((1..=4).flat_map(|band| [format!("Band {band}"), format!("Band {band} Threshold in the plot")]));
    for name in names {
        harness.get_by_label(&name).focus();
        hand::key(&mut harness, Key::F12, Modifiers::NONE);
        harness.run_steps(2);
        assert!(harness.get_by_label(&name).is_focused(), "{name}");
        assert!(!said(&harness, "Hint").is_empty(), "{name} is not explained");
    }
    assert_eq!(said(&harness, "Band 2"), "Low mid, 120 to 1000 Hz");
    assert_eq!(said(&harness, "Crossover 2"), "1.00 kHz");
}
