//! What the equalizer shows, in its own editor and in Master: the toolbar, the curve over the spectrum, the bands.

mod accuracy;
pub mod bands;
mod chosen;
pub mod curve;
mod list;
mod marks;
mod panel;
mod planes;
mod shapes;
mod toolbar;

pub use curve::Thumbnail;
pub use planes::Planes;

use egui::{Rect, Ui};
use runout_dsp_core::settings::EqualizerParams;
use runout_dsp_core::spectrum::SpectrumReader;

use self::accuracy::Accuracy;
use self::curve::{Curve, CurveView};
use self::list::List;
use crate::desk::Desk;
use crate::parameters::Parameters;
use crate::preferences::Preferences;
use crate::spectrum_view::{Place, SpectrumView};

/// The keys that the equalizer has, and what they do.
pub const KEYS: [(&str, &str); 6] = [
    ("1 to 9, N", "chooses a band, makes a new one"),
    ("Arrows, [ and ]", "move the chosen band, change its Q"),
    ("Del", "removes the chosen band"),
    ("E", "turns the chosen band on and off"),
    ("S", "plays only what the chosen band changes"),
    ("Alt-click", "on a node, plays its band while it is held"),
];

/// What is shown, and with what.
pub struct Shown<'a> {
    /// Sample rate, Hz; 0 before the plugin was activated.
    pub sample_rate: f32,
    /// The channels of the signal.
    pub channels: usize,
    /// Whether the sound passes by: curves are grey.
    pub bypassed: bool,
    /// Whether the output gain stands in the toolbar.
    pub has_output: bool,
    /// What the user prefers of the analyzer.
    pub preferences: &'a Preferences,
}

/// The equalizer in an editor. Thread: the editor's.
#[derive(Debug, Default)]
pub struct EqualizerView {
    /// The slot that the controls are of.
    chosen: Option<usize>,
    /// Whether there were bands in the last frame of the open window.
    had_bands: bool,
    spectrum: SpectrumView,
    curve: Curve,
    accuracy: Accuracy,
    list: List,
}

impl EqualizerView {
    /// The window has opened: starts to listen.
    pub fn open(&mut self, reader: &mut Option<SpectrumReader>) {
        self.had_bands = false;
        self.spectrum.open(reader.as_mut());
    }

    /// The window has closed: stops listening.
    pub fn close(&mut self, reader: &mut Option<SpectrumReader>) {
        self.spectrum.close(reader.as_mut());
    }

    /// Takes what has arrived since the last frame. `now_s` is egui's clock.
    pub fn take(&mut self, reader: &mut Option<SpectrumReader>, rate: f32, preferences: &Preferences, now_s: f64) {
        self.spectrum.take(reader.as_mut(), rate, preferences, now_s);
    }

    /// Whether the next frame will look different without anything new.
    pub fn is_moving(&self) -> bool {
        self.spectrum.is_moving()
    }

    /// Shows the parts on their planes; the strip is left to the editor.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, planes: &Planes, shown: &Shown<'_>, now_s: f64) {
        let equalizer = bands::read(desk.parameters);
        self.keep_choice(&equalizer);
        self.accuracy.take(ui, &equalizer, shown.sample_rate, now_s);
        let subject = toolbar::Subject {
            equalizer: &equalizer,
            accuracy: &self.accuracy,
            has_output: shown.has_output,
            preferences: shown.preferences,
        };
        toolbar::show(ui, desk, planes.toolbar, &subject, &mut self.spectrum);
        self.show_curve(ui, desk, planes.plot, shown);
        // The curve may have made or removed bands.
        let equalizer = bands::read(desk.parameters);
        self.keep_choice(&equalizer);
        let bands = panel::Bands { equalizer: &equalizer, channels: shown.channels, room: planes.room };
        bands.show(ui, desk, planes.panel, &mut self.list, &mut self.chosen);
    }

    /// Obeys the equalizer's keys: to be called after every widget of a pass while the equalizer is on show.
    pub fn obey_keys(&mut self, ui: &Ui, desk: &Desk<'_>) {
        curve::keys(ui, desk, &mut self.chosen);
    }

    fn show_curve(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, plane: Rect, shown: &Shown<'_>) {
        let look = desk.look;
        let spectrum = &self.spectrum;
        let view = CurveView {
            sample_rate: shown.sample_rate,
            channels: shown.channels,
            bypassed: shown.bypassed,
            chosen: &mut self.chosen,
        };
        self.curve.show(ui, desk, plane, view, |painter, plot| {
            spectrum.paint(painter, &look, Place::new(plot), shown.preferences);
        });
    }

    /// Only a band that is in use is chosen; where there were none, the first of them.
    fn keep_choice(&mut self, equalizer: &EqualizerParams) {
        let is_used = |slot: &usize| equalizer.bands.get(*slot).is_some_and(bands::is_in_use);
        self.chosen = self.chosen.filter(is_used);
        let first = (0..equalizer.bands.len()).find(is_used);
        if !std::mem::replace(&mut self.had_bands, first.is_some()) {
            self.chosen = self.chosen.or(first);
        }
    }
}

/// Whether the equalizer changes nothing as it is heard: switched out or bypassed.
pub fn is_bypassed(parameters: &dyn Parameters) -> bool {
    let is_on = |id: &str| parameters.value(id).is_some_and(|value| value >= 0.5);
    is_on("bypass") || !is_on("equalizer.enabled")
}
