//! The one number that an editor is opened for: large, with its label above and its unit at the right.

use egui::{Align2, Painter, Rangef, pos2};

use crate::look::Look;
use crate::palette::Color;
use crate::write::{self, Role};

/// From the label's middle to the number's, points.
const NUMBER: f32 = 38.0;

/// From the label's middle to the unit's, points.
const UNIT: f32 = 48.0;

/// What is written.
pub struct Hero<'a> {
    /// What the number is.
    pub label: &'a str,
    /// What it is held against; at the right of the label.
    pub note: &'a str,
    /// The number.
    pub number: &'a str,
    /// Its unit.
    pub unit: &'a str,
    /// The number's color.
    pub color: Color,
}

impl Hero<'_> {
    /// Paints it; `y` is the middle of the label.
    pub fn paint(&self, painter: &Painter, look: &Look, x: Rangef, y: f32) {
        let palette = look.palette;
        let text = |color: Color, x: f32, y: f32, align: Align2, role: Role, text: &str| {
            write::text(painter, color, pos2(x, y), align, role, text);
        };
        text(palette.label_text, x.min, y, Align2::LEFT_CENTER, Role::Body, self.label);
        text(palette.scale_text, x.max, y, Align2::RIGHT_CENTER, Role::Label, self.note);
        // Large figures have large side bearings: two points to the left they stand under the label's edge.
        text(self.color, x.min - 2.0, y + NUMBER, Align2::LEFT_CENTER, Role::Hero, self.number);
        text(palette.label_text, x.max, y + UNIT, Align2::RIGHT_CENTER, Role::Body, self.unit);
    }
}
