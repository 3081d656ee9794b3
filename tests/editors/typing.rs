//! Values that are typed: with and without units, taken, refused, dropped.

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use runout_gui::egui::{Key, Modifiers, pos2};
use runout_gui::keys;
use runout_gui::widgets::Knob;

use crate::bench::{Bench, small};
use crate::hand::{click, key, middle, wait, write};
use crate::stand_in::Call;

const GAIN: &str = "limiter.input_gain_db";
const FIELD: &str = "Input Gain value";

fn knobs<'a>() -> Harness<'a, Bench> {
    small(|ui, desk| {
        keys::leave_to_host(ui);
        Knob::new(GAIN, pos2(100.0, 150.0), 40.0).show(ui, desk);
        Knob::new("limiter.release_ms", pos2(250.0, 150.0), 18.0).beside().show(ui, desk);
    })
}

/// What stands in the field; `None` where there is none.
fn field(harness: &Harness<'_, Bench>) -> Option<String> {
    harness.query_by_label(FIELD).and_then(|node| node.accesskit_node().value())
}

fn open_by_tab(harness: &mut Harness<'_, Bench>) {
    key(harness, Key::Tab, Modifiers::NONE);
    harness.step();
    key(harness, Key::Enter, Modifiers::NONE);
    harness.step();
}

#[test]
fn enter_opens_the_value_and_what_is_typed_takes_its_place() {
    let mut harness = knobs();
    open_by_tab(&mut harness);
    assert_eq!(field(&harness).as_deref(), Some("0.0 dB"));
    write(&mut harness, "+3,5 dB");
    assert_eq!(field(&harness).as_deref(), Some("+3,5 dB"));
    key(&mut harness, Key::Enter, Modifiers::NONE);
    harness.step();
    assert_eq!(field(&harness), None);
    let id = GAIN.to_owned();
    assert_eq!(harness.state().host.take_calls(), [Call::Begin(id.clone()), Call::Set(id.clone(), 3.5), Call::End(id)]);
    assert!(harness.get_by_label("Input Gain").is_focused(), "the knob has the focus again");
}

#[test]
fn figures_begin_a_value() {
    let mut harness = knobs();
    key(&mut harness, Key::Tab, Modifiers::NONE);
    harness.step();
    write(&mut harness, "-12");
    assert_eq!(field(&harness).as_deref(), Some("-12"));
    key(&mut harness, Key::Enter, Modifiers::NONE);
    assert_eq!(harness.state().host.get(GAIN), -12.0);
}

#[test]
fn a_click_on_the_value_or_with_alt_on_the_knob_opens_it() {
    let mut harness = knobs();
    let knob = pos2(100.0, 150.0);
    click(&mut harness, knob, Modifiers::ALT);
    harness.step();
    assert!(field(&harness).is_some());
    key(&mut harness, Key::Escape, Modifiers::NONE);
    harness.step();
    assert_eq!(field(&harness), None);
    wait(&mut harness, 1.0);
    click(&mut harness, knob + runout_gui::egui::vec2(0.0, 54.0), Modifiers::NONE);
    harness.step();
    assert!(field(&harness).is_some());
    wait(&mut harness, 1.0);
    assert_eq!(harness.state().host.take_calls(), []);
}

#[test]
fn leaving_takes_what_is_right() {
    let mut harness = knobs();
    open_by_tab(&mut harness);
    write(&mut harness, "6");
    let other = middle(&harness, "Release");
    click(&mut harness, other, Modifiers::NONE);
    harness.step();
    assert_eq!((harness.state().host.get(GAIN), field(&harness)), (6.0, None));
}

#[test]
fn escape_drops_what_was_typed() {
    let mut harness = knobs();
    open_by_tab(&mut harness);
    write(&mut harness, "6");
    key(&mut harness, Key::Escape, Modifiers::NONE);
    harness.step();
    assert_eq!(field(&harness), None);
    assert_eq!(harness.state().host.take_calls(), []);
}

#[test]
fn what_cannot_be_taken_stays_and_the_footer_says_why() {
    let mut harness = knobs();
    for wrong in ["loud", "99", "5 Hz"] {
        open_by_tab(&mut harness);
        write(&mut harness, wrong);
        key(&mut harness, Key::Enter, Modifiers::NONE);
        harness.step();
        assert_eq!(field(&harness).as_deref(), Some(wrong));
        assert!(harness.get_by_label(FIELD).is_focused(), "to be put right");
        let hint = &harness.state().hint;
        assert!(hint.is_refusal());
        assert_eq!(hint.text(), ("Input gain", "must be \u{2212}36 to +36 dB"));
        // What is typed next is looked at anew.
        write(&mut harness, "1");
        assert!(!harness.state().hint.is_refusal());
        key(&mut harness, Key::Escape, Modifiers::NONE);
        harness.step();
        key(&mut harness, Key::Escape, Modifiers::NONE);
        harness.step();
    }
    assert_eq!(harness.state().host.take_calls(), []);
}

#[test]
fn the_same_value_typed_again_tells_the_host_nothing() {
    let mut harness = knobs();
    open_by_tab(&mut harness);
    key(&mut harness, Key::Enter, Modifiers::NONE);
    harness.step();
    assert_eq!((field(&harness), harness.state().host.take_calls()), (None, vec![]));
}

#[test]
fn keys_of_the_editor_are_letters_while_text_is_typed() {
    let mut harness = knobs();
    open_by_tab(&mut harness);
    assert!(keys::is_typing(&harness.ctx));
    write(&mut harness, "1 B");
    assert_eq!(field(&harness).as_deref(), Some("1 B"));
    key(&mut harness, Key::Escape, Modifiers::NONE);
    harness.step();
    assert!(!keys::is_typing(&harness.ctx));
}
