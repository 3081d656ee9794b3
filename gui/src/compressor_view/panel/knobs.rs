//! The chosen band's values: the main ones and the minor ones, as knobs or as fields.

use egui::{Pos2, Rect, Ui};

use super::Chosen;
use super::plan::Row;
use crate::compressor_view::bands;
use crate::desk::Desk;
use crate::setting;
use crate::widgets::{Knob, Toggle, ValueField};

/// The values: fields and labels.
const MAIN: [(&str, &str); 5] = [
    ("threshold_db", "Threshold"),
    ("ratio", "Ratio"),
    ("attack_ms", "Attack"),
    ("release_ms", "Release"),
    ("makeup_db", "Make-up"),
];
const MINOR: [(&str, &str); 6] = [
    ("knee_db", "Knee"),
    ("range_db", "Range"),
    ("hold_ms", "Hold"),
    ("lookahead_ms", "Lookahead"),
    ("link", "Link"),
    ("mix", "Mix"),
];

/// Radii of main and minor knobs, points.
const MAIN_RADIUS: f32 = 30.0;
const MINOR_RADIUS: f32 = 16.0;

const WAITS: &str = "does nothing until the compressor's Lookahead is on: that gives it 20 ms of latency.";

impl Chosen<'_> {
    pub(super) fn row(&self, ui: &mut Ui, desk: &mut Desk<'_>, row: &Row) {
        match row {
            Row::Main { knobs, label_y, value_y, auto } => {
                for ((field, label), center) in MAIN.into_iter().zip(knobs) {
                    let id = bands::id(self.slot, field);
                    let knob = Knob::new(&id, *center, MAIN_RADIUS).captions_at(*label_y, *value_y);
                    let knob = knob.label(label).lit(self.band().enabled);
                    // The lower a threshold is, the more it does.
                    let knob = if field == "threshold_db" { knob.origin(1.0) } else { knob };
                    knob.show(ui, desk);
                }
                self.auto(ui, desk, *auto);
            }
            Row::MainFields { fields, auto } => {
                for (field, rect) in MAIN.into_iter().zip(fields) {
                    self.field(ui, desk, field, *rect);
                }
                self.auto(ui, desk, *auto);
            }
            Row::Minor { knobs } => {
                for (field, center) in MINOR.into_iter().zip(knobs) {
                    self.minor(ui, desk, field, *center);
                }
            }
            Row::MinorFields { fields } => {
                for (field, rect) in MINOR.into_iter().zip(fields).filter(|((field, _), _)| self.is_there(field)) {
                    self.field(ui, desk, field, *rect);
                }
            }
        }
    }

    /// One channel has nothing to link.
    fn is_there(&self, field: &str) -> bool {
        field != "link" || self.channels > 1
    }

    /// A lookahead waits until the compressor has one.
    fn waits(&self, field: &str) -> bool {
        field == "lookahead_ms" && !self.params.lookahead
    }

    fn minor(&self, ui: &mut Ui, desk: &mut Desk<'_>, (field, label): (&str, &str), center: Pos2) {
        if !self.is_there(field) {
            return;
        }
        let id = bands::id(self.slot, field);
        let is_lit = self.band().enabled && !self.waits(field);
        let knob = Knob::new(&id, center, MINOR_RADIUS).label(label).beside().lit(is_lit);
        let response = knob.show(ui, desk);
        self.explain(desk, field, &id, response.is_some_and(|response| response.hovered()));
    }

    fn field(&self, ui: &mut Ui, desk: &mut Desk<'_>, (field, label): (&str, &str), rect: Rect) {
        let id = bands::id(self.slot, field);
        let palette = desk.look.palette;
        let mut value = ValueField::new(&id, rect).label(label);
        if self.waits(field) || !self.band().enabled {
            value = value.colors(palette.scale_text, palette.control);
        }
        let response = value.show(ui, desk);
        self.explain(desk, field, &id, response.is_some_and(|response| response.hovered()));
    }

    /// Says why what is hovered waits.
    fn explain(&self, desk: &mut Desk<'_>, field: &str, id: &str, is_hovered: bool) {
        let Some(parameter) = setting::find(id).filter(|_| is_hovered && self.waits(field)) else { return };
        desk.hint.hovered(&setting::label(&desk.name(parameter)), WAITS);
    }

    fn auto(&self, ui: &Ui, desk: &mut Desk<'_>, rect: Rect) {
        Toggle::new("Auto").small().show_parameter(ui, desk, rect, &bands::id(self.slot, "auto_release"));
    }
}
