//! What the chosen band listens to: peaks or power, and what is filtered of it before.

use egui::{Rect, Ui, pos2, vec2};
use runout_dsp_core::settings::{CompressorBand, Detector};

use super::{PADDING, Subject};
use crate::compressor_view::bands;
use crate::desk::Desk;
use crate::look::size;
use crate::widgets::{Button, Knob, Segments, popup};

const MEASURES: [&str; 2] = ["Peak", "RMS"];

/// The knobs behind the button: fields and labels; from one to the next, and their radius, points.
const KNOBS: [(&str, &str); 3] =
    [("rms_window_ms", "RMS window"), ("detector_high_pass_hz", "High-pass"), ("detector_tilt_db_per_oct", "Tilt")];
const PITCH: f32 = 126.0;
const RADIUS: f32 = 16.0;
const HEIGHT: f32 = 64.0;

/// Peak or RMS of the band in a slot.
pub fn measure(ui: &Ui, desk: &mut Desk<'_>, rect: Rect, slot: usize) {
    Segments::new(&MEASURES).show_parameter(ui, desk, rect, &bands::id(slot, "detector"));
}

/// The button, and what is behind it; `has_measure` puts peak or RMS there too.
pub fn show(ui: &Ui, desk: &mut Desk<'_>, rect: Rect, subject: &Subject<'_>, has_measure: bool) {
    let (slot, band) = (subject.chosen, &subject.params.band[subject.chosen]);
    let id = ui.scope_id().with("detector");
    let sentence = "what the chosen band hears: window, high-pass and tilt before its level is read.";
    let name = if desk.full_names { "Compressor detector" } else { "Detector" };
    if Button::new("Detector", sentence).named(name).show(ui, desk, rect).clicked() {
        popup::toggle(ui, id);
    }
    if is_filtered(band) {
        ui.painter().circle_filled(rect.right_top() + vec2(-5.0, 5.0), 2.0, desk.look.accent);
    }
    let above = if has_measure { size::CONTROL + size::CONTROL_GAP } else { 0.0 };
    let extent = vec2(2.0 * PADDING + PITCH * KNOBS.len() as f32, HEIGHT + above);
    popup::show(ui, desk, id, rect, extent, |ui, desk, rect| {
        if has_measure {
            let corner = rect.min + vec2(PADDING, PADDING);
            measure(ui, desk, Rect::from_min_size(corner, vec2(PITCH, size::CONTROL)), slot);
        }
        for (index, (field, label)) in KNOBS.into_iter().enumerate() {
            let x = rect.left() + PADDING + RADIUS + 6.0 + PITCH * index as f32;
            let is_lit = field != "rms_window_ms" || band.detector == Detector::Rms;
            let center = pos2(x, rect.top() + above + HEIGHT / 2.0);
            Knob::new(&bands::id(slot, field), center, RADIUS).label(label).beside().lit(is_lit).show(ui, desk);
        }
    });
}

/// Whether a band hears something else than itself.
fn is_filtered(band: &CompressorBand) -> bool {
    band.detector_high_pass_hz > 0.0 || band.detector_tilt_db_per_oct != 0.0
}
