//! The interpolator's three filters, designed in f64 when a processor is prepared.
//!
//! What must match between two true-peak meters is the response at Nyquist: the same cut-off and the same slope there.
//! The slope is the area of the window, so 128 taps under a Kaiser window of beta 4.5 agree with the reference meter's
//! 192 taps at beta 10 (see `tests/support/reference_meter.rs`), where 128 taps at beta 10 would be off by 0.2 dB.

use std::f64::consts::PI;

/// Taps of each of the two phases of the first stage.
pub(super) const FIRST_TAPS: usize = 128;

/// Distinct taps of the second stage: a half-band filter whose new phase has 12 symmetric taps.
pub(super) const SECOND_TAPS: usize = 6;

/// Distinct taps of the third stage: a half-band filter whose new phase has 8 symmetric taps.
pub(super) const THIRD_TAPS: usize = 4;

/// Cut-off of the first stage as a share of the Nyquist frequency, that of the reference meter.
const CUTOFF: f64 = 0.995;
/// Gives the first stage the reference meter's slope at its cut-off.
const FIRST_BETA: f64 = 4.5;
/// The later stages only see content below a quarter and an eighth of their rate.
const HALF_BAND_BETA: f64 = 9.0;

/// The coefficients of the three stages.
#[derive(Clone)]
pub(super) struct Filters {
    /// First stage, the values at the frames themselves: tap `t` weighs frame `n + t - 63`. 127 taps and a 0.
    pub(super) even: [f32; FIRST_TAPS],
    /// First stage, the values half-way to the next frame, likewise.
    pub(super) odd: [f32; FIRST_TAPS],
    /// Second stage, from the middle outwards.
    pub(super) second: [f32; SECOND_TAPS],
    /// Third stage, from the middle outwards.
    pub(super) third: [f32; THIRD_TAPS],
}

impl Filters {
    pub(super) fn new() -> Self {
        let prototype = low_pass(2 * FIRST_TAPS - 1, CUTOFF / 2.0, FIRST_BETA);
        // The prototype's middle, index 127, is the even phase's tap 63.
        let phase = |from: usize| {
            std::array::from_fn(|tap| prototype.get(from + 2 * tap).map_or(0.0, |&tap| (2.0 * tap) as f32))
        };
        Self { even: phase(1), odd: phase(0), second: half_band(), third: half_band() }
    }
}

/// The distinct taps of a half-band interpolator's new phase, from the middle outwards.
pub(crate) fn half_band<const TAPS: usize>() -> [f32; TAPS] {
    let prototype = low_pass(4 * TAPS - 1, 0.5, HALF_BAND_BETA);
    std::array::from_fn(|tap| (2.0 * prototype[2 * TAPS + 2 * tap]) as f32)
}

/// A linear-phase low-pass of `taps` taps (odd), cut off at `cutoff` times Nyquist, under a Kaiser window, with gain 1
/// at 0 Hz.
fn low_pass(taps: usize, cutoff: f64, beta: f64) -> Vec<f64> {
    let middle = (taps / 2) as f64;
    let mut filter: Vec<f64> = (0..taps)
        .map(|index| {
            let offset = index as f64 - middle;
            let ratio = offset / middle;
            let window = bessel_i0(beta * (1.0 - ratio * ratio).max(0.0).sqrt()) / bessel_i0(beta);
            window * cutoff * sinc(cutoff * offset)
        })
        .collect();
    let sum: f64 = filter.iter().sum();
    filter.iter_mut().for_each(|tap| *tap /= sum);
    filter
}

/// sin(pi x) / (pi x).
pub(super) fn sinc(x: f64) -> f64 {
    if x == 0.0 { 1.0 } else { (PI * x).sin() / (PI * x) }
}

/// The modified Bessel function of the first kind, order 0, by its power series.
fn bessel_i0(x: f64) -> f64 {
    let quarter_square = x * x / 4.0;
    let mut term = 1.0;
    let mut sum = 1.0;
    // 60 terms reach the precision of f64 for every beta below 20.
    for index in 1..60 {
        term *= quarter_square / f64::from(index * index);
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phase_passes_a_constant() {
        let filters = Filters::new();
        for phase in [&filters.even, &filters.odd] {
            let sum: f64 = phase.iter().map(|&tap| f64::from(tap)).sum();
            // The first stage's image of 0 Hz, at its Nyquist frequency, is 70 dB down: 3e-4.
            assert!((sum - 1.0).abs() < 3e-4, "a phase sums to {sum}");
        }
        let second: f64 = filters.second.iter().map(|&tap| 2.0 * f64::from(tap)).sum();
        let third: f64 = filters.third.iter().map(|&tap| 2.0 * f64::from(tap)).sum();
        // Likewise: 1e-4 of the half-band filters.
        assert!((second - 1.0).abs() < 1e-4 && (third - 1.0).abs() < 1e-4, "{second} {third}");
    }

    #[test]
    fn the_phases_are_symmetric() {
        let filters = Filters::new();
        for tap in 0..127 {
            assert_eq!(filters.even[tap], filters.even[126 - tap]);
        }
        for tap in 0..128 {
            assert_eq!(filters.odd[tap], filters.odd[127 - tap]);
        }
        assert_eq!(filters.even[127], 0.0);
    }
}
