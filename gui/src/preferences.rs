//! What the user prefers of an editor, and what a session keeps of it.
//!
//! The window, the audio thread (which resets the meter when the transport starts) and the host's state all look at it,
//! so every value is an atomic. The text that the host keeps is one small JSON object, see [`Preferences::text`].

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};

use runout_dsp_core::targets::{TARGETS, Target};
use serde_json::{Map, Value, json};

use crate::look::Theme;

/// The zooms that an editor offers, percent.
pub const ZOOMS_PERCENT: [u32; 6] = [75, 100, 125, 150, 200, 300];

/// The least size of an editor, points.
pub const SMALLEST_SIZE: [u32; 2] = [720, 440];

/// How no target is written.
const NO_TARGET: &str = "none";

/// The largest size that is kept, points: more than any screen shows.
const LARGEST_SIZE: u32 = 16_384;

/// What the user prefers. Any thread reads and writes; values stand alone.
#[derive(Debug)]
pub struct Preferences {
    light: AtomicBool,
    zoom_percent: AtomicU32,
    /// The place in [`TARGETS`]; beyond them there is none.
    target: AtomicUsize,
    reset_on_play: AtomicBool,
    /// Width and height, points.
    size: [AtomicU32; 2],
}

impl Preferences {
    /// The defaults of an editor whose window opens at `size`, points: dark, 100 %, the first target, no reset on play.
    pub fn new(size: [u32; 2]) -> Self {
        Self {
            light: AtomicBool::new(false),
            zoom_percent: AtomicU32::new(100),
            target: AtomicUsize::new(0),
            reset_on_play: AtomicBool::new(false),
            size: size.map(AtomicU32::new),
        }
    }

    /// The theme.
    pub fn theme(&self) -> Theme {
        if self.light.load(Ordering::Relaxed) { Theme::Light } else { Theme::Dark }
    }

    /// Chooses the theme.
    pub fn set_theme(&self, theme: Theme) {
        self.light.store(theme == Theme::Light, Ordering::Relaxed);
    }

    /// The zoom, one of [`ZOOMS_PERCENT`].
    pub fn zoom_percent(&self) -> u32 {
        self.zoom_percent.load(Ordering::Relaxed)
    }

    /// Chooses the zoom: the nearest that is offered.
    pub fn set_zoom_percent(&self, percent: u32) {
        let nearest = ZOOMS_PERCENT.into_iter().min_by_key(|zoom| zoom.abs_diff(percent)).unwrap_or(100);
        self.zoom_percent.store(nearest, Ordering::Relaxed);
    }

