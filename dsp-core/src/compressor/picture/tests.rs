use super::*;
use crate::settings::CompressorMode;

fn band(mode: CompressorMode) -> CompressorBand {
    CompressorBand { mode, threshold_db: -20.0, ratio: 4.0, knee_db: 0.0, ..CompressorBand::default() }
}

/// The table of what goes in and comes out with a threshold of -20 dBFS, ratio 4 and no knee; dBFS.
const TABLE: [(f64, [f64; 3]); 5] = [
    (0.0, [-15.0, 0.0, 0.0]),
    (-8.0, [-17.0, -8.0, -8.0]),
    (-24.0, [-24.0, -36.0, -21.0]),
    (-40.0, [-40.0, -100.0, -25.0]),
    (-60.0, [-60.0, -120.0, -30.0]),
];

#[test]
fn the_static_curve_is_that_of_the_table() {
    let modes = [CompressorMode::Compress, CompressorMode::Expand, CompressorMode::Upward];
    for (input, outputs) in TABLE {
        for (mode, output) in modes.into_iter().zip(outputs) {
            let found = input + static_gain_db(&band(mode), input);
            // 1e-4 dB: a few roundings of f32 at 100 dB.
            assert!((found - output).abs() < 1e-4, "{mode:?} at {input}: {found} is not {output}");
        }
    }
    assert_eq!(static_gain_db(&band(CompressorMode::Compress), f64::NEG_INFINITY), 0.0);
    assert!((static_gain_db(&band(CompressorMode::Expand), f64::NEG_INFINITY) + 60.0).abs() < 1e-4, "its range");
}

#[test]
fn in_the_knee_the_curve_is_a_parabola() {
    // A knee of 6 dB at 2:1: at the threshold a quarter of half its width is taken, and half of that is lost.
    let soft = CompressorBand { threshold_db: -24.0, ratio: 2.0, knee_db: 6.0, ..CompressorBand::default() };
    for (level, gain) in [(-27.0, 0.0), (-24.0, -0.375), (-22.5, -0.84375), (-21.0, -1.5), (-14.0, -5.0)] {
        let found = static_gain_db(&soft, level);
        assert!((found - gain).abs() < 1e-4, "{found} is not {gain} at {level}");
    }
}

#[test]
fn corners_are_used_in_order_and_in_range() {
    let mut params = CompressorParams { bands: 4, ..CompressorParams::default() };
    params.crossover_hz = [3000.0, 20_000.0, 100.0, 1.0, 2.0];
    assert_eq!(corners_hz(&params, 40_000.0), [100.0, 3000.0, 19_600.0]);
    assert_eq!(corners_hz(&CompressorParams::default(), 48_000.0), []);
}

#[test]
fn shares_sum_to_one_and_meet_at_half() {
    let corners = [120.0, 1000.0, 6000.0];
    for frequency_hz in [1.0, 20.0, 120.0, 500.0, 5999.0, 20_000.0] {
        let shares = shares_at(&corners, frequency_hz);
        // Rounding of f64.
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(shares.iter().all(|share| *share >= 0.0) && shares[4..] == [0.0; 2]);
    }
    let shares = shares_at(&corners, 120.0);
    // The other corners, three octaves up and more, take 120^4 / 1000^4.
    assert!((shares[0] - 0.5).abs() < 1e-12 && (shares[1] - 0.5).abs() < 3e-4, "{shares:?}");
    assert_eq!(shares_at(&[], 1000.0), [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    assert_eq!(shares_at(&[500.0, 500.0], 300.0)[1], 0.0, "nothing lies between two that are equal");
}

#[test]
fn gains_mix_as_amplitudes() {
    let gains = [-6.0206, 0.0, -3.0, -60.0, 0.0, 0.0];
    assert!((mixed_gain_db(&[1.0, 0.0, 0.0, 0.0, 0.0, 0.0], &gains) + 6.0206).abs() < 1e-9);
    // Half at half the amplitude and half at all of it: three quarters.
    let found = mixed_gain_db(&[0.5, 0.5, 0.0, 0.0, 0.0, 0.0], &gains);
    assert!((found - 20.0 * 0.75f64.log10()).abs() < 1e-4, "{found}");
}
