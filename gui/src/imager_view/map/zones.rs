//! The bands as zones of the plot: name, width, and whether they are heard.

use egui::{Align2, Painter, Ui, pos2};
use runout_dsp_core::settings::{ImagerParams, Kind};

use super::Scene;
use super::axes::{Axes, NAMES};
use crate::desk::Desk;
use crate::division;
use crate::imager_view::{NAME, bands};
use crate::look::{Look, size};
use crate::widgets::band_zone::{self, BandZone};
use crate::write::{self, Role};
use crate::{paint, setting};

/// From a zone's edges to its name and its width, and from its upper edge to their middle, points.
const INSET: f32 = 10.0;
const LINE_Y: f32 = 14.0;

/// Opacity of the chosen zone's tint, and of what covers a band that is not heard.
const TINT: f32 = 0.07;
const COVER: f32 = 0.55;

const HELP: &str =
    "click chooses it, key S plays it alone, double-click here or N divides it, Del joins it to its neighbor.";

/// Lets the zones be chosen, by pointer or focus, and divided.
pub fn attend(
    ui: &Ui,
    desk: &mut Desk<'_>,
    axes: &Axes,
    params: &ImagerParams,
    corners_hz: &[f64],
    chosen: &mut usize,
) {
    let count = params.bands_in_use().len();
    for slot in 0..count {
        let range = division::range_words(slot, corners_hz);
        let zone = BandZone { module: NAME, slot, name: division::name(slot, count), range: &range, help: HELP };
        let (response, is_asked) = zone.attend(ui, desk, axes.zone(corners_hz, slot), *chosen == slot);
        if is_asked {
            *chosen = slot;
        }
        let at = response.interact_pointer_pos();
        if let Some(at) = at.filter(|at| response.double_clicked() && at.y < axes.place().top + NAMES) {
            *chosen = bands::split(ui, desk.parameters, axes.frequency().frequency_hz(at.x)).unwrap_or(*chosen);
        }
    }
}

/// Paints what tells the zones apart behind the lines.
pub fn tint(painter: &Painter, look: &Look, scene: &Scene<'_>) {
    let palette = look.palette;
    let count = scene.params.bands_in_use().len();
    for slot in 0..count {
        let zone = scene.zone(slot);
        if scene.is_silent(slot) {
            paint::plane(painter, zone.with_min_y(scene.axes.plot.top()), palette.plot.faded(COVER));
        }
        if slot == scene.chosen {
            // One band alone need not be told from others.
            if count > 1 {
                paint::plane(painter, zone, look.accent.faded(TINT));
            }
            paint::plane(painter, zone.with_max_y(zone.top() + size::STROKE_STRONG), look.accent);
        }
    }
}

/// Writes name and width of every band, and shows the focus.
pub fn heads(ui: &Ui, desk: &Desk<'_>, scene: &Scene<'_>) {
    let (painter, look) = (ui.painter(), &desk.look);
    let palette = look.palette;
    let count = scene.params.bands_in_use().len();
    for slot in 0..count {
        let (zone, is_chosen) = (scene.zone(slot), slot == scene.chosen);
        let name = division::name(slot, count);
        let width = setting::find(&bands::id(slot, "width"))
            .filter(|parameter| matches!(parameter.kind, Kind::Number { .. }))
            .map_or_else(String::new, |parameter| setting::shown(parameter, scene.params.band[slot].width));
        let role = if is_chosen { Role::Card } else { Role::Body };
        let color = if is_chosen { palette.value_text } else { palette.label_text };
        let [of_name, of_width] = [write::width(painter, role, name), write::width(painter, Role::BodyStrong, &width)];
        let y = zone.top() + LINE_Y;
        let has_both = of_name + of_width + 2.0 * INSET + size::CONTROL_GAP <= zone.width();
        if has_both {
            write::text(painter, color, pos2(zone.left() + INSET, y), Align2::LEFT_CENTER, role, name);
            let right = pos2(zone.right() - INSET, y);
            write::text(painter, color, right, Align2::RIGHT_CENTER, Role::BodyStrong, &width);
        } else if of_width + size::GAP <= zone.width() {
            let at = pos2(zone.center().x, y);
            write::text(painter, color, at, Align2::CENTER_CENTER, Role::BodyStrong, &width);
        }
        if band_zone::shows_focus(ui, NAME, slot) {
            let inside = zone.shrink(size::FOCUS_OFFSET + size::STROKE);
            paint::ring(painter, inside, 0.0, 0.0, size::STROKE, look.accent);
        }
    }
}
