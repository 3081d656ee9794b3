//! The frequency below which all is mono: a region at the plot's left, its handle, and the number.

use egui::{Align2, Painter, Rect, Ui, pos2, vec2};

use super::axes::Axes;
use crate::desk::Desk;
use crate::imager_view::bands::MONO_BELOW;
use crate::look::Look;
use crate::widgets::crossover_handle::{FrequencyHandle, Place};
use crate::widgets::{Axis, Handle, Travel};
use crate::write::{self, Role};
use crate::{paint, setting};

/// Opacity of the region.
const TINT: f32 = 0.45;

/// From the plot's corner to the middle of the words and of the number, points.
const WORDS: egui::Vec2 = vec2(8.0, 14.0);
const NUMBER: egui::Vec2 = vec2(8.0, 30.0);

/// A plot narrower or lower than this has no room for the words, points.
const ROOM: egui::Vec2 = vec2(360.0, 130.0);

/// Lets it be moved: along the axis of frequencies, and beyond its lower end off.
pub fn drive(ui: &Ui, desk: &mut Desk<'_>, place: &Place, mono_below_hz: f32) -> Option<FrequencyHandle> {
    let parameter = setting::find(MONO_BELOW)?;
    let lowest_hz = place.axis.frequency_hz(place.plot.left());
    let floor = f64::from(setting::position(parameter, lowest_hz));
    // Both are logarithmic: what is left of the travel is as long as the axis is from its lower end to the highest value.
    let seen = place.axis.x(parameter.kind.range().1) - place.plot.left();
    let points = seen / (1.0 - floor) as f32;
    let travel = Travel { axis: Axis::Across, points, floor, ..Travel::KNOB };
    // The names above it are left to the zones.
    let area = place.area(mono_below_hz.max(lowest_hz)).with_min_y(place.plot.top());
    // In the panel there is a knob of the same name.
    let held = Handle { id: MONO_BELOW, area, travel }.drive(ui, &mut desk.at("in the plot"))?;
    Some(FrequencyHandle { held })
}

/// Paints the region.
pub fn tint(painter: &Painter, look: &Look, axes: &Axes, mono_below_hz: f32) {
    let right = axes.place().x(f64::from(mono_below_hz));
    if mono_below_hz > 0.0 && right > axes.plot.left() {
        paint::plane(painter, axes.plot.with_max_x(right), look.palette.control.faded(TINT));
    }
}

/// Paints the line, the handle and the number.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, axes: &Axes, mono: &FrequencyHandle) {
    let (palette, plot, place) = (desk.look.palette, axes.plot, axes.place());
    let is_on = mono.held.value() > 0.0;
    if is_on {
        mono.paint_line(ui.painter(), &desk.look, &place, plot.y_range());
    }
    if plot.width() >= ROOM.x && plot.height() >= ROOM.y && is_on {
        let text = mono.held.shown();
        let painter = ui.painter();
        let widest =
            write::width(painter, Role::Label, "Mono below").max(write::width(painter, Role::BodyStrong, &text));
        let corner = plot.min + vec2(WORDS.x - 4.0, 4.0);
        let pad = Rect::from_min_size(corner, vec2(widest + 8.0, NUMBER.y + 6.0));
        let covers = place.x(f64::from(mono.held.value())) < pad.right();
        if covers {
            paint::rounded(painter, pad, 2.0, palette.plot.faded(0.75));
        }
        let (words, number) = (plot.min + WORDS, plot.min + NUMBER);
        write::text(painter, palette.label_text, words, Align2::LEFT_CENTER, Role::Label, "Mono below");
        write::text(
            painter,
            palette.value_text,
            pos2(number.x, number.y),
            Align2::LEFT_CENTER,
            Role::BodyStrong,
            &text,
        );
    }
    mono.show(ui, desk, &place);
}
