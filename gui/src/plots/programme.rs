//! What the plots of a programme share: where a time lies, and the grid and labels of the time axis.

use egui::{Align2, Painter, Rangef, Rect, pos2};
use runout_dsp_core::loudness::ProgrammeLog;

use super::time_span::{TimeSpan, tick_step_s, tick_text, ticks_s};
use crate::look::Look;
use crate::paint;
use crate::write::{self, Role};

/// The least distance of two ticks, points: a label of h:mm:ss and a gap.
const LEAST_TICK: f32 = 56.0;

/// A programme to be painted over a span of time.
#[derive(Clone, Copy)]
pub struct ProgrammePlot<'a> {
    /// Where to paint.
    pub painter: &'a Painter,
    /// The colors.
    pub look: &'a Look,
    /// The programme.
    pub log: &'a ProgrammeLog,
    /// The span on show.
    pub span: TimeSpan,
    /// From left to right.
    pub x: Rangef,
}

impl ProgrammePlot<'_> {
    /// Where a time lies.
    pub fn x_of(&self, time_s: f64) -> f32 {
        self.x.min + self.span.share_of(time_s) as f32 * self.x.span()
    }

    /// The time at a place.
    pub fn time_at(&self, x: f32) -> f64 {
        self.span.time_at(f64::from((x - self.x.min) / self.x.span()))
    }

    /// The rectangle of the plot between two heights.
    pub fn rect(&self, heights: Rangef) -> Rect {
        Rect::from_x_y_ranges(self.x, heights)
    }

    /// A vertical line at each tick.
    pub fn time_grid(&self, heights: Rangef) {
        for time_s in ticks_s(self.span, self.step_s()) {
            paint::vertical(self.painter, self.x_of(time_s), heights, self.look.palette.grid);
        }
    }

    /// The time of each tick, in a line with its middle at `y`.
    pub fn time_labels(&self, y: f32) {
        for time_s in ticks_s(self.span, self.step_s()) {
            let text = tick_text(time_s, self.span, self.step_s());
            let place = pos2(self.x_of(time_s), y);
            write::text(self.painter, self.look.palette.scale_text, place, Align2::CENTER_CENTER, Role::Scale, &text);
        }
    }

    fn step_s(&self) -> u32 {
        tick_step_s(self.span, self.x.span(), LEAST_TICK)
    }
}
