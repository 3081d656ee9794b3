//! A value that is being typed: opened by a control over its value, taken by Enter or by leaving, dropped by Escape. What
//! cannot be taken stays as it was typed, and the footer says what would be right.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{
    Align, Align2, Color32, Context, Frame, Id, Key, Margin, Rect, Stroke, TextEdit, Ui, UiBuilder, WidgetInfo,
};

use super::control::Control;
use crate::desk::Desk;
use crate::look::size;
use crate::write::Role;
use crate::{gesture, paint, setting};

/// The text as it stands.
#[derive(Clone, Debug)]
struct Typed {
    text: String,
    /// What would be right, where the text cannot be taken.
    refusal: Option<String>,
    /// Whether the field is shown for the first time.
    is_new: bool,
}

fn field(owner: Id) -> Id {
    owner.with("typed")
}

/// Whether a control's value is being typed.
pub(super) fn is_open(context: &Context, owner: Id) -> bool {
    context.data(|data| data.get_temp::<Typed>(field(owner)).is_some())
}

/// Begins to type with a text, chosen as a whole or with the caret behind it.
pub(super) fn open(context: &Context, owner: Id, text: String, is_chosen: bool) {
    let end = CCursor::new(text.chars().count());
    let range = if is_chosen { CCursorRange::two(CCursor::new(0), end) } else { CCursorRange::one(end) };
    let mut state = TextEditState::default();
    state.cursor.set_char_range(Some(range));
    state.store(context, field(owner));
    context.data_mut(|data| data.insert_temp(field(owner), Typed { text, refusal: None, is_new: true }));
    context.memory_mut(|memory| memory.request_focus(field(owner)));
}

/// Drops what was typed.
pub(super) fn close(context: &Context, owner: Id) {
    context.data_mut(|data| data.remove::<Typed>(field(owner)));
}

/// Shows the text that is being typed for a control's value and takes it when it is done.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, control: &Control, rect: Rect, role: Role, align: Align) {
    let (parameter, owner) = (control.parameter, control.response.id);
    let Some(mut typed) = ui.data(|data| data.get_temp::<Typed>(field(owner))) else { return };
    let palette = desk.look.palette;
    let edge = if typed.refusal.is_some() { palette.over } else { desk.look.accent };
    paint::outlined(ui.painter(), rect, size::RADIUS, palette.control, edge);
    let name = format!("{} value", desk.name(parameter));
    let response = edit(ui, desk, field(owner), &mut typed.text, rect.shrink2(egui::vec2(size::GAP, 0.0)), role, align);
    response.widget_info(|| {
        let mut info = WidgetInfo::text_edit(true, &typed.text, &typed.text, "");
        info.label = Some(name.clone());
        info
    });
    if response.changed() {
        typed.refusal = None;
    }
    let mut is_over = false;
    if std::mem::take(&mut typed.is_new) {
        // Again: the click that opened the field took the focus away when it was first seen.
        response.request_focus();
    } else if response.lost_focus() {
        let (is_dropped, is_entered) =
            ui.input(|input| (input.key_pressed(Key::Escape), input.key_pressed(Key::Enter)));
        match parsed(control, &typed.text) {
            _ if is_dropped => is_over = true,
            Ok(value) => {
                gesture::once(ui, desk.parameters, owner, &parameter.id, value);
                is_over = true;
            }
            Err(refusal) => typed.refusal = Some(refusal),
        }
        if is_entered || is_dropped {
            let next = if is_over { owner } else { field(owner) };
            ui.memory_mut(|memory| memory.request_focus(next));
        }
    }
    if let Some(refusal) = &typed.refusal {
        desk.hint.refused(&setting::label(&desk.name(parameter)), refusal);
    }
    if is_over {
        close(ui, owner);
    } else {
        ui.data_mut(|data| data.insert_temp(field(owner), typed));
    }
}

/// The value of what was typed, where the control may go there.
fn parsed(control: &Control, text: &str) -> Result<f32, String> {
    let (parameter, travel) = (control.parameter, control.travel);
    let value = setting::parsed(parameter, text)?;
    if travel.kept(parameter, value) == value {
        return Ok(value);
    }
    let [lowest, highest] = travel.limits.map(|at| setting::shown(parameter, setting::value_at(parameter, at as f32)));
    Err(format!("must be {lowest} to {highest} between its neighbors"))
}

/// A line of text to be edited, without a frame, in the editor's own colors.
pub(crate) fn edit(
    ui: &mut Ui,
    desk: &Desk<'_>,
    id: Id,
    text: &mut String,
    rect: Rect,
    role: Role,
    align: Align,
) -> egui::Response {
    let palette = desk.look.palette;
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        let visuals = ui.visuals_mut();
        visuals.selection.bg_fill = desk.look.accent.faded(0.35);
        visuals.selection.stroke = Stroke::new(1.0, Color32::from(palette.value_text));
        visuals.text_cursor.stroke = Stroke::new(size::STROKE, Color32::from(desk.look.accent));
        // Nothing moves by itself while nothing is played.
        visuals.text_cursor.blink = false;
        TextEdit::singleline(text)
            .id(id)
            .frame(Frame::NONE)
            .margin(Margin::ZERO)
            .font(role.font(ui.pixels_per_point()))
            .text_color(palette.value_text.into())
            .align(Align2([align, Align::Center]))
            .desired_width(rect.width())
            .min_size(rect.size())
            .show(ui)
            .response
            .response
    })
    .inner
}
