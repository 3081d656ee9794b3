//! The compressor's keys: 1 to 6 choose, N divides and Del joins a band, arrows move its threshold, E enables it and S
//! plays it alone.

use egui::{Context, Event, Id, Key, Modifiers};
use runout_dsp_core::settings::{CROSSOVER_KIND, CompressorParams};

use super::{bands, map};
use crate::desk::Desk;
use crate::{gesture, keys, setting};

/// What Page Up and Page Down go.
const PAGE: i32 = 10;

/// The keys that choose, by slot.
const NUMBERS: [Key; 6] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6];

/// Obeys the keys of the compressor; `chosen` is the chosen band's slot, from 0. To be called after all widgets of a pass
/// while the compressor is on show: what a focused control has taken is gone, and numbers, arrows and Del are left to it.
pub fn obey(context: &Context, desk: &Desk<'_>, chosen: &mut usize) {
    // Steps of the threshold go on until they rest.
    _ = gesture::keep(context, owner(*chosen));
    let is_any =
        context.input(|input| input.events.iter().any(|event| matches!(event, Event::Key { pressed: true, .. })));
    if !is_any || keys::is_typing(context) {
        return;
    }
    let params = bands::read(desk.parameters);
    let count = params.bands_in_use().len();
    let is_free = context.memory(|memory| memory.focused()).is_none_or(map::is_ours);
    if is_free {
        for (slot, key) in NUMBERS.into_iter().enumerate().take(count) {
            if keys::pressed(context, key) {
                *chosen = slot;
                map::focus(context, slot);
            }
        }
    }
    turn(context, desk, *chosen);
    if keys::pressed(context, Key::N) {
        let frequency_hz = middle_hz(&params, *chosen);
        *chosen = bands::split(context, desk.parameters, frequency_hz).unwrap_or(*chosen);
    } else if is_free && (keys::pressed(context, Key::Delete) || keys::pressed(context, Key::Backspace)) {
        *chosen = bands::merge(context, desk.parameters, *chosen).unwrap_or(*chosen);
    } else if is_free {
        adjust(context, desk, *chosen);
    }
}

/// The switches of the chosen band.
fn turn(context: &Context, desk: &Desk<'_>, slot: usize) {
    for (key, id) in [(Key::S, bands::listening_id(slot, "solo")), (Key::E, bands::id(slot, "enabled"))] {
        let Some(value) = desk.parameters.value(&id) else { continue };
        if keys::pressed(context, key) {
            let owner = Id::unique("runout compressor keys").with(&id);
            gesture::once(context, desk.parameters, owner, &id, if value >= 0.5 { 0.0 } else { 1.0 });
        }
    }
}

/// The threshold of the chosen band.
fn adjust(context: &Context, desk: &Desk<'_>, slot: usize) {
    let id = bands::id(slot, "threshold_db");
    let Some((parameter, mut value)) = setting::find(&id).zip(desk.parameters.value(&id)) else { return };
    for (steps, is_fine) in keys::take(context, asked) {
        value = setting::stepped(parameter, value, steps, is_fine);
        gesture::step(context, desk.parameters, owner(slot), &id, value);
    }
}

/// The owner of the threshold's steps.
fn owner(slot: usize) -> Id {
    Id::unique("runout compressor threshold").with(slot)
}

fn asked(key: Key, modifiers: Modifiers) -> Option<(i32, bool)> {
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

/// The middle of a band on the axis of frequencies, Hz.
fn middle_hz(params: &CompressorParams, slot: usize) -> f32 {
    let (lowest_hz, highest_hz) = CROSSOVER_KIND.range();
    let mut corners_hz = params.crossover_hz[..params.bands_in_use().len() - 1].to_vec();
    corners_hz.sort_by(f32::total_cmp);
    let below = slot.checked_sub(1).and_then(|below| corners_hz.get(below)).copied().unwrap_or(lowest_hz);
    let above = corners_hz.get(slot).copied().unwrap_or(highest_hz);
    (below * above).sqrt()
}
