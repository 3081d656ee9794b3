//! The plot's grid, the numbers of its axes, and where the pointer is on them.

use egui::{Align2, Painter, Pos2, Rect, pos2, vec2};

use super::axes::Axes;
use crate::equalizer_view::bands;
use crate::look::Look;
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
const PAD_HEIGHT: f32 = 14.0;

/// Paints the grid and the numbers of the frequencies, and what lies above half the sample rate in Hz.
pub fn grid(painter: &Painter, look: &Look, axes: &Axes, sample_rate: f32) {
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
    let mut next = plot.left();
    for frequency_hz in LABELED_HZ {
        let x = axes.frequency().x(frequency_hz);
        if x >= next {
            let (at, text) = (pos2(x, axes.row_y()), FrequencyAxis::label(frequency_hz));
            write::text(painter, palette.scale_text, at, Align2::CENTER_CENTER, Role::Scale, &text);
            next = x + LEAST_ROOM;
        }
    }
}

/// Writes the gains over the data at the left: all but the ends.
pub fn gains(painter: &Painter, look: &Look, axes: &Axes) {
    let end_db = axes.range.end_db();
    for gain_db in axes.range.ticks_db().filter(|gain_db| gain_db.abs() < end_db) {
        let text = numbers::signed(f64::from(gain_db), 0);
        let at = pos2(axes.plot.left() + LEFT, axes.y(gain_db) - RISE);
        padded(painter, look, at, Align2::LEFT_CENTER, &text, false);
    }
}

/// Writes where the pointer is, on both axes.
pub fn pointer(painter: &Painter, look: &Look, axes: &Axes, at: Pos2) {
    let Some(frequency) = setting::find(&bands::id(0, "frequency_hz")) else { return };
    let text = setting::shown(frequency, axes.frequency().frequency_hz(at.x));
    let half = write::width(painter, Role::Scale, &text) / 2.0 + 4.0;
    let x = at.x.clamp(axes.plot.left() + half, axes.plot.right() - half);
    padded(painter, look, pos2(x, axes.row_y()), Align2::CENTER_CENTER, &text, true);
    let gain = numbers::signed(f64::from(axes.gain_db(at.y)), 1);
    let y = at.y.clamp(axes.plot.top() + RISE, axes.plot.bottom() - RISE);
    padded(painter, look, pos2(axes.plot.left() + LEFT, y), Align2::LEFT_CENTER, &gain, true);
}

/// Writes a number on a pad; one that is live hides what it stands on.
fn padded(painter: &Painter, look: &Look, at: Pos2, align: Align2, text: &str, is_live: bool) {
    let palette = look.palette;
    let width = write::width(painter, Role::Scale, text);
    let pad = align.anchor_size(at, vec2(width, PAD_HEIGHT)).expand2(vec2(3.0, 0.0));
    let opacity = if is_live { 1.0 } else { PAD_OPACITY };
    let color = if is_live { palette.value_text } else { palette.label_text };
    paint::rounded(painter, pad, 2.0, palette.plot.faded(opacity));
    write::text(painter, color, at, align, Role::Scale, text);
}

/// The letter of a part of the signal at the end of its line.
pub fn letter(painter: &Painter, look: &Look, at: Pos2, letter: &str, color: impl Into<egui::Color32>) {
    let pad = Rect::from_center_size(at, vec2(PAD_HEIGHT, PAD_HEIGHT));
    paint::rounded(painter, pad, 2.0, look.palette.plot.faded(PAD_OPACITY));
    write::text(painter, color, at, Align2::CENTER_CENTER, Role::ScaleStrong, letter);
}
