//! A list to choose from, with a search field where it is long: arrows and Enter choose, typing searches.

use egui::{
    Align2, Context, Id, Key, Rect, Response, Role as Kind, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use runout_dsp_core::settings::BandShape;

use super::typing;
use crate::desk::Desk;
use crate::look::size;
use crate::write::{self, Role};
use crate::{icons, keys, paint};

/// From this many entries on there is a search field.
const SEARCHED_FROM: usize = 8;
/// The most rows to be seen at once.
const MOST_ROWS: usize = 12;
/// The width of the bar that scrolls.
const BAR: f32 = 10.0;
/// From an icon's left edge to the name behind it.
pub(super) const ICON: f32 = 24.0;
/// Around the rows.
const PADDING: f32 = 6.0;

/// An entry of a list: its name, and what is said beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What is chosen.
    pub name: String,
    /// In a smaller type beside it; may be empty.
    pub detail: String,
    /// Before it, where there is one.
    pub icon: Option<BandShape>,
}

impl Entry {
    /// An entry with nothing but its name.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

/// What is sought and where the keys stand.
#[derive(Clone, Debug, Default)]
struct State {
    sought: String,
    /// The place among those found.
    marked: Option<usize>,
    /// Whether the list has yet to be shown.
    is_new: bool,
}

/// The height that a list takes.
pub(crate) fn height(entries: usize) -> f32 {
    let search = if entries >= SEARCHED_FROM { size::CONTROL + size::GAP } else { 0.0 };
    2.0 * PADDING + search + size::LIST_ROW * entries.min(MOST_ROWS) as f32
}

/// Forgets what was sought: when a list opens.
pub(crate) fn begin(context: &Context, id: Id) {
    context.data_mut(|data| data.insert_temp(id, State { is_new: true, ..State::default() }));
}

/// Shows the entries in a rectangle of [`height`], `chosen` marked; gives the place of the one that is chosen now.
pub(crate) fn show(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    id: Id,
    rect: Rect,
    entries: &[Entry],
    chosen: Option<usize>,
) -> Option<usize> {
    let mut state: State = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let mut inner = rect.shrink(PADDING);
    // The Enter that opened the list does not choose from it.
    let is_new = std::mem::take(&mut state.is_new);
    let asked = if is_new { Vec::new() } else { keys_of_list(ui, id) };
    if entries.len() >= SEARCHED_FROM {
        let response = search(ui, desk, id, inner.with_max_y(inner.top() + size::CONTROL), &mut state);
        if is_new {
            response.request_focus();
        }
        inner.min.y += size::CONTROL + size::GAP;
    }
    let sought = state.sought.to_lowercase();
    let fits = |entry: &Entry| format!("{} {}", entry.name, entry.detail).to_lowercase().contains(&sought);
    let found: Vec<usize> = (0..entries.len()).filter(|index| entries.get(*index).is_some_and(&fits)).collect();
    let place_of_chosen = chosen.and_then(|chosen| found.iter().position(|index| *index == chosen));
    let last = found.len().saturating_sub(1);
    let mut marked = state.marked.or(place_of_chosen).map(|marked| marked.min(last));
    let mut is_moved = false;
    let mut taken = None;
    for key in asked {
        match key {
            Key::ArrowDown => marked = Some(marked.map_or(0, |marked| (marked + 1).min(last))),
            Key::ArrowUp => marked = Some(marked.map_or(last, |marked| marked.saturating_sub(1))),
            // With nothing marked, Enter takes the first that was found.
            _ => taken = found.get(marked.unwrap_or(0)).copied(),
        }
        is_moved = true;
    }
    // Beside the rows the bar has its place.
    let row_width = inner.width() - if found.len() > MOST_ROWS { BAR } else { 0.0 };
    ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
        ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
        color_bar(ui, desk);
        ScrollArea::vertical().id_salt(id).auto_shrink(false).max_height(inner.height()).show(ui, |ui| {
            for (place, index) in found.iter().enumerate() {
                let Some(entry) = entries.get(*index) else { continue };
                let (row, _) = ui.allocate_exact_size(vec2(row_width, size::LIST_ROW), Sense::hover());
                if is_moved && marked == Some(place) {
                    ui.scroll_to_rect(row, None);
                }
                if show_row(ui, desk, id.with(index), row, entry, chosen == Some(*index), marked == Some(place)) {
                    taken = Some(*index);
                }
            }
        });
    });
    state.marked = if is_moved { marked } else { state.marked };
    ui.data_mut(|data| data.insert_temp(id, state));
    taken
}

