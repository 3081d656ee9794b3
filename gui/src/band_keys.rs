//! The keys that bands are chosen, turned, divided and moved by, the same in every module that has some.

use egui::{Context, Event, Id, Key, Modifiers};

use crate::desk::Desk;
use crate::widgets::band_zone;
use crate::{gesture, keys, setting};

/// What Page Up and Page Down go.
const PAGE: i32 = 10;

/// The keys that choose, by slot.
const NUMBERS: [Key; 6] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6];

/// The keys of a module's bands.
pub struct BandKeys<'a> {
    /// The module's name, by which its zones are known.
    pub module: &'static str,
    /// How many bands are in use.
    pub count: usize,
    /// Switches of the chosen band, and the keys that turn them.
    pub switches: &'a [(Key, String)],
    /// The parameter of the chosen band that arrows move.
    pub value: &'a str,
}

/// What the keys ask of the bands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// To choose that of a slot.
    Choose(usize),
    /// To divide the chosen one.
    Split,
    /// To join the chosen one to its neighbor.
    Merge,
}

impl BandKeys<'_> {
    /// Turns and moves what the keys ask, and gives what they ask of the bands. To be called after all widgets of a pass
    /// while the module is on show: what a focused control has taken is gone, and numbers, arrows and Del are left to it.
    pub fn obey(&self, context: &Context, desk: &Desk<'_>) -> Option<Asked> {
        // Steps of the value go on until they rest.
        _ = gesture::keep(context, self.owner());
        let is_any =
            context.input(|input| input.events.iter().any(|event| matches!(event, Event::Key { pressed: true, .. })));
        if !is_any || keys::is_typing(context) {
            return None;
        }
        let is_zone = |id: Id| (0..NUMBERS.len()).any(|slot| id == band_zone::id(self.module, slot));
        let is_free = context.memory(|memory| memory.focused()).is_none_or(is_zone);
        self.turn(context, desk);
        let mut asked = keys::pressed(context, Key::N).then_some(Asked::Split);
        if is_free {
            for (slot, key) in NUMBERS.into_iter().enumerate().take(self.count) {
                if keys::pressed(context, key) {
                    context.memory_mut(|memory| memory.request_focus(band_zone::id(self.module, slot)));
                    asked = Some(Asked::Choose(slot));
                }
            }
            if keys::pressed(context, Key::Delete) || keys::pressed(context, Key::Backspace) {
                asked = Some(Asked::Merge);
            }
            self.adjust(context, desk);
        }
        asked
    }

    /// The switches of the chosen band.
    fn turn(&self, context: &Context, desk: &Desk<'_>) {
        for (key, id) in self.switches {
            let Some(value) = desk.parameters.value(id) else { continue };
            if keys::pressed(context, *key) {
                let owner = Id::unique("runout band keys").with(id);
                gesture::once(context, desk.parameters, owner, id, if value >= 0.5 { 0.0 } else { 1.0 });
            }
        }
    }

    /// The value of the chosen band.
    fn adjust(&self, context: &Context, desk: &Desk<'_>) {
        let found = setting::find(self.value).zip(desk.parameters.value(self.value));
        let Some((parameter, mut value)) = found else { return };
        for (steps, is_fine) in keys::take(context, steps) {
            value = setting::stepped(parameter, value, steps, is_fine);
            gesture::step(context, desk.parameters, self.owner(), self.value, value);
        }
    }

    /// The owner of the value's steps.
    fn owner(&self) -> Id {
        Id::unique("runout band value").with(self.value)
    }
}

fn steps(key: Key, modifiers: Modifiers) -> Option<(i32, bool)> {
    if modifiers.command || modifiers.alt {
        return None;
    }
    let steps = match key {
        Key::ArrowUp => 1,
        Key::ArrowDown => -1,
        Key::PageUp => PAGE,
        Key::PageDown => -PAGE,
        _ => return None,
    };
    Some((steps, modifiers.shift))
}
