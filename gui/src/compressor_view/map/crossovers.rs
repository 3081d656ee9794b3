//! Where the bands meet: a line and a handle each. Neighbors are not passed and not pushed: a drag ends a sixth of an
//! octave before them.

use egui::{Rect, Ui, pos2, vec2};
use runout_dsp_core::settings::{CROSSOVER_KIND, CompressorParams};

use super::axes::Axes;
use super::{Scene, padded, ring};
use crate::compressor_view::bands;
use crate::desk::Desk;
use crate::look::size;
use crate::widgets::{Axis, Handle, Held, Travel};
use crate::write::{self, Role};
use crate::{paint, setting};

/// The handle, and from the plot's lower edge up to its upper one, points.
const HANDLE: egui::Vec2 = vec2(9.0, 22.0);
const HANDLE_UP: f32 = 30.0;

/// Half the width that can be taken hold of, points.
const REACH: f32 = 7.0;

/// A crossover in this pass.
pub struct Crossover {
    held: Held,
}

/// Lets the crossovers be moved.
pub fn drive(ui: &Ui, desk: &mut Desk<'_>, axes: &Axes, params: &CompressorParams) -> Vec<Crossover> {
    let drive = |slot: usize| {
        let id = bands::crossover_id(slot);
        let parameter = setting::find(&id)?;
        let x = axes.x(f64::from(params.crossover_hz[slot]));
        let area = Rect::from_x_y_ranges(x - REACH..=x + REACH, axes.plane.top() + 4.0..=axes.plot.bottom());
        // The axis is as long as the travel of a crossover.
        let points = axes.frequency().x(CROSSOVER_KIND.range().1) - axes.frequency().x(CROSSOVER_KIND.range().0);
        let limits = bands::limits_hz(params, slot).map(|hz| f64::from(setting::position(parameter, hz)));
        let held = Handle { id: &id, area, travel: Travel { axis: Axis::Across, points, limits } };
        held.drive(ui, desk).map(|held| Crossover { held })
    };
    (0..params.bands_in_use().len() - 1).filter_map(drive).collect()
}

impl Crossover {
    fn x(&self, scene: &Scene<'_>) -> f32 {
        scene.axes.x(f64::from(self.held.value()))
    }

    /// Paints the line.
    pub fn paint_line(&self, ui: &Ui, desk: &Desk<'_>, scene: &Scene<'_>) {
        let palette = desk.look.palette;
        let color = if self.held.is_meant() { palette.label_text } else { palette.edge };
        let heights = scene.axes.plane.top()..=scene.axes.plot.bottom();
        paint::vertical(ui.painter(), self.x(scene), heights, color);
    }

    /// Paints the handle, and the frequency while it is meant.
    pub fn show(&self, ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>) {
        let palette = desk.look.palette;
        let painter = ui.painter();
        let (x, plot) = (self.x(scene), scene.axes.plot);
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
