//! Where the panel's parts stand. Knobs where there is room for them, in wide windows farther apart; values in rows
//! where there is not; and in low windows one row at a time.

use egui::{Align2, Pos2, Rect, pos2, vec2};

use super::control;
use crate::imager_view::planes::Room;
use crate::look::size;
use crate::write::Role;

/// The width at which everything stands as it was designed, the most that gaps grow, points.
const DESIGNED: f32 = 656.0;
const MOST_GROWTH: f32 = 1.5;

/// From the panel's upper edge to the middle of its line, of the knobs' rows, of the main knob, its label and its
/// value, points.
const LINE_Y: f32 = 26.0;
const ROWS_Y: [f32; 2] = [74.0, 142.0];
const MAIN_Y: f32 = 106.0;
const LABEL_Y: f32 = 58.0;
const VALUE_Y: f32 = 160.0;

/// Where knobs stand at the designed width: width, decorrelation, and what all bands share; where these begin, points.
const MAIN_X: f32 = 58.0;
const DECORRELATE_X: f32 = 142.0;
const COLUMNS_X: [f32; 3] = [302.0, 438.0, 546.0];
const SEPARATOR_X: f32 = 262.0;

/// The slope under the mono bass's value: from the knob's middle to its corner, and its size, points.
const SLOPE_AT: egui::Vec2 = vec2(29.0, 19.0);
const SLOPE: egui::Vec2 = vec2(84.0, 22.0);

/// Widths of solo, delta, phase and the button of the other row, points.
const SOLO: f32 = 46.0;
const DELTA: f32 = 48.0;
const PHASE: f32 = 160.0;
const MORE: f32 = 50.0;

/// Height of a value with its label, points, and the least width that all of them fit beside each other in.
const FIELD: f32 = 40.0;
const LEAST_FIELD: f32 = 70.0;

/// Where one value stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// The main knob, with its label and value at these heights.
    Main { center: Pos2, label_y: f32, value_y: f32 },
    /// A minor knob.
    Minor { center: Pos2 },
    /// A value without a knob.
    Field { rect: Rect },
    /// It is folded, or something else stands for it.
    Nowhere,
}

/// The places.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The middle of the chosen band's number, and how far name and range may go.
    pub name: Option<(Pos2, f32)>,
    pub solo: Option<Rect>,
    pub width: Option<Place>,
    pub decorrelate: Option<Place>,
    pub separator: Option<f32>,
    /// Words, with the point and the end of them that stands there.
    pub words: Vec<(Pos2, Align2, Role, &'static str)>,
    pub delta: Option<Rect>,
    pub phase: Option<Rect>,
    pub slope: Option<Rect>,
    /// What all bands share: mono bass, balance, rotation, the side's high-pass, gains of mid and side, slope.
    pub all: Vec<Place>,
    /// The button that shows the other row.
    pub more: Option<Rect>,
}

impl Plan {
    /// The plan of a plane; `more` shows the other row where there is only one.
    pub fn new(plane: Rect, room: Room, more: bool) -> Self {
        match room {
            Room::Knobs => knobs(plane),
            Room::Fields => fields(plane),
            Room::Low => low(plane, more),
        }
    }
}

fn knobs(plane: Rect) -> Plan {
    let growth = (plane.width() / DESIGNED).clamp(1.0, MOST_GROWTH);
    let x = |at: f32| plane.left() + at * growth;
    let y = |at: f32| plane.top() + at;
    let line = y(LINE_Y);
    let separator = x(SEPARATOR_X);
    let solo = control(separator - 20.0 - SOLO, line, SOLO);
    let minor = |at: f32, row: usize| Place::Minor { center: pos2(x(at), y(ROWS_Y[row])) };
    let [one, two, three] = COLUMNS_X;
    // At the right of the line, within what the knobs take.
    let right = plane.left() + (plane.width().min(DESIGNED * growth) - size::MARGIN);
    let phase = control(right - PHASE, line, PHASE);
    let all_left = separator + 20.0;
    let slope = pos2(x(one), y(ROWS_Y[0])) + SLOPE_AT;
    let crossover = (pos2(phase.left() - 12.0, line), Align2::RIGHT_CENTER, Role::Label, "Crossover");
    Plan {
        name: Some((pos2(plane.left() + 28.0, line), solo.left() - size::CONTROL_GAP)),
        solo: Some(solo),
        width: Some(Place::Main { center: pos2(x(MAIN_X), y(MAIN_Y)), label_y: y(LABEL_Y), value_y: y(VALUE_Y) }),
        decorrelate: Some(Place::Minor { center: pos2(x(DECORRELATE_X), y(MAIN_Y)) }),
        separator: Some(separator),
        words: vec![(pos2(all_left, line), Align2::LEFT_CENTER, Role::Body, "All bands"), crossover],
        delta: Some(control(all_left + 64.0, line, DELTA)),
        phase: Some(phase),
        slope: Some(Rect::from_min_size(slope, SLOPE)),
        all: vec![minor(one, 0), minor(two, 0), minor(three, 0), minor(one, 1), minor(two, 1), minor(three, 1)],
        more: None,
    }
}

