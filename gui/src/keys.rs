//! The keyboard: who has it, and which keys an editor leaves to the host.

use egui::{Context, Event, Id, Key, Modifiers};

/// Whether text is being typed: then every key belongs to the editor, else what it does not use is the host's.
pub fn is_typing(context: &Context) -> bool {
    context.text_edit_focused()
}

/// Leaves the space bar to the host unless text is being typed: a focused control is moved by Enter and arrows. And
/// leaves the size to the settings: no key zooms. To be called before any widget of a pass is shown; the header does it.
pub fn leave_to_host(context: &Context) {
    context.options_mut(|options| options.zoom_with_keyboard = false);
    if !is_typing(context) {
        context.input_mut(|input| {
            input.events.retain(|event| !matches!(event, Event::Key { key: Key::Space, .. }));
            input.keys_down.remove(&Key::Space);
        });
    }
}

/// Whether a key is pressed by itself while no text is being typed; takes it.
pub fn pressed(context: &Context, key: Key) -> bool {
    if is_typing(context) {
        return false;
    }
    let mut is_pressed = false;
    context.input_mut(|input| {
        input.events.retain(|event| {
            let is_key = matches!(event, Event::Key { key: found, pressed: true, repeat: false, modifiers, .. }
                if *found == key && (modifiers.is_none() || key == Key::Questionmark && modifiers.shift_only()));
            is_pressed |= is_key;
            !is_key
        });
    });
    is_pressed
}

/// Whether the focus was last moved by the keyboard: only then it is shown.
pub fn lead(context: &Context) -> bool {
    let id = Id::unique("runout keyboard leads");
    let latest = context.input(|input| {
        input.events.iter().rev().find_map(|event| match event {
            Event::PointerButton { .. } => Some(false),
            Event::Key { pressed: true, .. } => Some(true),
            _ => None,
        })
    });
    context.data_mut(|data| {
        let leads = data.get_temp_mut_or_default::<bool>(id);
        *leads = latest.unwrap_or(*leads);
        *leads
    })
}

/// The keys pressed in this pass that `wanted` takes, oldest first, with their modifiers.
pub(crate) fn take<T>(context: &Context, wanted: impl Fn(Key, Modifiers) -> Option<T>) -> Vec<T> {
    let mut taken = Vec::new();
    context.input_mut(|input| {
        input.events.retain(|event| {
            let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
            let found = wanted(*key, *modifiers);
            let is_kept = found.is_none();
            taken.extend(found);
            is_kept
        });
    });
    taken
}
