//! What a band's shape is called, and which of its values it heeds.

use std::sync::LazyLock;

use runout_dsp_core::settings::{BandShape, CutSlope, EqualizerBand};

use super::bands::has_slope;
use crate::setting;
use crate::widgets::Entry;

/// The shapes as entries of a list, in their order.
pub fn entries() -> &'static [Entry] {
    static SHAPES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
        let entry = |shape: &BandShape| Entry { icon: Some(*shape), ..Entry::new(name(*shape)) };
        BandShape::ALL.iter().map(entry).collect()
    });
    &SHAPES
}

/// The slopes as entries of a list, in their order.
pub fn slopes() -> &'static [Entry] {
    static SLOPES: LazyLock<Vec<Entry>> =
        LazyLock::new(|| CutSlope::ALL.iter().map(|slope| Entry::new(format!("{} dB/oct", slope.word()))).collect());
    &SLOPES
}

/// The name of a shape: `Low shelf`.
pub fn name(shape: BandShape) -> String {
    setting::word(shape.word())
}

/// Whether Q changes anything: a tilt has none, and a cut of 6 dB per octave resonates nowhere.
pub fn has_q(band: &EqualizerBand) -> bool {
    band.shape != BandShape::Tilt && !(has_slope(band.shape) && band.slope_db_per_oct == CutSlope::Six)
}

/// The words of the channels as they are shown, in their order: in full, as segments, and the shortest.
pub const CHANNELS: [&str; 5] = ["Stereo", "Mid", "Side", "Left", "Right"];
pub const CHANNEL_SEGMENTS: [&str; 5] = ["Stereo", "Mid", "Side", "L", "R"];
pub const CHANNEL_LETTERS: [&str; 5] = ["St", "M", "S", "L", "R"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::equalizer_view::bands::has_gain;

    #[test]
    fn every_shape_heeds_what_its_response_depends_on() {
        use runout_dsp_core::equalizer::prototype::Prototype;
        let slopes = CutSlope::ALL.iter().copied();
        for (shape, slope) in BandShape::ALL.iter().flat_map(|shape| slopes.clone().map(move |slope| (*shape, slope))) {
            let band = EqualizerBand { shape, slope_db_per_oct: slope, gain_db: 3.0, ..EqualizerBand::default() };
            let response = |band: &EqualizerBand| {
                let prototype = Prototype::new(band, 48_000.0);
                [300.0, 990.0, 1500.0].map(|frequency_hz| prototype.power(frequency_hz))
            };
            let depends = |other: EqualizerBand| response(&other) != response(&band);
            assert_eq!(depends(EqualizerBand { gain_db: 6.0, ..band }), has_gain(shape), "{shape:?}: gain");
            assert_eq!(depends(EqualizerBand { q: 2.0, ..band }), has_q(&band), "{shape:?} {slope:?}: Q");
            let other = if slope == CutSlope::Six { CutSlope::Twelve } else { CutSlope::Six };
            let depends_on_slope = depends(EqualizerBand { slope_db_per_oct: other, ..band });
            assert_eq!(depends_on_slope, has_slope(shape), "{shape:?}: slope");
        }
    }
}
