//! The width that is set for each band, a line across its zone with a pill to take hold of.

use egui::{Rect, Ui, pos2, vec2};
use runout_dsp_core::settings::ImagerParams;

use super::Scene;
use super::axes::Axes;
use crate::desk::Desk;
use crate::imager_view::bands;
use crate::look::size;
use crate::paint;
use crate::widgets::crossover_handle::{padded, ring};
use crate::widgets::{Axis, Handle, Held, Travel};
use crate::write::{self, Role};

/// The pill on the line; half the height that can be taken hold of; from the pill to its number, points.
const PILL: egui::Vec2 = vec2(26.0, 8.0);
const REACH: f32 = 12.0;
const NUMBER_Y: f32 = 15.0;

/// A line that is not the chosen one, points.
const THIN: f32 = 1.5;

/// The least of a zone that stays free of mono, points: else the line spans all of it.
const LEAST_FREE: f32 = 34.0;

/// A width in this pass.
pub struct Width {
    slot: usize,
    held: Held,
}

/// Lets the widths be moved; one that is taken hold of chooses its band.
pub fn drive(
    ui: &Ui,
    desk: &mut Desk<'_>,
    axes: &Axes,
    params: &ImagerParams,
    corners_hz: &[f64],
    chosen: &mut usize,
) -> Vec<Width> {
    let drive = |slot: usize| {
        let id = bands::id(slot, "width");
        let line = line(axes, axes.zone(corners_hz, slot), params.mono_below_hz, params.band[slot].width);
        let travel = Travel { axis: Axis::Up, points: axes.plot.height(), ..Travel::KNOB };
        let area = line.expand2(vec2(0.0, REACH));
        // In the panel there is a knob of the same name.
        let held = Handle { id: &id, area, travel }.drive(ui, &mut desk.at("in the plot"))?;
        let response = held.response();
        if response.is_pointer_button_down_on() || response.dragged() || response.gained_focus() {
            *chosen = slot;
        }
        Some(Width { slot, held })
    };
    (0..params.bands_in_use().len()).filter_map(drive).collect()
}

/// The line of a width in a zone, without height: from where the signal is not mono on.
fn line(axes: &Axes, zone: Rect, mono_below_hz: f32, width: f32) -> Rect {
    let mono = if mono_below_hz > 0.0 { axes.place().x(f64::from(mono_below_hz)) } else { zone.left() };
    let left = if mono + LEAST_FREE <= zone.right() { zone.left().max(mono) } else { zone.left() };
    let y = axes.y(width);
    Rect::from_x_y_ranges(left..=zone.right(), y..=y)
}

impl Width {
    /// Paints the line and its pill, and the number while it is meant.
    pub fn show(&self, ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>) {
        let palette = desk.look.palette;
        let line = line(&scene.axes, scene.zone(self.slot), scene.params.mono_below_hz, self.held.value());
        let is_dim = scene.bypassed || scene.is_silent(self.slot);
        let color = if is_dim { palette.scale_text } else { desk.look.accent };
        let is_strong = self.slot == scene.chosen || self.held.is_meant();
        let width = if is_strong { size::STROKE_STRONG } else { THIN };
        let (painter, y) = (ui.painter(), line.center().y);
        paint::plane(painter, Rect::from_x_y_ranges(line.x_range(), y - width / 2.0..=y + width / 2.0), color);
        let pill = Rect::from_center_size(line.center(), vec2(PILL.x.min(line.width()), PILL.y));
        paint::rounded(painter, pill, PILL.y / 2.0, color);
        if self.held.shows_focus() {
            ring(painter, &desk.look, pill);
        }
        let plot = scene.axes.plot;
        let above = y - NUMBER_Y >= plot.top() + size::GAP;
        let number_y = if above { y - NUMBER_Y } else { y + NUMBER_Y };
        if self.held.is_typing() {
            let middle = line.center().x.clamp(plot.left() + 42.0, plot.right() - 42.0);
            let field = Rect::from_center_size(pos2(middle, number_y), vec2(80.0, size::LIST_ROW));
            self.held.show_field(ui, desk, field);
        } else if self.held.is_meant() || self.held.shows_focus() {
            let text = self.held.shown();
            let wide = write::width(painter, Role::ScaleStrong, &text) + 12.0;
            let middle = line.center().x.clamp(plot.left() + wide / 2.0, plot.right() - wide / 2.0);
            let pad = Rect::from_center_size(pos2(middle, number_y), vec2(wide, 15.0));
            padded(painter, pad, &desk.look, true, &text);
        }
    }
}
