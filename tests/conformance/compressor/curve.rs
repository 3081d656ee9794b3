//! What level is read, and what gain it gets.

use runout_dsp_core::settings::{CompressorBand, CompressorMode, Detector};

use super::{decibels, gain_db, measured, played_mono, tone};
use runout_tests::signals::sine;

/// The gain at a level, by the definition: a ratio of R moves what lies beyond the threshold, of which in the knee
/// (over + knee / 2)^2 / (2 knee) counts.
fn exact_db(band: &CompressorBand, level_db: f64) -> f64 {
    let [threshold, ratio, knee, range] = [band.threshold_db, band.ratio, band.knee_db, band.range_db].map(f64::from);
    let over = if band.mode == CompressorMode::Compress { level_db - threshold } else { threshold - level_db };
    let counts = match over {
        over if over <= -knee / 2.0 => 0.0,
        over if over >= knee / 2.0 => over,
        over => (over + knee / 2.0).powi(2) / (2.0 * knee),
    };
    let rest = if ratio == 100.0 { 0.0 } else { 1.0 / ratio };
    match band.mode {
        CompressorMode::Compress => -(counts * (1.0 - rest)).min(range),
        CompressorMode::Expand => -(counts * (ratio - 1.0)).min(range),
        CompressorMode::Upward => (counts * (1.0 - rest)).min(range),
    }
}

#[test]
fn the_static_curve_holds_at_24_levels_for_all_modes_knees_and_ratios() {
    let mut worst: f64 = 0.0;
    for mode in CompressorMode::ALL {
        for ratio in [1.5, 4.0, 20.0, 100.0] {
            for knee_db in [0.0, 6.0, 36.0] {
                let (threshold_db, range_db) = (-30.0, 24.0);
                let band =
                    CompressorBand { mode: *mode, ratio, knee_db, threshold_db, range_db, ..CompressorBand::default() };
                for level in 0..24 {
                    // On no place where the curve bends: there a steep gate would ask for the level to the last digit.
                    let level_db = -71.7 + 3.1 * f64::from(level);
                    let found_db = gain_db(&measured(band), 48_000.0, 1000.0, level_db);
                    let error = (found_db - exact_db(&band, level_db)).abs();
                    assert!(error < 0.05, "{mode:?} {ratio}:1, knee {knee_db} dB, {level_db} dBFS: {found_db} dB");
                    worst = worst.max(error);
                }
            }
        }
    }
    println!("worst error of the static curve: {worst:.4} dB");
}

/// 2:1 above -40 dBFS without a knee: half of what is read over the threshold is taken away.
fn half() -> CompressorBand {
    CompressorBand { threshold_db: -40.0, ratio: 2.0, knee_db: 0.0, ..CompressorBand::default() }
}

/// The level that is read of a sine of -10 dBFS.
fn read_db(band: CompressorBand, sample_rate: f64, frequency_hz: f64) -> f64 {
    -40.0 - 2.0 * gain_db(&measured(band), sample_rate, frequency_hz, -10.0)
}

#[test]
fn a_sine_reads_its_peak_and_in_rms_3_db_less() {
    for rate in [44_100.0, 48_000.0, 96_000.0, 192_000.0] {
        // A third of an octave apart, on whole Hz.
        for frequency_hz in
            [50.0, 63.0, 80.0, 100.0, 125.0, 160.0, 200.0, 250.0, 315.0, 400.0, 500.0, 630.0, 800.0, 1000.0]
        {
            let peak_db = read_db(half(), rate, frequency_hz);
            // What the samples nearest to a peak of 1 kHz miss of it: 0.02 dB at 44.1 kHz.
            assert!((peak_db + 10.0).abs() < 0.02, "{frequency_hz} Hz at {rate}: peak {peak_db} dBFS");
            let rms = CompressorBand { detector: Detector::Rms, rms_window_ms: 300.0, ..half() };
            let rms_db = read_db(rms, rate, frequency_hz);
            // The ripple of a window that ends within a half period: of 50 Hz none, of 63 Hz 0.01 dB after the release.
            assert!((rms_db + 13.0103).abs() < 0.03, "{frequency_hz} Hz at {rate}: RMS {rms_db} dBFS");
        }
    }
}

#[test]
fn auto_makeup_brings_18_dbfs_back_to_unity_and_no_further_than_12_db() {
    let band = |threshold_db, mode| CompressorBand { threshold_db, mode, ratio: 3.0, ..CompressorBand::default() };
    for (band, expected_db) in [
        (band(-26.0, CompressorMode::Compress), 0.0),
        (band(-19.0, CompressorMode::Compress), 0.0),
        (band(-10.0, CompressorMode::Upward), 0.0),
        // 32 dB over at 3:1 are 21.3 dB down, and 12 of them come back.
        (band(-50.0, CompressorMode::Compress), -32.0 * 2.0 / 3.0 + 12.0),
    ] {
        let mut params = measured(band);
        params.auto_makeup = true;
        let found_db = gain_db(&params, 48_000.0, 500.0, -18.0);
        assert!(
            (found_db - expected_db).abs() < 0.02,
            "{:?} from {} dBFS: {found_db} dB",
            band.mode,
            band.threshold_db
        );
        // It belongs to the curve: far below the threshold it raises by as much as it would at -18 dBFS.
        if band.mode == CompressorMode::Compress {
            let lowered_db = exact_db(&band, -18.0).max(-12.0);
            let soft_db = gain_db(&params, 48_000.0, 500.0, -70.0);
            assert!((soft_db + lowered_db).abs() < 0.02, "at -70 dBFS {soft_db} dB for {}", -lowered_db);
        }
    }
}

#[test]
fn a_low_tone_in_the_rms_detector_stays_clean() {
    for rms_window_ms in [20.0, 50.0, 300.0] {
        // 2:1 from 12 dB below what RMS reads: 6 dB less.
        let band = CompressorBand {
            threshold_db: -6.0 - 3.01 - 12.0,
            ratio: 2.0,
            knee_db: 0.0,
            detector: Detector::Rms,
            rms_window_ms,
            ..CompressorBand::default()
        };
        let level = super::amplitude(-6.0);
        let output = played_mono(&measured(band), 48_000.0, &sine(50.0, level, 0.0, 48_000.0, 96_000));
        let second = &output[48_000..];
        let fundamental = tone(second, 50.0, 48_000.0);
        assert!((decibels(fundamental / level) + 6.0).abs() < 0.05, "{} dB", decibels(fundamental / level));
        // All but the tone: bins of 1 Hz.
        let power =
            super::amplitudes(second).into_iter().enumerate().filter(|(hz, _)| *hz != 50).map(|(_, bin)| bin * bin);
        let thd_db = decibels(power.sum::<f64>().sqrt() / fundamental);
        println!("50 Hz, 6 dB less, window {rms_window_ms} ms: THD and all else {thd_db:.1} dB");
        assert!(thd_db < -60.0, "{thd_db} dB");
    }
}