    /// The delivery target that loudness is held against, if any.
    pub fn target(&self) -> Option<&'static Target> {
        TARGETS.get(self.target.load(Ordering::Relaxed))
    }

    /// Chooses the target, or none.
    pub fn set_target(&self, target: Option<&'static Target>) {
        let listed = target.and_then(|target| TARGETS.iter().position(|listed| listed.name == target.name));
        self.target.store(listed.unwrap_or(TARGETS.len()), Ordering::Relaxed);
    }

    /// Whether the meter starts anew when the host's transport starts.
    pub fn resets_on_play(&self) -> bool {
        self.reset_on_play.load(Ordering::Relaxed)
    }

    /// Chooses whether the meter starts anew when the host's transport starts.
    pub fn set_reset_on_play(&self, reset: bool) {
        self.reset_on_play.store(reset, Ordering::Relaxed);
    }

    /// Width and height of the editor at 100 %, points.
    pub fn size(&self) -> [u32; 2] {
        [0, 1].map(|side| self.size[side].load(Ordering::Relaxed))
    }

    /// Keeps the size of the editor at 100 %, points; never under [`SMALLEST_SIZE`].
    pub fn set_size(&self, size: [u32; 2]) {
        for side in 0..2 {
            self.size[side].store(size[side].clamp(SMALLEST_SIZE[side], LARGEST_SIZE), Ordering::Relaxed);
        }
    }

    /// All of it as one JSON object.
    pub fn text(&self) -> String {
        let [width, height] = self.size();
        json!({
            "theme": if self.theme() == Theme::Light { "light" } else { "dark" },
            "zoom_percent": self.zoom_percent(),
            "target": self.target().map_or(NO_TARGET, |target| target.name),
            "reset_on_play": self.resets_on_play(),
            "width": width,
            "height": height,
        })
        .to_string()
    }

    /// Takes what a text of [`text`](Self::text) says. Fields that are unknown or of another kind are passed over, those
    /// that are missing stay as they are, numbers out of range become the nearest in range: a session of another version
    /// always loads.
    pub fn take_text(&self, text: &str) {
        let Ok(fields) = serde_json::from_str::<Map<String, Value>>(text) else { return };
        match fields.get("theme").and_then(Value::as_str) {
            Some("light") => self.set_theme(Theme::Light),
            Some("dark") => self.set_theme(Theme::Dark),
            _ => {}
        }
        if let Some(percent) = whole(&fields, "zoom_percent") {
            self.set_zoom_percent(percent);
        }
        match fields.get("target").and_then(Value::as_str) {
            Some(NO_TARGET) => self.set_target(None),
            Some(name) => {
                // A target of another version is unknown here: the present one stays.
                if let Some(target) = TARGETS.iter().find(|target| target.name == name) {
                    self.set_target(Some(target));
                }
            }
            None => {}
        }
        if let Some(reset) = fields.get("reset_on_play").and_then(Value::as_bool) {
            self.set_reset_on_play(reset);
        }
        let [width, height] = self.size();
        self.set_size([whole(&fields, "width").unwrap_or(width), whole(&fields, "height").unwrap_or(height)]);
    }
}

/// A number of a field as the nearest whole one in range.
fn whole(fields: &Map<String, Value>, name: &str) -> Option<u32> {
    // The cast saturates at both ends.
    fields.get(name).and_then(Value::as_f64).map(|number| number.round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_brings_everything_back() {
        let kept = Preferences::new([1000, 620]);
        kept.set_theme(Theme::Light);
        kept.set_zoom_percent(150);
        kept.set_target(TARGETS.iter().find(|target| target.name == "ebu-r128"));
        kept.set_reset_on_play(true);
        kept.set_size([1234, 777]);
        let back = Preferences::new([1280, 760]);
        back.take_text(&kept.text());
        assert_eq!(back.text(), kept.text());
        assert_eq!((back.theme(), back.zoom_percent()), (Theme::Light, 150));
        assert_eq!(back.target().map(|target| target.name), Some("ebu-r128"));
        assert_eq!((back.resets_on_play(), back.size()), (true, [1234, 777]));
    }

    #[test]
    fn the_text_of_today_is_read_for_ever() {
        let text =
            r#"{"theme":"light","zoom_percent":200,"target":"club","reset_on_play":true,"width":900,"height":500}"#;
        let preferences = Preferences::new([1000, 620]);
        preferences.take_text(text);
        assert_eq!(preferences.text(), text);
        preferences.take_text(r#"{"target":"none"}"#);
        assert_eq!(preferences.target(), None);
        assert!(preferences.text().contains(r#""target":"none""#));
    }

    #[test]
    fn what_is_out_of_range_becomes_the_nearest_and_what_is_unknown_is_passed_over() {
        let preferences = Preferences::new([1000, 620]);
        preferences.take_text(r#"{"zoom_percent": 9000, "width": -5, "height": 1e12, "color": "red", "theme": 7}"#);
        assert_eq!((preferences.zoom_percent(), preferences.size()), (300, [720, 16_384]));
        assert_eq!(preferences.theme(), Theme::Dark);
        preferences.take_text(r#"{"zoom_percent": 130, "target": "sputify", "reset_on_play": "yes"}"#);
        assert_eq!(preferences.zoom_percent(), 125);
        assert_eq!(preferences.target().map(|target| target.name), Some(TARGETS[0].name));
        assert!(!preferences.resets_on_play());
        let before = preferences.text();
        for text in ["", "{", "[1, 2]", "null", "\"theme\""] {
            preferences.take_text(text);
            assert_eq!(preferences.text(), before, "{text}");
        }
    }
}
