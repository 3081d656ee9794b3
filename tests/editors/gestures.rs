//! What the host hears: begin, set, end, each once, and nothing while nothing changes.

use std::cell::Cell;
use std::rc::Rc;

use egui_kittest::Harness;
use runout_gui::egui::{Event, Modifiers, Pos2, pos2, vec2};
use runout_gui::gesture;
use runout_gui::widgets::Knob;

use crate::bench::{Bench, small};
use crate::hand::{begin_drag, drag, middle, press, release, wait, wheel};
use crate::stand_in::Call;

const GAIN: &str = "limiter.input_gain_db";

/// A knob that is there while the cell says so.
fn knob<'a>() -> (Harness<'a, Bench>, Rc<Cell<bool>>) {
    let is_there = Rc::new(Cell::new(true));
    let asked = Rc::clone(&is_there);
    let harness = small(move |ui, desk| {
        if asked.get() {
            Knob::new(GAIN, pos2(200.0, 150.0), 40.0).show(ui, desk);
        }
    });
    (harness, is_there)
}

/// The knob, held 10 points above where its drag began, and that place.
fn held<'a>() -> (Harness<'a, Bench>, Rc<Cell<bool>>, Pos2) {
    let (mut harness, is_there) = knob();
    let at = middle(&harness, "Input Gain");
    press(&mut harness, at);
    let begun = begin_drag(&mut harness, at);
    harness.hover_at(begun - vec2(0.0, 10.0));
    harness.step();
    (harness, is_there, begun)
}

fn begin() -> Call {
    Call::Begin(GAIN.to_owned())
}

fn set(value: f32) -> Call {
    Call::Set(GAIN.to_owned(), value)
}

fn end() -> Call {
    Call::End(GAIN.to_owned())
}

#[test]
fn a_drag_is_one_gesture_and_every_value_differs_from_the_one_before() {
    let (mut harness, _) = knob();
    let at = middle(&harness, "Input Gain");
    drag(&mut harness, at, vec2(0.0, -30.0));
    let calls = harness.state().host.take_calls();
    assert_eq!(calls.first(), Some(&begin()));
    assert_eq!(calls.last(), Some(&end()));
    let values: Vec<f32> =
        calls.iter().filter_map(|call| if let Call::Set(_, value) = call { Some(*value) } else { None }).collect();
    assert_eq!(values.len(), calls.len() - 2, "more than one gesture: {calls:?}");
    assert!(values.windows(2).all(|pair| pair[0] != pair[1]), "{values:?}");
    // 72 dB in 200 points: 30 points are 10.8 dB.
    assert_eq!(values.last(), Some(&10.8));
}

#[test]
fn a_held_pointer_sends_nothing() {
    let (mut harness, _, begun) = held();
    assert_eq!(harness.state().host.take_calls(), [begin(), set(3.6)]);
    wait(&mut harness, 2.0);
    assert_eq!(harness.state().host.take_calls(), [], "the pointer did not move");
    // Sideways is not up or down.
    harness.hover_at(begun - vec2(20.0, 10.0));
    harness.step();
    assert_eq!(harness.state().host.take_calls(), []);
    release(&mut harness, begun - vec2(20.0, 10.0));
    assert_eq!(harness.state().host.take_calls(), [end()]);
}

#[test]
fn a_click_tells_the_host_nothing() {
    let (mut harness, _) = knob();
    let at = middle(&harness, "Input Gain");
    press(&mut harness, at);
    release(&mut harness, at);
    wait(&mut harness, 1.0);
    assert_eq!(harness.state().host.take_calls(), []);
}

#[test]
fn a_gesture_ends_when_the_pointer_leaves_the_window() {
    let (mut harness, ..) = held();
    harness.event(Event::PointerGone);
    harness.step();
    wait(&mut harness, 0.5);
    assert_eq!(harness.state().host.take_calls(), [begin(), set(3.6), end()]);
}

#[test]
fn a_gesture_ends_when_its_knob_is_gone() {
    let (mut harness, is_there, _) = held();
    assert!(harness.state().host.is_held());
    is_there.set(false);
    wait(&mut harness, 0.1);
    assert_eq!(harness.state().host.take_calls(), [begin(), set(3.6), end()]);
}

#[test]
fn a_gesture_ends_when_the_window_closes() {
    let (harness, ..) = held();
    for _ in 0..2 {
        gesture::close(&harness.ctx, &harness.state().host);
    }
    assert_eq!(harness.state().host.take_calls(), [begin(), set(3.6), end()]);
}

#[test]
fn wheel_steps_that_follow_each_other_are_one_gesture_that_ends_at_rest() {
    let (mut harness, _) = knob();
    let at = middle(&harness, "Input Gain");
    harness.hover_at(at);
    harness.step();
    for _ in 0..3 {
        wheel(&mut harness, 1.0, Modifiers::NONE);
        wait(&mut harness, 0.2);
    }
    assert_eq!(harness.state().host.take_calls(), [begin(), set(0.1), set(0.2), set(0.3)]);
    wait(&mut harness, 0.2);
    assert_eq!(harness.state().host.take_calls(), [end()]);
    wheel(&mut harness, -1.0, Modifiers::NONE);
    wait(&mut harness, 0.5);
    assert_eq!(harness.state().host.take_calls(), [begin(), set(0.2), end()]);
}

#[test]
fn at_the_end_of_the_range_the_wheel_tells_the_host_nothing() {
    let (mut harness, _) = knob();
    harness.state().host.automate(GAIN, 36.0);
    let at = middle(&harness, "Input Gain");
    harness.hover_at(at);
    harness.step();
    wheel(&mut harness, 3.0, Modifiers::NONE);
    wait(&mut harness, 0.5);
    assert_eq!(harness.state().host.take_calls(), []);
}

#[test]
fn a_knob_follows_the_hosts_automation_at_once() {
    use egui_kittest::kittest::{NodeT, Queryable};
    let (mut harness, _) = knob();
    for value in [3.25, -12.0] {
        harness.state().host.automate(GAIN, value);
        harness.step();
        let shown = harness.get_by_label("Input Gain").accesskit_node().numeric_value();
        assert_eq!(shown, Some(f64::from(value)));
    }
    assert_eq!(harness.state().host.take_calls(), [], "what the host moves is not sent back");
}

#[test]
fn a_drag_begins_where_the_host_has_it() {
    let (mut harness, _) = knob();
    let at = middle(&harness, "Input Gain");
    drag(&mut harness, at, vec2(0.0, -10.0));
    harness.state().host.automate(GAIN, -20.0);
    harness.step();
    harness.state().host.take_calls();
    drag(&mut harness, at, vec2(0.0, -10.0));
    assert_eq!(harness.state().host.get(GAIN), -16.4);
}
