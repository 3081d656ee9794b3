//! What the key lets the detector hear.

use super::{amplitude, measured, played, sine, tone_and_rest};
use crate::settings::CompressorBand;

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
