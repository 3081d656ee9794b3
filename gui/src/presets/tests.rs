//! Presets against a recorder in the place of a host.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;

use super::*;
use runout_dsp_core::settings::parameters;

/// Values by id, and what was asked of the host.
struct Recorder {
    values: RefCell<BTreeMap<String, f32>>,
    asked: RefCell<Vec<String>>,
}

impl Recorder {
    fn new(modules: &[Module]) -> Self {
        let own = parameters().into_iter().filter(|parameter| parameter.is_of(modules));
        let values = own.map(|parameter| (parameter.id.clone(), parameter.default_value())).collect();
        Self { values: RefCell::new(values), asked: RefCell::default() }
    }

    fn move_to(&self, id: &str, value: f32) {
        assert!(self.values.borrow_mut().insert(id.to_owned(), value).is_some(), "{id} is unknown");
    }

    fn take_asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.borrow_mut())
    }
}

impl Parameters for Recorder {
    fn value(&self, id: &str) -> Option<f32> {
        self.values.borrow().get(id).copied()
    }

    fn default_value(&self, id: &str) -> Option<f32> {
        parameters().into_iter().find(|parameter| parameter.id == id).map(|parameter| parameter.default_value())
    }

    fn text(&self, _id: &str, _value: f32) -> Option<String> {
        None
    }

    fn begin(&self, id: &str) {
        self.asked.borrow_mut().push(format!("begin {id}"));
    }

    fn set(&self, id: &str, value: f32) {
        self.move_to(id, value);
        self.asked.borrow_mut().push(format!("set {id} {value}"));
    }

    fn end(&self, id: &str) {
        self.asked.borrow_mut().push(format!("end {id}"));
    }
}

const LIMITER: &[Module] = &[Module::Limiter];

/// A limiter's presets in a folder of their own.
fn limiter() -> (tempfile::TempDir, Presets, Recorder) {
    let folder = tempfile::tempdir().unwrap();
    let presets = Presets::new("Runout Limiter", LIMITER, Some(folder.path().join("Runout/Limiter")));
    (folder, presets, Recorder::new(LIMITER))
}

#[test]
fn what_is_saved_is_listed_and_loads_with_a_gesture_for_each_change() {
    let (_folder, mut presets, host) = limiter();
    presets.refresh();
    assert_eq!((presets.names(), presets.is_dirty(&host)), (&[DEFAULT.to_owned()][..], false));
    host.move_to("limiter.input_gain_db", 4.5);
    host.move_to("limiter.style", 2.0);
    assert!(presets.is_dirty(&host));
    presets.save_as(" Loud ", &host).unwrap();
    assert_eq!((presets.current_name(), presets.is_dirty(&host)), ("Loud", false));
    host.move_to("limiter.ceiling_dbtp", -3.0);
    presets.save_as("ärger", &host).unwrap();
    presets.save_as("apple", &host).unwrap();
    assert_eq!(presets.names(), [DEFAULT, "apple", "Loud", "ärger"]);
    assert_eq!(host.take_asked(), [""; 0], "saving moves nothing");
    presets.load(2, &host).unwrap();
    let ceiling = ["begin limiter.ceiling_dbtp", "set limiter.ceiling_dbtp -1", "end limiter.ceiling_dbtp"];
    assert_eq!(host.take_asked(), ceiling);
    assert!(!presets.is_dirty(&host));
}

#[test]
fn previous_and_next_go_around() {
    let (_folder, mut presets, host) = limiter();
    host.move_to("limiter.link", 0.5);
    presets.save_as("Half", &host).unwrap();
    presets.next(&host).unwrap();
    assert_eq!((presets.current_name(), host.value("limiter.link")), (DEFAULT, Some(1.0)));
    presets.previous(&host).unwrap();
    assert_eq!((presets.current_name(), host.value("limiter.link")), ("Half", Some(0.5)));
}

