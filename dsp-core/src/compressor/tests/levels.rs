//! What level is read, and what gain it gets.

use super::{amplitude, measured, played, sine, tone_and_rest};
use crate::settings::{CompressorBand, CompressorMode, Detector};

/// The gain in dB of a steady sine.
fn gain_db(band: CompressorBand, frequency_hz: f64, level_db: f64, sample_rate: f64) -> f64 {
    let second = sample_rate as usize;
    let input = sine(frequency_hz, amplitude(level_db), sample_rate, second);
    let output = played(&measured(band), sample_rate, &input);
    // The second half second: whole periods, long after attack and release.
    let half = &output[second / 2..];
    20.0 * (tone_and_rest(half, frequency_hz, sample_rate).0 / amplitude(level_db)).log10()
}

/// 2:1 above -40 dBFS without a knee: half of what is read over the threshold is taken away.
fn half() -> CompressorBand {
    CompressorBand { threshold_db: -40.0, ratio: 2.0, knee_db: 0.0, ..CompressorBand::default() }
}

#[test]
fn a_sine_reads_its_peak_and_in_rms_3_db_less() {
    for rate in [22_050.0, 44_100.0, 48_000.0, 96_000.0] {
        for frequency_hz in [50.0, 100.0, 313.0, 1000.0] {
            let read_db = |band| -40.0 - 2.0 * gain_db(band, frequency_hz, -10.0, rate);
            let peak_db = read_db(half());
            // At 22.05 kHz samples of 1 kHz miss the peak by up to 0.09 dB where they never lie on it; twice as often they
            // do: 22.05 kHz and 1 kHz have 441 places, so that 0.02 dB hold.
            assert!((peak_db + 10.0).abs() < 0.02, "{frequency_hz} Hz at {rate}: peak {peak_db} dBFS");
            // A whole number of half periods in the window, where there is one within 0.1 %.
            let rms_db = read_db(CompressorBand { detector: Detector::Rms, rms_window_ms: 300.0, ..half() });
            assert!((rms_db + 13.0103).abs() < 0.02, "{frequency_hz} Hz at {rate}: RMS {rms_db} dBFS");
        }
    }
}

#[test]
fn the_static_curve_holds_at_24_levels_for_all_modes_knees_and_ratios() {
    let mut worst: f64 = 0.0;
    for mode in CompressorMode::ALL {
        for ratio in [1.5, 3.0, 100.0] {
            for knee_db in [0.0, 6.0, 36.0] {
                let band =
                    CompressorBand { mode: *mode, ratio, knee_db, threshold_db: -30.0, range_db: 24.0, ..half() };
                for level in 0..24 {
                    let level_db = -71.7 + 3.1 * f64::from(level);
                    let found_db = gain_db(band, 1000.0, level_db, 48_000.0);
                    let exact_db = crate::compressor::computer::exact_db(&band, level_db);
                    let error = (found_db - exact_db).abs();
                    assert!(
                        error < 0.05,
                        "{mode:?} {ratio}:1, knee {knee_db}, {level_db} dBFS: {found_db} for {exact_db}"
                    );
                    worst = worst.max(error);
                }
            }
        }
    }
    println!("worst error of the static curve: {worst:.5} dB");
}

#[test]
fn the_key_filters_what_is_heard_and_not_what_is_played() {
    // 12 dB per octave below the high-pass: at 100 Hz an octave below 200 Hz Butterworth is 12.3 dB down.
    let high_passed = CompressorBand { detector_high_pass_hz: 200.0, ..half() };
    let read_db = |band, frequency_hz| -40.0 - 2.0 * gain_db(band, frequency_hz, -10.0, 48_000.0);
    let butterworth_db = -10.0 - 10.0 * (1.0 + 16.0f64).log10();
    assert!((read_db(high_passed, 100.0) - butterworth_db).abs() < 0.05, "{}", read_db(high_passed, 100.0));
    assert!((read_db(high_passed, 4000.0) + 10.0).abs() < 0.05);
    // 3 dB per octave around 1 kHz: within half a dB of a straight line, which shelves bend most at the ends.
    let tilted = CompressorBand { detector_tilt_db_per_oct: 3.0, ..half() };
    for (frequency_hz, expected_db) in
        [(62.5, -22.0), (250.0, -16.0), (500.0, -13.0), (1000.0, -10.0), (2000.0, -7.0), (4000.0, -4.0)]
    {
        let found_db = read_db(tilted, frequency_hz);
        assert!((found_db - expected_db).abs() < 0.5, "{frequency_hz} Hz: {found_db} for {expected_db}");
    }
}
