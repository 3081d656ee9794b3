//! The highest true peak of each second or so, with the ceiling: what is over stands out in red.

use egui::epaint::Mesh;
use egui::{Align2, Rangef, Rect, Shape, pos2};

use super::columns::{PeakBar, peak_bars, seconds_per_bar};
use super::programme::ProgrammePlot;
use crate::numbers;
use crate::paint;
use crate::write::{self, Role};

/// The lower end of the axis, dBTP.
const BOTTOM_DBTP: f32 = -12.0;

/// The upper end grows in steps of this, dB, up to twice of it.
const STEP_DB: f32 = 6.0;

/// Between the numbers of the axis and the plot, points.
const AXIS_GAP: f32 = 10.0;

/// Height of the tick on a bar, points.
const TICK: f32 = 1.5;

/// What is over is at least this high, points: a tenth of a dB must be seen.
const LEAST_OVER: f32 = 4.0;

/// True peaks over a programme.
pub struct TruePeakLane<'a> {
    /// The programme, and where its times lie.
    pub plot: ProgrammePlot<'a>,
    /// From top to bottom.
    pub heights: Rangef,
    /// The highest true peak allowed, dBTP, if there is a rule.
    pub ceiling_dbtp: Option<f32>,
    /// Above it is over, dBTP.
    pub over_dbtp: f32,
    /// The upper end of the axis, dBTP.
    pub top_dbtp: f32,
}

/// The upper end of the axis for a highest true peak, dBTP: 0, or 6 or 12 where it is above.
pub fn top_dbtp(highest_dbtp: f32) -> f32 {
    ((highest_dbtp / STEP_DB).ceil() * STEP_DB).clamp(0.0, 2.0 * STEP_DB)
}

impl TruePeakLane<'_> {
    /// Paints grid, axis, bars and ceiling.
    pub fn paint(&self) {
        let ProgrammePlot { painter, look, log, span, x } = self.plot;
        let palette = look.palette;
        let steps = ((self.top_dbtp - BOTTOM_DBTP) / STEP_DB).round() as u8;
        for tick_dbtp in (0..=steps).map(|step| self.top_dbtp - STEP_DB * f32::from(step)) {
            let y = self.y_of(tick_dbtp);
            paint::horizontal(painter, x, y, palette.grid);
            let text = if tick_dbtp > 0.0 {
                numbers::signed(f64::from(tick_dbtp), 0)
            } else {
                numbers::plain(f64::from(tick_dbtp), 0)
            };
            let place = pos2(x.min - AXIS_GAP, y);
            write::text(painter, palette.scale_text, place, Align2::RIGHT_CENTER, Role::Scale, &text);
        }
        self.plot.time_grid(self.heights);
        let seconds = self.seconds_per_bar();
        let mut mesh = Mesh::default();
        peak_bars(log, span, seconds).for_each(|bar| self.add_bar(&mut mesh, &bar, f64::from(seconds)));
        painter.add(Shape::mesh(mesh));
        if let Some(ceiling_dbtp) = self.ceiling_dbtp {
            paint::dashed(painter, x, self.y_of(ceiling_dbtp), palette.value_text, 5.0, 3.0);
        }
    }

    /// How long each bar is, s.
    pub fn seconds_per_bar(&self) -> u32 {
        seconds_per_bar(self.plot.span, self.plot.log.seconds_per_row, self.plot.x.span())
    }

    /// What the lane shows, in words: "highest in each second".
    pub fn words(&self) -> String {
        match self.seconds_per_bar() {
            1 => "highest in each second".to_owned(),
            seconds if seconds % 3_600 == 0 => format!("highest in each {} h", seconds / 3_600),
            seconds if seconds % 60 == 0 => format!("highest in each {} min", seconds / 60),
            seconds => format!("highest in each {seconds} s"),
        }
    }

    /// A bar with its tick; a gap of a point to the next.
    fn add_bar(&self, mesh: &mut Mesh, bar: &PeakBar, seconds: f64) {
        if bar.true_peak_dbtp <= BOTTOM_DBTP {
            return;
        }
        let ProgrammePlot { painter, look, x, .. } = self.plot;
        let edge = |time_s: f64| paint::snapped(painter, self.plot.x_of(time_s).clamp(x.min, x.max));
        let (left, right) = (edge(bar.from_s), edge(bar.from_s + seconds) - paint::pixel(painter).max(1.0));
        if right <= left {
            return;
        }
        let top = paint::snapped(painter, self.y_of(bar.true_peak_dbtp));
        let part = |top: f32, bottom: f32| Rect::from_x_y_ranges(left..=right, top..=bottom);
        mesh.add_colored_rect(part(top, self.heights.max), look.palette.wave.into());
        if bar.true_peak_dbtp > self.over_dbtp {
            let ceiling = paint::snapped(painter, self.y_of(self.ceiling_dbtp.unwrap_or(bar.true_peak_dbtp)));
            mesh.add_colored_rect(part(top, ceiling.max(top + LEAST_OVER)), look.palette.over.into());
        } else {
            mesh.add_colored_rect(part(top, top + TICK), look.palette.true_peak.into());
        }
    }

    /// Where a true peak lies; one off the axis lies at its end.
    fn y_of(&self, true_peak_dbtp: f32) -> f32 {
        let share = (self.top_dbtp - true_peak_dbtp) / (self.top_dbtp - BOTTOM_DBTP);
        self.heights.min + share.clamp(0.0, 1.0) * self.heights.span()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_gives_way_to_what_is_over_full_scale() {
        assert_eq!(
            [f32::NEG_INFINITY, -1.0, 0.0, 0.1, 6.0, 6.1, 40.0].map(top_dbtp),
            [0.0, 0.0, 0.0, 6.0, 6.0, 12.0, 12.0]
        );
    }
}
