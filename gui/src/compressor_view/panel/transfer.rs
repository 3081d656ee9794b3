//! The chosen band's static curve, and where on it the band is: the level that it hears and what becomes of it.

use egui::epaint::PathStroke;
use egui::{Align2, Painter, Pos2, Rect, Sense, Shape, Stroke, Ui, WidgetInfo, pos2};
use runout_dsp_core::compressor::picture;

use super::Chosen;
use crate::desk::Desk;
use crate::look::size;
use crate::numbers;
use crate::paint;
use crate::write::{self, Role};

/// From the middle of the title to the plot, from the plot's edges to the curve, points.
const TITLE: f32 = 18.0;
const PADDING: f32 = 8.0;
const ABOVE: f32 = 10.0;
const BELOW: f32 = 28.0;

/// Where the levels begin, dBFS; and where, with thresholds that low.
const LOWEST_DBFS: f32 = -60.0;
const LOW_DBFS: f32 = -84.0;

/// The distance of the grid, dB, and the steps of the curve, points.
const TICK_DB: f32 = 12.0;
const STEP: f32 = 1.0;

/// Radius of the dot, points.
const DOT: f32 = 4.5;

/// The plot with its levels.
struct Axes {
    plot: Rect,
    lowest_dbfs: f32,
}

impl Axes {
    fn x(&self, level_dbfs: f32) -> f32 {
        self.plot.left() + (level_dbfs / self.lowest_dbfs - 1.0) * -self.plot.width()
    }

    fn y(&self, level_dbfs: f32) -> f32 {
        self.plot.top() + level_dbfs / self.lowest_dbfs * self.plot.height()
    }

    fn at(&self, input_dbfs: f32, output_dbfs: f32) -> Pos2 {
        pos2(self.x(input_dbfs), self.y(output_dbfs))
    }

    fn grid(&self, painter: &Painter, desk: &Desk<'_>, row_y: f32) {
        let palette = desk.look.palette;
        let ticks = (-self.lowest_dbfs / TICK_DB) as i16;
        for tick in 0..ticks {
            let level_dbfs = -TICK_DB * f32::from(tick);
            if tick > 0 {
                paint::vertical(painter, self.x(level_dbfs), self.plot.y_range(), palette.grid);
                paint::horizontal(painter, self.plot.x_range(), self.y(level_dbfs), palette.grid);
            }
            if tick % 2 == 0 {
                let align = if tick == 0 { Align2::RIGHT_CENTER } else { Align2::CENTER_CENTER };
                let (at, text) = (pos2(self.x(level_dbfs), row_y), numbers::plain(f64::from(level_dbfs), 0));
                write::text(painter, palette.scale_text, at, align, Role::Scale, &text);
            }
        }
    }
}

impl Chosen<'_> {
    pub(super) fn transfer(&self, ui: &Ui, desk: &mut Desk<'_>, rect: Rect) {
        let (painter, palette) = (ui.painter(), desk.look.palette);
        let title = pos2(rect.left(), rect.top() - TITLE);
        write::text(painter, palette.label_text, title, Align2::LEFT_CENTER, Role::Body, "Transfer");
        paint::rounded(painter, rect, size::CARD_RADIUS, palette.plot);
        let plot = Rect::from_min_max(
            pos2(rect.left() + PADDING, rect.top() + ABOVE),
            pos2(rect.right() - PADDING, rect.bottom() - BELOW.min(0.3 * rect.height())),
        );
        let band = self.band();
        let is_low = band.threshold_db < LOWEST_DBFS + 6.0;
        let axes = Axes { plot, lowest_dbfs: if is_low { LOW_DBFS } else { LOWEST_DBFS } };
        axes.grid(painter, desk, rect.bottom() - 12.0);
        let clipped = painter.with_clip_rect(plot.expand(1.0).intersect(painter.clip_rect()));
        let stroke = Stroke::new(1.0, palette.edge);
        let diagonal = [axes.at(axes.lowest_dbfs, axes.lowest_dbfs), axes.at(0.0, 0.0)];
        clipped.add(Shape::Vec(Shape::dashed_line(&diagonal, stroke, 3.0, 3.0)));
        let is_quiet = self.bypassed || !band.enabled;
        let color = if is_quiet { palette.scale_text } else { desk.look.accent };
        let x = axes.x(band.threshold_db);
        let threshold = [pos2(x.floor() + 0.5, plot.top()), pos2(x.floor() + 0.5, plot.bottom())];
        clipped.add(Shape::Vec(Shape::dashed_line(&threshold, Stroke::new(1.0, color), 2.0, 3.0)));
        let steps = (plot.width() / STEP).ceil().max(1.0) as usize;
        let point = |step: usize| {
            let input_dbfs = axes.lowest_dbfs * (1.0 - step as f32 / steps as f32);
            let gain_db = picture::static_gain_db(band, f64::from(input_dbfs)) as f32;
            axes.at(input_dbfs, (input_dbfs + gain_db).max(2.0 * axes.lowest_dbfs))
        };
        clipped.line((0..=steps).map(point).collect(), PathStroke::new(size::STROKE_STRONG, color));
        let now = self.live.latest(self.slot);
        let level_dbfs = now.level_dbfs.min(0.0);
        if !is_quiet && level_dbfs > axes.lowest_dbfs {
            let output_dbfs = (level_dbfs + now.gain_db).clamp(axes.lowest_dbfs, 0.0);
            let stroke = Stroke::new(size::STROKE, palette.plot);
            painter.circle(axes.at(level_dbfs, output_dbfs), DOT, palette.value_text, stroke);
        }
        self.attend_transfer(ui, desk, rect);
    }

    fn attend_transfer(&self, ui: &Ui, desk: &mut Desk<'_>, rect: Rect) {
        let response = ui.interact(rect, ui.scope_id().with("compressor transfer"), Sense::hover());
        if response.hovered() {
            let help = "level in across, out upward, dBFS, without make-up; the dot is where the band is now.";
            desk.hint.hovered("Transfer", help);
        }
        let spoken = format!("Band {} transfer", self.slot + 1);
        let level_dbfs = numbers::plain(f64::from(self.live.level_dbfs(self.slot)), 1);
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(egui::Role::Image, true, &spoken);
            info.current_text_value = Some(format!("level {level_dbfs} dBFS"));
            info
        });
    }
}
