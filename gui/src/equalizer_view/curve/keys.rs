//! The equalizer's keys: 1 to 9 choose, N makes and Del removes a band, arrows move it, brackets change its Q, E enables
//! it and S listens to it.

use egui::{Context, Event, Key, Modifiers};
use runout_dsp_core::settings::EqualizerParams;

use super::adjust::{Adjuster, Field};
use super::{creation, is_ours, node_id};
use crate::desk::Desk;
use crate::equalizer_view::bands;
use crate::{gesture, keys};

/// What Page Up and Page Down go.
const PAGE: i32 = 10;

/// The keys that choose, by slot.
const NUMBERS: [Key; 9] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

/// What a key asks of the chosen band.
#[derive(Clone, Copy)]
enum Asked {
    Across(i32, bool),
    Up(i32, bool),
    Narrow(i32, bool),
}

/// Obeys the keys of the equalizer; `chosen` is the chosen band's slot, from 0. To be called after all widgets of a pass
/// while the equalizer is on show: what a focused control has taken is gone, and numbers, arrows and Del are left to it.
pub fn obey(context: &Context, desk: &Desk<'_>, chosen: &mut Option<usize>) {
    let is_any =
        context.input(|input| input.events.iter().any(|event| matches!(event, Event::Key { pressed: true, .. })));
    if !is_any || keys::is_typing(context) {
        return;
    }
    let equalizer = bands::read(desk.parameters);
    let is_free = context.memory(|memory| memory.focused()).is_none_or(is_ours);
    if is_free {
        choose(context, &equalizer, chosen);
    }
    make(context, desk, &equalizer, chosen);
    let Some(slot) = chosen.filter(|slot| equalizer.bands.get(*slot).is_some_and(bands::is_in_use)) else { return };
    turn(context, desk, &equalizer, slot);
    adjust(context, desk, &equalizer, slot, is_free);
    if is_free && (keys::pressed(context, Key::Delete) || keys::pressed(context, Key::Backspace)) {
        bands::remove(context, desk.parameters, slot);
        *chosen = None;
    }
}

fn choose(context: &Context, equalizer: &EqualizerParams, chosen: &mut Option<usize>) {
    for (slot, key) in NUMBERS.into_iter().enumerate() {
        if bands::is_in_use(&equalizer.bands[slot]) && keys::pressed(context, key) {
            *chosen = Some(slot);
            context.memory_mut(|memory| memory.request_focus(node_id(slot)));
        }
    }
}

fn make(context: &Context, desk: &Desk<'_>, equalizer: &EqualizerParams, chosen: &mut Option<usize>) {
    if !keys::pressed(context, Key::N) {
        return;
    }
    if let Some(slot) = bands::free_slot(equalizer) {
        bands::put(context, desk.parameters, slot, creation::by_key(equalizer));
        *chosen = Some(slot);
    }
}

fn turn(context: &Context, desk: &Desk<'_>, equalizer: &EqualizerParams, slot: usize) {
    if keys::pressed(context, Key::S) {
        let is_soloed = bands::soloed(desk.parameters) == Some(slot);
        bands::solo(context, desk.parameters, (!is_soloed).then_some(slot));
    }
    if keys::pressed(context, Key::E) {
        let value = if equalizer.bands[slot].enabled { 0.0 } else { 1.0 };
        gesture::once(context, desk.parameters, node_id(slot), &bands::id(slot, "enabled"), value);
    }
}

fn adjust(context: &Context, desk: &Desk<'_>, equalizer: &EqualizerParams, slot: usize, is_free: bool) {
    let adjuster = Adjuster { context, parameters: desk.parameters, slot };
    let mut band = equalizer.bands[slot];
    adjuster.keep(&mut band);
    for asked in keys::take(context, |key, modifiers| asked(key, modifiers, is_free)) {
        match asked {
            Asked::Across(steps, is_fine) => adjuster.step(Field::Frequency, &mut band, steps, is_fine),
            Asked::Up(steps, is_fine) if bands::has_gain(band.shape) => {
                adjuster.step(Field::Gain, &mut band, steps, is_fine);
            }
            Asked::Up(..) => {}
            Asked::Narrow(steps, is_fine) => adjuster.narrow(&mut band, steps, is_fine),
        }
    }
}

fn asked(key: Key, modifiers: Modifiers, is_free: bool) -> Option<Asked> {
    if modifiers.command || modifiers.alt {
        return None;
    }
    let is_fine = modifiers.shift;
    match key {
        // With Shift some systems say what stands above the bracket.
        Key::OpenBracket | Key::OpenCurlyBracket => Some(Asked::Narrow(-1, is_fine)),
        Key::CloseBracket | Key::CloseCurlyBracket => Some(Asked::Narrow(1, is_fine)),
        _ if !is_free => None,
        Key::ArrowLeft => Some(Asked::Across(-1, is_fine)),
        Key::ArrowRight => Some(Asked::Across(1, is_fine)),
        Key::ArrowUp => Some(Asked::Up(1, is_fine)),
        Key::ArrowDown => Some(Asked::Up(-1, is_fine)),
        Key::PageUp => Some(Asked::Up(PAGE, is_fine)),
        Key::PageDown => Some(Asked::Up(-PAGE, is_fine)),
        _ => None,
    }
}
