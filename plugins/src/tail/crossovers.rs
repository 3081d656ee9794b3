//! How long the filters of crossovers ring.

use std::f64::consts::{PI, SQRT_2};

use super::decay_to_silence;

/// The highest corner, of the sample rate.
const HIGHEST_OF_RATE: f64 = 0.49;

/// Frames in which minimum-phase crossovers fall to silence, one after the other, of what is raised by some dB: their poles
/// are those of Butterworth's second order, twice.
pub(super) fn filters(crossovers_hz: &[f32], raised_db: f64, sample_rate: f64) -> usize {
    let exponent = of_double_poles(decay_to_silence(raised_db));
    let frames = |hz: &f32| exponent / decay_in_frame(f64::from(*hz), sample_rate);
    crossovers_hz.iter().map(frames).sum::<f64>().ceil() as usize
}

/// The exponent at which `(1 + x) e^-x`, the answer of two equal poles, has decayed as far as `e^-decay` has.
fn of_double_poles(decay: f64) -> f64 {
    // Each step is within a tenth of the last one's distance.
    (0..8).fold(decay, |exponent, _| decay + exponent.ln_1p())
}

/// How far a filter at a corner falls in a frame, as an exponent: the radius of the poles that the trapezoidal rule makes
/// of `g e^(3/4 i pi)`.
pub(super) fn decay_in_frame(corner_hz: f64, sample_rate: f64) -> f64 {
    let g = (PI * corner_hz.min(HIGHEST_OF_RATE * sample_rate) / sample_rate).tan();
    let (below, above) = (1.0 - SQRT_2 * g + g * g, 1.0 + SQRT_2 * g + g * g);
    0.5 * (above / below).ln()
}
