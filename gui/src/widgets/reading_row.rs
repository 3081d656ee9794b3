//! A row of a list of readings: what it is, the number right-aligned, the unit in its own column.

use egui::{Align2, Painter, Rangef, pos2};

use crate::look::Look;
use crate::palette::Color;
use crate::write::{self, Role};

/// Between number and unit, points.
const GAP: f32 = 6.0;

/// Width of the column of units, points.
pub const UNITS: f32 = 34.0;

/// What a row says.
pub struct ReadingRow<'a> {
    /// What it is.
    pub label: &'a str,
    /// The number, or a dash.
    pub number: &'a str,
    /// The number's unit.
    pub unit: &'a str,
    /// The number's color.
    pub color: Color,
}

impl ReadingRow<'_> {
    /// Paints the row with its middle at `y`.
    pub fn paint(&self, painter: &Painter, look: &Look, x: Rangef, y: f32) {
        let units = x.max - UNITS;
        let palette = look.palette;
        write::text(painter, palette.label_text, pos2(x.min, y), Align2::LEFT_CENTER, Role::Body, self.label);
        write::text(painter, self.color, pos2(units - GAP, y), Align2::RIGHT_CENTER, Role::Value, self.number);
        write::text(painter, palette.scale_text, pos2(units, y), Align2::LEFT_CENTER, Role::Label, self.unit);
    }
}
