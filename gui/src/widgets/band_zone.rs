//! A band as a zone of a plot: chosen by pointer or focus. Whoever places it paints it.

use egui::{Context, EventFilter, Id, Rect, Response, Role as Kind, Sense, Ui, WidgetInfo};

use crate::desk::Desk;
use crate::keys;

/// The zone of a slot of a module, as the keyboard's focus knows it.
pub fn id(module: &str, slot: usize) -> Id {
    Id::unique("runout band").with((module, slot))
}

/// Whether the keyboard's focus is to be shown on the zone of a slot.
pub fn shows_focus(context: &Context, module: &str, slot: usize) -> bool {
    context.memory(|memory| memory.has_focus(id(module, slot))) && keys::lead(context)
}

/// A zone of a band.
#[derive(Clone, Copy, Debug)]
pub struct BandZone<'a> {
    /// The module's name.
    pub module: &'a str,
    /// The band's slot, from 0.
    pub slot: usize,
    /// What the band is called.
    pub name: &'a str,
    /// Its frequencies in words.
    pub range: &'a str,
    /// What the footer says of it.
    pub help: &'a str,
}

impl BandZone<'_> {
    /// Lets it be chosen. Gives its response, and whether it is chosen in this pass.
    pub fn attend(&self, ui: &Ui, desk: &mut Desk<'_>, zone: Rect, is_chosen: bool) -> (Response, bool) {
        let response = ui.interact(zone, id(self.module, self.slot), Sense::click());
        let shows_focus = response.has_focus() && keys::lead(ui);
        let is_asked = response.is_pointer_button_down_on() || (response.gained_focus() && shows_focus);
        if response.clicked() {
            response.request_focus();
        }
        if response.has_focus() {
            let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        }
        let band = format!("Band {}", self.slot + 1);
        let label = format!("{band} {}", self.name);
        if response.hovered() {
            desk.hint.hovered(&label, self.help);
        } else if shows_focus {
            desk.hint.focused(&label, self.help);
        }
        let spoken = if desk.full_names { format!("{} {band}", self.module) } else { band };
        let words = format!("{}, {}", self.name, self.range);
        response.widget_info(|| {
            let mut info = WidgetInfo::selected(Kind::RadioButton, true, is_chosen || is_asked, &spoken);
            info.current_text_value = Some(words.clone());
            info
        });
        (response, is_asked)
    }
}
