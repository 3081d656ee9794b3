//! Loudness over the whole programme: momentary, short-term and integrated, the target in its tolerance.

use egui::{Align2, Color32, Pos2, Rangef, Rect, pos2};
use runout_dsp_core::loudness::LogRow;

use super::columns::{Column, columns};
use super::loudness_axis::LoudnessAxis;
use super::programme::ProgrammePlot;
use crate::numbers;
use crate::paint;
use crate::write::{self, Role};

/// Between the numbers of the axis and the plot, points.
const AXIS_GAP: f32 = 10.0;

/// The least distance of two numbers of the axis, points.
const LEAST_TICK: f32 = 18.0;

/// Opacity of the plane under the short-term curve, where it is highest and at the bottom.
const PLANE: [f32; 2] = [0.26, 0.02];

/// The target as a history shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TargetBand {
    /// The loudness that is wanted, LUFS.
    pub target_lufs: f32,
    /// How far from it passes, LU.
    pub tolerance_lu: f32,
}

/// The history of a programme's loudness.
pub struct LoudnessHistory<'a> {
    /// The programme, and where its times lie.
    pub plot: ProgrammePlot<'a>,
    /// From top to bottom.
    pub heights: Rangef,
    /// The loudness at both.
    pub axis: LoudnessAxis,
    /// The target, if there is one.
    pub target: Option<TargetBand>,
}

impl LoudnessHistory<'_> {
    /// Paints grid, axis, target and curves.
    pub fn paint(&self) {
        let ProgrammePlot { painter, look, log, span, x } = self.plot;
        let palette = look.palette;
        for tick_lufs in self.axis.ticks_lufs(self.heights.span(), LEAST_TICK) {
            let y = self.y_of(tick_lufs);
            paint::horizontal(painter, x, y, palette.grid);
            let text = numbers::plain(f64::from(tick_lufs), 0);
            let place = pos2(x.min - AXIS_GAP, y);
            write::text(painter, palette.scale_text, place, Align2::RIGHT_CENTER, Role::Scale, &text);
        }
        if let Some(TargetBand { target_lufs, tolerance_lu }) = self.target {
            let band = self.y_of(target_lufs + tolerance_lu)..=self.y_of(target_lufs - tolerance_lu);
            paint::plane(painter, Rect::from_x_y_ranges(x, band), palette.ok.faded(0.16));
        }
        self.plot.time_grid(self.heights);
        let columns: Vec<Column> = columns(log, span, x.span()).collect();
        let clipped = painter.with_clip_rect(self.plot.rect(self.heights).expand(1.0).intersect(painter.clip_rect()));
        let momentary = self.curve(&columns, |row| row.momentary_lufs);
        paint::curve(&clipped, momentary, 1.0, palette.wave.faded(0.85));
        let short_term = self.curve(&columns, |row| row.short_term_lufs);
        self.paint_plane(&clipped, &short_term);
        paint::curve(&clipped, short_term, 2.0, look.accent);
        if let Some(TargetBand { target_lufs, .. }) = self.target {
            paint::dashed(painter, x, self.y_of(target_lufs), palette.ok, 5.0, 3.0);
        }
        // Before the first gating block has passed there is no integrated loudness to draw.
        let known = columns.iter().position(|column| column.row.integrated_lufs.is_finite()).unwrap_or(columns.len());
        let integrated = self.curve(&columns[known..], |row| row.integrated_lufs);
        paint::curve(&clipped, integrated, 1.5, palette.value_text);
    }

    /// The plane under the short-term curve, strongest at its highest point.
    fn paint_plane(&self, painter: &egui::Painter, curve: &[Pos2]) {
        let (accent, base) = (self.plot.look.accent, self.heights.max);
        let highest = curve.iter().map(|point| point.y).fold(base - 1.0, f32::min);
        let color_at = |y: f32| -> Color32 {
            let share = ((y - highest) / (base - highest)).clamp(0.0, 1.0);
            accent.faded(PLANE[0] + share * (PLANE[1] - PLANE[0]))
        };
        paint::gradient(painter, curve, base, color_at);
    }

    fn curve(&self, columns: &[Column], loudness_lufs: impl Fn(&LogRow) -> f32) -> Vec<Pos2> {
        let point = |column: &Column| pos2(self.plot.x_of(column.time_s), self.y_of(loudness_lufs(&column.row)));
        columns.iter().map(point).collect()
    }

    /// Where a loudness lies.
    pub fn y_of(&self, loudness_lufs: f32) -> f32 {
        self.heights.min + self.axis.share_of(loudness_lufs) * self.heights.span()
    }
}
