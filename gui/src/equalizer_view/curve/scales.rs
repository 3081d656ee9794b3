//! The plot's grid, the numbers of its axes, and where the pointer is on them.

use egui::{Align2, Painter, Pos2, Rect, pos2, vec2};

use super::axes::Axes;
use crate::equalizer_view::bands;
use crate::look::{Look, size};
use crate::plots::frequency_axis::{FrequencyAxis, LABELED_HZ};
use crate::write::{self, Role};
use crate::{numbers, paint, setting};

/// From the plot's left edge to the gains, and from a gain's line up to the middle of its number, points.
const LEFT: f32 = 12.0;
const RISE: f32 = 7.0;

/// The least room for the number of a frequency, points.
const LEAST_ROOM: f32 = 26.0;

/// Opacity and height of what is under a number over data.
const PAD_OPACITY: f32 = 0.75;
const PAD_HEIGHT: f32 = 12.0;

/// Paints the grid and the numbers of the frequencies, and what lies above half the sample rate in Hz; where the pointer is
/// on the axis, its own frequency.
pub fn grid(painter: &Painter, look: &Look, axes: &Axes, sample_rate: f32, pointer: Option<Pos2>) {
    let (palette, plot) = (look.palette, axes.plot);
    for frequency_hz in LABELED_HZ {
        paint::vertical(painter, axes.frequency().x(frequency_hz), axes.heights(), palette.grid);
    }
    for gain_db in axes.range.ticks_db() {
        let color = if gain_db == 0.0 { palette.line } else { palette.grid };
        paint::horizontal(painter, plot.x_range(), axes.y(gain_db), color);
    }
    let end = axes.end_x(sample_rate);
    if end < plot.right() {
        paint::plane(painter, plot.with_min_x(end), palette.window);
        paint::vertical(painter, end, axes.heights(), palette.line);
    }
    let live = pointer.and_then(|at| frequency(painter, look, axes, at.x));
    let mut next = plot.left();
    for frequency_hz in LABELED_HZ {
        let x = axes.frequency().x(frequency_hz);
        let is_covered = live.is_some_and(|live| live.x_range().expand(LEAST_ROOM / 2.0).contains(x));
        if x >= next && !is_covered {
            let (at, text) = (pos2(x, axes.row_y()), FrequencyAxis::label(frequency_hz));
            write::text(painter, palette.scale_text, at, Align2::CENTER_CENTER, Role::Scale, &text);
            next = x + LEAST_ROOM;
        }
    }
}

/// Writes the gains over the data at the left: all but the ends; and where the pointer is, its own gain.
pub fn gains(painter: &Painter, look: &Look, axes: &Axes, pointer: Option<Pos2>) {
    let end_db = axes.range.end_db();
    let left = axes.plot.left() + LEFT;
    let live_y = pointer.map(|at| at.y.clamp(axes.plot.top() + RISE, axes.plot.bottom() - RISE));
    for gain_db in axes.range.ticks_db().filter(|gain_db| gain_db.abs() < end_db) {
        let at = pos2(left, axes.y(gain_db) - RISE);
        if live_y.is_none_or(|live_y| (live_y - at.y).abs() >= PAD_HEIGHT) {
            let text = numbers::signed(f64::from(gain_db), 0);
            padded(painter, look, at, Align2::LEFT_CENTER, &text, false);
        }
    }
    if let (Some(at), Some(live_y)) = (pointer, live_y) {
        let gain = numbers::signed(f64::from(axes.gain_db(at.y)), 1);
        padded(painter, look, pos2(left, live_y), Align2::LEFT_CENTER, &gain, true);
    }
}

/// Writes the frequency at a place under the plot; gives the space that it takes.
fn frequency(painter: &Painter, look: &Look, axes: &Axes, x: f32) -> Option<Rect> {
    let parameter = setting::find(&bands::id(0, "frequency_hz"))?;
    let text = setting::shown(parameter, axes.frequency().frequency_hz(x));
    let half = write::width(painter, Role::Scale, &text) / 2.0 + size::GAP;
    let x = x.clamp(axes.plot.left() + half, (axes.plot.right() - half).max(axes.plot.left() + half));
    Some(padded(painter, look, pos2(x, axes.row_y()), Align2::CENTER_CENTER, &text, true))
}

/// Writes a number on a pad; one that is live hides what it stands on. Gives the pad.
fn padded(painter: &Painter, look: &Look, at: Pos2, align: Align2, text: &str, is_live: bool) -> Rect {
    let palette = look.palette;
    let width = write::width(painter, Role::Scale, text);
    let pad = align.anchor_size(at, vec2(width, PAD_HEIGHT)).expand2(vec2(3.0, 0.0));
    let opacity = if is_live { 1.0 } else { PAD_OPACITY };
    let color = if is_live { palette.value_text } else { palette.label_text };
    paint::rounded(painter, pad, 2.0, palette.plot.faded(opacity));
    write::text(painter, color, at, align, Role::Scale, text);
    pad
}

/// The letter of a part of the signal at the end of its line.
pub fn letter(painter: &Painter, look: &Look, at: Pos2, letter: &str, color: impl Into<egui::Color32>) {
    let pad = Rect::from_center_size(at, vec2(PAD_HEIGHT, PAD_HEIGHT));
    paint::rounded(painter, pad, 2.0, look.palette.plot.faded(PAD_OPACITY));
    write::text(painter, color, at, Align2::CENTER_CENTER, Role::ScaleStrong, letter);
}
