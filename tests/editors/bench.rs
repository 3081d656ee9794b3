//! A window without an editor: a place to put widgets, and a hand to move them with.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use runout_gui::desk::{Desk, Hint};
use runout_gui::egui::{
    self, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, Ui, UiBuilder, Vec2, vec2,
};
use runout_gui::look::{Look, Theme};
use runout_gui::{fonts, gesture};

use crate::stand_in::StandIn;

/// Frames a second of the window.
pub const FRAMES: f32 = 60.0;

/// What stands behind the widgets.
#[derive(Default)]
pub struct Bench {
    pub host: StandIn,
    pub hint: Hint,
    pub theme: Theme,
}

/// A window, in points, at a number of pixels a point.
pub fn window<'a>(
    size: Vec2,
    pixels: f32,
    bench: Bench,
    mut contents: impl FnMut(&mut Ui, &mut Desk<'_>) + 'a,
) -> Harness<'a, Bench> {
    let show = move |ui: &mut Ui, bench: &mut Bench| {
        bench.hint.clear();
        let look = Look::new(bench.theme, |palette| palette.limiter);
        let mut desk = Desk::new(look, &bench.host, &mut bench.hint);
        // The whole of the window, as a plugin has it: without the margin that the harness leaves.
        let whole = ui.content_rect();
        ui.scope_builder(UiBuilder::new().max_rect(whole), |ui| {
            ui.set_clip_rect(whole);
            contents(ui, &mut desk);
        });
        gesture::finish(ui, desk.parameters);
    };
    Harness::builder()
        .with_size(size)
        .with_pixels_per_point(pixels)
        .with_step_dt(1.0 / FRAMES)
        .with_max_steps(64)
        .with_render_cursor(false)
        .with_context_setup(fonts::install)
        .wgpu()
        .build_ui_state(show, bench)
}

/// A window of 400 x 300 points.
pub fn small<'a>(contents: impl FnMut(&mut Ui, &mut Desk<'_>) + 'a) -> Harness<'a, Bench> {
    window(vec2(400.0, 300.0), 1.0, Bench::default(), contents)
}

/// Lets frames go by for a time in seconds.
pub fn wait(harness: &mut Harness<'_, Bench>, seconds: f32) {
    harness.run_steps((seconds * FRAMES).ceil() as usize);
}

/// The middle of a control by its name.
pub fn middle(harness: &Harness<'_, Bench>, name: &str) -> Pos2 {
    harness.get_by_label(name).rect().center()
}

/// Presses at a place.
pub fn press(harness: &mut Harness<'_, Bench>, at: Pos2) {
    harness.hover_at(at);
    harness.drag_at(at);
    harness.step();
}

/// Releases at a place, and leaves the pointer there.
pub fn release(harness: &mut Harness<'_, Bench>, at: Pos2) {
    harness.hover_at(at);
    harness.step();
    harness.event(Event::PointerButton {
        pos: at,
        button: egui::PointerButton::Primary,
        pressed: false,
        modifiers: Modifiers::NONE,
    });
    harness.step();
}

/// Presses, moves by `by` in ten steps after the few points that make it a drag, and releases.
pub fn drag(harness: &mut Harness<'_, Bench>, from: Pos2, by: Vec2) {
    press(harness, from);
    let begun = begin_drag(harness, from);
    for step in 1..=10 {
        harness.hover_at(begun + by * (step as f32 / 10.0));
        harness.step();
    }
    release(harness, begun + by);
}

/// Moves a pressed pointer to where egui calls it a drag: sideways, so that no value moves. Gives the place.
pub fn begin_drag(harness: &mut Harness<'_, Bench>, from: Pos2) -> Pos2 {
    let begun = from + vec2(8.0, 0.0);
    harness.hover_at(begun);
    harness.step();
    begun
}

/// Holds or lets go the modifier keys.
pub fn hold(harness: &mut Harness<'_, Bench>, modifiers: Modifiers) {
    harness.event(Event::ModifiersChanged(modifiers));
    harness.step();
}

/// Turns the wheel over where the pointer is: lines up.
pub fn wheel(harness: &mut Harness<'_, Bench>, lines: f32, modifiers: Modifiers) {
    harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Line,
        delta: vec2(0.0, lines),
        phase: egui::TouchPhase::Move,
        source: MouseWheelSource::Unknown,
        modifiers,
    });
    harness.step();
}

/// Clicks at a place with modifier keys held.
pub fn click(harness: &mut Harness<'_, Bench>, at: Pos2, modifiers: Modifiers) {
    hold(harness, modifiers);
    press(harness, at);
    release(harness, at);
    hold(harness, Modifiers::NONE);
}

/// Presses a key and lets it go.
pub fn key(harness: &mut Harness<'_, Bench>, key: Key, modifiers: Modifiers) {
    harness.key_press_modifiers(modifiers, key);
    harness.step();
}

/// Types a text.
pub fn write(harness: &mut Harness<'_, Bench>, text: &str) {
    for character in text.chars() {
        harness.event(Event::Text(character.to_string()));
    }
    harness.step();
}
