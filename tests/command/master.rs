//! Does `runout master` meet its target by other meters, or say why it cannot?

use std::path::{Path, PathBuf};

use runout_tests::{music, signals};
use serde_json::Value;
use tempfile::TempDir;

use crate::binary::{Call, runout};
use crate::files::{Store, folder, put, put_music, put_wav};
use crate::oracles::decoded;

/// Masters a mix to `out.wav` of the folder with further arguments, and JSON on standard output.
fn master(folder: &TempDir, mix: &Path, more: &[&str]) -> (Call, PathBuf) {
    let out = folder.path().join("out.wav");
    let fixed = ["master", mix.to_str().unwrap(), "-o", out.to_str().unwrap(), "--json", "--force"];
    (runout(&[&fixed[..], more].concat()), out)
}

/// Integrated loudness (LUFS) and true peak (dBTP) of a file by the `ebur128` crate.
fn by_another_meter(path: &Path, channels: u32, rate_hz: u32) -> (f64, f64) {
    let planes = decoded(path, channels as usize);
    let mut meter = ebur128::EbuR128::new(channels, rate_hz, ebur128::Mode::I | ebur128::Mode::TRUE_PEAK).unwrap();
    let planes: Vec<&[f32]> = planes.iter().map(Vec::as_slice).collect();
    meter.add_frames_planar_f32(&planes).unwrap();
    let peak = (0..channels).map(|channel| meter.true_peak(channel).unwrap()).fold(0.0, f64::max);
    (meter.loudness_global().unwrap(), 20.0 * peak.log10())
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn every_target_is_met_by_another_meter_too() {
    let folder = folder();
    let mix = put_music(&folder, "mix.wav", 15.0, -4.0);
    // Loud, and no lower than any rule's ceiling: the club's -7 LUFS is out of reach of the careful styles.
    let chain = put(&folder, "chain.toml", b"version = 1\n[limiter]\nstyle = \"loud\"\nceiling_dbtp = 0\n");
    let chain = chain.to_str().unwrap();
    let json = runout(&["targets", "--json"]).json();
    for target in json["targets"].as_array().unwrap() {
        let name = target["name"].as_str().unwrap();
        let (call, out) = master(&folder, &mix, &["--target", name, "--chain", chain]);
        let report = call.ends_with(0).json();
        let (integrated_lufs, true_peak_dbtp) = by_another_meter(&out, 2, 48_000);
        let outcome = &report["target"];
        assert_eq!(outcome["passed"], true, "{outcome}");
        if let Some(wanted_lufs) = target["integrated_lufs"].as_f64() {
            // What the issue promises, and 0.01 LU between the two meters.
            assert!((integrated_lufs - wanted_lufs).abs() <= 0.06, "{name}: {integrated_lufs} LUFS");
            assert!(number(&outcome["gain_to_target_db"]).abs() <= 0.05, "{outcome}");
        } else {
            assert_eq!(number(&outcome["input_gain_db"]), 0.0, "{name} has no loudness: the chain's gain stays");
            assert_eq!(outcome["gain_to_target_db"], Value::Null);
        }
        let ceiling_dbtp = number(&target["ceiling_dbtp"]);
        assert!(true_peak_dbtp <= ceiling_dbtp + 0.05, "{name}: {true_peak_dbtp} dBTP by the ebur128 crate");
        assert!(number(&report["chain"]["limiter"]["ceiling_dbtp"]) <= ceiling_dbtp + 1e-6);
        let frames = |report: &Value, side: &str| report[side]["frames"].as_u64().unwrap();
        assert_eq!(frames(&report, "output"), frames(&report, "input"), "the length is kept");
        assert_eq!(decoded(&out, 2)[0].len() as u64, frames(&report, "input"));
    }
}

#[test]
fn quiet_and_loud_mixes_of_every_kind_meet_the_target() {
    let folder = folder();
    for (rate_hz, channels, gain_db, depth) in [
        (44_100, 2, -24.0, "16"),
        (48_000, 1, 0.0, "24"),
        (88_200, 2, -10.0, "32f"),
        (22_050, 1, -15.0, "16"),
        (192_000, 2, -6.0, "24"),
    ] {
        let mix = signals::driven(&music::music(31, f64::from(rate_hz), 6.0, channels), gain_db);
        let mix = put_wav(&folder, "mix.wav", Store::Float(32), rate_hz, &mix);
        let (call, out) = master(&folder, &mix, &["--target", "spotify", "--depth", depth]);
        let report = call.ends_with(0).json();
        let (integrated_lufs, true_peak_dbtp) = by_another_meter(&out, channels as u32, rate_hz);
        assert!((integrated_lufs + 14.0).abs() <= 0.06, "{rate_hz} Hz: {integrated_lufs} LUFS in {report}");
        assert!(rate_hz > 96_000 || true_peak_dbtp <= -0.95, "{rate_hz} Hz: {true_peak_dbtp} dBTP");
        assert!(number(&report["output"]["true_peak_dbtp"]) <= -0.95);
    }
}

#[test]
fn a_target_lowers_the_ceiling_and_never_raises_it_and_switches_the_limiter_on() {
    let folder = folder();
    let mix = put_music(&folder, "mix.wav", 6.0, 0.0);
    for (own, rendered) in [("-3.0", -3.0), ("-0.1", -1.0)] {
        let text = format!("version = 1\n[limiter]\nenabled = false\nceiling_dbtp = {own}\ninput_gain_db = 9.0\n");
        let chain = put(&folder, "chain.toml", text.as_bytes());
        let (call, _) = master(&folder, &mix, &["--target", "deezer", "--chain", chain.to_str().unwrap()]);
        let report = call.ends_with(0).json();
        assert_eq!(report["chain"]["limiter"]["enabled"], true);
        assert!((number(&report["chain"]["limiter"]["ceiling_dbtp"]) - rendered).abs() < 1e-6);
        assert!((number(&report["target"]["ceiling_dbtp"]) - rendered).abs() < 1e-6);
        assert!(number(&report["output"]["true_peak_dbtp"]) <= rendered + 0.02, "{}", report["output"]);
    }
    // Where the rule has no loudness, the chain's own gain stays.
    let chain = put(&folder, "chain.toml", b"version = 1\n[limiter]\ninput_gain_db = 2.5\n");
    let (call, _) = master(&folder, &mix, &["--target", "cd", "--chain", chain.to_str().unwrap()]);
    assert_eq!(number(&call.ends_with(0).json()["chain"]["limiter"]["input_gain_db"]), 2.5);
}

/// Mastering to a target is done, delivered, failed, and explained with these parts.
#[track_caller]
fn falls_short(mix: &[Vec<f32>], target: &str, parts: &[&str]) -> Value {
    let folder = folder();
    let mix = put_wav(&folder, "mix.wav", Store::Float(32), 48_000, mix);
    let (call, out) = master(&folder, &mix, &["--target", target]);
    let call = call.ends_with(1);
    call.complains(&[&["mix.wav: misses the loudness of", target], parts].concat());
    let report = call.json();
    assert_eq!(report["target"]["passed"], false);
    let reason = report["target"]["reason"].as_str().expect("the report has the reason, too");
    parts.iter().for_each(|part| assert!(reason.contains(part), "{reason}"));
    let frames = report["input"]["frames"].as_u64().unwrap();
    assert_eq!(decoded(&out, 2)[0].len() as u64, frames, "the file is delivered all the same");
    report
}

#[test]
fn what_cannot_meet_a_target_says_why_and_is_delivered() {
    falls_short(&vec![vec![0.0; 48_000]; 2], "spotify", &["it is silent", "-14 LUFS"]);
    let blip = signals::sine(997.0, 0.1, 0.0, 48_000.0, 9_600);
    falls_short(&signals::in_channels(&blip, 2), "spotify", &["it lasts 0.200 s", "0.4 s or more"]);
    let faint = signals::sine(997.0, 1e-3, 0.0, 48_000.0, 96_000);
    let report = falls_short(&signals::in_channels(&faint, 2), "spotify", &["out of range", "36 dB"]);
    assert_eq!(number(&report["target"]["input_gain_db"]), 36.0, "the nearest there is");
    let fainter = signals::sine(997.0, 1e-6, 0.0, 48_000.0, 96_000);
    falls_short(&signals::in_channels(&fainter, 2), "spotify", &["nothing of it reads above -70 LUFS", "36 dB"]);
    // One click a second: whatever the gain, the ceiling holds their energy.
    let mut clicks = vec![0.0; 144_000];
    clicks.iter_mut().step_by(48_000).skip(1).for_each(|sample| *sample = 0.5);
    falls_short(
        &signals::in_channels(&clicks, 2),
        "club",
        &["the limiter cannot make it louder", "not -7", "its style \"loud\" goes further"],
    );
}

#[test]
fn the_same_call_gives_the_same_bits() {
    let folder = folder();
    let mix = put_music(&folder, "mix.wav", 5.0, 0.0);
    for more in [&["--target", "youtube"][..], &["--target", "youtube", "--portable"]] {
        let (call, out) = master(&folder, &mix, more);
        let (first, bytes) = (call.ends_with(0).stdout, std::fs::read(&out).unwrap());
        let (call, out) = master(&folder, &mix, more);
        assert_eq!(call.ends_with(0).stdout, first);
        assert!(std::fs::read(&out).unwrap() == bytes, "{more:?}");
    }
}

#[test]
fn the_portable_path_differs_by_less_than_anyone_hears() {
    let folder = folder();
    let mix = put_music(&folder, "mix.wav", 5.0, 6.0);
    let (call, out) = master(&folder, &mix, &["--depth", "32f"]);
    call.ends_with(0);
    let usual = decoded(&out, 2);
    let (call, out) = master(&folder, &mix, &["--depth", "32f", "--portable"]);
    call.ends_with(0);
    let portable = decoded(&out, 2);
    let pairs = usual.iter().flatten().zip(portable.iter().flatten());
    // Clause 8 of the contract: below -120 dBFS.
    let worst = pairs.map(|(one, other)| (one - other).abs()).fold(0.0, f32::max);
    assert!(worst < 1e-6, "{worst}");
}

#[test]
fn without_a_limiter_float_keeps_what_is_above_full_scale() {
    let folder = folder();
    let mix = signals::in_channels(&signals::sine(997.0, 2.0, 0.0, 48_000.0, 48_000), 2);
    let path = put_wav(&folder, "mix.wav", Store::Float(32), 48_000, &mix);
    let chain = put(&folder, "chain.toml", b"version = 1\n[limiter]\nenabled = false\n");
    let chain = chain.to_str().unwrap();
    let (call, out) = master(&folder, &path, &["--depth", "32f", "--chain", chain]);
    call.ends_with(0);
    assert_eq!(decoded(&out, 2), mix);
    let (call, out) = master(&folder, &path, &["--depth", "24", "--chain", chain]);
    assert_eq!(number(&call.ends_with(0).json()["output"]["sample_peak_dbfs"]), 0.0);
    let highest = decoded(&out, 2).iter().flatten().fold(0f32, |highest, sample| highest.max(sample.abs()));
    assert_eq!(highest, 1.0, "integers hold -1 and no more");
}

#[test]
fn compressed_mixes_are_mastered_like_their_samples() {
    let folder = folder();
    let mix = put_music(&folder, "mix.wav", 5.0, 0.0);
    let flac = folder.path().join("mix.flac");
    crate::oracles::ffmpeg(&["-i", mix.to_str().unwrap(), "-c:a", "flac", flac.to_str().unwrap()]);
    let (call, out) = master(&folder, &mix, &["--target", "tidal"]);
    call.ends_with(0);
    let of_wav = std::fs::read(&out).unwrap();
    let (call, out) = master(&folder, &flac, &["--target", "tidal"]);
    call.ends_with(0);
    assert!(std::fs::read(&out).unwrap() == of_wav);
}
