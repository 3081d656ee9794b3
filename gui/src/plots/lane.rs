//! What the lanes over the last 10 s share: their place, their grid and the time axis below them.

use egui::{Align2, Painter, Pos2, Rangef, Rect, pos2};

use crate::look::Look;
use crate::numbers;
use crate::paint;
use crate::timeline_view::{Column, SECONDS, TimelineView};
use crate::widgets::scale::Scale;
use crate::write::{self, Role};

/// Between a scale's numbers and the lane, points.
const SCALE_GAP: f32 = 10.0;

/// The narrowest second that has room for its own label, points.
const LABEL_WIDTH: f32 = 24.0;

/// A lane: a plot over time whose right edge is now.
#[derive(Clone, Copy)]
pub struct Lane<'a> {
    /// Where to paint.
    pub painter: &'a Painter,
    /// The colors.
    pub look: &'a Look,
    /// The plot.
    pub plot: Rect,
    /// How far the horizontal grid goes on, under the live bars, points.
    pub grid_right: f32,
    /// The last 10 s.
    pub view: &'a TimelineView,
    /// Whether the plugin is bypassed: curves lose their color.
    pub bypassed: bool,
}

impl Lane<'_> {
    /// The grid and the numbers of a scale; `zero` is the color of the line at 0 dB.
    pub fn grid(&self, scale: &Scale, zero: crate::palette::Color) {
        for mark_db in scale.marks_db {
            let color = if *mark_db == 0.0 { zero } else { self.look.palette.grid };
            let y = scale.y(self.plot.y_range(), *mark_db);
            paint::horizontal(self.painter, self.plot.left()..=self.grid_right, y, color);
        }
        for second in 1..SECONDS as u8 {
            paint::vertical(self.painter, self.x(f32::from(second)), self.plot.y_range(), self.look.palette.grid);
        }
        let right = self.plot.left() - SCALE_GAP;
        scale.write(self.painter, self.look, right, self.plot.y_range(), false);
    }

    /// The times under the lane: every other second, fewer where they would touch, and now.
    pub fn time_axis(&self, y: f32) {
        let color = self.look.palette.scale_text;
        let every = if self.plot.width() / SECONDS >= LABEL_WIDTH { 2 } else { 4 };
        for seconds_ago in (every..SECONDS as u8).step_by(every.into()) {
            let text = format!("{} s", numbers::plain(-f64::from(seconds_ago), 0));
            let place = pos2(self.x(f32::from(seconds_ago)), y);
            write::text(self.painter, color, place, Align2::CENTER_CENTER, Role::Scale, &text);
        }
        write::text(self.painter, color, pos2(self.plot.right(), y), Align2::RIGHT_CENTER, Role::Scale, "now");
    }

    /// The place of a time before now, s.
    fn x(&self, seconds_ago: f32) -> f32 {
        self.plot.right() - seconds_ago / SECONDS * self.plot.width()
    }

    /// The curve of one number of the columns, as points from left to right.
    pub fn curve(&self, scale: &Scale, level_db: fn(&Column) -> f32) -> Vec<Pos2> {
        let heights: Rangef = self.plot.y_range();
        // A column a physical pixel, or a little less.
        let most = (self.plot.width() * self.painter.pixels_per_point() * 1.05) as usize;
        let columns = self.view.columns(most).map(|(place, column)| {
            let x = self.plot.left() + place.max(0.0) * self.plot.width();
            pos2(x, scale.y(heights, level_db(&column)))
        });
        columns.collect()
    }
}
