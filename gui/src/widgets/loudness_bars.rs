//! Momentary and short-term loudness as bars in LU against the target, on the scales of EBU Tech 3341.

use egui::{Align2, Painter, Rangef, Rect, pos2};

use crate::look::{Look, Theme};
use crate::numbers;
use crate::paint;
use crate::palette::Color;
use crate::write::{self, Role};

/// Width of a bar, points.
pub const BAR: f32 = 16.0;

/// From one bar to the next, points.
pub const PITCH: f32 = 20.0;

/// From the left edge of the bars to the middle of their numbers, points.
pub const NUMBERS: f32 = 54.0;

/// The least distance of two numbers of a scale, points.
const LEAST_PITCH: f32 = 14.0;

/// Thickness of a tick and of the target's line, points.
const TICK: f32 = 2.0;

/// A scale of EBU Tech 3341, in LU around the target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LoudnessScale {
    /// -18 to +9 LU.
    #[default]
    Plus9,
    /// -36 to +18 LU.
    Plus18,
}

impl LoudnessScale {
    /// The upper end, LU.
    pub const fn top_lu(self) -> f32 {
        match self {
            Self::Plus9 => 9.0,
            Self::Plus18 => 18.0,
        }
    }

    /// The lower end, LU.
    pub const fn bottom_lu(self) -> f32 {
        -2.0 * self.top_lu()
    }

    /// The numbers from the top down, LU; one in ten of the scale's length apart, or twice that where they would touch.
    fn marks_lu(self, height: f32) -> impl Iterator<Item = f32> {
        let step_lu = self.top_lu() / 3.0;
        let every = if height / 9.0 >= LEAST_PITCH { 1 } else { 3 };
        (0..=9u8).step_by(every).map(move |mark| self.top_lu() - step_lu * f32::from(mark))
    }

    /// Where a loudness in LU stands between the top and the bottom of `heights`; one off the scale stands at its end.
    fn y(self, heights: Rangef, loudness_lu: f32) -> f32 {
        let share = (self.top_lu() - loudness_lu.clamp(self.bottom_lu(), self.top_lu())) / (3.0 * self.top_lu());
        heights.min + share * heights.span()
    }
}

/// What the bars show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoudnessBars {
    /// The loudness that is 0 LU, LUFS; without one the scale is in LUFS and ends at 0.
    pub target_lufs: Option<f32>,
    /// The scale.
    pub scale: LoudnessScale,
    /// Momentary loudness and the highest there was, LUFS.
    pub momentary_lufs: [f32; 2],
    /// Short-term loudness and the highest there was, LUFS.
    pub short_term_lufs: [f32; 2],
}

impl LoudnessBars {
    /// The loudness that stands at 0 on the scale, LUFS.
    fn zero_lufs(&self) -> f32 {
        self.target_lufs.unwrap_or(-self.scale.top_lu())
    }

    /// A loudness in the scale's unit: its text and the unit; a dash for silence.
    pub fn number(&self, loudness_lufs: f32) -> (String, &'static str) {
        let shown = f64::from(loudness_lufs - self.target_lufs.unwrap_or(0.0));
        let unit = if self.target_lufs.is_some() { "LU" } else { "LUFS" };
        let text = match self.target_lufs {
            _ if !shown.is_finite() => numbers::NONE.to_owned(),
            Some(_) => numbers::signed(shown, 1),
            None => numbers::plain(shown, 1),
        };
        (text, unit)
    }

