//! Do the JSON documents hold what the design promises, and nothing that changes from run to run?

use runout_tests::signals;
use serde_json::Value;

use crate::binary::runout;
use crate::files::{Store, folder, put, put_music, put_wav};

const READINGS: [&str; 16] = [
    "path",
    "sample_rate",
    "channels",
    "duration_s",
    "integrated_lufs",
    "momentary_max_lufs",
    "short_term_max_lufs",
    "loudness_range_lu",
    "true_peak_dbtp",
    "true_peak_dbtp_per_channel",
    "sample_peak_dbfs",
    "plr_lu",
    "psr_min_lu",
    "correlation",
    "dc_offset",
    "silenced_samples",
];

/// Requires fields of an object.
#[track_caller]
fn has(object: &Value, fields: &[&str]) {
    let object = object.as_object().expect("an object");
    for field in fields {
        assert!(object.contains_key(*field), "`{field}` in {:?}", object.keys().collect::<Vec<_>>());
    }
}

#[test]
fn a_measurement_has_every_field_of_the_design() {
    let folder = folder();
    let mix = put_music(&folder, "mix.wav", 4.0, 0.0);
    let mix = mix.to_str().unwrap();
    let call = runout(&["measure", "--json", mix, mix, "--target", "club"]).ends_with(1);
    assert_eq!(call.stderr, "");
    let json = call.json();
    for file in json["files"].as_array().unwrap() {
        has(file, &READINGS);
        has(&file["target"], &["name", "integrated_lufs", "ceiling_dbtp", "gain_to_target_db", "passed"]);
        assert_eq!(file["true_peak_dbtp_per_channel"].as_array().unwrap().len(), 2);
        assert_eq!(file["dc_offset"].as_array().unwrap().len(), 2);
    }
    has(&json["album"], &READINGS[4..15]);
}

#[test]
fn a_masters_report_has_every_field_and_is_the_document_that_is_printed() {
    let folder = folder();
    let mix = put_music(&folder, "mix.wav", 4.0, -6.0);
    let (out, report) = (folder.path().join("out.wav"), folder.path().join("report.json"));
    let (mix, out, report) = (mix.to_str().unwrap(), out.to_str().unwrap(), report.to_str().unwrap());
    let arguments = ["master", mix, "-o", out, "--report", report, "--json", "--force", "--target", "apple-music"];
    let call = runout(&arguments).ends_with(0);
    assert_eq!(call.stderr, "");
    let json = call.json();
    has(&json, &["input", "output", "chain", "latency_frames", "gain_reduction_db", "target", "passes"]);
    has(&json["input"], &READINGS);
    has(&json["output"], &READINGS);
    has(
        &json["target"],
        &["name", "integrated_lufs", "ceiling_dbtp", "input_gain_db", "gain_to_target_db", "passed", "reason"],
    );
    assert_eq!((&json["target"]["name"], &json["target"]["integrated_lufs"]), (&"apple-music".into(), &(-16.0).into()));
    assert_eq!(json["chain"]["limiter"]["input_gain_db"], json["target"]["input_gain_db"], "the chain as rendered");
    assert_eq!(
        (&json["chain"]["output"]["bit_depth"], &json["chain"]["output"]["dither"]),
        (&24.into(), &"tpdf".into())
    );
    assert_eq!(std::fs::read_to_string(report).unwrap(), call.stdout);
    // Again, later: not one byte differs, so that no time and no duration is in it.
    assert_eq!(runout(&arguments).ends_with(0).stdout, call.stdout);
    let text = runout(&[&arguments[..6], &arguments[7..]].concat()).ends_with(0).stdout;
    assert!(text.contains("times real time") && text.contains("apple-music: pass."), "{text}");
    for word in ["before", "after", "integrated", "LUFS", "dBTP", "Latency", "trimmed"] {
        assert!(text.contains(word), "{word} in {text}");
    }
}

#[test]
fn the_output_readings_are_those_of_the_file() {
    let folder = folder();
    let mix = put_music(&folder, "mix.wav", 6.0, 0.0);
    let out = folder.path().join("out.wav");
    let (mix, out) = (mix.to_str().unwrap(), out.to_str().unwrap());
    for depth in ["16", "24", "32f"] {
        let json = runout(&["master", mix, "-o", out, "--json", "--force", "--depth", depth]).ends_with(0).json();
        let file = runout(&["measure", "--json", out]).ends_with(0).json();
        assert_eq!(json["output"], file["files"][0], "{depth}");
        let mix = runout(&["measure", "--json", mix]).ends_with(0).json();
        assert_eq!(json["input"], mix["files"][0]);
    }
}

#[test]
fn a_masters_report_says_how_deep_the_limiter_went() {
    let folder = folder();
    let tone = signals::in_channels(&signals::sine(997.0, 0.5, 0.0, 48_000.0, 96_000), 2);
    let mix = put_wav(&folder, "mix.wav", Store::Float(32), 48_000, &tone);
    let chain = put(&folder, "hot.toml", b"version = 1\n[limiter]\ninput_gain_db = 12.0\n");
    let out = folder.path().join("out.wav");
    let [mix, chain, out] = [&mix, &chain, &out].map(|path| path.to_str().unwrap());
    let json = runout(&["master", mix, "-o", out, "--chain", chain, "--json"]).ends_with(0).json();
    // -6.02 dBFS and 12 dB are 6.98 dB over -1 dBTP; the limiter keeps 0.01 dB of margin.
    let deepest_db = json["gain_reduction_db"].as_f64().unwrap();
    assert!((deepest_db + 6.98).abs() < 0.03, "{deepest_db} dB");
    let text = runout(&["master", mix, "-o", out, "--chain", chain, "--force"]).ends_with(0).stdout;
    assert!(text.contains("Limiter input gain +12.00 dB, deepest gain reduction -6.9"), "{text}");
}
