//! Correlation from -1 to 1: a bar from 0, green above it and red below, with a tick at the lowest there was.

use egui::{Align2, Painter, Rangef, Rect};

use crate::look::Look;
use crate::numbers;
use crate::paint;
use crate::palette::Color;
use crate::write::{self, Role};

/// Height of the bar, points.
const BAR: f32 = 8.0;

/// Correlation of the first two channels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CorrelationBar {
    /// Now; `None` for mono and for silence.
    pub now: Option<f64>,
    /// The same as a number that stands still long enough to be read.
    pub read: Option<f64>,
    /// The lowest since the last reset.
    pub lowest: Option<f64>,
}

impl CorrelationBar {
    /// Paints title, bar and scale; `y` is the middle of the title.
    pub fn paint(&self, painter: &Painter, look: &Look, x: Rangef, y: f32) {
        let palette = look.palette;
        let text = |color: Color, place: (f32, f32), align: Align2, role: Role, text: &str| {
            write::text(painter, color, place.into(), align, role, text)
        };
        text(palette.label_text, (x.min, y), Align2::LEFT_CENTER, Role::Label, "Correlation");
        text(palette.value_text, (x.max, y), Align2::RIGHT_CENTER, Role::BodyStrong, &Self::words(self.read));
        // The number beside it is at most as wide as this, so the words never move.
        let right = x.max - write::width(painter, Role::BodyStrong, "+0.00") - 10.0;
        let lowest = format!("lowest {}", Self::words(self.lowest));
        text(palette.scale_text, (right, y), Align2::RIGHT_CENTER, Role::Label, &lowest);
        let bar = Rect::from_x_y_ranges(x, y + 14.0..=y + 14.0 + BAR);
        self.paint_bar(painter, look, bar, palette.grid);
        for (at, align) in [(-1.0, Align2::LEFT_CENTER), (0.0, Align2::CENTER_CENTER), (1.0, Align2::RIGHT_CENTER)] {
            text(palette.scale_text, (place(x, at), y + 32.0), align, Role::Scale, &numbers::signed(at, 0));
        }
    }

    /// Paints only the bar, on a bed of a color.
    pub fn paint_bar(&self, painter: &Painter, look: &Look, rect: Rect, bed: Color) {
        let palette = look.palette;
        let (x, bar) = (rect.x_range(), rect.y_range());
        paint::rounded(painter, rect, 2.0, bed);
        let zero = place(x, 0.0);
        if let Some(now) = self.now {
            let end = place(x, now);
            let color = if now < 0.0 { palette.over } else { palette.ok };
            paint::rounded(painter, Rect::from_x_y_ranges(zero.min(end)..=zero.max(end), bar), 1.0, color);
        }
        paint::vertical(painter, zero, bar.expand(3.0), palette.label_text);
        if let Some(lowest) = self.lowest {
            let tick = place(x, lowest);
            let color = if lowest < 0.0 { palette.over } else { palette.value_text };
            paint::plane(painter, Rect::from_x_y_ranges(tick - 1.0..=tick + 1.0, bar.expand(2.0)), color);
        }
    }

    /// A correlation as it is written.
    pub fn words(correlation: Option<f64>) -> String {
        correlation.map_or_else(|| numbers::NONE.to_owned(), |value| numbers::signed(value, 2))
    }

    /// The bar in words, for those who do not see it.
    pub fn spoken(&self) -> String {
        format!("Correlation {}, lowest {}", Self::words(self.read), Self::words(self.lowest))
    }
}

/// Where a correlation stands.
fn place(x: Rangef, correlation: f64) -> f32 {
    x.center() + correlation as f32 * x.span() / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mono_has_no_correlation_and_signs_are_written() {
        assert_eq!(CorrelationBar::default().spoken(), "Correlation \u{2013}, lowest \u{2013}");
        let bar = CorrelationBar { now: Some(0.7), read: Some(0.62), lowest: Some(-0.283) };
        assert_eq!(bar.spoken(), "Correlation +0.62, lowest \u{2212}0.28");
    }

    #[test]
    fn ends_and_middle_stand_where_the_scale_says() {
        let x = Rangef::new(10.0, 30.0);
        assert_eq!([-1.0, 0.0, 1.0].map(|value| place(x, value)), [10.0, 20.0, 30.0]);
    }
}
