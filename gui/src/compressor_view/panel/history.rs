//! What the chosen band has done over the last seconds: a curve that hangs from 0 dB, or stands on it where it raises.

use egui::{Align2, Rangef, Rect, Sense, Ui, WidgetInfo, pos2};
use runout_dsp_core::settings::CompressorMode;

use super::Chosen;
use crate::compressor_view::live::SECONDS;
use crate::desk::Desk;
use crate::look::size;
use crate::numbers;
use crate::paint;
use crate::widgets::scale::Scale;
use crate::write::{self, Role};

/// From the middle of the title to the plot, from the plot's edges to the curve, points.
const TITLE: f32 = 18.0;
const LEFT: f32 = 24.0;
const RIGHT: f32 = 4.0;
const ABOVE: f32 = 14.0;
const BELOW: f32 = 18.0;

/// Opacity at 0 dB and where the scale ends.
const OPACITIES: [f32; 2] = [0.15, 0.5];

/// How deep the scale goes, dB, with its numbers: the first that the deepest gain fits on.
const SCALES: [(f32, &[f32]); 4] = [
    (6.0, &[0.0, -2.0, -4.0, -6.0]),
    (12.0, &[0.0, -3.0, -6.0, -9.0, -12.0]),
    (24.0, &[0.0, -6.0, -12.0, -18.0, -24.0]),
    (60.0, &[0.0, -12.0, -24.0, -36.0, -48.0, -60.0]),
];

/// The scale of depths that one in dB, of either sign, fits on.
fn scale(deepest_db: f32) -> Scale {
    let (depth_db, marks_db) =
        *SCALES.iter().find(|(depth_db, _)| *depth_db >= deepest_db.abs()).unwrap_or(&SCALES[SCALES.len() - 1]);
    Scale::even(0.0, -depth_db, marks_db)
}

impl Chosen<'_> {
    pub(super) fn history(&self, ui: &Ui, desk: &mut Desk<'_>, rect: Rect) {
        let (painter, palette) = (ui.painter(), desk.look.palette);
        let is_raised = self.band().mode == CompressorMode::Upward;
        let color = if self.bypassed || !self.band().enabled { palette.scale_text } else { palette.limiter };
        let title = pos2(rect.left(), rect.top() - TITLE);
        let word = if is_raised { "Gain" } else { "Reduction" };
        write::text(painter, palette.label_text, title, Align2::LEFT_CENTER, Role::Body, word);
        let number = format!("{} dB", numbers::signed(f64::from(self.live.number_db(self.slot)), 1));
        let at = pos2(rect.right(), title.y);
        write::text(painter, color, at, Align2::RIGHT_CENTER, Role::BodyStrong, &number);
        paint::rounded(painter, rect, size::CARD_RADIUS, palette.plot);
        let plot = Rect::from_min_max(
            pos2(rect.left() + LEFT, rect.top() + ABOVE),
            pos2(rect.right() - RIGHT, rect.bottom() - BELOW.min(0.12 * rect.height())),
        );
        let scale = scale(self.live.farthest_seen_db(self.slot));
        // What is raised stands on the lower edge.
        let heights = if is_raised { Rangef::new(plot.bottom(), plot.top()) } else { plot.y_range() };
        let y = |gain_db: f32| heights.min + (heights.max - heights.min) * scale.share(-gain_db.abs());
        for mark_db in scale.shown_marks(painter, plot.y_range()) {
            let shade = if *mark_db == 0.0 { palette.line } else { palette.grid };
            paint::horizontal(painter, plot.x_range(), y(*mark_db), shade);
            let shown_db = if is_raised { -mark_db } else { *mark_db };
            let (at, text) = (pos2(plot.left() - 5.0, y(*mark_db)), numbers::signed(f64::from(shown_db), 0));
            write::text(painter, palette.scale_text, at, Align2::RIGHT_CENTER, Role::Scale, &text);
        }
        let most = (plot.width() * painter.pixels_per_point()) as usize;
        let columns = self.live.history(self.slot, most);
        let curve = columns.map(|(place, gain_db)| pos2(plot.left() + place.max(0.0) * plot.width(), y(gain_db)));
        let curve: Vec<egui::Pos2> = curve.collect();
        paint::gradient(painter, &curve, y(0.0), |at| {
            let depth = ((at - y(0.0)).abs() / plot.height().max(1.0)).min(1.0);
            color.faded(OPACITIES[0] + (OPACITIES[1] - OPACITIES[0]) * depth)
        });
        paint::curve(painter, curve, size::STROKE, color);
        let response = ui.interact(rect, ui.scope_id().with("compressor history"), Sense::hover());
        if response.hovered() {
            let help = format!("what the band's gain did over the last {SECONDS} s, before make-up and mix.");
            desk.hint.hovered(word, &help);
        }
        let spoken = format!("Band {} {}", self.slot + 1, word.to_lowercase());
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(egui::Role::Status, true, &spoken);
            info.current_text_value = Some(number.clone());
            info
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deeper_gain_takes_the_next_scale() {
        assert_eq!(
            [0.0, -6.0, 6.1, -12.5, -24.1, -80.0].map(|deepest| scale(deepest).bottom_db),
            [-6.0, -6.0, -12.0, -24.0, -60.0, -60.0]
        );
    }
}
