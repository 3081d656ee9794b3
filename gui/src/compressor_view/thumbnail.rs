//! The bands in small: what a card shows of the compressor.

use egui::{Painter, Rect, pos2, vec2};

use super::{CompressorView, bands};
use crate::look::Look;
use crate::paint;
use crate::parameters::Parameters;

/// From one bar to the next at the most, and between two, points; what the number beside them takes.
const PITCH: f32 = 26.0;
const BETWEEN: f32 = 6.0;
const NUMBER: f32 = 58.0;

/// The height of a bar, points, and the gain that fills it, dB.
const HEIGHT: f32 = 40.0;
const FULL_DB: f32 = 12.0;

impl CompressorView {
    /// Paints the gain of each band as a bar: what is lowered hangs, what is raised stands.
    pub fn thumbnail(&self, painter: &Painter, look: &Look, place: Rect, parameters: &dyn Parameters) {
        let palette = look.palette;
        let used = bands::read(parameters).bands_in_use().len();
        let pitch = ((place.width() - NUMBER) / used as f32).min(PITCH);
        let extent = vec2((pitch - BETWEEN).max(2.0), HEIGHT.min(place.height()));
        for slot in 0..used {
            let bar = Rect::from_min_size(pos2(place.left() + pitch * slot as f32, place.top()), extent);
            let gain_db = self.live.gain_db(slot);
            let reach = (gain_db.abs() / FULL_DB).min(1.0) * bar.height();
            paint::rounded(painter, bar, 1.0, palette.window);
            let filled =
                if gain_db > 0.0 { bar.with_min_y(bar.bottom() - reach) } else { bar.with_max_y(bar.top() + reach) };
            paint::plane(painter, filled, palette.limiter);
        }
    }
}
