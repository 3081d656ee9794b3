//! Segments, toggles, buttons and lists, by pointer and by name.

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use runout_gui::egui::{Key, Modifiers, Rect, pos2, vec2};
use runout_gui::widgets::{Button, Chooser, Entry, Segments, Toggle};

use crate::bench::{Bench, small};
use crate::hand::{click, key, middle, press, release, wait, wheel, write};
use crate::stand_in::Call;

const STYLE: &str = "limiter.style";

fn segments<'a>() -> Harness<'a, Bench> {
    small(|ui, desk| {
        let rect = Rect::from_min_size(pos2(20.0, 200.0), vec2(356.0, 30.0));
        let words = ["Transparent", "Punchy", "Loud", "Safe"];
        Segments::new(&words).widths(&[110.0, 86.0, 80.0, 80.0]).show_parameter(ui, desk, rect, STYLE);
    })
}

fn entries() -> Vec<Entry> {
    let name =
        |number: usize| ["Spotify", "Apple Music", "YouTube", "Tidal", "EBU R 128", "Club", "CD", "Vinyl"][number];
    (0..8).map(|number| Entry { detail: format!("\u{2212}{} LUFS", 10 + number), ..Entry::new(name(number)) }).collect()
}

/// A chooser of eight, and what it chose.
fn chooser<'a>(chosen: std::rc::Rc<std::cell::Cell<usize>>) -> Harness<'a, Bench> {
    let entries = entries();
    small(move |ui, desk| {
        let rect = Rect::from_min_size(pos2(20.0, 20.0), vec2(196.0, 30.0));
        let (_, asked) =
            Chooser::new("Target", "What is to be met.", &entries).show(ui, desk, rect, Some(chosen.get()));
        chosen.set(asked.unwrap_or(chosen.get()));
    })
}

#[test]
fn a_segment_is_chosen_by_its_word() {
    let mut harness = segments();
    let at = middle(&harness, "Loud");
    click(&mut harness, at, Modifiers::NONE);
    let id = STYLE.to_owned();
    assert_eq!(harness.state().host.take_calls(), [Call::Begin(id.clone()), Call::Set(id.clone(), 2.0), Call::End(id)]);
    assert_eq!(harness.get_by_label("Style").accesskit_node().value().as_deref(), Some("Loud"));
    // The chosen one again is no change.
    wait(&mut harness, 1.0);
    click(&mut harness, at, Modifiers::NONE);
    assert_eq!(harness.state().host.take_calls(), []);
    wheel(&mut harness, 1.0, Modifiers::NONE);
    assert_eq!(harness.state().host.get(STYLE), 1.0);
    wait(&mut harness, 1.0);
    click(&mut harness, at, Modifiers::NONE);
    click(&mut harness, at, Modifiers::NONE);
    assert_eq!(harness.state().host.get(STYLE), 0.0, "a double-click sets the default");
}

#[test]
fn a_toggle_turns_and_says_so() {
    let mut harness = small(|ui, desk| {
        let rect = Rect::from_min_size(pos2(20.0, 200.0), vec2(60.0, 30.0));
        Toggle::new("Auto").show_parameter(ui, desk, rect, "limiter.auto_release");
    });
    let at = middle(&harness, "Auto Release");
    for expected in [0.0, 1.0] {
        click(&mut harness, at, Modifiers::NONE);
        assert_eq!(harness.state().host.get("limiter.auto_release"), expected);
    }
    assert_eq!(harness.state().host.take_calls().len(), 6);
    assert_eq!(harness.state().hint.text().0, "Auto release");
}

