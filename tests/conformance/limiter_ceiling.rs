//! The ceiling, by every meter that a figure is claimed for: the reference meter, the `ebur128` crate and, for programme
//! without content near Nyquist, an ideal interpolator.

use ebur128::{EbuR128, Mode};
use runout_dsp_core::settings::{LimiterParams, LimiterStyle};
use runout_dsp_core::units::gain_from_db;
use runout_tests::filter::low_passed;
use runout_tests::limiting::limited;
use runout_tests::music::music;
use runout_tests::reference_meter::{Interpolator, ideal_peak_dbtp, reference_meter};
use runout_tests::signals::sample_peak;
use runout_tests::torture::torture;

const LOOKAHEADS_MS: [f32; 3] = [0.1, 4.0, 10.0];
const DRIVES_DB: [f32; 3] = [0.0, 6.0, 12.0];

/// The true peak of the `ebur128` crate, dBTP.
fn crate_peak_dbtp(signal: &[Vec<f32>], sample_rate: f64) -> f64 {
    let mut meter = EbuR128::new(signal.len() as u32, sample_rate as u32, Mode::TRUE_PEAK).unwrap();
    // The crate's interpolator lags by 6 frames.
    let silence = vec![vec![0.0; 64]; signal.len()];
    for part in [signal, &silence] {
        meter.add_frames_planar_f32(&part.iter().map(Vec::as_slice).collect::<Vec<_>>()).unwrap();
    }
    let peak = (0..signal.len()).map(|channel| meter.true_peak(channel as u32).unwrap()).fold(0.0, f64::max);
    20.0 * peak.log10()
}

/// The most that any setting goes over its ceiling, dB.
#[derive(Debug)]
struct Worst {
    reference: f64,
    /// Below 96 kHz.
    ebur128: Option<f64>,
    settings: String,
}

/// Every style, lookahead and drive, programme by seed: what is worst, and no sample above.
fn worst(sample_rate: f64, programme: impl Fn(u64) -> Vec<Vec<f32>>) -> Worst {
    let meter = reference_meter();
    let mut worst = Worst { reference: f64::MIN, ebur128: None, settings: String::new() };
    for (seed, &lookahead_ms) in (1..).zip(&LOOKAHEADS_MS) {
        let signal = programme(seed);
        for (&style, drive_db) in LimiterStyle::ALL.iter().flat_map(|style| DRIVES_DB.map(|drive_db| (style, drive_db)))
        {
            let params = LimiterParams { style, lookahead_ms, input_gain_db: drive_db, ..LimiterParams::default() };
            let output = limited(&signal, sample_rate, &params);
            let ceiling_dbtp = f64::from(params.ceiling_dbtp);
            assert!(f64::from(sample_peak(&output)) <= gain_from_db(ceiling_dbtp), "a sample is above: {params:?}");
            let over_db = meter.peak_dbtp(&output) - ceiling_dbtp;
            if over_db > worst.reference {
                worst.reference = over_db;
                worst.settings = format!("seed {seed}, {style:?}, {lookahead_ms} ms, +{drive_db} dB");
            }
            if sample_rate < 96_000.0 {
                let over_db = crate_peak_dbtp(&output, sample_rate) - ceiling_dbtp;
                worst.ebur128 = Some(worst.ebur128.map_or(over_db, |before| before.max(over_db)));
            }
        }
    }
    println!("{sample_rate} Hz, dB over: {worst:.4?}");
    worst
}

fn ask_music(sample_rate: f64) {
    let worst = worst(sample_rate, |seed| music(20 + seed, sample_rate, 4.0, 2));
    assert!(worst.reference <= 0.02 && worst.ebur128.is_none_or(|over_db| over_db <= 0.05), "{worst:?}");
}

fn ask_torture(sample_rate: f64) {
    let worst = worst(sample_rate, |seed| torture(50 + seed, sample_rate, 3.0, 2));
    assert!(worst.reference <= 0.03, "{worst:?}");
}

#[test]
fn music_at_44100_hz() {
    ask_music(44_100.0);
}

#[test]
fn music_at_48000_hz() {
    ask_music(48_000.0);
}

#[test]
fn music_at_96000_hz() {
    ask_music(96_000.0);
}

#[test]
fn torture_at_44100_hz() {
    ask_torture(44_100.0);
}

#[test]
fn torture_at_48000_hz() {
    ask_torture(48_000.0);
}

#[test]
fn torture_at_96000_hz() {
    ask_torture(96_000.0);
}

#[test]
fn without_content_near_nyquist_every_sound_meter_agrees() {
    // 0.01 dB: what the smallest meter's own ripple and grid leave at 19 kHz.
    let meters = [
        ("reference", reference_meter()),
        ("192 taps to Nyquist", Interpolator::new(192, 1.0, 10.0)),
        ("512 taps to Nyquist", Interpolator::new(512, 1.0, 14.0)),
        ("192 taps to 0.98", Interpolator::new(192, 0.98, 10.0)),
    ];
    let mut worst = f64::MIN;
    for (seed, sample_rate, lookahead_ms) in [(61, 44_100.0, 0.1), (62, 48_000.0, 4.0), (63, 44_100.0, 10.0)] {
        let signal = low_passed(&music(seed, sample_rate, 3.0, 2), 19_000.0, sample_rate);
        for &style in LimiterStyle::ALL {
            let params = LimiterParams { style, lookahead_ms, input_gain_db: 12.0, ..LimiterParams::default() };
            let output = limited(&signal, sample_rate, &params);
            let ceiling_dbtp = f64::from(params.ceiling_dbtp);
            let mut readings: Vec<(&str, f64)> =
                meters.iter().map(|(name, meter)| (*name, meter.peak_dbtp(&output) - ceiling_dbtp)).collect();
            readings.push(("ideal", ideal_peak_dbtp(&output) - ceiling_dbtp));
            for (name, over_db) in readings {
                worst = worst.max(over_db);
                assert!(over_db <= 0.01, "{name}: {over_db} dB over at {sample_rate} Hz, {params:?}");
            }
        }
    }
    println!("worst of every meter on programme low-passed at 19 kHz: {worst:+.4} dB");
}
