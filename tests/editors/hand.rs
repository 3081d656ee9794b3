//! A hand: moves what a window shows, whatever stands behind it.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use runout_gui::egui::{
    Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, TouchPhase, Vec2, vec2,
};

/// Frames a second of every window.
pub const FRAMES: f32 = 60.0;

/// Lets frames go by for a time in seconds.
pub fn wait<S>(harness: &mut Harness<'_, S>, seconds: f32) {
    harness.run_steps((seconds * FRAMES).ceil() as usize);
}

/// The middle of a control by its name.
pub fn middle<S>(harness: &Harness<'_, S>, name: &str) -> Pos2 {
    harness.get_by_label(name).rect().center()
}

/// Presses at a place.
pub fn press<S>(harness: &mut Harness<'_, S>, at: Pos2) {
    harness.hover_at(at);
    harness.drag_at(at);
    harness.step();
}

/// Releases at a place, and leaves the pointer there.
pub fn release<S>(harness: &mut Harness<'_, S>, at: Pos2) {
    let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
    harness.event(Event::PointerButton { pos: at, button, pressed: false, modifiers });
    harness.step();
}

/// Presses, moves by `by` in ten steps after the few points that make it a drag, and releases.
pub fn drag<S>(harness: &mut Harness<'_, S>, from: Pos2, by: Vec2) {
    press(harness, from);
    let begun = begin_drag(harness, from);
    for step in 1..=10 {
        harness.hover_at(begun + by * (step as f32 / 10.0));
        harness.step();
    }
    release(harness, begun + by);
}

/// Moves a pressed pointer to where egui calls it a drag: sideways, so that no value moves. Gives the place.
pub fn begin_drag<S>(harness: &mut Harness<'_, S>, from: Pos2) -> Pos2 {
    let begun = from + vec2(8.0, 0.0);
    harness.hover_at(begun);
    harness.step();
    begun
}

/// Holds or lets go the modifier keys.
pub fn hold<S>(harness: &mut Harness<'_, S>, modifiers: Modifiers) {
    harness.event(Event::ModifiersChanged(modifiers));
    harness.step();
}

/// Turns the wheel over where the pointer is: lines up.
pub fn wheel<S>(harness: &mut Harness<'_, S>, lines: f32, modifiers: Modifiers) {
    harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Line,
        delta: vec2(0.0, lines),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Unknown,
        modifiers,
    });
    harness.step();
}

/// Clicks at a place with modifier keys held.
pub fn click<S>(harness: &mut Harness<'_, S>, at: Pos2, modifiers: Modifiers) {
    hold(harness, modifiers);
    press(harness, at);
    release(harness, at);
    hold(harness, Modifiers::NONE);
}

/// Presses a key and lets it go.
pub fn key<S>(harness: &mut Harness<'_, S>, key: Key, modifiers: Modifiers) {
    harness.key_press_modifiers(modifiers, key);
    harness.step();
}

/// Types a text.
pub fn write<S>(harness: &mut Harness<'_, S>, text: &str) {
    for character in text.chars() {
        harness.event(Event::Text(character.to_string()));
    }
    harness.step();
}
