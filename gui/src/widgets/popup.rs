//! What opens over an editor: one at a time, closed by Escape or by a press elsewhere.

use egui::{Area, Context, Id, Key, Order, Pos2, Rect, Sense, Ui, Vec2, pos2, vec2};

use crate::desk::Desk;
use crate::look::size;
use crate::{keys, paint};

/// The one that is open, if any.
fn current() -> Id {
    Id::unique("runout popup")
}

/// Whether this one is open.
pub(crate) fn is_open(context: &Context, id: Id) -> bool {
    context.data(|data| data.get_temp::<Id>(current())) == Some(id)
}

/// Opens this one, which closes any other, or closes it.
pub(crate) fn toggle(context: &Context, id: Id) {
    if is_open(context, id) { close(context) } else { context.data_mut(|data| _ = data.insert_temp(current(), id)) }
}

/// Closes what is open.
pub(crate) fn close(context: &Context) {
    context.data_mut(|data| data.remove::<Id>(current()));
}

/// Shows contents of a size under `anchor`, or above it where there is no room, while this one is open.
pub(crate) fn show(
    ui: &Ui,
    desk: &mut Desk<'_>,
    id: Id,
    anchor: Rect,
    size_points: Vec2,
    contents: impl FnOnce(&mut Ui, &mut Desk<'_>, Rect),
) {
    if !is_open(ui, id) {
        return;
    }
    let window = ui.content_rect();
    let rect = Rect::from_min_size(place(window, anchor, size_points), size_points);
    Area::new(id).order(Order::Foreground).fixed_pos(rect.min).fade_in(false).show(ui, |ui| {
        // The whole of it, so that nothing below is hovered or clicked.
        ui.allocate_rect(rect, Sense::CLICK);
        let palette = desk.look.palette;
        paint::outlined(ui.painter(), rect, size::CARD_RADIUS, palette.panel, palette.edge);
        contents(ui, desk, rect);
    });
    let is_pressed_elsewhere = ui.input(|input| {
        let at = input.pointer.interact_pos();
        input.pointer.any_pressed() && at.is_some_and(|at| !rect.contains(at) && !anchor.contains(at))
    });
    let is_escaped = !keys::take(ui, |key, _| (key == Key::Escape).then_some(())).is_empty();
    if is_pressed_elsewhere || is_escaped {
        close(ui);
    }
}

/// The left upper corner of contents of a size: inside the window.
fn place(window: Rect, anchor: Rect, size_points: Vec2) -> Pos2 {
    let room = vec2(size::GAP, size::GAP);
    let below = anchor.bottom() + size::GAP;
    let above = anchor.top() - size::GAP - size_points.y;
    let fits_below = below + size_points.y <= window.bottom() - room.y;
    let top = if fits_below || above < window.top() { below } else { above };
    let most = window.max - size_points - room;
    pos2(anchor.left().min(most.x).max(window.left() + room.x), top.min(most.y).max(window.top() + room.y))
}
