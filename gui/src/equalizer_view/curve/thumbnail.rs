//! The sums in small, without axes: what a card shows of the equalizer.

use egui::{Painter, Rect};

use super::axes::{Axes, GainRange};
use super::traces::{Subject, Traces};
use crate::equalizer_view::bands;
use crate::look::{Look, size};
use crate::paint;
use crate::parameters::Parameters;

/// The lines, kept while nothing changes.
#[derive(Debug, Default)]
pub struct Thumbnail {
    traces: Traces,
}

impl Thumbnail {
    /// Paints what the parts of a signal of these channels go through, into a place; the sample rate is in Hz.
    pub fn paint(
        &mut self,
        painter: &Painter,
        look: &Look,
        place: Rect,
        parameters: &dyn Parameters,
        (sample_rate, channels): (f32, usize),
    ) {
        // A host that has not said yet how it plays.
        let sample_rate = if sample_rate > 0.0 { sample_rate } else { 48_000.0 };
        let axes = Axes { plot: place, range: GainRange::default() };
        self.traces.update(&Subject { axes, sample_rate, channels, bands: bands::read(parameters).bands });
        paint::horizontal(painter, place.x_range(), axes.y(0.0), look.palette.hover);
        for run in self.traces.sums().iter().flat_map(|sum| &sum.runs) {
            paint::curve(painter, run.clone(), size::STROKE, look.palette.equalizer);
        }
    }
}
