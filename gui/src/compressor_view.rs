//! What the compressor shows, in its own editor and in Master: the toolbar, the bands over the spectrum, the chosen band.

mod planes;

pub use planes::Planes;

use egui::Ui;
use runout_dsp_core::compressor::CompressorReader;

use crate::desk::Desk;
use crate::paint;
use crate::parameters::Parameters;
use crate::plots::frequency_axis::FrequencyAxis;
use crate::plots::spectrum::BOTTOM_DB;
use crate::preferences::Preferences;
use crate::spectrum_view::{Place, SpectrumView};
use crate::widgets::scale::Scale;

/// The keys that the compressor has, and what they do.
pub const KEYS: [(&str, &str); 1] = [("1 to 6", "choose a band")];

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
    spectrum: SpectrumView,
}

impl CompressorView {
    /// The window has opened: starts to listen.
    pub fn open(&mut self, reader: &mut Option<CompressorReader>) {
        if let Some(reader) = reader {
            self.spectrum.open(Some(&mut reader.spectrum));
            reader.bands.open();
        }
    }

    /// The window has closed: stops listening.
    pub fn close(&mut self, reader: &mut Option<CompressorReader>) {
        if let Some(reader) = reader {
            self.spectrum.close(Some(&mut reader.spectrum));
            reader.bands.close();
        }
    }

    /// Takes what has arrived since the last frame. `now_s` is egui's clock.
    pub fn take(&mut self, reader: &mut Option<CompressorReader>, rate: f32, preferences: &Preferences, now_s: f64) {
        let spectrum = reader.as_mut().map(|reader| &mut reader.spectrum);
        self.spectrum.take(spectrum, rate, preferences, now_s);
    }

    /// Whether the next frame will look different without anything new.
    pub fn is_moving(&self) -> bool {
        self.spectrum.is_moving()
    }

    /// Shows the parts on their planes; the strip is left to the editor.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, planes: &Planes, shown: &Shown<'_>) {
        let (painter, palette) = (ui.painter(), desk.look.palette);
        paint::plane(painter, planes.plot, palette.plot);
        let place = Place {
            plot: planes.plot,
            axis: FrequencyAxis::between(planes.plot.x_range(), 20.0, 20_000.0),
            scale: Scale::even(4.0, BOTTOM_DB, &[]),
        };
        self.spectrum.paint(painter, &desk.look, place, shown.preferences);
    }
}

/// Whether the compressor changes nothing as it is heard: switched out or bypassed.
pub fn is_bypassed(parameters: &dyn Parameters) -> bool {
    let is_on = |id: &str| parameters.value(id).is_some_and(|value| value >= 0.5);
    is_on("bypass") || !is_on("compressor.enabled")
}