    /// Paints both bars from `left` on and their scale beside them.
    pub fn paint(&self, painter: &Painter, look: &Look, left: f32, heights: Rangef) {
        let palette = look.palette;
        let accent = match look.theme {
            Theme::Dark => palette.plot.mixed(look.accent, 0.62),
            Theme::Light => palette.plot.mixed(look.accent, 0.72),
        };
        let bars = [(self.momentary_lufs, palette.wave), (self.short_term_lufs, accent)];
        for (index, (loudness_lufs, color)) in bars.into_iter().enumerate() {
            let x = left + PITCH * index as f32;
            self.paint_bar(painter, look, Rect::from_x_y_ranges(x..=x + BAR, heights), loudness_lufs, color);
        }
        for mark_lu in self.scale.marks_lu(heights.span()) {
            let is_zero = self.target_lufs.is_some() && mark_lu == 0.0;
            let (color, role) =
                if is_zero { (palette.value_text, Role::ScaleStrong) } else { (palette.scale_text, Role::Scale) };
            let place = pos2(left + NUMBERS, self.scale.y(heights, mark_lu));
            write::text(painter, color, place, Align2::CENTER_CENTER, role, &self.mark_text(mark_lu));
        }
        if self.target_lufs.is_some() {
            let y = paint::snapped(painter, self.scale.y(heights, 0.0));
            let line = Rect::from_x_y_ranges(left - 2.0..=left + PITCH + BAR + 2.0, y..=y + TICK);
            paint::plane(painter, line, palette.ok);
        }
    }

    fn mark_text(&self, mark_lu: f32) -> String {
        match self.target_lufs {
            Some(_) => numbers::signed(f64::from(mark_lu), 0),
            None => numbers::plain(f64::from(mark_lu + self.zero_lufs()), 0),
        }
    }

    /// One bar: its value, and a tick at the highest there was.
    fn paint_bar(&self, painter: &Painter, look: &Look, bed: Rect, [now_lufs, most_lufs]: [f32; 2], color: Color) {
        let y = |loudness_lufs: f32| self.scale.y(bed.y_range(), loudness_lufs - self.zero_lufs());
        paint::rounded(painter, bed, 1.0, look.palette.grid);
        if now_lufs.is_finite() {
            paint::plane(painter, Rect::from_x_y_ranges(bed.x_range(), y(now_lufs)..=bed.bottom()), color);
        }
        if most_lufs.is_finite() {
            let tick = y(most_lufs) - TICK / 2.0..=y(most_lufs) + TICK / 2.0;
            paint::plane(painter, Rect::from_x_y_ranges(bed.x_range(), tick), look.palette.value_text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SILENT: LoudnessBars = LoudnessBars {
        target_lufs: Some(-14.0),
        scale: LoudnessScale::Plus9,
        momentary_lufs: [f32::NEG_INFINITY; 2],
        short_term_lufs: [f32::NEG_INFINITY; 2],
    };

    #[test]
    fn the_scales_are_those_of_the_ebu() {
        let heights = Rangef::new(0.0, 540.0);
        for (scale, top_lu, bottom_lu) in [(LoudnessScale::Plus9, 9.0, -18.0), (LoudnessScale::Plus18, 18.0, -36.0)] {
            assert_eq!((scale.y(heights, top_lu), scale.y(heights, bottom_lu)), (0.0, 540.0));
            assert_eq!(scale.y(heights, 0.0), 180.0);
            assert_eq!(scale.y(heights, f32::NEG_INFINITY), 540.0);
            assert!(scale.marks_lu(540.0).any(|mark| mark == 0.0) && scale.marks_lu(100.0).any(|mark| mark == 0.0));
        }
    }

    #[test]
    fn numbers_are_relative_to_the_target_where_there_is_one() {
        assert_eq!(SILENT.number(-12.1), ("+1.9".to_owned(), "LU"));
        assert_eq!(SILENT.number(f32::NEG_INFINITY), ("\u{2013}".to_owned(), "LU"));
        let absolute = LoudnessBars { target_lufs: None, ..SILENT };
        assert_eq!(absolute.number(-12.1), ("\u{2212}12.1".to_owned(), "LUFS"));
        assert_eq!((absolute.mark_text(9.0), absolute.mark_text(-18.0)), ("0".to_owned(), "\u{2212}27".to_owned()));
    }
}
