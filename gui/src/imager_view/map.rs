//! The width over frequency: what is measured, what is set for each band, where they meet, and below what all is mono.

mod axes;
mod measured;
mod mono;
mod title;
mod widths;
mod zones;

use egui::{Painter, Rect, Ui};
use runout_dsp_core::crossover::corners_hz;
use runout_dsp_core::settings::ImagerParams;

use self::axes::Axes;
use super::bands;
use super::live::Live;
use crate::desk::Desk;
use crate::look::Look;
use crate::plots::frequency_axis::{FrequencyAxis, LABELED_HZ};
use crate::widgets::crossover_handle;
use crate::write::{self, Role};
use crate::{numbers, paint};

/// The least room for the number of a frequency and of a width, points.
const LEAST_ROOM: f32 = 26.0;
const LEAST_ROW: f32 = 13.0;

/// What the plot is shown with.
pub struct MapView<'a> {
    /// Sample rate, Hz.
    pub sample_rate: f64,
    /// Whether the imager is bypassed: what is set loses its color.
    pub bypassed: bool,
    /// The slot of the chosen band, from 0.
    pub chosen: &'a mut usize,
    /// What is heard.
    pub live: &'a Live,
}

/// The bands as they stand in the plot.
struct Scene<'a> {
    /// The imager as it is set.
    params: &'a ImagerParams,
    /// Where the bands meet, ascending, Hz.
    corners_hz: &'a [f64],
    /// The plot.
    axes: Axes,
    /// The chosen band's slot.
    chosen: usize,
    /// Whether the imager is bypassed.
    bypassed: bool,
}

impl Scene<'_> {
    /// Where the band of a slot lies, from above its name to the plot's lower edge.
    fn zone(&self, slot: usize) -> Rect {
        self.axes.zone(self.corners_hz, slot)
    }

    /// Whether a band is not heard because others are soloed.
    fn is_silent(&self, slot: usize) -> bool {
        let is_soloed = self.params.bands_in_use().iter().any(|band| band.solo);
        is_soloed && !self.params.band[slot].solo
    }
}

/// Shows the plot over the whole plane and lets bands be chosen, counted and moved.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, plane: Rect, view: MapView<'_>) {
    let axes = Axes::new(plane);
    let place = axes.place();
    let corners =
        |params: &ImagerParams| corners_hz(params.bands_in_use().len(), bands::crossovers_hz(params), view.sample_rate);
    let look = desk.look;
    paint::plane(ui.painter(), plane, look.palette.plot);
    title::show(ui, desk, &axes);
    // What is moved first is seen where it goes in this very frame.
    let params = bands::read(desk.parameters);
    zones::attend(ui, desk, &axes, &params, &corners(&params), view.chosen);
    let params = bands::read(desk.parameters);
    let widths = widths::drive(ui, desk, &axes, &params, &corners(&params), view.chosen);
    let crossovers = crossover_handle::drive(ui, desk, &place, bands::crossovers_hz(&params), bands::crossover_id);
    let mono = mono::drive(ui, desk, &place, params.mono_below_hz);
    let params = bands::read(desk.parameters);
    let corners_hz = corners(&params);
    let chosen = (*view.chosen).min(params.bands_in_use().len() - 1);
    let scene = Scene { params: &params, corners_hz: &corners_hz, axes, chosen, bypassed: view.bypassed };
    grid(ui.painter(), &look, &axes);
    measured::paint(ui.painter(), &look, &axes, view.live.widths());
    mono::tint(ui.painter(), &look, &axes, params.mono_below_hz);
    zones::tint(ui.painter(), &look, &scene);
    for crossover in &crossovers {
        crossover.paint_line(ui.painter(), &look, &place, place.top..=axes.plot.bottom());
    }
    zones::heads(ui, desk, &scene);
    widths.iter().for_each(|width| width.show(ui, desk, &scene));
    crossovers.iter().for_each(|crossover| crossover.show(ui, desk, &place));
    if let Some(mono) = mono {
        mono::show(ui, desk, &axes, &mono);
    }
}

/// The grid, the numbers of the frequencies and of the widths.
fn grid(painter: &Painter, look: &Look, axes: &Axes) {
    let (palette, plot) = (look.palette, axes.plot);
    let mut next = plot.left() + LEAST_ROOM / 2.0;
    for frequency_hz in LABELED_HZ {
        let x = axes.frequency().x(frequency_hz);
        paint::vertical(painter, x, plot.y_range(), palette.grid);
        if x >= next && x <= plot.right() - LEAST_ROOM / 2.0 {
            let (at, text) = (egui::pos2(x, axes.row_y()), FrequencyAxis::label(frequency_hz));
            write::text(painter, palette.scale_text, at, egui::Align2::CENTER_CENTER, Role::Scale, &text);
            next = x + LEAST_ROOM;
        }
    }
    // In a low plot every second number.
    let every = if plot.height() < 4.0 * LEAST_ROW * 1.5 { 2 } else { 1 };
    for quarter in 0..=4u8 {
        let width = 0.5 * f32::from(quarter);
        let y = axes.y(width);
        let color = if width == 1.0 { palette.line } else { palette.grid };
        paint::horizontal(painter, plot.x_range(), y, color);
        if quarter % every == 0 {
            let text = numbers::plain(f64::from(width) * 100.0, 0);
            let at = egui::pos2(plot.left() - 8.0, y);
            write::text(painter, palette.scale_text, at, egui::Align2::RIGHT_CENTER, Role::Scale, &text);
        }
    }
}
