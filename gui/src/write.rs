//! Text in its roles: each a size and a weight, placed by the middle of its capital letters.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align, Align2, Color32, FontId, Galley, Painter, Pos2, Rect, pos2, vec2};

use crate::fonts::Weight;

/// Height of the typeface's capital letters as a share of its size (Inter: 1490 of 2048 units).
const CAP_HEIGHT: f32 = 0.728;

/// Smaller than this no text is drawn, in physical pixels.
const LEAST_PIXELS: f32 = 9.0;

/// What a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Scales, and units in a plot.
    Scale,
    /// The one number of a scale that counts.
    ScaleStrong,
    /// Labels, help, small buttons.
    Label,
    /// A number among labels.
    LabelStrong,
    /// Text in a pill.
    Pill,
    /// Running text, text of controls.
    Body,
    /// The same where it is on.
    BodyStrong,
    /// The name of a card.
    Card,
    /// A value in a row.
    Value,
    /// The product's family name.
    Title,
    /// The product's name, a verdict.
    TitleStrong,
    /// The value of a main knob.
    KnobValue,
    /// The name of a section.
    Section,
    /// A number that moves, and the value of the hero knob.
    Readout,
    /// The integrated loudness.
    Hero,
}

impl Role {
    /// Size in points.
    pub const fn size(self) -> f32 {
        match self {
            Self::Scale | Self::ScaleStrong => 10.0,
            Self::Label | Self::LabelStrong | Self::Pill => 11.0,
            Self::Body | Self::BodyStrong | Self::Card => 12.0,
            Self::Value | Self::Title | Self::TitleStrong => 13.0,
            Self::KnobValue | Self::Section => 14.0,
            Self::Readout => 15.0,
            Self::Hero => 46.0,
        }
    }

    /// Weight.
    pub const fn weight(self) -> Weight {
        match self {
            Self::Scale | Self::Label | Self::Body | Self::Title => Weight::Regular,
            Self::Pill | Self::Card | Self::TitleStrong | Self::Section => Weight::SemiBold,
            Self::ScaleStrong
            | Self::LabelStrong
            | Self::BodyStrong
            | Self::Value
            | Self::KnobValue
            | Self::Readout
            | Self::Hero => Weight::Medium,
        }
    }

    /// Space added after each letter, in points.
    const fn spacing(self) -> f32 {
        match self {
            Self::Hero => -1.0,
            _ => 0.0,
        }
    }

    /// The role as egui's font, on a screen of this many pixels a point.
    pub fn font(self, pixels_per_point: f32) -> FontId {
        FontId::new(self.size_at(pixels_per_point), self.weight().family())
    }

    /// Size in points on a screen of this many pixels a point: as it is, unless that could not be read.
    fn size_at(self, pixels_per_point: f32) -> f32 {
        self.size().max(LEAST_PIXELS / pixels_per_point)
    }
}

/// Writes one line. `align.x()` says which end of it stands at `position.x`; `position.y` is the vertical middle of its
/// capital letters (with `Align2::*_TOP` their top, with `*_BOTTOM` the baseline). Gives the space that the line takes:
/// its width, and the height of its capitals.
pub fn text(
    painter: &Painter,
    color: impl Into<Color32>,
    position: Pos2,
    align: Align2,
    role: Role,
    text: &str,
) -> Rect {
    place(painter, color.into(), position, align, role, laid_out(painter, role, text, f32::INFINITY))
}

/// Writes one line like [`text`], cut with an ellipsis where it is longer than `width` points.
pub fn elided(
    painter: &Painter,
    color: impl Into<Color32>,
    position: Pos2,
    align: Align2,
    role: Role,
    text: &str,
    width: f32,
) -> Rect {
    place(painter, color.into(), position, align, role, laid_out(painter, role, text, width))
}

/// The width of a line in points.
pub fn width(painter: &Painter, role: Role, text: &str) -> f32 {
    laid_out(painter, role, text, f32::INFINITY).size().x
}

/// Lays a line out, colored when it is placed.
fn laid_out(painter: &Painter, role: Role, text: &str, width: f32) -> Arc<Galley> {
    let format = TextFormat {
        font_id: role.font(painter.pixels_per_point()),
        extra_letter_spacing: role.spacing(),
        color: Color32::PLACEHOLDER,
        ..TextFormat::default()
    };
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.break_on_newline = false;
    job.wrap = TextWrapping::truncate_at_width(width.max(0.0));
    painter.layout_job(job)
}

/// Paints a line with its baseline on a whole physical pixel.
fn place(painter: &Painter, color: Color32, position: Pos2, align: Align2, role: Role, galley: Arc<Galley>) -> Rect {
    let pixels = painter.pixels_per_point();
    let capitals = CAP_HEIGHT * role.size_at(pixels);
    let width = galley.size().x;
    let left = match align.x() {
        Align::Min => position.x,
        Align::Center => position.x - width / 2.0,
        Align::Max => position.x - width,
    };
    let baseline = match align.y() {
        Align::Min => position.y + capitals,
        Align::Center => position.y + capitals / 2.0,
        Align::Max => position.y,
    };
    let baseline = (baseline * pixels).round() / pixels;
    let row = galley.rows.first();
    let ascent = row.map_or(0.0, |row| row.pos.y + row.glyphs.first().map_or(0.0, |glyph| glyph.pos.y));
    painter.galley(pos2(left, baseline - ascent), galley, color);
    Rect::from_min_size(pos2(left, baseline - capitals), vec2(width, capitals))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_smaller_than_can_be_read() {
        // 75 %: 10 pt would be 7.5 pixels.
        assert_eq!(Role::Scale.font(0.75).size, 12.0);
        assert_eq!(Role::Value.font(0.75).size, 13.0);
        assert_eq!((Role::Scale.font(1.0).size, Role::Scale.font(2.0).size), (10.0, 10.0));
    }
}