/// Gives the bar that scrolls the editor's colors.
fn color_bar(ui: &mut Ui, desk: &Desk<'_>) {
    let palette = desk.look.palette;
    let visuals = ui.visuals_mut();
    visuals.extreme_bg_color = palette.control.into();
    for widget in [&mut visuals.widgets.inactive, &mut visuals.widgets.hovered, &mut visuals.widgets.active] {
        widget.bg_fill = palette.edge.into();
        widget.fg_stroke.color = palette.edge.into();
    }
}

/// The field that is searched in.
fn field(id: Id) -> Id {
    id.with("search")
}

/// The keys for the list, unless another text is being typed.
fn keys_of_list(context: &Context, id: Id) -> Vec<Key> {
    if keys::is_typing(context) && !context.memory(|memory| memory.has_focus(field(id))) {
        return Vec::new();
    }
    keys::take(context, |key, modifiers| {
        let is_ours = matches!(key, Key::ArrowDown | Key::ArrowUp | Key::Enter) && modifiers.is_none();
        is_ours.then_some(key)
    })
}

fn search(ui: &mut Ui, desk: &Desk<'_>, id: Id, rect: Rect, state: &mut State) -> Response {
    let field = field(id);
    let palette = desk.look.palette;
    let is_focused = ui.memory(|memory| memory.has_focus(field));
    let edge = if is_focused { desk.look.accent } else { palette.edge };
    paint::outlined(ui.painter(), rect, size::RADIUS, palette.control, edge);
    let before = state.sought.clone();
    let line = rect.shrink2(vec2(size::CONTROL_GAP, 0.0));
    let response = typing::edit(ui, desk, field, &mut state.sought, line, Role::Body, egui::Align::Min);
    if state.sought.is_empty() {
        let at = pos2(line.left(), line.center().y);
        write::text(ui.painter(), palette.scale_text, at, Align2::LEFT_CENTER, Role::Body, "Search");
    }
    if state.sought != before {
        state.marked = None;
    }
    response.widget_info(|| {
        let mut info = WidgetInfo::text_edit(true, &before, &state.sought, "");
        info.label = Some("Search".to_owned());
        info
    });
    response
}

/// Shows one row; whether it was clicked.
fn show_row(ui: &Ui, desk: &Desk<'_>, id: Id, row: Rect, entry: &Entry, is_chosen: bool, is_marked: bool) -> bool {
    let (painter, palette) = (ui.painter(), desk.look.palette);
    let response = ui.interact(row, id, Sense::CLICK);
    if is_chosen {
        paint::rounded(painter, row, size::RADIUS, desk.look.chosen_fill(desk.look.accent));
    }
    if response.hovered() || is_marked {
        paint::rounded(painter, row, size::RADIUS, if is_chosen { palette.hover } else { palette.control });
    }
    let (role, color) =
        if is_chosen { (Role::BodyStrong, palette.value_text) } else { (Role::Body, palette.label_text) };
    let mut at = pos2(row.left() + size::CONTROL_GAP, row.center().y);
    if let Some(shape) = entry.icon {
        icons::band_shape(painter, at + vec2(icons::HALF, 0.0), shape, color);
        at.x += ICON;
    }
    let detail_width = write::width(painter, Role::Label, &entry.detail) + size::CONTROL_GAP;
    let room = row.right() - size::CONTROL_GAP - detail_width - at.x;
    write::elided(painter, color, at, Align2::LEFT_CENTER, role, &entry.name, room);
    let end = pos2(row.right() - size::CONTROL_GAP, row.center().y);
    write::text(painter, palette.label_text, end, Align2::RIGHT_CENTER, Role::Label, &entry.detail);
    response.widget_info(|| WidgetInfo::selected(Kind::ListBoxOption, true, is_chosen, &entry.name));
    response.clicked()
}
