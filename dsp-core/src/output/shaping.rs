//! Noise shaping: the error of the samples before is taken back from the next, so that its spectrum is that of
//! 1 - sum of c_k z^-k, white noise times that.
//!
//! The curves of Lipshitz (five coefficients; JAES 39(11), 1991) and Wannamaker (nine; JAES 40(7/8), 1992) follow the ear's
//! threshold at 44.1 and 48 kHz: the whole error rises by 12.19 and 18.40 dB, and where the ear is keen it falls. At other
//! rates their dips would lie elsewhere: there it is (1 - 0.75 z^-1)^2, which takes 24 dB from the lowest frequencies, gives
//! the highest 10 dB and the whole 5.52 dB.

use crate::settings::NoiseShape;

/// Coefficients of the longest curve.
pub(super) const MOST: usize = 9;

/// The coefficients c_1, c_2 and so on.
pub(super) type Curve = [f64; MOST];

const LIPSHITZ: Curve = [2.033, -2.165, 1.959, -1.590, 0.6149, 0.0, 0.0, 0.0, 0.0];
const WANNAMAKER: Curve = [2.412, -3.370, 3.937, -4.174, 3.353, -2.205, 1.281, -0.569, 0.0847];
const MILD: Curve = [1.5, -0.5625, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];

/// Rates that the ear's curves are for, Hz.
const EARS_RATES_HZ: std::ops::RangeInclusive<f64> = 44_000.0..=48_100.0;

/// The curve that a shape is at a rate, Hz.
pub(super) fn curve(shape: NoiseShape, sample_rate: f64) -> &'static Curve {
    match shape {
        _ if !EARS_RATES_HZ.contains(&sample_rate) => &MILD,
        NoiseShape::Lipshitz => &LIPSHITZ,
        NoiseShape::Wannamaker => &WANNAMAKER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_error_rises_by_what_the_curves_are_known_for() {
        for (shape, rate, expected_db) in [
            (NoiseShape::Lipshitz, 44_100.0, 12.19),
            (NoiseShape::Lipshitz, 48_000.0, 12.19),
            (NoiseShape::Wannamaker, 44_100.0, 18.40),
            (NoiseShape::Wannamaker, 96_000.0, 5.52),
        ] {
            let squares: f64 = curve(shape, rate).iter().map(|value| value * value).sum();
            // The table's own digits.
            assert!((10.0 * (1.0 + squares).log10() - expected_db).abs() < 0.005, "{shape:?} at {rate}");
        }
    }
}