#[test]
fn a_button_is_pressed_where_it_is_released() {
    let pressed = std::cell::Cell::new(0);
    let mut harness = small(|ui, desk| {
        let rect = Rect::from_min_size(pos2(20.0, 200.0), vec2(60.0, 30.0));
        if Button::new("Reset", "Clears the meter.").show(ui, desk, rect).clicked() {
            pressed.set(pressed.get() + 1);
        }
    });
    let at = middle(&harness, "Reset");
    click(&mut harness, at, Modifiers::NONE);
    assert_eq!(pressed.get(), 1);
    press(&mut harness, at);
    harness.hover_at(at + vec2(0.0, 60.0));
    release(&mut harness, at + vec2(0.0, 60.0));
    assert_eq!(pressed.get(), 1, "let go elsewhere");
    key(&mut harness, Key::Tab, Modifiers::NONE);
    harness.step();
    key(&mut harness, Key::Enter, Modifiers::NONE);
    assert_eq!(pressed.get(), 2);
}

#[test]
fn a_list_opens_and_what_is_clicked_is_chosen() {
    let chosen = std::rc::Rc::new(std::cell::Cell::new(0));
    let mut harness = chooser(chosen.clone());
    assert!(harness.query_by_label("Tidal").is_none());
    let at = middle(&harness, "Target");
    click(&mut harness, at, Modifiers::NONE);
    harness.step();
    let at = middle(&harness, "Tidal");
    click(&mut harness, at, Modifiers::NONE);
    harness.step();
    assert_eq!(chosen.get(), 3);
    assert!(harness.query_by_label("Tidal").is_none(), "the list is closed");
    assert_eq!(harness.get_by_label("Target").accesskit_node().value().as_deref(), Some("Tidal"));
}

#[test]
fn a_list_is_searched_and_chosen_from_by_keys() {
    let chosen = std::rc::Rc::new(std::cell::Cell::new(0));
    let mut harness = chooser(chosen.clone());
    key(&mut harness, Key::Tab, Modifiers::NONE);
    harness.step();
    key(&mut harness, Key::Enter, Modifiers::NONE);
    harness.step();
    write(&mut harness, "t");
    harness.step();
    // Spotify, which is chosen, YouTube, Tidal.
    assert!(harness.query_by_label("Tidal").is_some() && harness.query_by_label("Vinyl").is_none());
    for _ in 0..2 {
        key(&mut harness, Key::ArrowDown, Modifiers::NONE);
    }
    key(&mut harness, Key::Enter, Modifiers::NONE);
    harness.step();
    assert_eq!(chosen.get(), 3);
    assert!(harness.query_by_label("Search").is_none());
}

#[test]
fn a_list_closes_by_escape_and_by_a_press_elsewhere() {
    let chosen = std::rc::Rc::new(std::cell::Cell::new(2));
    let mut harness = chooser(chosen.clone());
    let at = middle(&harness, "Target");
    click(&mut harness, at, Modifiers::NONE);
    harness.step();
    assert!(harness.query_by_label("Search").is_some());
    key(&mut harness, Key::Escape, Modifiers::NONE);
    harness.step();
    assert!(harness.query_by_label("Search").is_none());
    wait(&mut harness, 1.0);
    click(&mut harness, at, Modifiers::NONE);
    harness.step();
    assert!(harness.query_by_label("Search").is_some());
    click(&mut harness, pos2(390.0, 10.0), Modifiers::NONE);
    harness.step();
    assert!(harness.query_by_label("Search").is_none());
    assert_eq!(chosen.get(), 2);
}

#[test]
fn a_closed_list_is_stepped_through_by_wheel_and_arrows() {
    let chosen = std::rc::Rc::new(std::cell::Cell::new(2));
    let mut harness = chooser(chosen.clone());
    let at = middle(&harness, "Target");
    harness.hover_at(at);
    harness.step();
    wheel(&mut harness, -1.0, Modifiers::NONE);
    assert_eq!(chosen.get(), 3);
    key(&mut harness, Key::Tab, Modifiers::NONE);
    harness.step();
    key(&mut harness, Key::ArrowUp, Modifiers::NONE);
    assert_eq!(chosen.get(), 2);
}
