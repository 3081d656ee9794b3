//! The panel of the bands below the curve: the chosen band's controls, and the list of all where there is room.

use egui::{Align2, Rect, Ui};
use runout_dsp_core::settings::EqualizerParams;

use super::bands;
use super::chosen::{self, Chosen};
use super::list::List;
use super::planes::Room;
use crate::desk::Desk;
use crate::look::size;
use crate::paint;
use crate::write::{self, Role};

/// The most that gaps grow.
const MOST_GROWTH: f32 = 1.5;

/// The width at which the list and the controls stand as they were designed, points.
const DESIGNED_WIDTH: f32 = 1000.0;

/// What stands where there is nothing.
const EMPTY: &str = "Double-click the curve to make a band, or press N.";
const NOT_CHOSEN: &str = "Click a band to choose it, or press its number.";

/// The bands and how they are shown.
pub struct Bands<'a> {
    /// The equalizer as it is set.
    pub equalizer: &'a EqualizerParams,
    /// The channels of the signal.
    pub channels: usize,
    /// What there is room for.
    pub room: Room,
}

impl Bands<'_> {
    /// Shows the panel on a plane.
    pub fn show(&self, ui: &mut Ui, desk: &mut Desk<'_>, plane: Rect, list: &mut List, chosen: &mut Option<usize>) {
        let palette = desk.look.palette;
        paint::plane(ui.painter(), plane, palette.panel);
        paint::horizontal(ui.painter(), plane.x_range(), plane.top(), palette.line);
        if !self.equalizer.bands.iter().any(bands::is_in_use) {
            say(ui, desk, plane, EMPTY);
            return;
        }
        let band = chosen.map(|slot| Chosen { slot, band: self.equalizer.bands[slot], channels: self.channels });
        match self.room {
            Room::List => {
                let growth = (plane.width() / DESIGNED_WIDTH).clamp(1.0, MOST_GROWTH);
                let (left, right) = plane.split_left_right_at_x(plane.left() + chosen::WIDTH * growth);
                let heights = plane.top() + 14.0..=plane.bottom() - 14.0;
                paint::vertical(ui.painter(), right.left(), heights, palette.line);
                list.show(ui, desk, right.with_max_x(plane.right() - size::GAP), self.equalizer, self.channels, chosen);
                show_chosen(ui, desk, left, band, false);
            }
            Room::Knobs => show_chosen(ui, desk, plane, band, true),
            Room::Fields => match band {
                Some(band) => chosen::show_fields(ui, desk, plane, band),
                None => say(ui, desk, plane, NOT_CHOSEN),
            },
        }
    }
}

fn show_chosen(ui: &mut Ui, desk: &mut Desk<'_>, plane: Rect, band: Option<Chosen>, has_switch: bool) {
    match band {
        Some(band) => {
            chosen::show_line(ui, desk, plane, band, has_switch);
            chosen::show_knobs(ui, desk, plane, band);
        }
        None => say(ui, desk, plane, NOT_CHOSEN),
    }
}

fn say(ui: &Ui, desk: &Desk<'_>, plane: Rect, text: &str) {
    let color = desk.look.palette.label_text;
    write::text(ui.painter(), color, plane.center(), Align2::CENTER_CENTER, Role::Body, text);
}
