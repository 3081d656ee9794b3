//! The chosen band, and what all of them share.

mod mono;
mod plan;

pub use mono::show as show_mono;

use egui::{Align2, Rect, Ui, pos2, vec2};
use runout_dsp_core::settings::ImagerParams;

use self::plan::{Place, Plan};
use super::bands;
use super::planes::Room;
use crate::desk::Desk;
use crate::division;
use crate::look::size;
use crate::paint;
use crate::widgets::{Button, Knob, Segments, Toggle, ValueField, marks};
use crate::write::{self, Role};

/// What all bands share: ids, labels, and shorter ones.
const ALL: [(&str, &str, &str); 7] = [
    ("imager.mono_below_hz", "Mono below", "Mono"),
    ("imager.balance", "Balance", "Balance"),
    ("imager.rotation_deg", "Rotation", "Rotation"),
    ("imager.side_high_pass_hz", "Side high-pass", "Side HP"),
    ("imager.mid_gain_db", "Mid gain", "Mid"),
    ("imager.side_gain_db", "Side gain", "Side"),
    ("imager.mono_slope_db_per_oct", "Slope, dB/oct", "dB/oct"),
];

/// What is only for listening to all of it.
const DELTA: &str = "listen.imager.delta";

const PHASES: [&str; 2] = ["Minimum", "Linear"];
const PHASE_WIDTHS: [f32; 2] = [90.0, 70.0];
const SLOPES: [&str; 4] = ["6", "12", "18", "24"];

/// Radii of the main knob and of minor ones, points.
const MAIN_RADIUS: f32 = 34.0;
const MINOR_RADIUS: f32 = 18.0;

/// From the disc's middle to the name, and from the name to the range, points.
const NAME_X: f32 = 20.0;
const RANGE_GAP: f32 = 8.0;

/// A field narrower than this has its shorter label, points.
const SHORT_BELOW: f32 = 84.0;

/// The chosen band and what it stands among.
#[derive(Clone, Copy)]
pub struct Chosen<'a> {
    /// Its slot.
    pub slot: usize,
    /// The imager as it is set.
    pub params: &'a ImagerParams,
    /// Where the bands meet, ascending, Hz.
    pub corners_hz: &'a [f64],
}

impl Chosen<'_> {
    /// Shows the panel on a plane; `more` is whether the other row is shown where there is room for one.
    pub fn show(&self, ui: &mut Ui, desk: &mut Desk<'_>, plane: Rect, room: Room, more: &mut bool) {
        let palette = desk.look.palette;
        paint::plane(ui.painter(), plane, palette.panel);
        paint::horizontal(ui.painter(), plane.x_range(), plane.top(), palette.line);
        let plan = Plan::new(plane, room, *more);
        if let Some((disc, end)) = plan.name {
            self.name(ui, desk, disc, end);
        }
        if let Some(x) = plan.separator {
            paint::vertical(ui.painter(), x, plane.top() + size::MARGIN..=plane.bottom() - 14.0, palette.line);
        }
        if let Some(rect) = plan.solo {
            Toggle::new("Solo").show_parameter(ui, desk, rect, &bands::listening_id(self.slot, "solo"));
        }
        for (at, align, role, text) in &plan.words {
            write::text(ui.painter(), palette.label_text, *at, *align, *role, text);
        }
        if let Some(rect) = plan.delta {
            Toggle::new("Delta").show_parameter(ui, desk, rect, DELTA);
        }
        if let Some(rect) = plan.phase {
            Segments::new(&PHASES).widths(&PHASE_WIDTHS).show_parameter(ui, desk, rect, "imager.phase");
        }
        if let Some(rect) = plan.slope {
            let is_on = self.params.mono_below_hz > 0.0;
            let segments = Segments::new(&SLOPES);
            let segments = if is_on { segments } else { segments.meaning(palette.scale_text) };
            segments.show_parameter(ui, desk, rect, "imager.mono_slope_db_per_oct");
        }
        self.band_values(ui, desk, &plan);
        for ((id, label, short), place) in ALL.into_iter().zip(&plan.all) {
            value(ui, desk, id, label, short, place);
        }
        if let Some(rect) = plan.more {
            more_button(ui, desk, rect, more);
        }
    }

    /// Number, name and range, up to a place.
    fn name(&self, ui: &Ui, desk: &Desk<'_>, disc: egui::Pos2, end: f32) {
        let palette = desk.look.palette;
        marks::disc(ui, desk, disc, self.slot, desk.look.accent);
        let painter = ui.painter();
        let fits = |x: f32, role: Role, text: &str| x + write::width(painter, role, text) <= end;
        let at = pos2(disc.x + NAME_X, disc.y);
        let name = division::name(self.slot, self.params.bands_in_use().len());
        if fits(at.x, Role::Section, name) {
            let written = write::text(painter, palette.value_text, at, Align2::LEFT_CENTER, Role::Section, name);
            let range = division::range_words(self.slot, self.corners_hz);
            let at = pos2(written.right() + RANGE_GAP, at.y);
            if fits(at.x, Role::Body, &range) {
                write::text(painter, palette.label_text, at, Align2::LEFT_CENTER, Role::Body, &range);
            }
        }
    }

    /// What the chosen band has for itself.
    fn band_values(&self, ui: &mut Ui, desk: &mut Desk<'_>, plan: &Plan) {
        let width = bands::id(self.slot, "width");
        match &plan.width {
            Some(Place::Main { center, label_y, value_y }) => {
                let knob = Knob::new(&width, *center, MAIN_RADIUS).label("Width").captions_at(*label_y, *value_y);
                knob.origin(0.5).show(ui, desk);
            }
            Some(place) => value(ui, desk, &width, "Width", "Width", place),
            None => {}
        }
        if let Some(place) = &plan.decorrelate {
            value(ui, desk, &bands::id(self.slot, "decorrelation"), "Decorrelate", "Decorr.", place);
        }
    }
}

/// A value at its place.
fn value(ui: &mut Ui, desk: &mut Desk<'_>, id: &str, label: &str, short: &str, place: &Place) {
    match place {
        Place::Main { center, .. } | Place::Minor { center } => {
            _ = Knob::new(id, *center, MINOR_RADIUS).label(label).beside().show(ui, desk);
        }
        Place::Field { rect } => {
            let label = if rect.width() < SHORT_BELOW { short } else { label };
            _ = ValueField::new(id, *rect).label(label).show(ui, desk);
        }
        Place::Nowhere => {}
    }
}

fn more_button(ui: &Ui, desk: &mut Desk<'_>, rect: Rect, more: &mut bool) {
    let (label, sentence) = if *more {
        ("Less", "Shows the chosen band, mono bass and the side's high-pass.")
    } else {
        ("More", "Shows balance, rotation, gains, crossover and delta.")
    };
    if Button::new(label, sentence).show(ui, desk, rect).clicked() {
        *more = !*more;
        ui.request_repaint();
    }
}

/// A size of controls in a line of the panel.
fn control(left: f32, middle: f32, width: f32) -> Rect {
    Rect::from_min_size(pos2(left, middle - size::CONTROL / 2.0), vec2(width, size::CONTROL))
}
