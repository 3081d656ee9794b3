//! The chosen band: what it does and how, what it has done of late, and its curve.

mod history;
mod knobs;
mod plan;
mod transfer;

use egui::{Align2, Rect, Ui, pos2};
use runout_dsp_core::settings::{CompressorBand, CompressorParams};

use self::plan::Plan;
use super::bands;
use super::live::Live;
use super::planes::Room;
use crate::desk::Desk;
use crate::look::size;
use crate::paint;
use crate::widgets::{Button, Segments, Toggle, marks};
use crate::write::{self, Role};

const MODES: [&str; 3] = ["Compress", "Expand", "Upward"];
const MODE_WIDTHS: [f32; 3] = [84.0, 72.0, 72.0];

/// What is only for listening: fields and labels.
const LISTENING: [(&str, &str); 3] = [("solo", "Solo"), ("mute", "Mute"), ("delta", "Delta")];

/// From the disc's middle to the name, and from the name to the range, points.
const NAME_X: f32 = 20.0;
const RANGE_GAP: f32 = 10.0;

/// The chosen band and what it stands among.
#[derive(Clone, Copy)]
pub struct Chosen<'a> {
    /// Its slot.
    pub slot: usize,
    /// The compressor as it is set.
    pub params: &'a CompressorParams,
    /// Where the bands meet, ascending, Hz.
    pub corners_hz: &'a [f64],
    /// The channels of the signal.
    pub channels: usize,
    /// Whether the sound passes by.
    pub bypassed: bool,
    /// What the bands do.
    pub live: &'a Live,
}

impl Chosen<'_> {
    fn band(&self) -> &CompressorBand {
        &self.params.band[self.slot]
    }

    /// Shows the panel on a plane; `more` is whether the other row is shown where there is room for one.
    pub fn show(&self, ui: &mut Ui, desk: &mut Desk<'_>, plane: Rect, room: Room, more: &mut bool) {
        let palette = desk.look.palette;
        paint::plane(ui.painter(), plane, palette.panel);
        paint::horizontal(ui.painter(), plane.x_range(), plane.top(), palette.line);
        let plan = Plan::new(plane, room, *more);
        self.line(ui, desk, &plan);
        if let Some((x, y)) = plan.row_separator {
            paint::horizontal(ui.painter(), x, y, palette.line);
        }
        if let Some(x) = plan.plots_separator {
            paint::vertical(ui.painter(), x, plane.top() + size::MARGIN..=plane.bottom() - 14.0, palette.line);
        }
        plan.rows.iter().for_each(|row| self.row(ui, desk, row));
        if let Some(rect) = plan.more {
            let (label, sentence) = if *more {
                ("Less", "Shows threshold, ratio, attack, release and make-up.")
            } else {
                ("More", "Shows knee, range, hold, lookahead, link and mix.")
            };
            if Button::new(label, sentence).show(ui, desk, rect).clicked() {
                *more = !*more;
                ui.request_repaint();
            }
        }
        if let Some(rect) = plan.history {
            self.history(ui, desk, rect);
        }
        if let Some(rect) = plan.transfer {
            self.transfer(ui, desk, rect);
        }
    }

    /// The first line: number, name, range, switch, mode, and what is only for listening.
    fn line(&self, ui: &Ui, desk: &mut Desk<'_>, plan: &Plan) {
        let palette = desk.look.palette;
        let is_on = self.band().enabled;
        let accent = if is_on { desk.look.accent } else { palette.scale_text };
        marks::disc(ui, desk, plan.disc, self.slot, accent);
        let end = plan.switch.x - 12.0;
        let at = pos2(plan.disc.x + NAME_X, plan.disc.y);
        let name = bands::name(self.slot, self.params.bands_in_use().len());
        let painter = ui.painter();
        let fits = |x: f32, role: Role, text: &str| x + write::width(painter, role, text) <= end + 4.0;
        let color = if is_on { palette.value_text } else { palette.scale_text };
        if fits(at.x, Role::Section, name) {
            let written = write::text(painter, color, at, Align2::LEFT_CENTER, Role::Section, name);
            let range = bands::range_words(self.slot, self.corners_hz);
            let at = pos2(written.right() + RANGE_GAP, at.y);
            if !self.corners_hz.is_empty() && fits(at.x, Role::Body, &range) {
                write::text(painter, palette.label_text, at, Align2::LEFT_CENTER, Role::Body, &range);
            }
        }
        let id = bands::id(self.slot, "enabled");
        marks::switch(ui, desk, plan.switch, &id, is_on, accent, marks::Switch::Power);
        let modes = Segments::new(&MODES).widths(&MODE_WIDTHS);
        modes.show_parameter(ui, desk, plan.modes, &bands::id(self.slot, "mode"));
        for ((field, label), rect) in LISTENING.into_iter().zip(plan.listening) {
            Toggle::new(label).show_parameter(ui, desk, rect, &bands::listening_id(self.slot, field));
        }
    }
}
