//! The keys that work in an editor, as a list over it.

use egui::{Align2, Id, Rect, Role as Kind, Sense, Ui, WidgetInfo, pos2, vec2};

use super::Content;
use crate::desk::Desk;
use crate::look::size;
use crate::widgets::popup;
use crate::write::{self, Role};

/// Width of the list.
const WIDTH: f32 = 420.0;
/// Where the explanations begin.
const KEYS: f32 = 150.0;
/// What moves every control.
const CONTROLS: [(&str, &str); 9] = [
    ("Drag, wheel", "move a control; with Shift in fine steps"),
    ("Double-click, Del", "sets its default"),
    ("Alt-click, Enter, figures", "types its value"),
    ("Tab, Shift Tab", "the next control, the one before"),
    ("Arrows", "one step; with Shift a fine one"),
    ("Page Up, Page Down", "ten steps"),
    ("Home, End", "the lowest value, the highest"),
    ("Esc", "leaves"),
    ("Space", "is the host's"),
];

/// The popup's name.
pub(super) fn id() -> Id {
    Id::unique("runout keys")
}

/// Shows the list while it is open.
pub(super) fn show(ui: &Ui, desk: &mut Desk<'_>, content: &Content<'_>) {
    let mut keys = CONTROLS.to_vec();
    keys.extend(content.keys);
    keys.push(("B", "bypass"));
    if content.delta.is_some() {
        keys.push(("D", "delta: hear only what is taken away"));
    }
    if content.can_reset {
        keys.push(("R", "resets the meter"));
    }
    keys.push(("F1, ?", "this list"));
    let extent = vec2(WIDTH, (keys.len() as f32 + 1.0) * size::LIST_ROW + 2.0 * size::PANEL_PADDING);
    let window = ui.max_rect();
    let top = pos2(window.center().x - WIDTH / 2.0, window.top() + size::HEADER + size::MARGIN);
    popup::show(ui, desk, id(), Rect::from_min_size(top, vec2(0.0, 0.0)), extent, |ui, desk, rect| {
        let palette = desk.look.palette;
        let response = ui.interact(rect, id().with("list"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Kind::List, true, "Keys"));
        let mut at = rect.min + vec2(size::PANEL_PADDING, size::PANEL_PADDING + size::LIST_ROW / 2.0);
        write::text(ui.painter(), palette.value_text, at, Align2::LEFT_CENTER, Role::Section, "Keys");
        for (key, meaning) in keys {
            at.y += size::LIST_ROW;
            write::text(ui.painter(), palette.value_text, at, Align2::LEFT_CENTER, Role::BodyStrong, key);
            let beside = at + vec2(KEYS, 0.0);
            write::text(ui.painter(), palette.label_text, beside, Align2::LEFT_CENTER, Role::Body, meaning);
        }
    });
}
