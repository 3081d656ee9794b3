//! The threshold of each band, a line across its zone on the scale of levels, and the level that the band hears.

use egui::{Rect, Ui, pos2, vec2};
use runout_dsp_core::settings::CompressorParams;

use super::Scene;
use super::axes::Axes;
use crate::compressor_view::bands;
use crate::compressor_view::live::Live;
use crate::desk::Desk;
use crate::look::size;
use crate::widgets::crossover_handle::{padded, ring};
use crate::widgets::{Axis, Handle, Held, Travel};
use crate::{numbers, paint, setting};

/// From a zone's edges to the line, points; half the height that can be taken hold of.
const INSET: f32 = 10.0;
const REACH: f32 = 8.0;

/// The pill on the line, and the number beside it: its size, and from the pill's middle to its corner.
const PILL: egui::Vec2 = vec2(26.0, 8.0);
const NUMBER: egui::Vec2 = vec2(26.0, 13.0);
const NUMBER_AT: egui::Vec2 = vec2(18.0, -17.0);

/// Width of the numbers of the gains at the plot's right edge, points.
const GAINS: f32 = 34.0;

/// Width and height of the mark of the level, points.
const LEVEL: egui::Vec2 = vec2(14.0, 2.0);

/// A threshold in this pass.
pub struct Threshold {
    slot: usize,
    held: Held,
}

/// Lets the thresholds be moved; one that is taken hold of chooses its band.
pub fn drive(
    ui: &Ui,
    desk: &mut Desk<'_>,
    axes: &Axes,
    params: &CompressorParams,
    corners_hz: &[f64],
    chosen: &mut usize,
) -> Vec<Threshold> {
    let drive = |slot: usize| {
        let id = bands::id(slot, "threshold_db");
        let (lowest, highest) = setting::find(&id)?.kind.range();
        let points = axes.points_per_level_db() * (highest - lowest);
        let line = line(axes, axes.zone(corners_hz, slot), params.band[slot].threshold_db);
        let area = line.expand2(vec2(0.0, REACH));
        let travel = Travel { axis: Axis::Up, points, ..Travel::KNOB };
        // In the panel there is a knob of the same name.
        let held = Handle { id: &id, area, travel }.drive(ui, &mut desk.at("in the plot"))?;
        let response = held.response();
        if response.is_pointer_button_down_on() || response.dragged() || response.gained_focus() {
            *chosen = slot;
        }
        Some(Threshold { slot, held })
    };
    (0..params.bands_in_use().len()).filter_map(drive).collect()
}

/// The line of a threshold in a zone, without height.
fn line(axes: &Axes, zone: Rect, threshold_db: f32) -> Rect {
    let y = axes.level_y(threshold_db);
    let inset = INSET.min(0.2 * zone.width());
    Rect::from_x_y_ranges(zone.left() + inset..=zone.right() - inset, y..=y)
}

impl Threshold {
    /// Paints the line and its pill, and the number where there is room.
    pub fn show(&self, ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>, live: &Live) {
        let palette = desk.look.palette;
        let zone = scene.zone(self.slot);
        let line = line(&scene.axes, zone, self.held.value());
        let (is_chosen, is_on) = (self.slot == scene.chosen, scene.params.band[self.slot].enabled);
        let color = match () {
            () if !is_on => palette.scale_text,
            () if is_chosen => desk.look.accent,
            () => palette.label_text,
        };
        let painter = ui.painter();
        if is_chosen || self.held.is_meant() {
            paint::plane(painter, line.expand2(vec2(0.0, size::STROKE_STRONG / 2.0)), color);
        } else {
            paint::horizontal(painter, line.x_range(), line.center().y, color);
        }
        if is_on && !scene.bypassed {
            self.level(ui, desk, scene, live, line);
        }
        let painter = ui.painter();
        let pill = Rect::from_center_size(line.center(), vec2(PILL.x.min(line.width()), PILL.y));
        paint::rounded(painter, pill, PILL.y / 2.0, color);
        if self.held.shows_focus() {
            ring(painter, &desk.look, pill);
        }
        let corner = line.center() + NUMBER_AT;
        // Above the line, or below it where there is none.
        let drop = if corner.y < scene.axes.plot.top() { -NUMBER_AT.y + 4.0 } else { 0.0 };
        let pad = Rect::from_min_size(pos2(corner.x, corner.y + drop), NUMBER);
        // At the right edge stand the numbers of the gains.
        let is_at_edge = pad.right() > scene.axes.plot.right() - GAINS;
        let left = if is_at_edge { -2.0 * NUMBER_AT.x - NUMBER.x } else { 0.0 };
        let pad = pad.translate(vec2(left, 0.0));
        let fits = pad.left() >= zone.left() + 2.0 && pad.right() <= zone.right() - 2.0;
        if self.held.is_typing() {
            let field = Rect::from_center_size(pad.center(), vec2(72.0, size::LIST_ROW));
            let right = (field.right() - scene.axes.plot.right()).max(0.0);
            self.held.show_field(ui, desk, field.translate(vec2(-right, 0.0)));
        } else if self.held.is_meant() || self.held.shows_focus() {
            let text = numbers::needed(f64::from(self.held.value()), 1, 2);
            let right = (pad.right() + 6.0 - scene.axes.plot.right()).max(0.0);
            padded(painter, pad.expand2(vec2(5.0, 0.0)).translate(vec2(-right, 0.0)), &desk.look, true, &text);
        } else if fits {
            let text = numbers::plain(f64::from(self.held.value()), 0);
            padded(painter, pad, &desk.look, is_chosen, &text);
        }
    }

    /// A mark at the level that the band hears; above the threshold of one that compresses, joined to it.
    fn level(&self, ui: &Ui, desk: &Desk<'_>, scene: &Scene<'_>, live: &Live, line: Rect) {
        let level_dbfs = live.level_dbfs(self.slot);
        if level_dbfs <= Axes::LEVELS.bottom_db {
            return;
        }
        let palette = desk.look.palette;
        let at = pos2(line.center().x, scene.axes.level_y(level_dbfs));
        let reach = Rect::from_two_pos(line.center(), at);
        let joint = Rect::from_x_y_ranges(at.x - 1.0..=at.x + 1.0, reach.y_range());
        let is_over = level_dbfs > self.held.value();
        let color = if is_over { palette.value_text } else { palette.scale_text };
        paint::plane(ui.painter(), joint, color.faded(if is_over { 0.7 } else { 0.4 }));
        paint::plane(ui.painter(), Rect::from_center_size(at, LEVEL), color);
    }
}
