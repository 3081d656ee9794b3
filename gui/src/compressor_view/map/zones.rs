//! The bands as zones of the plot: number, name, what it does now, and whether it is heard.

use egui::{Align2, EventFilter, Id, Painter, Rect, Role as Kind, Sense, Ui, WidgetInfo, pos2, vec2};
use runout_dsp_core::settings::CompressorParams;

use super::Scene;
use super::axes::{ABOVE, Axes};
use crate::compressor_view::bands;
use crate::compressor_view::live::Live;
use crate::desk::Desk;
use crate::look::{Look, size};
use crate::write::{self, Role};
use crate::{keys, numbers, paint};

/// From a zone's left edge to the middle of its number's disc and to its name, from its right edge to its gain, points.
const DISC_X: f32 = 20.0;
const NAME_X: f32 = 36.0;
const GAIN_RIGHT: f32 = 14.0;
const DISC: f32 = 9.0;

/// From the plane's upper edge to the middle of the first line and of the second, points.
const LINE_Y: f32 = 18.0;
const SECOND_Y: f32 = 33.0;

/// Opacity of the chosen zone's tint, and of what covers a band that does nothing or is not heard.
const TINT: f32 = 0.07;
const COVER: f32 = 0.55;

const HELP: &str =
    "click chooses it, key S plays it alone, double-click here or N divides it, Del joins it to its neighbor.";

/// The zone of a slot, as the keyboard's focus knows it.
pub fn id(slot: usize) -> Id {
    Id::unique("runout compressor band").with(slot)
}

/// Lets the zones be chosen, by pointer or focus, and divided.
pub fn attend(
    ui: &Ui,
    desk: &mut Desk<'_>,
    axes: &Axes,
    params: &CompressorParams,
    corners_hz: &[f64],
    chosen: &mut usize,
) {
    let count = params.bands_in_use().len();
    for slot in 0..count {
        let zone = axes.zone(corners_hz, slot);
        let response = ui.interact(zone, id(slot), Sense::click());
        let shows_focus = response.has_focus() && keys::lead(ui);
        if response.is_pointer_button_down_on() || (response.gained_focus() && shows_focus) {
            *chosen = slot;
        }
        if response.clicked() {
            response.request_focus();
        }
        if response.has_focus() {
            let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        }
        let at = response.interact_pointer_pos();
        if let Some(at) = at.filter(|at| response.double_clicked() && at.y < axes.plane.top() + ABOVE) {
            *chosen = bands::split(ui, desk.parameters, axes.frequency().frequency_hz(at.x)).unwrap_or(*chosen);
        }
        let label = format!("Band {} {}", slot + 1, bands::name(slot, count));
        if response.hovered() {
            desk.hint.hovered(&label, HELP);
        } else if shows_focus {
            desk.hint.focused(&label, HELP);
        }
        let band = format!("Band {}", slot + 1);
        let name = if desk.full_names { format!("Compressor {band}") } else { band };
        let words = format!("{}, {}", bands::name(slot, count), bands::range_words(slot, corners_hz));
        response.widget_info(|| {
            let mut info = WidgetInfo::selected(Kind::RadioButton, true, *chosen == slot, &name);
            info.current_text_value = Some(words.clone());
            info
        });
    }
}

/// Paints what tells the zones apart behind the curves.
pub fn tint(painter: &Painter, look: &Look, scene: &Scene<'_>) {
    let palette = look.palette;
    for slot in 0..scene.params.bands_in_use().len() {
        let zone = scene.zone(slot);
        if !scene.params.band[slot].enabled || scene.is_silent(slot) {
            paint::plane(painter, zone.with_min_y(scene.axes.plot.top()), palette.plot.faded(COVER));
        }
        if slot == scene.chosen {
            let left = if slot > 0 { 1.0 } else { 0.0 };
            paint::plane(painter, zone.with_min_x(zone.left() + left), look.accent.faded(TINT));
            paint::plane(painter, zone.with_max_y(zone.top() + size::STROKE_STRONG), look.accent);
        }
    }
}

