//! Where the chosen band's parts stand. Controls keep their size; in wide windows gaps grow and the history takes the rest,
//! in narrow ones history and curve stand above each other, then words go.

use egui::{Pos2, Rangef, Rect, pos2, vec2};

use crate::compressor_view::planes::Room;
use crate::look::size;

/// The width at which everything stands as it was designed, the most that gaps grow, points.
const DESIGNED: f32 = 1000.0;
const MOST_GROWTH: f32 = 1.5;

/// The width of the controls with their gaps, as designed and at the least; a narrower plane has only controls, points.
const CONTROLS: f32 = 644.0;
const LEAST_CONTROLS: f32 = 520.0;
const BESIDE: f32 = 930.0;
const STACKED_FROM: f32 = 690.0;

/// The width of the curve, and of both where they are stacked, points.
const TRANSFER: f32 = 160.0;
const STACKED: f32 = 134.0;

/// From the panel's upper edge to the middle of its first line, of labels, knobs, values, of the separator and of the minor
/// knobs, points.
const LINE_Y: f32 = 26.0;
const LABEL_Y: f32 = 64.0;
const KNOB_Y: f32 = 110.0;
const VALUE_Y: f32 = 158.0;
const SEPARATOR_Y: f32 = 182.0;
const MINOR_Y: f32 = 220.0;

/// From the panel's upper edge to the plots, and from these to its lower edge, points.
const PLOT_Y: f32 = 44.0;
const PLOT_BELOW: f32 = 14.0;

/// Where the knobs stand at the designed width, points.
const KNOBS_X: [f32; 5] = [66.0, 190.0, 314.0, 438.0, 562.0];
const MINOR_X: [f32; 6] = [36.0, 134.0, 244.0, 336.0, 452.0, 552.0];

/// From here on minor knobs have room for what stands beside them, points.
const KNOBS_FROM: f32 = 604.0;

/// Height of a value with its label, and from the panel's upper edge to it, points.
const FIELD: f32 = 40.0;
const FIELD_Y: f32 = 48.0;

/// Widths of the modes' segments and of solo, mute and delta, with room and without; from where on there is room; the size
/// of the switch of the automatic release, and the width of the button of the other row, points.
const MODES: [f32; 2] = [228.0, 186.0];
const LISTENING: [[f32; 3]; 2] = [[46.0, 48.0, 48.0], [42.0, 44.0, 44.0]];
const ROOMY: f32 = 580.0;
const AUTO: egui::Vec2 = vec2(40.0, 24.0);
const MORE: f32 = 50.0;

/// What stands in one row: knobs, or fields where there is no room for them.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// Main knobs, with labels and values at these heights, and the switch of the automatic release.
    Main { knobs: [Pos2; 5], label_y: f32, value_y: f32, auto: Rect },
    /// Main values.
    MainFields { fields: [Rect; 5], auto: Rect },
    /// Minor knobs.
    Minor { knobs: [Pos2; 6] },
    /// Minor values.
    MinorFields { fields: [Rect; 6] },
}

/// The places.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The number, the name after it, the switch, and how far name and range may go.
    pub disc: Pos2,
    pub switch: Pos2,
    pub modes: Rect,
    pub listening: [Rect; 3],
    pub rows: Vec<Row>,
    /// The button that shows the other row.
    pub more: Option<Rect>,
    /// The line between rows, and the one before the plots.
    pub row_separator: Option<(Rangef, f32)>,
    pub plots_separator: Option<f32>,
    pub history: Option<Rect>,
    pub transfer: Option<Rect>,
}

impl Plan {
    /// The plan of a plane; `more` shows the other row where there is only one.
    pub fn new(plane: Rect, room: Room, more: bool) -> Self {
        let width = plane.width();
        let growth = (width / DESIGNED).clamp(1.0, MOST_GROWTH);
        let has_plots = width >= STACKED_FROM && room != Room::Fields;
        let controls = match () {
            () if !has_plots => width,
            () if width >= BESIDE => CONTROLS * growth,
            () => (width - STACKED - 2.0 * size::MARGIN - 4.0).max(LEAST_CONTROLS),
        };
        let inside = Rangef::new(plane.left() + size::MARGIN, plane.left() + controls - 20.0);
        let right = if has_plots { inside.max } else { plane.right() - size::MARGIN };
        let (history, transfer) = if has_plots { plots(plane, controls, room) } else { (None, None) };
        let mut plan = Self::line(plane, right, room);
        let x = Rangef::new(inside.min, right);
        plan.plots_separator = has_plots.then_some(plane.left() + controls);
        (plan.history, plan.transfer) = (history, transfer);
        let has_knobs = right - plane.left() >= KNOBS_FROM;
        let main = |plane: Rect| if room == Room::Fields { main_fields(plane, x) } else { main(plane, x) };
        let minor = |plane: Rect, y: f32| {
            if room == Room::Fields || !has_knobs { minor_fields(plane, x, y) } else { minor(plane, x, y) }
        };
        plan.rows = match room {
            Room::Rows => vec![main(plane), minor(plane, MINOR_Y)],
            Room::Row if more => vec![minor(plane, KNOB_Y)],
            Room::Fields if more => vec![minor(plane, FIELD_Y + FIELD / 2.0)],
            Room::Row | Room::Fields => vec![main(plane)],
        };
        plan.row_separator = (room == Room::Rows).then_some((x, plane.top() + SEPARATOR_Y));
        plan
    }

