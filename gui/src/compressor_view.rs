//! What the compressor shows, in its own editor and in Master: the toolbar, the bands over the spectrum, the chosen band.

mod bands;
mod keys;
mod live;
mod map;
mod panel;
mod planes;
mod thumbnail;
mod toolbar;

pub use planes::Planes;

use egui::Ui;
use runout_dsp_core::compressor::{CompressorReader, picture};

use self::live::Live;
use self::map::{Map, MapView};
use self::panel::Chosen;
use self::toolbar::Subject;
use crate::desk::Desk;
use crate::parameters::Parameters;
use crate::preferences::Preferences;
use crate::spectrum_view::SpectrumView;

/// The keys that the compressor has, and what they do.
pub const KEYS: [(&str, &str); 5] = [
    ("1 to 6", "choose a band"),
    ("Up, Down", "move the chosen band's threshold"),
    ("N, Del", "divides the chosen band, joins it to its neighbor"),
    ("E", "turns the chosen band on and off"),
    ("S", "plays the chosen band alone"),
];

/// What is shown, and with what.
pub struct Shown<'a> {
    /// Sample rate, Hz; 0 before the plugin was activated.
    pub sample_rate: f32,
    /// The channels of the signal.
    pub channels: usize,
    /// Whether the sound passes by: curves are grey.
    pub bypassed: bool,
    /// Whether mix and output gain stand in the toolbar.
    pub has_output: bool,
    /// What the user prefers of the analyzer.
    pub preferences: &'a Preferences,
}

/// The compressor in an editor. Thread: the editor's.
#[derive(Debug, Default)]
pub struct CompressorView {
    /// The slot that the controls are of.
    chosen: usize,
    spectrum: SpectrumView,
    live: Live,
    map: Map,
    /// Whether the other row is shown where there is room for one.
    more: bool,
}

impl CompressorView {
    /// The window has opened or the compressor is on show: starts to listen to all that there is.
    pub fn open(&mut self, reader: &mut Option<CompressorReader>) {
        if let Some(reader) = reader {
            self.spectrum.open(Some(&mut reader.spectrum));
            reader.bands.open();
        }
    }

    /// The compressor is not on show, but its gains are: stops listening to spectra.
    pub fn watch(&mut self, reader: &mut Option<CompressorReader>) {
        if let Some(reader) = reader {
            self.spectrum.close(Some(&mut reader.spectrum));
            reader.bands.open();
        }
    }

    /// The window has closed: stops listening.
    pub fn close(&mut self, reader: &mut Option<CompressorReader>) {
        if let Some(reader) = reader {
            self.spectrum.close(Some(&mut reader.spectrum));
            reader.bands.close();
        }
        self.live = Live::default();
    }

    /// Takes what has arrived since the last frame. `now_s` is egui's clock.
    pub fn take(&mut self, reader: &mut Option<CompressorReader>, rate: f32, preferences: &Preferences, now_s: f64) {
        let (spectrum, bands) = match reader {
            Some(reader) => (Some(&mut reader.spectrum), Some(&mut reader.bands)),
            None => (None, None),
        };
        self.spectrum.take(spectrum, rate, preferences, now_s);
        self.live.take(bands, rate, now_s);
    }

    /// The gain of all bands in use that is farthest from none, as a number that stands still for a fifth of a second, dB.
    pub fn deepest_db(&self, parameters: &dyn Parameters) -> f32 {
        self.live.farthest_db(bands::read(parameters).bands_in_use().len())
    }

    /// Whether the next frame will look different without anything new.
    pub fn is_moving(&self) -> bool {
        self.spectrum.is_moving() || self.live.is_moving()
    }

    /// Shows the parts on their planes; the strip is left to the editor.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, planes: &Planes, shown: &Shown<'_>) {
        let Self { chosen, spectrum, live, map, more } = self;
        let params = bands::read(desk.parameters);
        *chosen = (*chosen).min(params.bands_in_use().len() - 1);
        let (channels, bypassed) = (shown.channels, shown.bypassed);
        let subject = Subject { params: &params, chosen: *chosen, channels, has_output: shown.has_output };
        toolbar::show(ui, desk, planes.toolbar, subject);
        let look = desk.look;
        // A host that has not said yet how it plays.
        let sample_rate = if shown.sample_rate > 0.0 { shown.sample_rate } else { 48_000.0 };
        map.show(ui, desk, planes.plot, MapView { sample_rate, bypassed, chosen, live }, |painter, place| {
            spectrum.paint(painter, &look, place, shown.preferences);
        });
        // The plot may have made bands.
        let params = bands::read(desk.parameters);
        let slot = (*chosen).min(params.bands_in_use().len() - 1);
        let corners_hz = picture::corners_hz(&params, f64::from(sample_rate));
        let band = Chosen { slot, params: &params, corners_hz: &corners_hz, channels, bypassed, live };
        band.show(ui, desk, planes.panel, planes.room, more);
    }

    /// Obeys the compressor's keys: to be called after every widget of a pass while the compressor is on show.
    pub fn obey_keys(&mut self, ui: &Ui, desk: &Desk<'_>) {
        keys::obey(ui, desk, &mut self.chosen);
    }
}

/// Whether the compressor changes nothing as it is heard: switched out or bypassed.
pub fn is_bypassed(parameters: &dyn Parameters) -> bool {
    let is_on = |id: &str| parameters.value(id).is_some_and(|value| value >= 0.5);
    is_on("bypass") || !is_on("compressor.enabled")
}
