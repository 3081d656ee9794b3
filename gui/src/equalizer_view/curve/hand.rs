//! The pointer on the plot: what it holds, and what clicks and the wheel ask.

use egui::{PointerButton, Pos2, Response, Ui};
use runout_dsp_core::settings::EqualizerParams;

use super::adjust::{Adjuster, Field};
use super::axes::Axes;
use super::nodes::{self, Node};
use super::{creation, node_id};
use crate::desk::Desk;
use crate::equalizer_view::bands;
use crate::widgets::wheel_steps;

/// A press that moves less is a click, points.
const LEAST_DRAG: f32 = 2.0;

/// What Shift divides a drag by.
const FINE: f32 = 10.0;

/// The width of the gains at the left, over which the wheel moves the range, points.
pub const SCALE_WIDTH: f32 = 40.0;

/// A node that is held.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// The band's slot, from 0.
    pub slot: usize,
    from: Pos2,
    last: Pos2,
    /// Whether it has been moved.
    pub has_moved: bool,
}

/// What the pointer acts on in one pass.
pub struct Hand<'h, 'd> {
    /// Where it is shown.
    pub ui: &'h Ui,
    /// The parameters.
    pub desk: &'h Desk<'d>,
    /// The plot's response.
    pub response: &'h Response,
    /// The plot.
    pub axes: Axes,
    /// The nodes as they were shown.
    pub nodes: &'h [Node],
    /// The equalizer as it is set.
    pub equalizer: &'h EqualizerParams,
    /// The chosen band's slot.
    pub chosen: &'h mut Option<usize>,
}

impl Hand<'_, '_> {
    /// The slot of the node that the pointer is on.
    pub fn hovered(&self) -> Option<usize> {
        self.response.hover_pos().and_then(|at| nodes::hit(self.nodes, at, *self.chosen))
    }

    /// Takes hold of what is pressed, moves it, and lets it go. Gives how many places the wheel moves the range.
    pub fn act(&mut self, held: &mut Option<Held>) -> i32 {
        self.press(held);
        self.drag(held);
        let is_down = self.ui.input(|input| input.pointer.primary_down());
        let was_moved = held.is_some_and(|held| held.has_moved);
        if !is_down {
            *held = None;
        }
        if !was_moved {
            self.click();
        }
        self.wheel()
    }

    fn adjuster(&self, slot: usize) -> Adjuster<'_> {
        Adjuster { context: self.ui, parameters: self.desk.parameters, slot }
    }

    fn press(&mut self, held: &mut Option<Held>) {
        let pressed = self.ui.input(|input| {
            let pointer = &input.pointer;
            if pointer.primary_pressed() { pointer.press_origin() } else { None }
        });
        let Some(at) = pressed.filter(|_| self.response.is_pointer_button_down_on()) else { return };
        let slot = nodes::hit(self.nodes, at, *self.chosen);
        *held = slot.map(|slot| Held { slot, from: at, last: at, has_moved: false });
        *self.chosen = slot.or(*self.chosen);
        let focused = slot.map_or(self.response.id, node_id);
        self.ui.memory_mut(|memory| memory.request_focus(focused));
    }

    fn drag(&self, held: &mut Option<Held>) {
        let (at, modifiers) = self.ui.input(|input| (input.pointer.latest_pos(), input.modifiers));
        let (Some(held), Some(at)) = (held, at) else { return };
        let Some(band) = self.equalizer.bands.get(held.slot) else { return };
        if at == held.last || (!held.has_moved && at.distance(held.from) < LEAST_DRAG) {
            return;
        }
        let has_gain = bands::has_gain(band.shape);
        let adjuster = self.adjuster(held.slot);
        if !held.has_moved {
            held.has_moved = true;
            adjuster.begin(Field::Frequency, band);
            if has_gain {
                adjuster.begin(Field::Gain, band);
            }
        }
        let by = (at - held.last) / if modifiers.shift { FINE } else { 1.0 };
        held.last = at;
        // The plot is as wide as the travel of a frequency.
        let across = f64::from(by.x / self.axes.plot.width());
        adjuster.drag(Field::Frequency, across, [0.0, 1.0], modifiers.shift);
        if has_gain {
            let (whole_db, end_db) = (60.0, f64::from(self.axes.range.end_db()));
            let up = f64::from(-by.y / self.axes.plot.height()) * 2.0 * end_db / whole_db;
            // Not beyond what can be seen.
            let limits = [0.5 - end_db / whole_db, 0.5 + end_db / whole_db];
            adjuster.drag(Field::Gain, up, limits, modifiers.shift);
        }
    }

    fn click(&mut self) {
        if !self.response.clicked_by(PointerButton::Primary) {
            return;
        }
        let Some(at) = self.response.interact_pointer_pos() else { return };
        let slot = nodes::hit(self.nodes, at, *self.chosen);
        let (context, parameters) = (self.ui, self.desk.parameters);
        if self.ui.input(|input| input.modifiers.alt) {
            if let Some(slot) = slot {
                let is_soloed = bands::soloed(parameters) == Some(slot);
                bands::solo(context, parameters, (!is_soloed).then_some(slot));
            }
        } else if self.response.double_clicked_by(PointerButton::Primary) {
            match slot {
                Some(slot) => {
                    bands::remove(context, parameters, slot);
                    *self.chosen = None;
                    self.response.request_focus();
                }
                None => self.create(at),
            }
        }
    }

    /// Makes a band at a place, if there is a slot for it.
    fn create(&mut self, at: Pos2) {
        if let Some(slot) = bands::free_slot(self.equalizer) {
            let band = creation::at(self.axes.frequency().frequency_hz(at.x), self.axes.gain_db(at.y));
            bands::put(self.ui, self.desk.parameters, slot, band);
            *self.chosen = Some(slot);
        }
    }

    fn wheel(&mut self) -> i32 {
        let Some(at) = self.response.hover_pos() else { return 0 };
        let hovered = self.hovered();
        let is_on_scale = hovered.is_none() && is_on_scale(&self.axes, at);
        let target = hovered.or(*self.chosen).filter(|_| !is_on_scale);
        if !is_on_scale && target.is_none() {
            return 0;
        }
        let (steps, is_fine) = wheel_steps(self.ui, self.response.id);
        if is_on_scale {
            // Up is nearer: the range gets narrower.
            return -steps;
        }
        let band = target.and_then(|slot| Some((slot, *self.equalizer.bands.get(slot)?)));
        if let Some((slot, mut band)) = band.filter(|(_, band)| steps != 0 && bands::is_in_use(band)) {
            *self.chosen = Some(slot);
            self.adjuster(slot).narrow(&mut band, steps, is_fine);
        }
        0
    }
}

/// Whether a place is on the gains at the left.
pub fn is_on_scale(axes: &Axes, at: Pos2) -> bool {
    at.x < axes.plot.left() + SCALE_WIDTH
}