    /// The first line, from the right: what is behind the button, listening, modes; the switch before them.
    fn line(plane: Rect, right: f32, room: Room) -> Self {
        let y = plane.top() + LINE_Y;
        let rect = |left: f32, width: f32| {
            Rect::from_min_size(pos2(left, y - size::CONTROL / 2.0), vec2(width, size::CONTROL))
        };
        let more = (room != Room::Rows).then(|| rect(right - MORE, MORE));
        let mut end = more.map_or(right, |more| more.left() - size::CONTROL_GAP);
        let narrow = usize::from(end - plane.left() < ROOMY);
        let [solo, mute, delta] = LISTENING[narrow];
        let mut take = |width: f32, gap: f32| {
            end -= width;
            let taken = rect(end, width);
            end -= gap;
            taken
        };
        let delta = take(delta, size::GAP);
        let mute = take(mute, size::GAP);
        let solo = take(solo, 14.0);
        let modes = take(MODES[narrow], size::MARGIN - 2.0);
        Self {
            disc: pos2(plane.left() + 28.0, y),
            switch: pos2(modes.left() - 14.0, y),
            modes,
            listening: [solo, mute, delta],
            rows: Vec::new(),
            more,
            row_separator: None,
            plots_separator: None,
            history: None,
            transfer: None,
        }
    }
}

/// Places spread as they were designed.
fn spread<const N: usize>(designed: [f32; N], x: Rangef, y: f32) -> [Pos2; N] {
    let share = x.span() / (CONTROLS - 20.0 - size::MARGIN);
    designed.map(|at| pos2(x.min + (at - size::MARGIN) * share, y))
}

fn main(plane: Rect, x: Rangef) -> Row {
    let knobs = spread(KNOBS_X, x, plane.top() + KNOB_Y);
    // Between two rings with their ticks.
    let room = knobs[4].x - knobs[3].x - 71.0;
    let auto = Rect::from_center_size(knobs[3].lerp(knobs[4], 0.5), vec2(AUTO.x.min(room), AUTO.y));
    Row::Main { knobs, label_y: plane.top() + LABEL_Y, value_y: plane.top() + VALUE_Y, auto }
}

fn minor(plane: Rect, x: Rangef, y: f32) -> Row {
    Row::Minor { knobs: spread(MINOR_X, x, plane.top() + y) }
}

/// Fields beside each other.
fn fields<const N: usize>(x: Rangef, top: f32) -> [Rect; N] {
    let pitch = (x.span() + size::GAP) / N as f32;
    std::array::from_fn(|index| {
        Rect::from_min_size(pos2(x.min + pitch * index as f32, top), vec2(pitch - size::GAP, FIELD))
    })
}

fn main_fields(plane: Rect, x: Rangef) -> Row {
    let top = plane.top() + FIELD_Y;
    let room = Rangef::new(x.min, x.max - AUTO.x - size::GAP);
    let [threshold, ratio, attack, release, makeup] = fields(room, top);
    let auto = Rect::from_min_size(pos2(release.right() + size::GAP, top + 13.0), AUTO);
    let makeup = makeup.translate(vec2(AUTO.x + size::GAP, 0.0));
    Row::MainFields { fields: [threshold, ratio, attack, release, makeup], auto }
}

fn minor_fields(plane: Rect, x: Rangef, middle: f32) -> Row {
    Row::MinorFields { fields: fields(x, plane.top() + middle - FIELD / 2.0) }
}

/// History and curve at the right of the controls.
fn plots(plane: Rect, controls: f32, room: Room) -> (Option<Rect>, Option<Rect>) {
    let x = Rangef::new(plane.left() + controls + 20.0, plane.right() - size::MARGIN);
    let y = Rangef::new(plane.top() + PLOT_Y, plane.bottom() - PLOT_BELOW);
    if plane.width() >= BESIDE {
        let share = (plane.width() / DESIGNED).clamp(0.8, MOST_GROWTH);
        let transfer = Rangef::new(x.max - TRANSFER * share, x.max);
        let history = Rangef::new(x.min, transfer.min - 20.0);
        return (Some(Rect::from_x_y_ranges(history, y)), Some(Rect::from_x_y_ranges(transfer, y)));
    }
    if room == Room::Row {
        return (Some(Rect::from_x_y_ranges(x, y)), None);
    }
    let middle = y.center();
    let history = Rect::from_x_y_ranges(x, y.min..=middle - 15.0);
    (Some(history), Some(Rect::from_x_y_ranges(x, middle + 15.0..=y.max)))
}

#[cfg(test)]
mod tests;
