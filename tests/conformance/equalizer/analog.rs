//! The oracle: H(s) as written in the Audio EQ Cookbook (R. Bristow-Johnson, W3C Note 2021) and the poles of Butterworth's
//! low-pass, in complex arithmetic.

use std::f64::consts::PI;

use runout_dsp_core::settings::{BandShape, CutSlope, EqualizerBand};
use rustfft::num_complex::Complex;

/// H(s) of a band at a frequency, Hz; the band's own is kept below 0.499 of the sample rate.
pub fn analog(band: &EqualizerBand, frequency_hz: f64, sample_rate: f64) -> Complex<f64> {
    let s = Complex::new(0.0, frequency_hz / f64::from(band.frequency_hz).min(0.499 * sample_rate));
    let (a, q) = (10f64.powf(f64::from(band.gain_db) / 40.0), f64::from(band.q));
    match band.shape {
        BandShape::Bell => (s * s + s * (a / q) + 1.0) / (s * s + s / (a * q) + 1.0),
        BandShape::LowShelf => (s * s + s * (a.sqrt() / q) + a) * a / (s * s * a + s * (a.sqrt() / q) + 1.0),
        BandShape::HighShelf => (s * s * a + s * (a.sqrt() / q) + 1.0) * a / (s * s + s * (a.sqrt() / q) + a),
        BandShape::Notch => (s * s + 1.0) / (s * s + s / q + 1.0),
        BandShape::BandPass => (s / q) / (s * s + s / q + 1.0),
        // From -gain to +gain: at the frequency itself nothing.
        BandShape::Tilt => (s * a * a + 1.0) / (s + a * a),
        BandShape::HighCut => butterworth(s, order(band.slope_db_per_oct), q),
        BandShape::LowCut => butterworth(1.0 / s, order(band.slope_db_per_oct), q),
    }
}

/// 6 dB per octave for each pole.
fn order(slope: CutSlope) -> usize {
    slope.word().parse::<usize>().expect("a slope is a number") / 6
}

/// Butterworth's low-pass of n poles on the unit circle; the pair nearest to the imaginary axis has its Q times q / 0.7071.
fn butterworth(s: Complex<f64>, n: usize, q: f64) -> Complex<f64> {
    let pole = |k: usize| Complex::from_polar(1.0, PI * (2 * k + n + 1) as f64 / (2 * n) as f64);
    let plain: Complex<f64> = (0..n).map(|k| 1.0 / (s - pole(k))).product();
    if n == 1 {
        return plain;
    }
    let damping = -2.0 * pole(0).re;
    plain * (s * s + s * damping + 1.0) / (s * s + s * (damping * 0.7071 / q) + 1.0)
}

#[test]
fn the_oracle_has_the_gains_that_its_shapes_are_known_by() {
    let at = |shape, gain_db, frequency_hz| {
        let band = EqualizerBand { shape, gain_db, frequency_hz: 1000.0, ..EqualizerBand::default() };
        super::decibels(analog(&band, frequency_hz, 48_000.0).norm())
    };
    // Far from the corner within 1e-6, and Butterworth's 3.0103 dB at it.
    for (found, expected) in [
        (at(BandShape::Bell, 9.0, 1000.0), 9.0),
        (at(BandShape::LowShelf, -6.0, 0.01), -6.0),
        (at(BandShape::HighShelf, 6.0, 1000.0), 3.0),
        (at(BandShape::Tilt, 6.0, 0.01), -6.0),
        (at(BandShape::Tilt, 6.0, 1000.0), 0.0),
        (at(BandShape::LowCut, 0.0, 1000.0), -3.0103),
        (at(BandShape::HighCut, 0.0, 10_000.0), -40.0004),
        (at(BandShape::BandPass, 0.0, 1000.0), 0.0),
    ] {
        assert!((found - expected).abs() < 1e-4, "{found} dB for {expected}");
    }
    for slope in CutSlope::ALL {
        let n = order(*slope) as i32;
        let expected = 1.0 / (1.0 + 1.7f64.powi(2 * n));
        let found = butterworth(Complex::new(0.0, 1.7), n as usize, 0.7071).norm_sqr();
        assert!((found / expected - 1.0).abs() < 1e-9, "{slope:?}");
    }
}
