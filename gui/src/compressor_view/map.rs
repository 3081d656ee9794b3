//! The bands over the spectrum: where they meet, their thresholds, what they do over frequency, and what moves them.

mod axes;
mod gains;
mod thresholds;
mod zones;

use egui::{Painter, Rect, Ui};
use runout_dsp_core::compressor::picture;
use runout_dsp_core::settings::CompressorParams;

use self::axes::Axes;
use self::gains::Gains;
use self::thresholds::Threshold;
use super::bands;
use super::live::Live;
use crate::desk::Desk;
use crate::look::Look;
use crate::paint;
use crate::plots::frequency_axis::{FrequencyAxis, LABELED_HZ};
use crate::spectrum_view::Place;
use crate::widgets::crossover_handle::{self, FrequencyHandle};
use crate::write::{self, Role};

/// The least room for the number of a frequency, points.
const LEAST_ROOM: f32 = 26.0;

/// What the plot is shown with.
pub struct MapView<'a> {
    /// Sample rate, Hz.
    pub sample_rate: f32,
    /// Whether the compressor is bypassed: curves lose their color.
    pub bypassed: bool,
    /// The slot of the chosen band, from 0.
    pub chosen: &'a mut usize,
    /// What the bands do.
    pub live: &'a Live,
}

/// The bands as they stand in the plot.
pub(super) struct Scene<'a> {
    /// The compressor as it is set.
    pub params: &'a CompressorParams,
    /// Where the bands meet, ascending, Hz.
    pub corners_hz: &'a [f64],
    /// The plot.
    pub axes: Axes,
    /// The chosen band's slot.
    pub chosen: usize,
    /// Whether the compressor is bypassed.
    pub bypassed: bool,
}

impl Scene<'_> {
    /// Where the band of a slot lies, from the plane's upper edge to the plot's lower one.
    pub fn zone(&self, slot: usize) -> Rect {
        self.axes.zone(self.corners_hz, slot)
    }

    /// Whether a band is not heard: muted, or others are soloed.
    pub fn is_silent(&self, slot: usize) -> bool {
        let is_soloed = self.params.bands_in_use().iter().any(|band| band.solo);
        let band = &self.params.band[slot];
        band.mute || (is_soloed && !band.solo)
    }
}

/// What the plot keeps from frame to frame.
#[derive(Debug, Default)]
pub struct Map {
    gains: Gains,
}

impl Map {
    /// Shows the plot over the whole plane and lets bands be chosen and moved; `behind` paints between the grid and the
    /// bands.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        desk: &mut Desk<'_>,
        plane: Rect,
        view: MapView<'_>,
        behind: impl FnOnce(&Painter, Place),
    ) {
        let sample_rate = f64::from(view.sample_rate);
        let axes = Axes::new(plane, &bands::read(desk.parameters), view.live);
        // What is moved first is seen where it goes in this very frame.
        let params = bands::read(desk.parameters);
        let corners_hz = picture::corners_hz(&params, sample_rate);
        zones::attend(ui, desk, &axes, &params, &corners_hz, view.chosen);
        let thresholds = thresholds::drive(ui, desk, &axes, &params, &corners_hz, view.chosen);
        let crossovers =
            crossover_handle::drive(ui, desk, &axes.place(), bands::crossovers_hz(&params), bands::crossover_id);
        let params = bands::read(desk.parameters);
        let corners_hz = picture::corners_hz(&params, sample_rate);
        let chosen = (*view.chosen).min(params.bands_in_use().len() - 1);
        let scene = Scene { params: &params, corners_hz: &corners_hz, axes, chosen, bypassed: view.bypassed };
        let look = desk.look;
        paint::plane(ui.painter(), plane, look.palette.plot);
        grid(ui.painter(), &look, &axes);
        let place = Place { plot: axes.plot, axis: axes.frequency(), scale: Axes::LEVELS };
        behind(&ui.painter_at(axes.plot), place);
        zones::tint(ui.painter(), &look, &scene);
        self.gains.paint(ui.painter(), &look, &scene, view.live);
        zones::heads(ui, desk, &scene, view.live);
        self.handles(ui, desk, &scene, view.live, &thresholds, &crossovers);
    }

    fn handles(
        &self,
        ui: &mut Ui,
        desk: &mut Desk<'_>,
        scene: &Scene<'_>,
        live: &Live,
        thresholds: &[Threshold],
        crossovers: &[FrequencyHandle],
    ) {
        let place = scene.axes.place();
        let heights = place.top..=place.plot.bottom();
        let (painter, look) = (ui.painter(), &desk.look);
        crossovers.iter().for_each(|crossover| crossover.paint_line(painter, look, &place, heights.clone()));
        thresholds.iter().for_each(|threshold| threshold.show(ui, desk, scene, live));
        gains::numbers(ui.painter(), &desk.look, &scene.axes);
        crossovers.iter().for_each(|crossover| crossover.show(ui, desk, &place));
    }
}

/// The grid and the numbers of the frequencies.
fn grid(painter: &Painter, look: &Look, axes: &Axes) {
    let mut next = axes.plot.left() + LEAST_ROOM / 2.0;
    for frequency_hz in LABELED_HZ {
        let x = axes.frequency().x(frequency_hz);
        paint::vertical(painter, x, axes.plot.y_range(), look.palette.grid);
        if x >= next && x <= axes.plot.right() - LEAST_ROOM / 2.0 {
            let (at, text) = (egui::pos2(x, axes.row_y()), FrequencyAxis::label(frequency_hz));
            write::text(painter, look.palette.scale_text, at, egui::Align2::CENTER_CENTER, Role::Scale, &text);
            next = x + LEAST_ROOM;
        }
    }
    for mark_db in axes.gain_marks_db() {
        let color = if mark_db == 0.0 { look.palette.line } else { look.palette.grid };
        paint::horizontal(painter, axes.plot.x_range(), axes.gain_y(mark_db), color);
    }
}
