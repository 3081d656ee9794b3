//! The bars of a meter: levels that stand from below, reductions that hang from 0.

use egui::{Align2, Color32, Painter, Rangef, Rect, pos2};

use super::scale::Scale;
use crate::look::Look;
use crate::paint;
use crate::write::{self, Role};

/// Height of the latch at the top of a bar, points.
const LATCH: f32 = 4.0;

/// How near to the ceiling a level is near, dB.
const NEAR_DB: f32 = 0.1;

/// Thickness of a tick, points.
const TICK: f32 = 2.0;

/// What a bar shows of one channel, dBFS and dBTP.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LevelBar {
    /// Peak.
    pub peak_dbfs: f32,
    /// Mean power.
    pub power_dbfs: f32,
    /// Highest true peak of late: the tick.
    pub true_peak_dbtp: f32,
    /// Above it is over; `None` where nothing is.
    pub ceiling_dbtp: Option<f32>,
    /// How often it was over since it was cleared.
    pub overs: u32,
}

impl LevelBar {
    /// Paints the bar.
    pub fn paint(&self, painter: &Painter, look: &Look, rect: Rect, scale: &Scale) {
        let palette = look.palette;
        let y = |level_db: f32| scale.y(rect.y_range(), level_db);
        let part = |from: f32, to: f32| Rect::from_x_y_ranges(rect.x_range(), Rangef::new(from.min(to), to));
        paint::rounded(painter, rect, 1.0, palette.grid);
        paint::plane(painter, part(y(self.peak_dbfs), rect.bottom()), palette.wave);
        let light = palette.wave.mixed(palette.value_text, 0.35);
        paint::plane(painter, part(y(self.power_dbfs.min(self.peak_dbfs)), rect.bottom()), light);
        if let Some(ceiling_dbtp) = self.ceiling_dbtp {
            let highest = y(self.peak_dbfs);
            if self.peak_dbfs > ceiling_dbtp - NEAR_DB {
                paint::plane(painter, part(highest, y(ceiling_dbtp - NEAR_DB)), palette.near);
            }
            if self.peak_dbfs > ceiling_dbtp {
                paint::plane(painter, part(highest, y(ceiling_dbtp)), palette.over);
            }
        }
        if self.true_peak_dbtp > scale.bottom_db {
            tick(painter, rect.x_range(), y(self.true_peak_dbtp), palette.true_peak);
        }
        if self.overs > 0 {
            self.paint_latch(painter, look, rect);
        }
    }

    /// The latch: a cap over the bar, its count on the bar below.
    fn paint_latch(&self, painter: &Painter, look: &Look, rect: Rect) {
        paint::plane(
            painter,
            Rect::from_x_y_ranges(rect.x_range(), rect.top()..=rect.top() + LATCH),
            look.palette.over,
        );
        let count = if self.overs > 99 { "99+".to_owned() } else { self.overs.to_string() };
        let place = pos2(rect.center().x, rect.top() + LATCH + 8.0);
        let pad = Rect::from_center_size(place, egui::vec2(rect.width(), 13.0));
        paint::plane(painter, pad, look.palette.plot.faded(0.75));
        write::text(painter, look.palette.over, place, Align2::CENTER_CENTER, Role::ScaleStrong, &count);
    }
}

/// What a bar shows of a gain reduction, dB, 0 or below.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReductionBar {
    /// Now.
    pub reduction_db: f32,
    /// The deepest of late: the tick.
    pub hold_db: f32,
}

impl ReductionBar {
    /// Paints the bar in a color, which is the reduction's unless it is bypassed.
    pub fn paint(&self, painter: &Painter, look: &Look, rect: Rect, scale: &Scale, color: impl Into<Color32>) {
        let y = |level_db: f32| scale.y(rect.y_range(), level_db);
        paint::rounded(painter, rect, 1.0, look.palette.grid);
        let hanging = Rect::from_x_y_ranges(rect.x_range(), rect.top()..=y(self.reduction_db));
        paint::plane(painter, hanging, color);
        // What is not worth a number has no tick.
        if self.hold_db < -0.05 {
            tick(painter, rect.x_range(), y(self.hold_db), look.palette.value_text);
        }
    }
}

/// A tick across a bar.
fn tick(painter: &Painter, x: Rangef, y: f32, color: impl Into<Color32>) {
    paint::plane(painter, Rect::from_x_y_ranges(x, y - TICK / 2.0..=y + TICK / 2.0), color);
}
