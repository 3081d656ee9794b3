//! K-weighting and channel weights.

use super::two_pass::sections;
use super::{assert_near, measured};
use runout_dsp_core::loudness::KWeighting;
use runout_tests::signals::sine;
use std::f64::consts::TAU;

#[test]
fn coefficients_at_48_khz_are_the_printed_ones() {
    let weighting = KWeighting::at(48_000.0);
    let printed = [
        (&weighting.shelf.b[..], &[1.53512485958697, -2.69169618940638, 1.19839281085285][..]),
        (&weighting.shelf.a, &[-1.69065929318241, 0.73248077421585]),
        (&weighting.high_pass.b, &[1.0, -2.0, 1.0]),
        (&weighting.high_pass.a, &[-1.99004745483398, 0.99007225036621]),
    ];
    for (found, expected) in printed {
        for (found, expected) in found.iter().zip(expected) {
            // Half a unit of the last of the fourteen digits that BS.1770 prints.
            assert_near("coefficient", *found, *expected, 5e-15 + 1e-14);
        }
    }
}

#[test]
fn coefficients_at_other_rates_are_derived_anew() {
    let at = KWeighting::at;
    let checks = [
        (at(44_100.0).shelf.b[0], 1.53084123005035),
        (at(44_100.0).shelf.a[0], -1.66365511325602),
        (at(96_000.0).shelf.b[0], 1.55971422897580),
        (at(96_000.0).high_pass.a[0], -1.99501754472472),
        (at(192_000.0).shelf.b[0], 1.57222721509128),
    ];
    for (found, expected) in checks {
        // As above: the last digit given.
        assert_near("coefficient", found, expected, 1.5e-14);
    }
    for rate in [8_000.0, 22_050.0, 384_000.0] {
        let [shelf, high_pass] = sections(rate);
        let found = at(rate);
        let flat = |section: runout_dsp_core::loudness::Section| {
            [section.b[0], section.b[1], section.b[2], section.a[0], section.a[1]]
        };
        for (found, expected) in flat(found.shelf).iter().zip(shelf).chain(flat(found.high_pass).iter().zip(high_pass))
        {
            // A few roundings of f64.
            assert_near("coefficient", *found, expected, 1e-14);
        }
    }
}

/// Gain in dB of a section at a frequency.
fn response_db([b0, b1, b2, a1, a2]: [f64; 5], frequency_hz: f64, rate: f64) -> f64 {
    let angle = TAU * frequency_hz / rate;
    let power = |c0: f64, c1: f64, c2: f64| {
        let real = c0 + c1 * angle.cos() + c2 * (2.0 * angle).cos();
        let imaginary = c1 * angle.sin() + c2 * (2.0 * angle).sin();
        real * real + imaginary * imaginary
    };
    10.0 * (power(b0, b1, b2) / power(1.0, a1, a2)).log10()
}

#[test]
fn sines_are_weighted_by_the_printed_filters() {
    let rate = 48_000.0;
    let shelf = [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585];
    let high_pass = [1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621];
    for frequency_hz in [30.0, 100.0, 500.0, 2_000.0, 10_000.0, 20_000.0] {
        let weight_db = response_db(shelf, frequency_hz, rate) + response_db(high_pass, frequency_hz, rate);
        let read = measured(&[sine(frequency_hz, 0.1, 0.0, rate, 480_000)], rate);
        // A sine of 0.1 has a mean square of -23.01 dB. 0.01 LU: the filter settles within the first of 97 blocks.
        assert_near("S", read.short_term_lufs, -0.691 - 23.0103 + weight_db, 0.001);
        assert_near("I", read.integrated_lufs, -0.691 - 23.0103 + weight_db, 0.01);
    }
}

#[test]
fn a_full_scale_sine_of_997_hz_is_the_anchor() {
    for (rate, expected) in [(44_100.0, -3.007), (48_000.0, -3.010), (192_000.0, -3.037)] {
        let tone = sine(997.0, 1.0, 0.0, rate, (10.0 * rate) as usize);
        // 0.0015 LU: half of the last digit given, and a window that holds no whole number of periods.
        assert_near("one channel", measured(std::slice::from_ref(&tone), rate).short_term_lufs, expected, 0.0015);
        let stereo = measured(&[tone.clone(), tone], rate);
        assert_near("two channels", stereo.short_term_lufs, expected + 3.0103, 0.0015);
        assert_near("integrated", stereo.integrated_lufs, expected + 3.0103, 0.005);
    }
}

#[test]
fn every_channel_has_its_weight() {
    let rate = 48_000.0;
    let tone = sine(997.0, 0.5, 0.0, rate, 48_000 * 4);
    let surround = 10.0 * 1.41f64.log10();
    let six = [0.0, 0.0, 0.0, f64::NEG_INFINITY, surround, surround];
    let none = f64::NEG_INFINITY;
    let twelve = [0.0, 0.0, 0.0, none, 0.0, 0.0, surround, surround, 0.0, 0.0, 0.0, 0.0];
    let alone = measured(std::slice::from_ref(&tone), rate).integrated_lufs;
    for weights_db in [&six[..], &twelve[..]] {
        for (channel, weight_db) in weights_db.iter().enumerate() {
            let mut signal = vec![vec![0.0; tone.len()]; weights_db.len()];
            signal[channel] = tone.clone();
            let read = measured(&signal, rate);
            if weight_db.is_finite() {
                // 1e-9 LU: the same energies times the weight.
                assert_near("weight", read.integrated_lufs, alone + weight_db, 1e-9);
            } else {
                assert_eq!(read.integrated_lufs, f64::NEG_INFINITY, "the low-frequency effects are not in loudness");
                assert_eq!(read.momentary_max_lufs, f64::NEG_INFINITY);
            }
            // The peaks of all channels count, the low-frequency effects included: -6.02 dB, and the tone's abrupt ends
            // ring at most 1 dB over.
            for (other, peak_dbtp) in read.true_peak_dbtp.iter().enumerate() {
                if other == channel {
                    assert!((-6.03..-5.0).contains(peak_dbtp), "{peak_dbtp}");
                } else {
                    assert_eq!(*peak_dbtp, f64::NEG_INFINITY);
                }
            }
        }
    }
}
