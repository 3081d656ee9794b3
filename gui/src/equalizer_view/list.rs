//! The list of the bands in use: every value is moved and typed where it stands, a click on a row chooses its band.

mod columns;
mod row;

use egui::{Align2, Rect, ScrollArea, Ui, UiBuilder, Vec2, pos2};
use runout_dsp_core::settings::EqualizerParams;

use self::columns::Columns;
use self::row::Row;
use super::bands;
use crate::desk::Desk;
use crate::look::size;
use crate::write::{self, Role};

/// From the upper edge to the middle of the heads, and to the first row, points.
const HEADS_Y: f32 = 16.0;
const ROWS_Y: f32 = 27.0;

/// The width of the bar that scrolls.
const BAR: f32 = 8.0;

/// What tells the list's controls from the chosen band's.
const PLACE: &str = "in the list";

/// What the list keeps from frame to frame.
#[derive(Debug, Default)]
pub struct List {
    /// The band that was chosen in the frame before: a new one is scrolled to.
    chosen: Option<usize>,
    /// Whether the pointer is on a value that the wheel moves: then it does not scroll.
    is_on_value: bool,
}

impl List {
    /// Shows the bands on a plane.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        desk: &mut Desk<'_>,
        plane: Rect,
        equalizer: &EqualizerParams,
        channels: usize,
        chosen: &mut Option<usize>,
    ) {
        let rows = (plane.height() - ROWS_Y - size::CONTROL_GAP) / size::LIST_ROW;
        let used: Vec<usize> =
            (0..equalizer.bands.len()).filter(|slot| bands::is_in_use(&equalizer.bands[*slot])).collect();
        let is_long = used.len() as f32 > rows;
        let columns = Columns::new(plane.with_max_x(plane.right() - if is_long { BAR } else { 0.0 }));
        heads(ui, desk, &columns, plane.top() + HEADS_Y);
        let inner = Rect::from_min_max(
            pos2(plane.left(), plane.top() + ROWS_Y),
            pos2(plane.right(), plane.top() + ROWS_Y + rows.floor() * size::LIST_ROW),
        );
        let is_new = self.chosen != *chosen;
        let multiplier = if self.is_on_value { Vec2::ZERO } else { Vec2::splat(1.0) };
        let mut desk = desk.at(PLACE);
        ui.scope_builder(UiBuilder::new().max_rect(inner).id_salt("equalizer bands"), |ui| {
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            let area = ScrollArea::vertical().id_salt("rows").auto_shrink(false).max_height(inner.height());
            area.wheel_scroll_multiplier(multiplier).show(ui, |ui| {
                self.is_on_value = false;
                for slot in used {
                    let extent = egui::vec2(columns.width(), size::LIST_ROW);
                    let (rect, _) = ui.allocate_exact_size(extent, egui::Sense::hover());
                    if is_new && *chosen == Some(slot) {
                        ui.scroll_to_rect(rect, None);
                    }
                    let row = Row { slot, band: equalizer.bands[slot], is_chosen: *chosen == Some(slot), channels };
                    let taken = row.show(ui, &mut desk, &columns, rect);
                    self.is_on_value |= taken.is_on_value;
                    if taken.is_chosen {
                        *chosen = Some(slot);
                    }
                }
            });
        });
        // A row that was clicked is in sight.
        self.chosen = *chosen;
    }
}

/// The names of the columns.
fn heads(ui: &Ui, desk: &Desk<'_>, columns: &Columns, y: f32) {
    let color = desk.look.palette.scale_text;
    let head = |x: f32, align: Align2, text: &str| {
        write::text(ui.painter(), color, pos2(x, y), align, Role::Label, text);
    };
    head(columns.icon_x(), Align2::LEFT_CENTER, "Band");
    head(columns.frequency_end(), Align2::RIGHT_CENTER, "Frequency");
    head(columns.gain_end(), Align2::RIGHT_CENTER, "Gain");
    head(columns.q_end(), Align2::RIGHT_CENTER, "Q / slope");
    if columns.has_words() {
        head(columns.channel_x(), Align2::LEFT_CENTER, "Channel");
    }
    head(columns.solo_x(), Align2::CENTER_CENTER, "Solo");
}
