//! Where two bands meet in a plot: a line and a handle, moved along the axis of frequencies. And what the handles of plots
//! have in common.

use egui::{Align2, Painter, Rangef, Rect, Ui, pos2, vec2};
use runout_dsp_core::settings::CROSSOVER_KIND;

use super::{Axis, Handle, Held, Travel};
use crate::desk::Desk;
use crate::division;
use crate::look::{Look, size};
use crate::plots::frequency_axis::FrequencyAxis;
use crate::write::{self, Role};
use crate::{paint, setting};

/// The handle, and from the plot's lower edge up to its upper one, points.
const HANDLE: egui::Vec2 = vec2(9.0, 22.0);
const HANDLE_UP: f32 = 30.0;

/// Half the width that can be taken hold of, and from the line's upper end to where it begins, points.
const REACH: f32 = 7.0;
const FREE: f32 = 4.0;

/// A plot over the axis of frequencies that crossovers stand in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The plot.
    pub plot: Rect,
    /// The frequencies across it.
    pub axis: FrequencyAxis,
    /// Where the lines begin above it.
    pub top: f32,
}

impl Place {
    /// Where a frequency in Hz lies, at the plot's ends at the farthest.
    pub fn x(&self, frequency_hz: f64) -> f32 {
        self.axis.x(frequency_hz as f32).clamp(self.plot.left(), self.plot.right())
    }

    /// Where a line at a frequency in Hz can be taken hold of.
    pub fn area(&self, frequency_hz: f32) -> Rect {
        let x = self.x(f64::from(frequency_hz));
        Rect::from_x_y_ranges(x - REACH..=x + REACH, self.top + FREE..=self.plot.bottom())
    }

    /// How many points the travel of a crossover is long.
    fn points(&self) -> f32 {
        let (lowest_hz, highest_hz) = CROSSOVER_KIND.range();
        self.axis.x(highest_hz) - self.axis.x(lowest_hz)
    }
}

/// Lets the crossovers in use be moved: neighbors are not passed and not pushed, a drag ends a sixth of an octave before
/// them. `id` names the parameter of a slot.
pub fn drive(
    ui: &Ui,
    desk: &mut Desk<'_>,
    place: &Place,
    crossovers_hz: &[f32],
    id: impl Fn(usize) -> String,
) -> Vec<FrequencyHandle> {
    let drive = |(slot, hz): (usize, &f32)| {
        let id = id(slot);
        let parameter = setting::find(&id)?;
        let limits = division::limits_hz(crossovers_hz, slot).map(|hz| f64::from(setting::position(parameter, hz)));
        let travel = Travel { axis: Axis::Across, points: place.points(), limits, ..Travel::KNOB };
        let held = Handle { id: &id, area: place.area(*hz), travel }.drive(ui, desk);
        held.map(|held| FrequencyHandle { held })
    };
    crossovers_hz.iter().enumerate().filter_map(drive).collect()
}

/// A handle at a frequency, in this pass.
pub struct FrequencyHandle {
    /// How it is held.
    pub held: Held,
}

impl FrequencyHandle {
    fn x(&self, place: &Place) -> f32 {
        place.x(f64::from(self.held.value()))
    }

    /// Paints the line over some heights.
    pub fn paint_line(&self, painter: &Painter, look: &Look, place: &Place, heights: impl Into<Rangef>) {
        let palette = look.palette;
        let color = if self.held.is_meant() { palette.label_text } else { palette.edge };
        paint::vertical(painter, self.x(place), heights, color);
    }

    /// Paints the handle, and the frequency while it is meant.
    pub fn show(&self, ui: &mut Ui, desk: &mut Desk<'_>, place: &Place) {
        let palette = desk.look.palette;
        let painter = ui.painter();
        let (x, plot) = (self.x(place), place.plot);
        let top = plot.bottom() - HANDLE_UP.min(plot.height());
        let handle = Rect::from_min_size(pos2(x.floor() - 4.0, top), HANDLE);
        let color = if self.held.is_meant() { palette.label_text } else { palette.edge };
        paint::rounded(painter, handle, size::RADIUS, color);
        for groove in [-1.0, 1.0] {
            paint::vertical(painter, x.floor() + groove, top + 6.0..=top + 16.0, palette.plot);
        }
        if self.held.shows_focus() {
            ring(painter, &desk.look, handle);
        }
        let text = self.held.shown();
        let half = write::width(painter, Role::ScaleStrong, &text) / 2.0 + 6.0;
        let middle = x.clamp(plot.left() + half, plot.right() - half);
        if self.held.is_typing() {
            let middle = x.clamp(plot.left() + 42.0, plot.right() - 42.0);
            let field = Rect::from_center_size(pos2(middle, top - 15.0), vec2(80.0, size::LIST_ROW));
            self.held.show_field(ui, desk, field);
        } else if self.held.is_meant() || self.held.shows_focus() {
            let pad = Rect::from_center_size(pos2(middle, top - 11.0), vec2(2.0 * half, 15.0));
            padded(painter, pad, &desk.look, true, &text);
        }
    }
}

/// Writes a number on a pad over data.
pub fn padded(painter: &Painter, pad: Rect, look: &Look, is_strong: bool, text: &str) {
    let palette = look.palette;
    paint::rounded(painter, pad, 2.0, palette.plot.faded(0.75));
    let (color, role) =
        if is_strong { (palette.value_text, Role::ScaleStrong) } else { (palette.label_text, Role::Scale) };
    write::text(painter, color, pad.center(), Align2::CENTER_CENTER, role, text);
}

/// A focus ring around a handle.
pub fn ring(painter: &Painter, look: &Look, rect: Rect) {
    paint::ring(painter, rect, size::CARD_RADIUS, size::FOCUS_OFFSET, size::STROKE, look.accent);
}
