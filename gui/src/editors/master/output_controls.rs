//! The controls of the output stage.

use egui::{Align, Align2, Rect, Ui, pos2, vec2};
use runout_dsp_core::settings::Dither;

use crate::desk::Desk;
use crate::look::size;
use crate::widgets::{Segments, Toggle, ValueField};
use crate::write::{self, Role};
use crate::{gesture, paint, setting};

/// Widths of the choices, points, and the least that they shrink to in a narrow window.
const DEPTH: f32 = 196.0;
const DITHER: f32 = 224.0;
const SHAPE: f32 = 176.0;
const SWITCH: f32 = 104.0;
const SEED: f32 = 84.0;

/// From the plane's left edge, and from one choice to the next, points.
const LEFT: f32 = 44.0;
const BETWEEN: f32 = 24.0;

/// From a row's upper edge to its control, and to the line below it, points.
const LABEL: f32 = 16.0;
const REMARK: f32 = 14.0;

/// What a choice that does nothing now is shown with.
const DIM: f32 = 0.45;

const DEPTHS: [&str; 4] = ["Float", "16", "20", "24"];
const DITHERS: [&str; 4] = ["Auto", "None", "TPDF", "Shaped"];
const SHAPES: [&str; 2] = ["Lipshitz", "Wannamaker"];

const DEPTH_SENTENCE: &str = "Bits of the output; float quantizes nothing. Default Float. Arrow keys choose.";
const DITHER_SENTENCE: &str = "Noise added where bits are dropped. Auto is none in a plugin, TPDF where a file is written. \
                               Default Auto. Arrow keys choose.";
const SHAPE_SENTENCE: &str = "Curve of shaped dither at 44.1 and 48 kHz; at higher rates a mild one takes its place. \
                              Default Wannamaker. Arrow keys choose.";

/// Shows word length, dither, its shape, and what belongs to them on a plane.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, plane: Rect) {
    let palette = desk.look.palette;
    paint::horizontal(ui.painter(), plane.x_range(), plane.top(), palette.line);
    let is_low = plane.height() < 150.0;
    let left = plane.left() + if is_low { size::MARGIN } else { LEFT };
    let first = plane.top() + if is_low { 22.0 } else { 44.0 };
    let second = first + if is_low { 50.0 } else { 76.0 };
    let row = |x: f32, y: f32, width: f32| Rect::from_min_size(pos2(x, y), vec2(width, size::CONTROL));
    let label = |ui: &Ui, place: Rect, text: &str| {
        let at = pos2(place.left(), place.top() - LABEL / 2.0 - 2.0);
        write::text(ui.painter(), palette.label_text, at, Align2::LEFT_CENTER, Role::Label, text);
    };
    let depth = row(left, first, DEPTH);
    label(ui, depth, "Bit depth");
    choice(ui, desk, depth, "output.bit_depth", &DEPTHS, DEPTH_SENTENCE);
    let dither = row(depth.right() + BETWEEN, first, DITHER);
    label(ui, dither, "Dither");
    choice(ui, desk, dither, "output.dither", &DITHERS, DITHER_SENTENCE);
    let shape = row(left, second, SHAPE + 20.0);
    let is_shaped = desk.parameters.value("output.dither").map(Dither::from_index) == Some(Dither::Shaped);
    let opacity = ui.opacity();
    if !is_shaped {
        ui.multiply_opacity(DIM);
    }
    label(ui, shape, "Noise shape");
    choice(ui, desk, shape, "output.shape", &SHAPES, SHAPE_SENTENCE);
    if !is_low {
        let at = pos2(shape.left(), shape.bottom() + REMARK);
        write::text(ui.painter(), palette.scale_text, at, Align2::LEFT_CENTER, Role::Scale, "For 44.1 and 48 kHz");
    }
    ui.set_opacity(opacity);
    let silence = row(shape.right() + BETWEEN, second, SWITCH);
    label(ui, silence, "Digital silence");
    Toggle::new("Blank").show_parameter(ui, desk, silence, "output.blank_silence");
    let seed = row(silence.right() + BETWEEN, second, SEED);
    label(ui, seed, "Seed");
    ValueField::new("output.seed", seed).align(Align::Min).show(ui, desk);
}

/// A choice of the plugin with a sentence of its own.
fn choice(ui: &Ui, desk: &mut Desk<'_>, place: Rect, id: &str, words: &[&str], sentence: &str) {
    let Some((parameter, value)) = setting::find(id).zip(desk.parameters.value(id)) else { return };
    let name = desk.name(parameter);
    let default = parameter.default_value() as usize;
    let (response, asked) = Segments::new(words).show(ui, desk, place, &name, sentence, value as usize, default);
    if let Some(asked) = asked {
        gesture::once(ui, desk.parameters, response.id, id, asked as f32);
    }
}
