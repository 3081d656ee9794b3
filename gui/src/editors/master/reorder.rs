//! Cards that are moved: dragged, or by the keyboard. The chain's order is set once, when the card is let go.

use egui::{Key, Rect, Response, Ui};
use runout_dsp_core::settings::Order;

use super::module::{Module, order};
use crate::desk::Desk;
use crate::look::size;
use crate::{gesture, keys, paint};

/// The parameter.
const ORDER: &str = "order";

/// From a card's edge to the insertion line where that stands at the end of the movable ones, and by how much the line is
/// longer than a card at each end, points.
const BESIDE: f32 = 4.0;
const LONGER: f32 = 4.0;

/// A card in the hand.
#[derive(Clone, Copy, Debug)]
struct Held {
    module: Module,
    /// How far it has been dragged to the right, points.
    by: f32,
}

/// What is kept of a drag from frame to frame.
#[derive(Debug, Default)]
pub struct Reorder(Option<Held>);

impl Reorder {
    /// How far a module's card has been dragged to the right, points; `None` while it stands.
    pub fn dragged(&self, module: Module) -> Option<f32> {
        self.0.filter(|held| held.module == module).map(|held| held.by)
    }

    /// Follows the pointer and the keys on a module's card; `cards` are all with their homes.
    pub fn follow(
        &mut self,
        ui: &Ui,
        desk: &mut Desk<'_>,
        module: Module,
        response: &Response,
        cards: &[(Module, Rect)],
    ) {
        if module.movable().is_none() {
            return;
        }
        if response.drag_started() {
            self.0 = Some(Held { module, by: 0.0 });
        }
        if ui.input(|input| input.key_pressed(Key::Escape)) {
            self.0 = None;
        }
        let Some(held) = self.0.as_mut().filter(|held| held.module == module) else {
            by_keys(ui, desk, module, response);
            return;
        };
        let from = ui.input(|input| input.pointer.press_origin());
        if let (Some(from), Some(at)) = (from, response.interact_pointer_pos()) {
            held.by = at.x - from.x;
        }
        let held = *held;
        let order = held.order(desk, cards);
        let sentence = format!("Release to set the order: {}. Esc leaves it as it was.", order.word());
        desk.hint.told(module.name(), &sentence);
        if response.drag_stopped() {
            self.0 = None;
            gesture::once(ui, desk.parameters, response.id, ORDER, order.index());
        } else if !response.dragged() && !response.drag_started() {
            self.0 = None;
        }
    }

    /// Paints where the card in the hand would go, if that is elsewhere.
    pub fn paint(&self, ui: &Ui, desk: &Desk<'_>, cards: &[(Module, Rect)]) {
        let Some(held) = self.0 else { return };
        let now = order(desk.parameters).modules();
        let then = held.order(desk, cards).modules();
        let Some(place) = then.iter().position(|module| Some(*module) == held.module.movable()) else { return };
        if then == now {
            return;
        }
        let homes: Vec<Rect> =
            cards.iter().filter(|(module, _)| module.movable().is_some()).map(|(_, home)| *home).collect();
        let is_before = now.iter().position(|module| Some(*module) == held.module.movable()) > Some(place);
        let Some(home) = homes.get(place) else { return };
        let x = if is_before { home.left() - BESIDE } else { home.right() + BESIDE };
        let x = x - size::STROKE_STRONG / 2.0;
        let line = Rect::from_x_y_ranges(x..=x + size::STROKE_STRONG, home.y_range()).expand2((0.0, LONGER).into());
        paint::plane(ui.painter(), line, held.module.accent(desk.look.palette));
    }
}

impl Held {
    /// The order once the card is let go where it is: behind those whose middles it has passed.
    fn order(self, desk: &Desk<'_>, cards: &[(Module, Rect)]) -> Order {
        let now = order(desk.parameters);
        let middle =
            |wanted: Module| cards.iter().find(|(module, _)| *module == wanted).map(|(_, home)| home.center().x);
        let Some(at) = middle(self.module).map(|x| x + self.by) else { return now };
        let others = cards.iter().filter(|(module, _)| module.movable().is_some() && *module != self.module);
        moved(now, self.module, others.filter(|(_, home)| home.center().x < at).count())
    }
}

/// Ctrl and an arrow key move the card that has the focus by one place.
fn by_keys(ui: &Ui, desk: &Desk<'_>, module: Module, response: &Response) {
    if !response.has_focus() {
        return;
    }
    let steps: isize = keys::take(ui, |key, modifiers| match key {
        Key::ArrowLeft if modifiers.command_only() => Some(-1),
        Key::ArrowRight if modifiers.command_only() => Some(1),
        _ => None,
    })
    .iter()
    .sum();
    let now = order(desk.parameters);
    let place = now.modules().iter().position(|other| Some(*other) == module.movable());
    if let Some(place) = place.filter(|_| steps != 0) {
        let then = moved(now, module, place.saturating_add_signed(steps).min(2));
        gesture::once(ui, desk.parameters, response.id, ORDER, then.index());
    }
}

/// An order with one module at another of the three places.
fn moved(now: Order, module: Module, place: usize) -> Order {
    let Some(module) = module.movable() else { return now };
    let mut modules: Vec<_> = now.modules().into_iter().filter(|other| *other != module).collect();
    modules.insert(place.min(modules.len()), module);
    Order::ALL.iter().copied().find(|order| order.modules().as_slice() == modules).unwrap_or(now)
}
