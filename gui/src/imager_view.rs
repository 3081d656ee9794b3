//! What the imager shows, in its own editor and in Master: the goniometer and what is read of it, the width over frequency,
//! the chosen band and what all of them share.

mod bands;
mod goniometer;
mod keys;
mod live;
mod map;
mod panel;
mod planes;
mod readings;
mod thumbnail;

pub use planes::Planes;
pub use thumbnail::paint as thumbnail;

use egui::Ui;
use runout_dsp_core::crossover::corners_hz;
use runout_dsp_core::spectrum::SpectrumReader;

use self::goniometer::Zoom;
use self::live::{Live, Moment};
use self::map::MapView;
use self::panel::Chosen;
use crate::desk::Desk;
use crate::paint;
use crate::parameters::Parameters;
use crate::widgets::correlation_bar::CorrelationBar;

/// The module's name.
const NAME: &str = "Imager";

/// The keys that the imager has, and what they do.
pub const KEYS: [(&str, &str); 4] = [
    ("1 to 4", "choose a band"),
    ("Up, Down", "move the chosen band's width"),
    ("N, Del", "divides the chosen band, joins it to its neighbor"),
    ("S", "plays the chosen band alone"),
];

/// What is shown, and with what.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// Sample rate, Hz; 0 before the plugin was activated.
    pub sample_rate: f32,
    /// The channels of the signal.
    pub channels: usize,
    /// Whether the sound passes by: what is set is grey.
    pub bypassed: bool,
}

/// The imager in an editor. Thread: the editor's.
#[derive(Debug, Default)]
pub struct ImagerView {
    /// The slot that the controls are of.
    chosen: usize,
    live: Live,
    zoom: Zoom,
    /// Whether all of it is on show, and not only its card.
    is_open: bool,
    /// Whether the other row is shown where there is room for one.
    more: bool,
}

impl ImagerView {
    /// The window has opened or the imager is on show: starts to listen.
    pub fn open(&mut self, reader: &mut Option<SpectrumReader>) {
        self.listen(reader);
        self.is_open = true;
    }

    /// The imager is not on show, but its correlation is.
    pub fn watch(&mut self, reader: &mut Option<SpectrumReader>) {
        self.listen(reader);
        self.is_open = false;
    }

    /// What goes into the imager is not shown: of it nothing is sent.
    fn listen(&mut self, reader: &mut Option<SpectrumReader>) {
        if let Some(reader) = reader {
            reader.after.open();
        }
        self.live = Live::default();
    }

    /// The window has closed: stops listening.
    pub fn close(&mut self, reader: &mut Option<SpectrumReader>) {
        if let Some(reader) = reader {
            reader.close();
        }
        (self.live, self.is_open) = (Live::default(), false);
    }

    /// Takes what has arrived since the last frame. `now_s` is egui's clock; fewer `programme_frames` than before forget the
    /// lowest correlation.
    pub fn take(&mut self, reader: &mut Option<SpectrumReader>, rate: f32, programme_frames: u64, now_s: f64) {
        let moment = Moment { sample_rate: rate, programme_frames, is_whole: self.is_open, now_s };
        self.live.take(reader.as_mut().map(|reader| &mut reader.after), &moment);
    }

    /// The correlation as it is written.
    pub fn correlation(&self) -> String {
        CorrelationBar::words(self.live.read().correlation)
    }

    /// Whether the next frame will look different without anything new.
    pub fn is_moving(&self) -> bool {
        self.live.is_moving()
    }

    /// Shows the parts on their planes.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, planes: &Planes, shown: &Shown) {
        if shown.channels == 1 {
            panel::show_mono(ui, desk, planes.whole, planes.panel.height());
            return;
        }
        let Self { chosen, live, zoom, more, .. } = self;
        let line = desk.look.palette.line;
        goniometer::show(ui, desk, planes.scope, live, zoom, shown.bypassed);
        readings::show(ui, desk, planes.readings, live);
        // A host that has not said yet how it plays.
        let sample_rate = f64::from(if shown.sample_rate > 0.0 { shown.sample_rate } else { 48_000.0 });
        let params = bands::read(desk.parameters);
        *chosen = (*chosen).min(params.bands_in_use().len() - 1);
        map::show(ui, desk, planes.plot, MapView { sample_rate, bypassed: shown.bypassed, chosen, live });
        // The plot may have made bands.
        let params = bands::read(desk.parameters);
        let slot = (*chosen).min(params.bands_in_use().len() - 1);
        let corners_hz = corners_hz(params.bands_in_use().len(), bands::crossovers_hz(&params), sample_rate);
        let band = Chosen { slot, params: &params, corners_hz: &corners_hz };
        band.show(ui, desk, planes.panel, planes.room, more);
        paint::vertical(ui.painter(), planes.plot.left(), planes.whole.y_range(), line);
    }

    /// Obeys the imager's keys: to be called after every widget of a pass while the imager is on show.
    pub fn obey_keys(&mut self, ui: &Ui, desk: &Desk<'_>) {
        keys::obey(ui, desk, &mut self.chosen);
    }
}

/// Whether the imager changes nothing as it is heard: switched out or bypassed.
pub fn is_bypassed(parameters: &dyn Parameters) -> bool {
    let is_on = |id: &str| parameters.value(id).is_some_and(|value| value >= 0.5);
    is_on("bypass") || !is_on("imager.enabled")
}
