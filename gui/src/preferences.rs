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

/// The slopes of the spectrum that an editor offers, dB an octave around 1 kHz.
pub const SPECTRUM_SLOPES_DB_PER_OCT: [f32; 3] = [0.0, 3.0, 4.5];

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
    keeps_ceiling: AtomicBool,
    spectrum_before: AtomicBool,
    spectrum_after: AtomicBool,
    spectrum_smoothing: AtomicBool,
    /// The place in [`SPECTRUM_SLOPES_DB_PER_OCT`].
    spectrum_slope: AtomicUsize,
    /// Width and height, points.
    size: [AtomicU32; 2],
}

impl Preferences {
    /// The defaults of an editor whose window opens at `size`, points: dark, 100 %, the first target, no reset on play,
    /// both spectra, smoothed, under the steepest slope.
    pub fn new(size: [u32; 2]) -> Self {
        Self {
            light: AtomicBool::new(false),
            zoom_percent: AtomicU32::new(100),
            target: AtomicUsize::new(0),
            reset_on_play: AtomicBool::new(false),
            keeps_ceiling: AtomicBool::new(false),
            spectrum_before: AtomicBool::new(true),
            spectrum_after: AtomicBool::new(true),
            spectrum_smoothing: AtomicBool::new(true),
            spectrum_slope: AtomicUsize::new(SPECTRUM_SLOPES_DB_PER_OCT.len() - 1),
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

    /// Whether presets leave the ceiling what it is.
    pub fn keeps_ceiling(&self) -> bool {
        self.keeps_ceiling.load(Ordering::Relaxed)
    }

    /// Chooses whether presets leave the ceiling what it is.
    pub fn set_keep_ceiling(&self, keeps: bool) {
        self.keeps_ceiling.store(keeps, Ordering::Relaxed);
    }

    /// Whether the spectrum of what goes into the equalizer is shown.
    pub fn spectrum_before(&self) -> bool {
        self.spectrum_before.load(Ordering::Relaxed)
    }

    /// Chooses whether the spectrum of what goes into the equalizer is shown.
    pub fn set_spectrum_before(&self, shown: bool) {
        self.spectrum_before.store(shown, Ordering::Relaxed);
    }

    /// Whether the spectrum of what leaves the equalizer is shown.
    pub fn spectrum_after(&self) -> bool {
        self.spectrum_after.load(Ordering::Relaxed)
    }

    /// Chooses whether the spectrum of what leaves the equalizer is shown.
    pub fn set_spectrum_after(&self, shown: bool) {
        self.spectrum_after.store(shown, Ordering::Relaxed);
    }

    /// Whether spectra are smoothed over a third of an octave.
    pub fn spectrum_smoothing(&self) -> bool {
        self.spectrum_smoothing.load(Ordering::Relaxed)
    }

    /// Chooses whether spectra are smoothed over a third of an octave.
    pub fn set_spectrum_smoothing(&self, smoothing: bool) {
        self.spectrum_smoothing.store(smoothing, Ordering::Relaxed);
    }

    /// The slope that spectra are shown under, one of [`SPECTRUM_SLOPES_DB_PER_OCT`].
    pub fn spectrum_slope_db_per_oct(&self) -> f32 {
        let chosen = self.spectrum_slope.load(Ordering::Relaxed);
        SPECTRUM_SLOPES_DB_PER_OCT.get(chosen).copied().unwrap_or_default()
    }

    /// Chooses the slope that spectra are shown under, dB an octave: the nearest that is offered. What is not a number
    /// changes nothing.
    pub fn set_spectrum_slope_db_per_oct(&self, slope_db_per_oct: f32) {
        let [flattest, .., steepest] = SPECTRUM_SLOPES_DB_PER_OCT;
        let wanted = slope_db_per_oct.clamp(flattest, steepest);
        let distance = |slope: f32| (slope - wanted).abs();
        let slopes = SPECTRUM_SLOPES_DB_PER_OCT.into_iter().map(distance).enumerate();
        let nearest = slopes.filter(|(_, away)| !away.is_nan()).min_by(|one, two| one.1.total_cmp(&two.1));
        if let Some((slope, _)) = nearest {
            self.spectrum_slope.store(slope, Ordering::Relaxed);
        }
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
            "keep_ceiling": self.keeps_ceiling(),
            "spectrum_before": self.spectrum_before(),
            "spectrum_after": self.spectrum_after(),
            "spectrum_smoothing": self.spectrum_smoothing(),
            "spectrum_slope_db_per_oct": self.spectrum_slope_db_per_oct(),
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
        self.take_switches(&fields);
        if let Some(slope) = fields.get("spectrum_slope_db_per_oct").and_then(Value::as_f64) {
            self.set_spectrum_slope_db_per_oct(slope as f32);
        }
        let [width, height] = self.size();
        self.set_size([whole(&fields, "width").unwrap_or(width), whole(&fields, "height").unwrap_or(height)]);
    }

    fn take_switches(&self, fields: &Map<String, Value>) {
        for (name, switch) in [
            ("reset_on_play", &self.reset_on_play),
            ("keep_ceiling", &self.keeps_ceiling),
            ("spectrum_before", &self.spectrum_before),
            ("spectrum_after", &self.spectrum_after),
            ("spectrum_smoothing", &self.spectrum_smoothing),
        ] {
            if let Some(is_on) = fields.get(name).and_then(Value::as_bool) {
                switch.store(is_on, Ordering::Relaxed);
            }
        }
    }
}

/// A number of a field as the nearest whole one in range.
fn whole(fields: &Map<String, Value>, name: &str) -> Option<u32> {
    // The cast saturates at both ends.
    fields.get(name).and_then(Value::as_f64).map(|number| number.round() as u32)
}

#[cfg(test)]
mod tests;
