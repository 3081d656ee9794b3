//! The knob: 270 degrees, an arc from its origin, a tick at the default, a pointer; its value is typed where it stands.

use egui::{Align, Align2, Painter, Pos2, Rect, Response, Ui, pos2, vec2};

use super::caption::{self, Written};
use super::control::{Control, drive};
use crate::desk::Desk;
use crate::look::{Look, size};
use crate::write::{self, Role};
use crate::{paint, setting};

/// Where the travel begins, in degrees clockwise from the right.
const START: f32 = 135.0;
/// How far it goes.
const TURN: f32 = 270.0;
/// From this radius on a knob is a main one.
const MAIN: f32 = 30.0;
/// From this radius on it is the one that matters most.
const HERO: f32 = 40.0;
/// Below this radius its strokes and value are smaller.
const SMALL: f32 = 18.0;
/// Least width of a value that is typed.
const VALUE_WIDTH: f32 = 72.0;

/// Where label and value stand.
#[derive(Clone, Copy, Debug)]
enum Captions {
    /// Label above, value below, at these heights.
    Around { label_y: f32, value_y: f32 },
    /// Both to the right.
    Beside,
}

/// A knob of one parameter.
#[derive(Clone, Copy, Debug)]
pub struct Knob<'a> {
    id: &'a str,
    center: Pos2,
    radius: f32,
    captions: Captions,
    label: Option<&'a str>,
    is_enabled: bool,
    is_lit: bool,
    origin: Option<f32>,
}

impl<'a> Knob<'a> {
    /// A knob of the parameter with this id: radius 40 for the one that matters most, 30 to 34 for main ones, 16 to 20 for
    /// minor ones; label above, value below.
    pub fn new(id: &'a str, center: Pos2, radius: f32) -> Self {
        let captions = Captions::Around {
            label_y: center.y - radius - 16.0,
            value_y: center.y + radius + if radius < MAIN { 12.0 } else { 14.0 },
        };
        Self { id, center, radius, captions, label: None, is_enabled: true, is_lit: true, origin: None }
    }

    /// Puts the label and the value at these heights, so that those of neighbors stand on one line.
    pub fn captions_at(self, label_y: f32, value_y: f32) -> Self {
        Self { captions: Captions::Around { label_y, value_y }, ..self }
    }

    /// Puts label and value to the right.
    pub fn beside(self) -> Self {
        Self { captions: Captions::Beside, ..self }
    }

    /// Shows this label in place of the parameter's name.
    pub fn label(self, label: &'a str) -> Self {
        Self { label: Some(label), ..self }
    }

    /// Whether it can be moved.
    pub fn enabled(self, is_enabled: bool) -> Self {
        Self { is_enabled, ..self }
    }

    /// Whether it does something: one that does not yet is dimmed, and can be moved.
    pub fn lit(self, is_lit: bool) -> Self {
        Self { is_lit, ..self }
    }

    /// Where on the travel, 0 to 1, the arc begins, where that is neither 0 nor the lower end.
    pub fn origin(self, origin: f32) -> Self {
        Self { origin: Some(origin), ..self }
    }

    /// Shows the knob and lets it be moved. `None` where the plugin has no such parameter.
    pub fn show(self, ui: &mut Ui, desk: &mut Desk<'_>) -> Option<Response> {
        let parameter = setting::find(self.id)?;
        let value = desk.parameters.value(self.id)?;
        let label = self.label.map_or_else(|| setting::label(&parameter.name), str::to_owned);
        let value_area = self.value_area(ui, &setting::shown(parameter, value));
        let area = self.circle().union(value_area).union(self.label_area(ui, &label));
        let control = drive(ui, desk, parameter, area, value_area, self.is_enabled)?;
        self.paint(ui.painter(), &desk.look, &control);
        self.paint_label(ui.painter(), &desk.look, &label);
        let color = (!self.is_lit).then_some(desk.look.palette.scale_text);
        let written = Written { color, ..Written::new(self.value_role(), self.value_align()) };
        caption::show(ui, desk, &control, value_area, written);
        Some(control.response)
    }