/// The values of a row beside each other, as wide as they may be.
fn row(plane: Rect, top: f32, count: usize) -> impl Fn(usize) -> Place {
    let width = plane.width() - 2.0 * size::MARGIN;
    let pitch = (width + size::GAP) / count as f32;
    let left = plane.left() + size::MARGIN;
    move |index: usize| {
        let corner = pos2(left + pitch * index as f32, top);
        Place::Field { rect: Rect::from_min_size(corner, vec2(pitch - size::GAP, FIELD)) }
    }
}

fn fields(plane: Rect) -> Plan {
    let line = plane.top() + LINE_Y;
    let last = plane.bottom() - LINE_Y;
    let upper = row(plane, plane.top() + 46.0, 5);
    let lower = row(plane, plane.top() + 90.0, 4);
    let (left, right) = (plane.left() + size::MARGIN, plane.right() - size::MARGIN);
    let solo = control(right - SOLO, line, SOLO);
    let phase = control(left + 68.0, last, PHASE);
    Plan {
        name: Some((pos2(plane.left() + 28.0, line), solo.left() - size::CONTROL_GAP)),
        solo: Some(solo),
        width: Some(upper(0)),
        decorrelate: Some(upper(1)),
        words: vec![(pos2(left, last), Align2::LEFT_CENTER, Role::Label, "Crossover")],
        delta: Some(control(right - DELTA, last, DELTA)),
        phase: Some(phase),
        all: vec![upper(2), lower(0), lower(1), upper(4), lower(2), lower(3), upper(3)],
        ..Plan::default()
    }
}

fn low(plane: Rect, more: bool) -> Plan {
    let line = plane.top() + LINE_Y;
    let top = plane.top() + 48.0;
    let (left, right) = (plane.left() + size::MARGIN, plane.right() - size::MARGIN);
    let disc = pos2(plane.left() + 28.0, line);
    if (right - left) / 9.0 >= LEAST_FIELD {
        let at = row(plane, top, 9);
        let phase = control(right - PHASE, line, PHASE);
        let delta = control(phase.left() - size::CONTROL_GAP - DELTA, line, DELTA);
        let solo = control(delta.left() - size::CONTROL_GAP - SOLO, line, SOLO);
        return Plan {
            name: Some((disc, solo.left() - size::CONTROL_GAP)),
            solo: Some(solo),
            width: Some(at(0)),
            decorrelate: Some(at(1)),
            delta: Some(delta),
            phase: Some(phase),
            all: vec![at(2), at(5), at(6), at(4), at(7), at(8), at(3)],
            ..Plan::default()
        };
    }
    let button = control(right - MORE, line, MORE);
    if more {
        let at = row(plane, top, 4);
        let phase = control(left, line, PHASE);
        return Plan {
            delta: Some(control(phase.right() + size::CONTROL_GAP, line, DELTA)),
            phase: Some(phase),
            all: vec![Place::Nowhere, at(0), at(1), Place::Nowhere, at(2), at(3)],
            more: Some(button),
            ..Plan::default()
        };
    }
    let at = row(plane, top, 5);
    let solo = control(button.left() - size::CONTROL_GAP - SOLO, line, SOLO);
    Plan {
        name: Some((disc, solo.left() - size::CONTROL_GAP)),
        solo: Some(solo),
        width: Some(at(0)),
        decorrelate: Some(at(1)),
        all: vec![at(2), Place::Nowhere, Place::Nowhere, at(4), Place::Nowhere, Place::Nowhere, at(3)],
        more: Some(button),
        ..Plan::default()
    }
}

#[cfg(test)]
mod tests;
