//! A switch on a card: power, delta, solo.

use egui::{Align2, Painter, Pos2, Rect, Response, Role as Kind, Sense, Ui, WidgetInfo, vec2};

use super::attend;
use crate::desk::Desk;
use crate::look::size;
use crate::palette::Color;
use crate::write::{self, Role};
use crate::{gesture, icons, paint};

/// A switch on a card.
#[derive(Clone, Copy, Debug)]
pub struct Switch<'a> {
    /// The parameter that it turns.
    pub id: &'a str,
    /// The value that is on; 0 is off.
    pub on: f32,
    /// Its accessible name.
    pub name: &'a str,
    /// What the footer says of it.
    pub sentence: &'a str,
}

/// How a switch stands while it is painted.
pub struct Shown<'a> {
    painter: &'a Painter,
    desk: &'a Desk<'a>,
    center: Pos2,
    is_on: bool,
    off: Color,
}

impl Switch<'_> {
    /// Shows the switch around a middle and lets it be turned; whether it is on. Where the plugin does not have it, it is not
    /// shown, and the module is on.
    pub fn show(&self, ui: &Ui, desk: &mut Desk<'_>, center: Pos2, paint: impl FnOnce(&Shown<'_>)) -> bool {
        let Some(value) = desk.parameters.value(self.id) else { return true };
        let is_on = value == self.on;
        let rect = Rect::from_center_size(center, vec2(size::HIT, size::HIT));
        let response = ui.interact(rect, ui.scope_id().with(("switch", self.name)), Sense::click());
        let off = off_color(desk, &response);
        paint(&Shown { painter: ui.painter(), desk: &*desk, center, is_on, off });
        attend(ui, desk, &response, rect, self.name, self.sentence);
        response.widget_info(|| WidgetInfo::selected(Kind::Switch, true, is_on, self.name));
        if response.clicked() {
            gesture::once(ui, desk.parameters, response.id, self.id, if is_on { 0.0 } else { self.on });
        }
        is_on
    }
}

fn off_color(desk: &Desk<'_>, response: &Response) -> Color {
    if response.hovered() { desk.look.palette.value_text } else { desk.look.palette.scale_text }
}

/// Paints a power switch in an accent.
pub fn icon(accent: Color) -> impl FnOnce(&Shown<'_>) {
    move |shown| icons::power(shown.painter, shown.center, if shown.is_on { accent } else { shown.off }, 5.0)
}

/// Paints a delta.
pub fn delta(shown: &Shown<'_>) {
    let color = lit(shown);
    write::text(shown.painter, color, shown.center, Align2::CENTER_CENTER, Role::BodyStrong, "\u{394}");
}

/// Paints a headphone.
pub fn solo(shown: &Shown<'_>) {
    icons::headphones(shown.painter, shown.center, lit(shown));
}

/// What only changes what is heard stands on `near` while it is on; gives the color on it.
fn lit(shown: &Shown<'_>) -> Color {
    let look = &shown.desk.look;
    if !shown.is_on {
        return shown.off;
    }
    let rect = Rect::from_center_size(shown.center, vec2(size::HIT, size::HIT)).shrink(2.0);
    let near = look.palette.near;
    paint::outlined(shown.painter, rect, size::RADIUS, look.lit_fill(near), near);
    look.palette.value_text
}
