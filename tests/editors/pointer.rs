//! Drag, Shift-drag, wheel, double-click, Ctrl-click.

use egui_kittest::Harness;
use runout_gui::egui::{Modifiers, Rect, pos2, vec2};
use runout_gui::widgets::{Knob, ValueField};

use crate::bench::{Bench, small};
use crate::hand::{click, drag, hold, middle, wait, wheel};

const CEILING: &str = "limiter.ceiling_dbtp";

fn knob<'a>() -> Harness<'a, Bench> {
    small(|ui, desk| {
        Knob::new(CEILING, pos2(200.0, 150.0), 40.0).show(ui, desk);
    })
}

#[test]
fn a_drag_of_200_points_is_the_whole_range() {
    let mut harness = knob();
    let at = middle(&harness, "Ceiling");
    // -20 to 0 dBTP: 50 points down are 5 dB.
    drag(&mut harness, at, vec2(0.0, 50.0));
    assert_eq!(harness.state().host.get(CEILING), -6.0);
    drag(&mut harness, at, vec2(0.0, -500.0));
    assert_eq!(harness.state().host.get(CEILING), 0.0);
    // What went beyond the end is not to be taken back first.
    drag(&mut harness, at, vec2(0.0, 10.0));
    assert_eq!(harness.state().host.get(CEILING), -1.0);
}

#[test]
fn shift_makes_a_drag_ten_times_finer() {
    let mut harness = knob();
    let at = middle(&harness, "Ceiling");
    hold(&mut harness, Modifiers::SHIFT);
    drag(&mut harness, at, vec2(0.0, 5.0));
    assert_eq!(harness.state().host.get(CEILING), -1.05);
}

#[test]
fn a_drag_follows_the_travel_of_its_parameter() {
    let mut harness = small(|ui, desk| {
        Knob::new("limiter.release_ms", pos2(100.0, 150.0), 18.0).beside().show(ui, desk);
    });
    harness.state().host.automate("limiter.release_ms", 10.0);
    let at = middle(&harness, "Release");
    // 1 to 1000 ms: a third of the travel is a factor of ten.
    drag(&mut harness, at, vec2(0.0, -200.0 / 3.0));
    let value = harness.state().host.get("limiter.release_ms");
    assert_eq!(value, 100.0);
}

#[test]
fn the_wheel_goes_in_steps_and_shift_in_fine_ones() {
    let mut harness = knob();
    let at = middle(&harness, "Ceiling");
    harness.hover_at(at);
    harness.step();
    wheel(&mut harness, 2.0, Modifiers::NONE);
    assert_eq!(harness.state().host.get(CEILING), -0.8);
    wheel(&mut harness, -1.0, Modifiers::SHIFT);
    assert_eq!(harness.state().host.get(CEILING), -0.81);
    // A touchpad gives parts of a line: they add up.
    for _ in 0..4 {
        wheel(&mut harness, 0.25, Modifiers::NONE);
    }
    assert_eq!(harness.state().host.get(CEILING), -0.7);
}

#[test]
fn the_wheel_moves_only_what_the_pointer_is_on() {
    let mut harness = knob();
    harness.hover_at(pos2(10.0, 10.0));
    harness.step();
    wheel(&mut harness, 2.0, Modifiers::NONE);
    assert_eq!(harness.state().host.get(CEILING), -1.0);
}

#[test]
fn a_double_click_or_ctrl_click_sets_the_default() {
    let mut harness = knob();
    let at = middle(&harness, "Ceiling");
    harness.state().host.automate(CEILING, -7.0);
    click(&mut harness, at, Modifiers::NONE);
    click(&mut harness, at, Modifiers::NONE);
    assert_eq!(harness.state().host.get(CEILING), -1.0);
    wait(&mut harness, 1.0);
    harness.state().host.automate(CEILING, -7.0);
    click(&mut harness, at, Modifiers::COMMAND);
    assert_eq!(harness.state().host.get(CEILING), -1.0);
}

#[test]
fn a_value_field_moves_as_a_knob_does() {
    let mut harness = small(|ui, desk| {
        let rect = Rect::from_min_size(pos2(100.0, 100.0), vec2(80.0, 40.0));
        ValueField::new("limiter.link", rect).label("Link").show(ui, desk);
    });
    let at = middle(&harness, "Link");
    drag(&mut harness, at, vec2(0.0, 50.0));
    assert_eq!(harness.state().host.get("limiter.link"), 0.75);
    harness.hover_at(at);
    harness.step();
    wheel(&mut harness, 1.0, Modifiers::NONE);
    assert_eq!(harness.state().host.get("limiter.link"), 0.76);
}

#[test]
fn what_cannot_be_moved_does_not() {
    let mut harness = small(|ui, desk| {
        Knob::new(CEILING, pos2(200.0, 150.0), 40.0).enabled(false).show(ui, desk);
    });
    let at = middle(&harness, "Ceiling");
    drag(&mut harness, at, vec2(0.0, 50.0));
    wheel(&mut harness, 1.0, Modifiers::NONE);
    assert_eq!(harness.state().host.take_calls(), []);
}