    fn circle(&self) -> Rect {
        Rect::from_center_size(self.center, vec2(2.0, 2.0) * (self.radius + 4.0))
    }

    fn value_role(&self) -> Role {
        match self.radius {
            radius if radius >= HERO => Role::Readout,
            radius if radius >= MAIN => Role::KnobValue,
            radius if radius >= SMALL => Role::Value,
            _ => Role::BodyStrong,
        }
    }

    fn label_role(&self) -> Role {
        if self.radius >= MAIN { Role::Body } else { Role::Label }
    }

    fn value_align(&self) -> Align {
        match self.captions {
            Captions::Around { .. } => Align::Center,
            Captions::Beside => Align::Min,
        }
    }

    /// Left end of what stands beside the knob.
    fn beside_x(&self) -> f32 {
        self.center.x + self.radius + 11.0
    }

    fn value_area(&self, ui: &Ui, text: &str) -> Rect {
        let (role, align) = (self.value_role(), self.value_align());
        match self.captions {
            Captions::Around { value_y, .. } => {
                caption::area(ui, text, role, pos2(self.center.x, value_y), align, VALUE_WIDTH)
            }
            Captions::Beside => caption::area(ui, text, role, pos2(self.beside_x(), self.center.y + 8.0), align, 0.0),
        }
    }

    fn label_area(&self, ui: &Ui, label: &str) -> Rect {
        let width = write::width(ui.painter(), self.label_role(), label);
        match self.captions {
            Captions::Around { label_y, .. } => {
                Rect::from_center_size(pos2(self.center.x, label_y), vec2(width, size::MARGIN))
            }
            Captions::Beside => {
                Rect::from_min_size(pos2(self.beside_x(), self.center.y - size::MARGIN), vec2(width, size::MARGIN))
            }
        }
    }

    fn paint_label(&self, painter: &Painter, look: &Look, label: &str) {
        let (at, align) = match self.captions {
            Captions::Around { label_y, .. } => (pos2(self.center.x, label_y), Align2::CENTER_CENTER),
            Captions::Beside => (pos2(self.beside_x(), self.center.y - 8.0), Align2::LEFT_CENTER),
        };
        write::text(painter, look.palette.label_text, at, align, self.label_role(), label);
    }

    fn paint(&self, painter: &Painter, look: &Look, control: &Control) {
        let (palette, center, radius) = (look.palette, self.center, self.radius);
        let angle = |position: f32| START + TURN * position;
        let stroke = if radius >= SMALL { 3.0 } else { 2.5 };
        let position = setting::position(control.parameter, control.value);
        let origin = self.origin.unwrap_or_else(|| setting::origin(control.parameter));
        paint::arc(painter, center, radius, START..=START + TURN, stroke, palette.hover);
        let is_lit = self.is_enabled && self.is_lit;
        if is_lit {
            let (from, to) = (position.min(origin), position.max(origin));
            paint::arc(painter, center, radius, angle(from)..=angle(to), stroke, look.accent);
        }
        let is_held = control.response.hovered() || control.response.dragged();
        painter.circle_filled(center, radius - 5.0, if is_held { palette.hover } else { palette.control });
        let ray = |at: f32, from: f32, to: f32| [from, to].map(|radius| paint::on_circle(center, radius, angle(at)));
        let pointer = if is_lit { palette.value_text } else { palette.scale_text };
        let reach = ray(position, (radius - 5.0) * 0.38, radius - 7.0);
        paint::stroke(painter, &reach, size::STROKE_STRONG, pointer);
        let default = setting::position(control.parameter, control.parameter.default_value());
        let tick = ray(default, radius + 3.0, radius + 6.0);
        paint::curve(painter, tick.to_vec(), size::STROKE, palette.scale_text);
        if control.is_automated {
            painter.circle_filled(paint::on_circle(center, radius + 5.0, angle(position)), 2.0, palette.value_text);
        }
        if control.shows_focus {
            paint::arc(painter, center, radius + 8.0, 0.0..=360.0, size::STROKE, look.accent);
        }
    }
}
