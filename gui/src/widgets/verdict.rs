//! A verdict in one line: a mark whose shape and color say pass, near or over, the word for it, and the distance.

use egui::{Align2, Painter, Pos2, Rangef, Stroke, pos2};

use crate::icons;
use crate::look::Look;
use crate::palette::{Color, Palette};
use crate::write::{self, Role};

/// How something stands against its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing has been measured: an empty ring.
    Unknown,
    /// Kept: a check.
    Passed,
    /// Not kept or only just, and nothing exceeded: a dot.
    Near,
    /// Exceeded: a triangle.
    Over,
}

impl Standing {
    /// The color that means it.
    pub fn color(self, palette: &Palette) -> Color {
        match self {
            Self::Unknown => palette.scale_text,
            Self::Passed => palette.ok,
            Self::Near => palette.near,
            Self::Over => palette.over,
        }
    }

    /// Paints the mark, 12 points wide.
    pub fn mark(self, painter: &Painter, look: &Look, center: Pos2) {
        let (color, on) = (self.color(look.palette), look.palette.on);
        match self {
            Self::Unknown => {
                painter.circle_stroke(center, 5.25, Stroke::new(1.5, color));
            }
            Self::Passed => icons::check(painter, center, color, on),
            Self::Near => icons::near(painter, center, color, on),
            Self::Over => icons::over(painter, center, color, on),
        }
    }
}

/// Paints the line with its middle at `y`: the words at the left, the distance at the right.
pub fn paint(painter: &Painter, look: &Look, x: Rangef, y: f32, standing: Standing, words: &str, distance: &str) {
    let palette = look.palette;
    standing.mark(painter, look, pos2(x.min + 6.0, y));
    let (color, role) = match standing {
        Standing::Unknown => (palette.label_text, Role::Title),
        _ => (palette.value_text, Role::TitleStrong),
    };
    write::text(painter, color, pos2(x.min + 20.0, y), Align2::LEFT_CENTER, role, words);
    write::text(painter, palette.label_text, pos2(x.max, y), Align2::RIGHT_CENTER, Role::Body, distance);
}
