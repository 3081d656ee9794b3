//! Header and footer: presets, bypass, what is only being listened to, settings, the keys that work everywhere, and what
//! the footer says.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use runout_dsp_core::settings::Module;
use runout_gui::egui::{Event, Key, Modifiers, OutputCommand, pos2, vec2};
use runout_gui::feed::Status;
use runout_gui::footer;
use runout_gui::header::{Content, Header};
use runout_gui::look::Theme;
use runout_gui::preferences::Preferences;
use runout_gui::presets::Presets;
use runout_gui::widgets::Knob;

use crate::bench::{Bench, window};
use crate::hand::{click, key, middle, wait, write};

/// What stands behind a frame.
struct Frame {
    presets: RefCell<Presets>,
    preferences: Preferences,
    status: Status,
    resets: Cell<usize>,
    folder: tempfile::TempDir,
}

fn frame() -> Rc<Frame> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("Presets");
    let status = Status::default();
    status.set_format(44_100.0, 176, 2);
    status.set_cpu_share(0.0063);
    Rc::new(Frame {
        presets: Presets::new("Runout Limiter", &[Module::Limiter], Some(path)).into(),
        preferences: Preferences::new([1000, 620]),
        status,
        resets: Cell::new(0),
        folder,
    })
}

/// A window with header, one knob and footer.
fn shown<'a>(frame: &Rc<Frame>) -> Harness<'a, Bench> {
    let frame = Rc::clone(frame);
    let mut header = Header::default();
    window(vec2(1000.0, 620.0), 1.0, Bench::default(), move |ui, desk| {
        let mut presets = frame.presets.borrow_mut();
        let mut content = Content {
            name: "Limiter",
            presets: &mut presets,
            preferences: &frame.preferences,
            delta: Some("listen.limiter.delta"),
            keys: &[],
            can_reset: true,
        };
        if header.show(ui, desk, &mut content) {
            frame.resets.set(frame.resets.get() + 1);
        }
        Knob::new("limiter.ceiling_dbtp", pos2(300.0, 300.0), 40.0).show(ui, desk);
        footer::show(ui, desk, &frame.status);
    })
}

/// Opens what a button of the header opens, or closes it.
fn open(harness: &mut Harness<'_, Bench>, name: &str) {
    let at = middle(harness, name);
    click(harness, at, Modifiers::NONE);
    harness.step();
    wait(harness, 1.0);
}

fn hint(harness: &Harness<'_, Bench>) -> String {
    harness.get_by_label("Hint").accesskit_node().value().unwrap_or_default()
}

#[test]
fn bypass_is_the_hosts_own_and_has_a_key() {
    let frame = frame();
    let mut harness = shown(&frame);
    open(&mut harness, "Bypass");
    assert_eq!(harness.state().host.get("bypass"), 1.0);
    assert_eq!(harness.state().host.take_calls().len(), 3);
    key(&mut harness, Key::B, Modifiers::NONE);
    assert_eq!(harness.state().host.get("bypass"), 0.0);
    key(&mut harness, Key::B, Modifiers::COMMAND);
    assert_eq!(harness.state().host.get("bypass"), 0.0, "Ctrl+B is not B");
}

#[test]
fn delta_and_reset_have_keys() {
    let frame = frame();
    let mut harness = shown(&frame);
    key(&mut harness, Key::D, Modifiers::NONE);
    assert_eq!(harness.state().host.get("listen.limiter.delta"), 1.0);
    key(&mut harness, Key::R, Modifiers::NONE);
    assert_eq!(frame.resets.get(), 1);
    wait(&mut harness, 0.5);
    assert_eq!(frame.resets.get(), 1);
}

#[test]
fn what_is_only_for_listening_is_a_pill_that_turns_it_off() {
    let frame = frame();
    let mut harness = shown(&frame);
    assert!(harness.query_by_label("Unity Gain off").is_none());
    harness.state().host.automate("listen.limiter.unity_gain", 1.0);
    harness.step();
    open(&mut harness, "Unity Gain off");
    assert_eq!(harness.state().host.get("listen.limiter.unity_gain"), 0.0);
    assert!(harness.query_by_label("Unity Gain off").is_none());
}

#[test]
fn no_key_zooms() {
    let frame = frame();
    let mut harness = shown(&frame);
    for pressed in [Key::Plus, Key::Equals, Key::Minus] {
        key(&mut harness, pressed, Modifiers::COMMAND);
        harness.step();
        assert_eq!(harness.ctx.zoom_factor(), 1.0, "{pressed:?}");
    }
}

#[test]
fn keys_are_listed_by_f1_and_by_a_question_mark() {
    let frame = frame();
    let mut harness = shown(&frame);
    key(&mut harness, Key::F1, Modifiers::NONE);
    harness.step();
    assert!(harness.query_by_label("Keys").is_some());
    key(&mut harness, Key::Escape, Modifiers::NONE);
    harness.step();
    assert!(harness.query_by_label("Keys").is_none());
    write(&mut harness, "?");
    harness.step();
    assert!(harness.query_by_label("Keys").is_some());
    key(&mut harness, Key::F1, Modifiers::NONE);
    harness.step();
    assert!(harness.query_by_label("Keys").is_none());
}

