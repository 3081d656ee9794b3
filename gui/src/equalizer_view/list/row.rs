//! A row of the list: number, dot, shape, frequency, gain, Q or slope, channel, solo.

use egui::{Align, Align2, Rangef, Rect, Response, Role as Kind, Sense, Ui, WidgetInfo, pos2};
use runout_dsp_core::settings::EqualizerBand;

use super::Columns;
use crate::desk::Desk;
use crate::equalizer_view::marks;
use crate::equalizer_view::{bands, shapes};
use crate::look::size;
use crate::paint;
use crate::palette::Color;
use crate::widgets::marks::{Switch, switch};
use crate::widgets::{Chooser, Entry, ValueField, attend};
use crate::write::{self, Role};

/// A row.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub slot: usize,
    pub band: EqualizerBand,
    pub is_chosen: bool,
    /// The channels of the signal: one has no sides.
    pub channels: usize,
}

/// What was done to a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Its band is to be the chosen one.
    pub is_chosen: bool,
    /// The pointer is on a value that the wheel moves.
    pub is_on_value: bool,
}

impl Taken {
    /// Takes note of one of the row's controls.
    fn note(&mut self, response: Option<Response>) {
        if let Some(response) = response {
            self.is_chosen |= response.clicked() || response.dragged() || response.gained_focus();
            self.is_on_value |= response.hovered();
        }
    }
}

/// How the row's texts are written.
#[derive(Clone, Copy)]
struct Dress {
    role: Role,
    color: Color,
    lit: Color,
}

impl Row {
    /// Shows the row.
    pub fn show(&self, ui: &mut Ui, desk: &mut Desk<'_>, columns: &Columns, rect: Rect) -> Taken {
        let palette = desk.look.palette;
        let mut taken = self.show_ground(ui, desk, columns, rect);
        let (band, slot) = (&self.band, self.slot);
        let color = bands::color(palette, band.channel);
        let y = rect.center().y;
        let number = if band.enabled { color } else { palette.scale_text };
        let at = pos2(columns.number_x(), y);
        write::text(ui.painter(), number, at, Align2::CENTER_CENTER, Role::Card, &(slot + 1).to_string());
        let id = bands::id(slot, "enabled");
        switch(ui, desk, pos2(columns.dot_x(), y), &id, band.enabled, color, Switch::Dot);
        let dress = Dress {
            role: if self.is_chosen { Role::BodyStrong } else { Role::Body },
            color: if band.enabled { palette.value_text } else { palette.scale_text },
            lit: if self.is_chosen { palette.hover } else { palette.control },
        };
        let place = |x: Rangef| Rect::from_x_y_ranges(x, y - 10.0..=y + 10.0);
        let shape = Dress { role: Role::Body, ..dress };
        taken.note(self.chooser(ui, desk, place(columns.shape()), "shape", shapes::entries(), shape, Align::Min));
        taken.note(self.value(ui, desk, place(columns.frequency()), "frequency_hz", dress));
        if bands::has_gain(band.shape) {
            taken.note(self.value(ui, desk, place(columns.gain()), "gain_db", dress));
        }
        if bands::has_slope(band.shape) {
            let (place, slopes) = (place(columns.q()), shapes::slopes());
            taken.note(self.chooser(ui, desk, place, "slope_db_per_oct", slopes, dress, Align::Max));
        } else if shapes::has_q(band) {
            taken.note(self.value(ui, desk, place(columns.q()), "q", dress));
        }
        if self.channels != 1 {
            let words = if columns.has_words() { shapes::CHANNELS } else { shapes::CHANNEL_LETTERS };
            let words = words.map(Entry::new);
            taken.note(self.chooser(ui, desk, place(columns.channel()), "channel", &words, shape, Align::Min));
        }
        marks::solo(ui, desk, pos2(columns.solo_x(), y), slot, !band.enabled);
        taken
    }

    /// The row itself, under everything on it.
    fn show_ground(&self, ui: &Ui, desk: &mut Desk<'_>, columns: &Columns, rect: Rect) -> Taken {
        let palette = desk.look.palette;
        let ground = rect.shrink2(egui::vec2(size::GAP, 0.0));
        let response = ui.interact(ground, ui.scope_id().with(("row", self.slot)), Sense::CLICK);
        if self.is_chosen {
            paint::rounded(ui.painter(), ground, size::RADIUS, palette.control);
            let bar = Rect::from_x_y_ranges(
                ground.left()..=ground.left() + size::STROKE_STRONG,
                ground.top() + 3.0..=ground.bottom() - 3.0,
            );
            paint::plane(ui.painter(), bar, bands::color(palette, self.band.channel));
        } else if response.hovered() {
            paint::rounded(ui.painter(), ground, size::RADIUS, palette.control.mixed(palette.panel, 0.5));
        }
        let name = format!("Band {}", self.slot + 1);
        let words = bands::words(self.slot, &self.band);
        let sentence = format!("{words}. A click chooses it; drag, turn or type its values.");
        attend(ui, desk, &response, ground.with_max_x(columns.dot_x()), &name, &sentence);
        let spoken = desk.spoken(&name);
        response.widget_info(|| WidgetInfo::selected(Kind::ListBoxOption, true, self.is_chosen, &spoken));
        Taken { is_chosen: response.clicked(), is_on_value: false }
    }

    fn value(&self, ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, field: &str, dress: Dress) -> Option<Response> {
        let id = bands::id(self.slot, field);
        let value = ValueField::new(&id, rect).role(dress.role).align(Align::Max).colors(dress.color, dress.lit);
        value.show(ui, desk)
    }

    #[expect(clippy::too_many_arguments, reason = "each is one plain fact of what is shown")]
    fn chooser(
        &self,
        ui: &Ui,
        desk: &mut Desk<'_>,
        rect: Rect,
        field: &str,
        entries: &[Entry],
        dress: Dress,
        align: Align,
    ) -> Option<Response> {
        let id = bands::id(self.slot, field);
        Chooser::show_parameter(ui, desk, rect, &id, entries, |chooser| {
            chooser.bare(dress.role, align, dress.color, dress.lit)
        })
    }
}