/// Writes number, name and gain of every band, what of it is only for listening, and shows the focus.
pub fn heads(ui: &Ui, desk: &Desk<'_>, scene: &Scene<'_>, live: &Live) {
    let (painter, look) = (ui.painter(), &desk.look);
    for slot in 0..scene.params.bands_in_use().len() {
        let zone = scene.zone(slot);
        head(painter, look, scene, slot, zone, live.number_db(slot));
        if ui.memory(|memory| memory.has_focus(id(slot))) && keys::lead(ui) {
            let inside = zone.shrink(size::FOCUS_OFFSET + size::STROKE);
            paint::ring(painter, inside, 0.0, 0.0, size::STROKE, look.accent);
        }
    }
}

fn head(painter: &Painter, look: &Look, scene: &Scene<'_>, slot: usize, zone: Rect, gain_db: f32) {
    let palette = look.palette;
    let (band, is_chosen) = (&scene.params.band[slot], slot == scene.chosen);
    let name = bands::name(slot, scene.params.bands_in_use().len());
    let number = if band.enabled { numbers::signed(f64::from(gain_db), 1) } else { "off".to_owned() };
    let with_unit = if band.enabled { format!("{number} dB") } else { number.clone() };
    let name_role = if is_chosen { Role::Card } else { Role::Body };
    let widths = [
        write::width(painter, name_role, name) + NAME_X + size::CONTROL_GAP,
        write::width(painter, Role::BodyStrong, &with_unit) + GAIN_RIGHT,
        write::width(painter, Role::BodyStrong, &number) + size::GAP,
    ];
    let has_name = zone.width() >= widths[0] + widths[1];
    let has_unit = zone.width() >= NAME_X + widths[1];
    let is_beside = has_unit || zone.width() >= NAME_X + widths[2];
    let is_narrow = zone.width() < 2.0 * DISC_X;
    let y = zone.top() + LINE_Y;
    let disc =
        pos2(if is_narrow { zone.center().x } else { zone.left() + DISC_X }, if is_beside { y } else { y - 4.0 });
    if zone.width() >= 2.0 * DISC {
        let is_off = !band.enabled || scene.is_silent(slot);
        let (fill, on) = match () {
            () if is_chosen => (look.accent, palette.on),
            () if is_off => (palette.control, palette.scale_text),
            () => (palette.control, palette.value_text),
        };
        painter.circle_filled(disc, DISC, fill);
        write::text(painter, on, disc, Align2::CENTER_CENTER, Role::Pill, &(slot + 1).to_string());
    }
    if has_name {
        let at = pos2(zone.left() + NAME_X, y);
        let color = match () {
            () if !band.enabled => palette.scale_text,
            () if is_chosen => palette.value_text,
            () => palette.label_text,
        };
        write::text(painter, color, at, Align2::LEFT_CENTER, name_role, name);
    }
    let color = if scene.bypassed || !band.enabled { palette.scale_text } else { palette.limiter };
    let text = if has_unit { &with_unit } else { &number };
    if is_beside {
        let right = zone.right() - if has_unit { GAIN_RIGHT } else { size::GAP };
        write::text(painter, color, pos2(right, y), Align2::RIGHT_CENTER, Role::BodyStrong, text);
    } else if zone.width() >= widths[2] {
        let at = pos2(zone.center().x, zone.top() + SECOND_Y);
        write::text(painter, color, at, Align2::CENTER_CENTER, Role::LabelStrong, text);
    }
    if is_beside {
        marks(painter, look, scene, slot, pos2(zone.left() + 11.0, zone.top() + SECOND_Y), zone.width());
    }
}

/// What of a band is only for listening, in words while there is room.
fn marks(painter: &Painter, look: &Look, scene: &Scene<'_>, slot: usize, mut at: egui::Pos2, width: f32) {
    let band = &scene.params.band[slot];
    let end = at.x + width - 16.0;
    for (is_on, word) in [(band.solo, "Solo"), (band.mute, "Mute"), (band.delta, "Delta")] {
        let wide = write::width(painter, Role::ScaleStrong, word) + 10.0;
        if !is_on || at.x + wide > end {
            continue;
        }
        let pill = Rect::from_min_size(at - vec2(0.0, 7.0), vec2(wide, 14.0));
        paint::rounded(painter, pill, 7.0, look.palette.near);
        write::text(painter, look.palette.on, pill.center(), Align2::CENTER_CENTER, Role::ScaleStrong, word);
        at.x = pill.right() + size::GAP;
    }
}