#[test]
fn nothing_is_overwritten_unless_it_is_asked_for() {
    let (folder, mut presets, host) = limiter();
    presets.save_as("Mine", &host).unwrap();
    let file = folder.path().join("Runout/Limiter/Mine.toml");
    let before = fs::read_to_string(&file).unwrap();
    host.move_to("limiter.link", 0.5);
    let refusal = presets.save_as("Mine", &host).unwrap_err();
    assert_eq!(refusal, "Mine is there already: choose another name, or replace it");
    assert_eq!(fs::read_to_string(&file).unwrap(), before);
    assert!(presets.exists("Mine") && !presets.exists("mine"));
    presets.replace("Mine", &host).unwrap();
    assert!(fs::read_to_string(&file).unwrap().contains("link = 0.5"));
    assert!(presets.save_as("default", &host).is_err() && presets.save_as("a/b", &host).is_err());
    let left = fs::read_dir(folder.path().join("Runout/Limiter")).unwrap().count();
    assert_eq!(left, 1, "no half-written file is left");
}

#[test]
fn a_chain_travels_as_text_between_plugins() {
    let (_folder, mut presets, host) = limiter();
    host.move_to("limiter.release_ms", 12.34);
    host.move_to("listen.limiter.delta", 1.0);
    let text = presets.copy(&host);
    let modules = [Module::Input, Module::Limiter];
    let mut master = Presets::new("Runout Master", &modules, None);
    let other = Recorder::new(&modules);
    master.paste(&text, &other).unwrap();
    let expected = ["begin limiter.release_ms", "set limiter.release_ms 12.34", "end limiter.release_ms"];
    assert_eq!(other.take_asked(), expected, "what is only for listening stays where it is");
    assert!(master.is_dirty(&other));
    other.move_to("input.gain_db", 3.0);
    let refusal = presets.paste(&master.copy(&other), &host).unwrap_err();
    let expected = "The text is not a chain: input.gain_db = 3: Runout Limiter has no such control, load this chain in \
                    Runout Master";
    assert_eq!((refusal.as_str(), host.take_asked()), (expected, vec![]));
}

#[test]
fn what_is_no_chain_changes_nothing_and_says_where() {
    let (folder, mut presets, host) = limiter();
    for (text, said) in [
        ("hello\nworld", "line 1: not valid TOML"),
        ("version = 1\n[limiter]\nceiling_dbtp = 4.0\n", "line 3: limiter.ceiling_dbtp = 4.0: must be -20 to 0 dBTP"),
        ("", "line 1: version is missing"),
    ] {
        let refusal = presets.paste(text, &host).unwrap_err();
        assert!(refusal.contains(said) && refusal.lines().count() == 1, "{refusal}");
    }
    presets.save_as("Good", &host).unwrap();
    let files = folder.path().join("Runout/Limiter");
    fs::write(files.join("Bad.toml"), [0xFF, 0xFE, 0x00]).unwrap();
    fs::write(files.join("Huge.toml"), "#".repeat(2 << 20)).unwrap();
    fs::write(files.join("note.txt"), "not a preset").unwrap();
    presets.refresh();
    assert_eq!(presets.names(), [DEFAULT, "Bad", "Good", "Huge"]);
    for bad in [1, 3, 4] {
        let refusal = presets.load(bad, &host).unwrap_err();
        assert_eq!(refusal.lines().count(), 1, "{refusal}");
        assert_eq!((presets.current_name(), host.take_asked()), ("Good", vec![]));
    }
}

#[test]
fn a_preset_whose_file_is_gone_leaves_its_values_behind() {
    let (folder, mut presets, host) = limiter();
    host.move_to("limiter.link", 0.5);
    presets.save_as("Half", &host).unwrap();
    fs::remove_file(folder.path().join("Runout/Limiter/Half.toml")).unwrap();
    presets.refresh();
    assert_eq!((presets.current_name(), presets.is_dirty(&host)), (DEFAULT, true));
}

#[test]
fn a_meter_has_nothing_to_keep() {
    assert!(Presets::new("Runout Meter", &[], None).is_empty());
    let (_folder, mut presets, host) = limiter();
    assert!(!presets.is_empty());
    presets = Presets::new("Runout Limiter", LIMITER, None);
    assert_eq!(presets.save_as("Loud", &host).unwrap_err(), "This system names no folder for presets: set HOME");
}
