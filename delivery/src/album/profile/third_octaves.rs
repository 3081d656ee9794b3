//! The third-octave bands of IEC 61260-1 (base ten) from 20 Hz to 20 kHz.

use std::f64::consts::TAU;

use runout_dsp_core::loudness::{KWeighting, Section};

/// How many bands there are.
pub const BANDS: usize = 31;

/// What the bands are called, Hz.
pub const NOMINAL_HZ: [f64; BANDS] = [
    20.0, 25.0, 31.5, 40.0, 50.0, 63.0, 80.0, 100.0, 125.0, 160.0, 200.0, 250.0, 315.0, 400.0, 500.0, 630.0, 800.0,
    1000.0, 1250.0, 1600.0, 2000.0, 2500.0, 3150.0, 4000.0, 5000.0, 6300.0, 8000.0, 10_000.0, 12_500.0, 16_000.0,
    20_000.0,
];

/// The band around 1 kHz.
const MIDDLE: usize = 17;

/// The share of a band that a rate must hold: of 20 kHz, 44.1 kHz holds 0.93, which is 0.3 dB of white noise.
const LEAST_SHARE: f64 = 0.9;

/// The rate at which K-weighting is taken, Hz: so high that its response in the bands is that of the analog filters, so
/// that one spectrum has one weight whatever the rate of its file.
const WEIGHTING_RATE_HZ: f64 = 384_000.0;

/// The exact middle of a band, Hz.
pub fn middle_hz(band: usize) -> f64 {
    1000.0 * 10f64.powf((band as f64 - MIDDLE as f64) / 10.0)
}

/// The edges of a band, Hz.
pub fn edges_hz(band: usize) -> [f64; 2] {
    [-0.05, 0.05].map(|decades| middle_hz(band) * 10f64.powf(decades))
}

/// How many of the bands a sample rate in Hz holds.
pub fn held_by(sample_rate: f64) -> usize {
    let holds = |band: &usize| {
        let [low, high] = edges_hz(*band);
        (sample_rate / 2.0 - low) >= LEAST_SHARE * (high - low)
    };
    (0..BANDS).take_while(holds).count()
}

/// The power gain of K-weighting in the middle of each band.
pub fn k_weights() -> [f64; BANDS] {
    let weighting = KWeighting::at(WEIGHTING_RATE_HZ);
    std::array::from_fn(|band| {
        let turn = TAU * middle_hz(band) / WEIGHTING_RATE_HZ;
        power_gain(&weighting.shelf, turn) * power_gain(&weighting.high_pass, turn)
    })
}

/// The power gain of a section at an angle in radians a frame.
fn power_gain(section: &Section, turn: f64) -> f64 {
    let squared = |[first, second, third]: [f64; 3]| {
        let real = first + second * turn.cos() + third * (2.0 * turn).cos();
        let imaginary = second * turn.sin() + third * (2.0 * turn).sin();
        real * real + imaginary * imaginary
    };
    squared(section.b) / squared([1.0, section.a[0], section.a[1]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bands_are_where_their_names_say_and_touch() {
        for (band, nominal_hz) in NOMINAL_HZ.iter().enumerate() {
            // The names are rounded: 31.5 for 31.62 Hz, 12500 for 12589.
            assert!((middle_hz(band) / nominal_hz - 1.0).abs() < 0.012, "{nominal_hz}");
            if band > 0 {
                // 1e-12: one rounding of each power.
                assert!((edges_hz(band - 1)[1] / edges_hz(band)[0] - 1.0).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn a_rate_holds_what_lies_below_half_of_it() {
        let highest_hz = [22_050.0, 32_000.0, 44_100.0, 48_000.0, 384_000.0].map(|rate| NOMINAL_HZ[held_by(rate) - 1]);
        assert_eq!(highest_hz, [10_000.0, 12_500.0, 20_000.0, 20_000.0, 20_000.0]);
    }

    #[test]
    fn the_weights_are_those_of_bs_1770() {
        let weights_db = k_weights().map(|weight| 10.0 * weight.log10());
        // At 997 Hz the weighting has 0.691 dB at 48 kHz, and 0.027 dB less at 192 kHz: the transform's own effect. 1000 Hz
        // is within 0.003 dB of there.
        assert!((weights_db[MIDDLE] - 0.664).abs() < 0.004, "{weights_db:?}");
        assert!((weights_db[BANDS - 1] - 4.0).abs() < 0.02, "{weights_db:?}");
        // Two poles at 38.1 Hz with a Q of 0.5: 6 dB at their frequency, of which 40 Hz is 0.4 dB away.
        assert!((weights_db[3] + 5.6).abs() < 0.1, "{weights_db:?}");
    }
}
