//! What the output's card says: the word length and the dither.

use egui::{Align2, Painter, Rect, pos2};
use runout_dsp_core::settings::{BitDepth, Dither, NoiseShape};

use crate::look::Look;
use crate::parameters::Parameters;
use crate::write::{self, Role};

/// From the upper edge of what is left for them to the middles of the two lines, points.
const DEPTH_Y: f32 = 10.0;
const DITHER_Y: f32 = 32.0;

/// The word length: `24 bit`, `Float`.
pub fn depth(parameters: &dyn Parameters) -> String {
    let depth = BitDepth::from_index(parameters.value("output.bit_depth").unwrap_or(0.0));
    depth.bits().map_or_else(|| "Float".to_owned(), |bits| format!("{bits} bit"))
}

/// What is done where bits are dropped. A plugin leaves `auto` without dither: what hears it may be anything.
fn dither(parameters: &dyn Parameters) -> &'static str {
    let value = |id: &str| parameters.value(id).unwrap_or(0.0);
    if BitDepth::from_index(value("output.bit_depth")).bits().is_none() {
        return "Nothing is quantized";
    }
    match (Dither::from_index(value("output.dither")), NoiseShape::from_index(value("output.shape"))) {
        (Dither::Auto, _) => "Dither auto, none",
        (Dither::None, _) => "No dither",
        (Dither::Tpdf, _) => "Dither TPDF",
        (Dither::Shaped, NoiseShape::Lipshitz) => "Shaped, Lipshitz",
        (Dither::Shaped, NoiseShape::Wannamaker) => "Shaped, Wannamaker",
    }
}

/// Paints both lines.
pub fn paint(painter: &Painter, look: &Look, inside: Rect, parameters: &dyn Parameters) {
    let line = |y: f32, color, role, text: &str| {
        let at = pos2(inside.left(), inside.top() + y);
        write::elided(painter, color, at, Align2::LEFT_CENTER, role, text, inside.width());
    };
    line(DEPTH_Y, look.palette.value_text, Role::Value, &depth(parameters));
    line(DITHER_Y, look.palette.label_text, Role::Label, dither(parameters));
}
