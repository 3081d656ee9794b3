//! The chosen band's controls: its shape, its part of the signal, and its values as knobs or, in a low window, as fields.

use egui::{Align, Align2, Pos2, Rect, Ui, pos2, vec2};
use runout_dsp_core::settings::EqualizerBand;

use super::marks;
use super::planes::ONE_LINE_FROM;
use super::{bands, shapes};
use crate::desk::Desk;
use crate::look::size;
use crate::widgets::marks::{Switch, disc, switch};
use crate::widgets::{Chooser, Knob, Segments, ValueField};
use crate::write::{self, Role};

/// The width that the controls were designed for, points.
pub const WIDTH: f32 = 424.0;

/// From the panel's upper edge to the middle of its first line, of the labels, of the knobs and of the values, points.
const LINE_Y: f32 = 24.0;
const LABEL_Y: f32 = 60.0;
const KNOB_Y: f32 = 114.0;
const VALUE_Y: f32 = 167.0;

const RADIUS: f32 = 34.0;
const SLOPE: f32 = 104.0;

/// From the left edge to the end of the first line, and the height of a value under its label, points.
const LINE_END: f32 = 446.0;
const FIELD: f32 = 40.0;

/// Where the knobs stand at the designed width, points.
const KNOBS_X: [f32; 3] = [84.0, 216.0, 340.0];

/// A band and where it is.
#[derive(Clone, Copy, Debug)]
pub struct Chosen {
    pub slot: usize,
    pub band: EqualizerBand,
    /// The channels of the signal: one has no sides.
    pub channels: usize,
}

/// Shows number, shape, channel and solo in the first line of a plane; `has_switch` shows what turns the band on
/// too.
pub fn show_line(ui: &mut Ui, desk: &mut Desk<'_>, plane: Rect, chosen: Chosen, has_switch: bool) {
    let Chosen { slot, band, channels } = chosen;
    let at = |x: f32| pos2(plane.left() + x, plane.top() + LINE_Y);
    let rect =
        |x: f32, width: f32| Rect::from_min_size(at(x) - vec2(0.0, size::CONTROL / 2.0), vec2(width, size::CONTROL));
    let color = bands::color(desk.look.palette, band.channel);
    let disc_color = if band.enabled { color } else { desk.look.palette.scale_text };
    disc(ui, desk, at(28.0), slot, disc_color);
    Chooser::show_parameter(ui, desk, rect(50.0, 124.0), &bands::id(slot, "shape"), shapes::entries(), |plain| plain);
    let after = if channels == 1 {
        184.0
    } else {
        let segments = Segments::new(&shapes::CHANNEL_SEGMENTS).widths(&[56.0, 42.0, 42.0, 25.0, 25.0]).meaning(color);
        segments.show_parameter(ui, desk, rect(184.0, 190.0), &bands::id(slot, "channel"));
        384.0
    };
    marks::solo(ui, desk, at(after + 14.0), slot, !band.enabled);
    if has_switch {
        let id = bands::id(slot, "enabled");
        switch(ui, desk, at(after + 46.0), &id, band.enabled, color, Switch::Power);
    }
}

/// Shows frequency, gain and Q as knobs below the first line.
pub fn show_knobs(ui: &mut Ui, desk: &mut Desk<'_>, plane: Rect, chosen: Chosen) {
    let Chosen { slot, band, .. } = chosen;
    let places = KNOBS_X.map(|x| pos2(plane.left() + x / WIDTH * plane.width(), plane.top() + KNOB_Y));
    let [frequency, gain, q] = places;
    let look = desk.look;
    let accent = if band.enabled { bands::color(look.palette, band.channel) } else { look.palette.scale_text };
    let mut desk = desk.with_look(look.with_accent(accent));
    let (label_y, value_y) = (plane.top() + LABEL_Y, plane.top() + VALUE_Y);
    let mut knob = |ui: &mut Ui, field: &str, label: &str, center: Pos2, is_enabled: bool| {
        let id = bands::id(slot, field);
        let knob = Knob::new(&id, center, RADIUS).captions_at(label_y, value_y).label(label).enabled(is_enabled);
        knob.show(ui, &mut desk);
    };
    knob(ui, "frequency_hz", "Frequency", frequency, true);
    if !bands::has_slope(band.shape) {
        knob(ui, "gain_db", "Gain", gain, bands::has_gain(band.shape));
    }
    knob(ui, "q", "Q", q, shapes::has_q(&band));
    if bands::has_slope(band.shape) {
        let at = pos2(gain.x, label_y);
        write::text(ui.painter(), look.palette.label_text, at, Align2::CENTER_CENTER, Role::Body, "Slope");
        let rect = Rect::from_center_size(gain, vec2(SLOPE, size::CONTROL));
        Chooser::show_parameter(ui, &mut desk, rect, &bands::id(slot, "slope_db_per_oct"), shapes::slopes(), |plain| {
            plain
        });
    }
}

/// Shows everything without knobs, in one line or two.
pub fn show_fields(ui: &mut Ui, desk: &mut Desk<'_>, plane: Rect, chosen: Chosen) {
    let Chosen { slot, band, .. } = chosen;
    show_line(ui, desk, plane, chosen, true);
    let is_one_line = plane.width() >= ONE_LINE_FROM;
    let left = plane.left() + if is_one_line { LINE_END } else { size::CONTROL_GAP };
    let top = if is_one_line { plane.top() + 4.0 } else { plane.bottom() - FIELD - 8.0 };
    let pitch = ((plane.right() - size::CONTROL_GAP - left) / 3.0).min(SLOPE + size::MARGIN);
    let place = |index: f32| Rect::from_min_size(pos2(left + index * pitch, top), vec2(pitch - size::GAP, FIELD));
    let field = |ui: &mut Ui, desk: &mut Desk<'_>, index: f32, field: &str, label: &str| {
        ValueField::new(&bands::id(slot, field), place(index)).label(label).show(ui, desk);
    };
    field(ui, desk, 0.0, "frequency_hz", "Frequency");
    if bands::has_slope(band.shape) {
        let rect = place(1.0);
        let at = pos2(rect.center().x, rect.top() + size::MARGIN / 2.0);
        write::text(ui.painter(), desk.look.palette.label_text, at, Align2::CENTER_CENTER, Role::Label, "Slope");
        let rect = rect.with_min_y(rect.top() + size::MARGIN);
        let id = bands::id(slot, "slope_db_per_oct");
        let (color, lit) = (desk.look.palette.value_text, desk.look.palette.control);
        Chooser::show_parameter(ui, desk, rect, &id, shapes::slopes(), |chooser| {
            chooser.bare(Role::Value, Align::Center, color, lit)
        });
    } else if bands::has_gain(band.shape) {
        field(ui, desk, 1.0, "gain_db", "Gain");
    }
    if shapes::has_q(&band) {
        field(ui, desk, 2.0, "q", "Q");
    }
}
