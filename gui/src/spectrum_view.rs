//! The spectrum before and after a module, as it moves: fed once a frame, painted behind the curves.
//!
//! A level rises at once and falls towards what is heard with a time constant of 300 ms, in dB. Frozen, it stands still
//! while the analyzers go on listening. Held, the highest level of each point stays until that is switched off.

mod trace;

use egui::{Painter, Rect};
use runout_dsp_core::spectrum::SpectrumReader;

use crate::look::Look;
use crate::plots::frequency_axis::FrequencyAxis;
use crate::plots::spectrum::{SCALE, SpectrumPlot, Tilt};
use crate::preferences::Preferences;
use crate::widgets::scale::Scale;
use trace::{Moment, Trace};

/// Where spectra are painted.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The plot.
    pub plot: Rect,
    /// The frequencies across it.
    pub axis: FrequencyAxis,
    /// The levels from its top to its bottom, dBFS at 1 kHz; even, and down to
    /// [`BOTTOM_DB`](crate::plots::spectrum::BOTTOM_DB).
    pub scale: Scale,
}

impl Place {
    /// A plot that spectra have to themselves but for the equalizer's curves.
    pub fn new(plot: Rect) -> Self {
        Self { plot, axis: FrequencyAxis::new(plot.x_range()), scale: SCALE }
    }
}

/// The spectra of both sides of a module. Thread: the editor's.
#[derive(Debug)]
pub struct SpectrumView {
    /// Whether the spectra stand still.
    pub frozen: bool,
    /// Whether the highest levels are kept; switched off, they are forgotten.
    pub holds: bool,
    before: Trace,
    after: Trace,
    is_open: bool,
    is_moving: bool,
    /// egui's clock at the last frame, s.
    seen_s: f64,
}

impl Default for SpectrumView {
    fn default() -> Self {
        Self {
            frozen: false,
            holds: false,
            before: Trace::new(0.0),
            // Half-way between those of the other side: at 60 frames a second no frame has both to do.
            after: Trace::new(0.5),
            is_open: false,
            is_moving: false,
            seen_s: 0.0,
        }
    }
}

impl SpectrumView {
    /// Begins to listen when frames are taken next, to what is shown.
    pub fn open(&mut self, reader: Option<&mut SpectrumReader>) {
        self.close(reader);
        self.is_open = true;
    }

    /// Stops listening and forgets what was heard.
    pub fn close(&mut self, reader: Option<&mut SpectrumReader>) {
        if let Some(reader) = reader {
            reader.close();
        }
        let holds = self.holds;
        *self = Self { holds, ..Self::default() };
    }

    /// Takes what has arrived, at a sample rate in Hz; `now_s` is egui's clock. Of a side that is not shown nothing is
    /// sent and nothing computed. Another rate starts anew.
    pub fn take(
        &mut self,
        reader: Option<&mut SpectrumReader>,
        sample_rate: f32,
        preferences: &Preferences,
        now_s: f64,
    ) {
        let seconds = (now_s - self.seen_s).clamp(0.0, 10.0) as f32;
        self.seen_s = now_s;
        let Some(reader) = reader else { return };
        let moment = Moment {
            sample_rate,
            seconds,
            is_smoothed: preferences.spectrum_smoothing(),
            is_frozen: self.frozen,
            holds: self.holds,
        };
        self.before.take(&mut reader.before, self.is_open && preferences.spectrum_before(), &moment);
        self.after.take(&mut reader.after, self.is_open && preferences.spectrum_after(), &moment);
        let tilt = Tilt::new(preferences.spectrum_slope_db_per_oct());
        self.is_moving = !self.frozen && [&self.before, &self.after].iter().any(|trace| trace.is_seen(tilt));
    }

    /// Whether the next frame will look different: not while frozen, nor once everything has fallen below the plot.
    pub fn is_moving(&self) -> bool {
        self.is_moving
    }

    /// Paints what is shown over a plot with its axis of frequencies and its scale of levels, whose numbers stand at the
    /// right edge.
    pub fn paint(&self, painter: &Painter, look: &Look, place: Place, preferences: &Preferences) {
        let tilt = Tilt::new(preferences.spectrum_slope_db_per_oct());
        let Place { plot, axis, scale } = place;
        let spectrum = SpectrumPlot { painter, look, plot, axis, scale, tilt };
        let (before, after) = (preferences.spectrum_before(), preferences.spectrum_after());
        if after {
            spectrum.filled(self.after.levels_db());
        }
        if self.holds && (before || after) {
            let held = if after { &self.after } else { &self.before };
            spectrum.held(held.held_db());
        }
        if before {
            spectrum.dashed(self.before.levels_db());
        }
        if before || after {
            spectrum.numbers();
        }
    }
}

#[cfg(test)]
mod tests;
