//! Auto make-up: the static gain that brings a band's curve at -18 dBFS back to unity.
//!
//! It belongs to the curve and never follows the signal.

use super::computer::Shape;
use crate::dynamics::DB_PER_OCTAVE;
use crate::settings::CompressorBand;

/// The level at which input and output are to be the same, dBFS.
const UNITY_DBFS: f64 = -18.0;

/// The most that it may move gain, dB.
const MOST_DB: f64 = 12.0;

/// The automatic make-up of a band, -12 to 12 dB.
pub(super) fn automatic_db(band: &CompressorBand) -> f64 {
    let gain = Shape::of(band).gain_at(band.mode, (UNITY_DBFS / DB_PER_OCTAVE) as f32);
    // The difference is never a negative zero.
    (0.0 - f64::from(gain) * DB_PER_OCTAVE).clamp(-MOST_DB, MOST_DB)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::CompressorMode;

    #[test]
    fn the_curve_comes_back_to_unity_at_18_dbfs() {
        let band = CompressorBand { knee_db: 0.0, ..CompressorBand::default() };
        assert_eq!(automatic_db(&band), 0.0);
        let near = |band: &CompressorBand, expected_db: f64| (automatic_db(band) - expected_db).abs() < 1e-5;
        // 12 dB over at 3:1 are 8 dB down; at 100:1 all 12 and more, but 12 is the most.
        assert!(near(&CompressorBand { threshold_db: -30.0, ratio: 3.0, ..band }, 8.0));
        assert!(near(&CompressorBand { threshold_db: -50.0, ratio: 100.0, ..band }, 12.0));
        assert!(near(&CompressorBand { threshold_db: -50.0, ratio: 100.0, range_db: 5.0, ..band }, 5.0));
        // 4 dB below a threshold of -14 at 2:1: expanded by 4 dB more, or raised by 2.
        let below = CompressorBand { threshold_db: -14.0, ratio: 2.0, ..band };
        assert!(near(&CompressorBand { mode: CompressorMode::Expand, ..below }, 4.0));
        assert!(near(&CompressorBand { mode: CompressorMode::Upward, ..below }, -2.0));
    }
}