#[test]
fn presets_are_saved_listed_taken_and_told_apart() {
    let frame = frame();
    let mut harness = shown(&frame);
    harness.state().host.automate("limiter.ceiling_dbtp", -3.0);
    harness.step();
    open(&mut harness, "Preset");
    let at = middle(&harness, "Preset name");
    click(&mut harness, at, Modifiers::NONE);
    write(&mut harness, "Loud night");
    open(&mut harness, "Save preset");
    assert!(frame.folder.path().join("Presets/Loud night.toml").is_file());
    assert_eq!(frame.presets.borrow().current_name(), "Loud night");
    assert!(hint(&harness).contains("Loud night is saved."), "{}", hint(&harness));
    open(&mut harness, "Next preset");
    assert_eq!(harness.state().host.get("limiter.ceiling_dbtp"), -1.0);
    open(&mut harness, "Previous preset");
    assert_eq!(harness.state().host.get("limiter.ceiling_dbtp"), -3.0);
    assert_eq!(harness.get_by_label("Preset").accesskit_node().value().as_deref(), Some("Loud night"));
    open(&mut harness, "Preset");
    open(&mut harness, "Default");
    assert_eq!(harness.state().host.get("limiter.ceiling_dbtp"), -1.0);
    assert!(!harness.state().host.is_held());
}

#[test]
fn a_name_that_cannot_be_is_refused_in_the_footer() {
    let frame = frame();
    let mut harness = shown(&frame);
    open(&mut harness, "Preset");
    let at = middle(&harness, "Preset name");
    click(&mut harness, at, Modifiers::NONE);
    write(&mut harness, "a/b");
    open(&mut harness, "Save preset");
    assert!(harness.state().hint.is_refusal());
    assert!(hint(&harness).contains("a/b"), "{}", hint(&harness));
    assert!(harness.query_by_label("Preset name").is_some(), "the name stays, to be put right");
    wait(&mut harness, 7.0);
    assert!(!harness.state().hint.is_refusal());
}

#[test]
fn theme_and_size_are_chosen_in_the_settings() {
    let frame = frame();
    let mut harness = shown(&frame);
    open(&mut harness, "Settings");
    open(&mut harness, "Light");
    assert_eq!(frame.preferences.theme(), Theme::Light);
    open(&mut harness, "150");
    assert_eq!(frame.preferences.zoom_percent(), 150);
    open(&mut harness, "Settings");
    assert!(harness.query_by_label("150").is_none());
}

#[test]
fn chains_go_through_the_clipboard() {
    let frame = frame();
    let mut harness = shown(&frame);
    harness.state().host.automate("limiter.ceiling_dbtp", -4.0);
    open(&mut harness, "Settings");
    let at = middle(&harness, "Copy chain");
    harness.hover_at(at);
    harness.drag_at(at);
    harness.step();
    harness.event(Event::PointerButton {
        pos: at,
        button: runout_gui::egui::PointerButton::Primary,
        pressed: false,
        modifiers: Modifiers::NONE,
    });
    harness.step();
    let copied = harness.output().platform_output.commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let text = copied.expect("the chain is handed to the clipboard");
    assert!(text.contains("ceiling_dbtp = -4.0"), "{text}");
    harness.state().host.automate("limiter.ceiling_dbtp", -1.0);
    harness.event(Event::Paste("no chain".to_owned()));
    harness.step();
    assert!(harness.state().hint.is_refusal() && hint(&harness).contains("is not a chain"), "{}", hint(&harness));
    assert_eq!(harness.state().host.get("limiter.ceiling_dbtp"), -1.0);
    harness.event(Event::Paste(text));
    harness.step();
    harness.step();
    assert_eq!(harness.state().host.get("limiter.ceiling_dbtp"), -4.0);
    assert!(harness.query_by_label("Copy chain").is_none(), "the menu is closed");
    // With the menu closed, nothing is pasted.
    harness.event(Event::Paste("version = 1\n".to_owned()));
    harness.step();
    assert_eq!(harness.state().host.get("limiter.ceiling_dbtp"), -4.0);
}

#[test]
fn the_footer_says_rate_latency_and_load_and_what_the_pointer_is_on() {
    let frame = frame();
    let mut harness = shown(&frame);
    let facts = harness.get_by_label("Status").accesskit_node().value();
    assert_eq!(facts.as_deref(), Some("44.1 kHz, latency 4.0 ms, CPU 0.6 %"));
    let at = middle(&harness, "Ceiling");
    harness.hover_at(at);
    harness.step();
    harness.step();
    assert!(hint(&harness).starts_with("Ceiling: "), "{}", hint(&harness));
    assert!(hint(&harness).contains("default \u{2212}1.0 dBTP"), "{}", hint(&harness));
    frame.status.set_cpu_share(0.5);
    wait(&mut harness, 0.1);
    wait(&mut harness, 0.6);
    let facts = harness.get_by_label("Status").accesskit_node().value();
    assert_eq!(facts.as_deref(), Some("44.1 kHz, latency 4.0 ms, CPU 50.0 %"));
}
