//! What the pointer reads of a history: a line, the time, and the values there.

use egui::{Align2, Rangef, Rect, pos2, vec2};
use runout_dsp_core::loudness::LogRow;

use crate::plots::columns::row_at;
use crate::plots::programme::ProgrammePlot;
use crate::write::{self, Role};
use crate::{numbers, paint};

/// Size of the box.
const WIDTH: f32 = 142.0;
const PITCH: f32 = 15.0;

/// Between its edge and its text, and from the line to the box.
const PADDING: f32 = 8.0;

/// Paints the line over `lanes` and the values beside it.
pub fn paint(plot: &ProgrammePlot<'_>, lanes: Rangef, x: f32) {
    let (painter, palette) = (plot.painter, plot.look.palette);
    let time_s = plot.time_at(x);
    let Some(row) = row_at(plot.log, time_s) else { return };
    paint::vertical(painter, x, lanes, palette.label_text);
    let rows = values(row);
    let extent = vec2(WIDTH, PITCH * (rows.len() as f32 + 1.0) + PADDING);
    // At the right of the line, or at its left where there is no room.
    let left = if x + PADDING + WIDTH <= plot.x.max { x + PADDING } else { x - PADDING - WIDTH };
    let place = Rect::from_min_size(pos2(left, lanes.min + PADDING), extent);
    paint::rounded(painter, place, 3.0, palette.plot.faded(0.75));
    let mut y = place.top() + PITCH / 2.0 + PADDING / 2.0;
    let (left, right) = (place.left() + PADDING, place.right() - PADDING);
    let clock = numbers::clock(time_s.floor());
    write::text(painter, palette.value_text, pos2(left, y), Align2::LEFT_CENTER, Role::LabelStrong, &clock);
    for (name, value) in rows {
        y += PITCH;
        write::text(painter, palette.label_text, pos2(left, y), Align2::LEFT_CENTER, Role::Label, name);
        write::text(painter, palette.value_text, pos2(right, y), Align2::RIGHT_CENTER, Role::LabelStrong, &value);
    }
}

/// The values of a row as they are written.
fn values(row: &LogRow) -> [(&'static str, String); 4] {
    let number = |value: f32, decimals: usize| {
        if value.is_finite() { numbers::plain(f64::from(value), decimals) } else { numbers::NONE.to_owned() }
    };
    [
        ("Short-term", number(row.short_term_lufs, 1)),
        ("Momentary", number(row.momentary_lufs, 1)),
        ("Integrated", number(row.integrated_lufs, 1)),
        ("True peak", number(row.true_peak_dbtp, 2)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_a_dash() {
        let row = LogRow {
            momentary_lufs: -12.34,
            short_term_lufs: f32::NEG_INFINITY,
            integrated_lufs: -14.04,
            true_peak_dbtp: -1.016,
        };
        let written = values(&row).map(|(_, value)| value);
        assert_eq!(written, ["\u{2013}", "\u{2212}12.3", "\u{2212}14.0", "\u{2212}1.02"]);
    }
}
