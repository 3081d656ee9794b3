//! Everything without a pointer: Tab, arrows, Shift, pages, ends, the default; the focus is shown, the space bar is left.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use runout_gui::egui::{Key, Modifiers, Rect, pos2, vec2};
use runout_gui::keys;
use runout_gui::widgets::{Knob, Segments, Toggle};

use crate::bench::{Bench, small};
use crate::hand::{key, middle, press, release, wait};
use crate::stand_in::Call;

const CEILING: &str = "limiter.ceiling_dbtp";
const STYLE: &str = "limiter.style";
const DELTA: &str = "listen.limiter.delta";

fn panel<'a>() -> Harness<'a, Bench> {
    small(|ui, desk| {
        keys::leave_to_host(ui);
        Knob::new(CEILING, pos2(80.0, 100.0), 30.0).show(ui, desk);
        let rect = Rect::from_min_size(pos2(20.0, 200.0), vec2(360.0, 30.0));
        Segments::new(&["Transparent", "Punchy", "Loud", "Safe"]).show_parameter(ui, desk, rect, STYLE);
        let rect = Rect::from_min_size(pos2(20.0, 250.0), vec2(60.0, 30.0));
        Toggle::new("Delta").show_parameter(ui, desk, rect, DELTA);
    })
}

#[test]
fn tab_goes_from_control_to_control_and_back() {
    let mut harness = panel();
    let order = ["Ceiling", "Style", "Delta"];
    for name in order {
        key(&mut harness, Key::Tab, Modifiers::NONE);
        harness.step();
        assert!(harness.get_by_label(name).is_focused(), "{name}");
    }
    for name in ["Style", "Ceiling"] {
        key(&mut harness, Key::Tab, Modifiers::SHIFT);
        harness.step();
        assert!(harness.get_by_label(name).is_focused(), "{name} on the way back");
    }
    assert_eq!(harness.state().host.take_calls(), [], "to look is not to move");
}

#[test]
fn arrows_pages_and_ends_move_a_focused_knob() {
    let mut harness = panel();
    key(&mut harness, Key::Tab, Modifiers::NONE);
    harness.step();
    for (pressed, modifiers, expected) in [
        (Key::ArrowDown, Modifiers::NONE, -1.1),
        (Key::ArrowUp, Modifiers::NONE, -1.0),
        (Key::ArrowRight, Modifiers::NONE, -0.9),
        (Key::ArrowLeft, Modifiers::SHIFT, -0.91),
        (Key::PageDown, Modifiers::NONE, -1.9),
        (Key::PageUp, Modifiers::NONE, -0.9),
        (Key::Home, Modifiers::NONE, -20.0),
        (Key::End, Modifiers::NONE, 0.0),
        (Key::Delete, Modifiers::NONE, -1.0),
    ] {
        key(&mut harness, pressed, modifiers);
        assert_eq!(harness.state().host.get(CEILING), expected, "{pressed:?}");
        assert!(harness.get_by_label("Ceiling").is_focused(), "{pressed:?} moves the focus");
    }
    wait(&mut harness, 0.5);
    assert!(!harness.state().host.is_held());
    key(&mut harness, Key::Escape, Modifiers::NONE);
    harness.step();
    assert!(!harness.get_by_label("Ceiling").is_focused());
}

#[test]
fn arrow_steps_that_follow_each_other_are_one_gesture() {
    let mut harness = panel();
    key(&mut harness, Key::Tab, Modifiers::NONE);
    harness.step();
    for _ in 0..3 {
        key(&mut harness, Key::ArrowDown, Modifiers::NONE);
    }
    wait(&mut harness, 0.5);
    let id = CEILING.to_owned();
    let expected = [
        Call::Begin(id.clone()),
        Call::Set(id.clone(), -1.1),
        Call::Set(id.clone(), -1.2),
        Call::Set(id.clone(), -1.3),
        Call::End(id),
    ];
    assert_eq!(harness.state().host.take_calls(), expected);
}

#[test]
fn segments_and_toggles_work_by_keys() {
    let mut harness = panel();
    for _ in 0..2 {
        key(&mut harness, Key::Tab, Modifiers::NONE);
        harness.step();
    }
    for (pressed, expected) in [
        (Key::ArrowRight, 1.0),
        (Key::End, 3.0),
        (Key::ArrowRight, 3.0),
        (Key::Home, 0.0),
        (Key::ArrowDown, 1.0),
        (Key::Delete, 0.0),
    ] {
        key(&mut harness, pressed, Modifiers::NONE);
        assert_eq!(harness.state().host.get(STYLE), expected, "{pressed:?}");
    }
    key(&mut harness, Key::Tab, Modifiers::NONE);
    harness.step();
    harness.state().host.take_calls();
    key(&mut harness, Key::Enter, Modifiers::NONE);
    let id = DELTA.to_owned();
    assert_eq!(harness.state().host.take_calls(), [Call::Begin(id.clone()), Call::Set(id.clone(), 1.0), Call::End(id)]);
}

#[test]
fn the_space_bar_is_the_hosts() {
    let mut harness = panel();
    for _ in 0..3 {
        key(&mut harness, Key::Tab, Modifiers::NONE);
        harness.step();
    }
    key(&mut harness, Key::Space, Modifiers::NONE);
    wait(&mut harness, 0.1);
    assert!(harness.get_by_label("Delta").is_focused(), "or this would show nothing");
    assert_eq!(harness.state().host.take_calls(), []);
}

#[test]
fn the_focus_is_shown_only_where_the_keyboard_leads() {
    let mut harness = panel();
    let at = middle(&harness, "Ceiling");
    press(&mut harness, at);
    release(&mut harness, at);
    assert!(harness.get_by_label("Ceiling").is_focused());
    assert!(!keys::lead(&harness.ctx));
    key(&mut harness, Key::Tab, Modifiers::NONE);
    assert!(keys::lead(&harness.ctx));
    // The footer speaks of what the keyboard is on.
    harness.remove_cursor();
    harness.step();
    harness.step();
    assert_eq!(harness.state().hint.text().0, "Style");
}
