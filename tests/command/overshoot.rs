//! Is a lossy file told as it is heard, with the ceiling that keeps it where it was wanted?

use serde_json::Value;

use crate::files::{folder, put, put_music};
use crate::formats::deliver;
use crate::oracles::ebur128;

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn an_overshoot_is_measured_on_the_decoded_file_and_the_advised_ceiling_avoids_it() {
    let folder = folder();
    let mix = put_music(&folder, "mix.wav", 6.0, 9.0);
    for (name, format) in [("out.mp3", "mp3-128"), ("out.ogg", "ogg-3")] {
        let chain = put(&folder, "chain.toml", b"version = 1\n[limiter]\nceiling_dbtp = -1.0\n");
        let (call, out) = deliver(&folder, &mix, name, &["--format", format, "--chain", chain.to_str().unwrap()]);
        let call = call.ends_with(0);
        let report = call.json();
        let (_, _, true_peak_dbtp) = ebur128(&out);
        // ffmpeg prints tenths, and interpolates otherwise.
        let read_dbtp = number(&report["output"]["true_peak_dbtp"]);
        assert!((read_dbtp - true_peak_dbtp).abs() < 0.2, "{read_dbtp} and {true_peak_dbtp} dBTP by ffmpeg");
        let rendered_dbtp = number(&report["rendered"]["true_peak_dbtp"]);
        assert!(rendered_dbtp <= -0.95, "what was encoded kept the ceiling: {rendered_dbtp}");
        let overshoot = &report["overshoot"];
        assert!((number(&overshoot["over_db"]) - (read_dbtp + 1.0)).abs() < 1e-3, "{overshoot}");
        call.complains(&[name, "above the ceiling of -1.00 dBTP", "avoids it"]);
        let safe_dbtp = number(&overshoot["safe_ceiling_dbtp"]);
        assert!(call.stderr.contains(&format!("a ceiling of {safe_dbtp:.1} dBTP")), "{}", call.stderr);
        let text = format!("version = 1\n[limiter]\nceiling_dbtp = {safe_dbtp:.1}\n");
        let chain = put(&folder, "safe.toml", text.as_bytes());
        let (call, _) = deliver(&folder, &mix, name, &["--format", format, "--chain", chain.to_str().unwrap()]);
        let again = number(&call.ends_with(0).json()["output"]["true_peak_dbtp"]);
        // The encoder makes new peaks of a softer file: a tenth of a dB is what they may differ by.
        assert!(again <= -0.9, "{format}: {again} dBTP with a ceiling of {safe_dbtp}");
    }
}

#[test]
fn what_keeps_its_ceiling_is_not_warned_of_and_targets_judge_what_was_rendered() {
    let folder = folder();
    let mix = put_music(&folder, "mix.wav", 6.0, -20.0);
    let (call, _) = deliver(&folder, &mix, "out.mp3", &[]);
    let call = call.ends_with(0);
    assert_eq!((call.stderr.as_str(), &call.json()["overshoot"]), ("", &Value::Null));
    let (call, _) = deliver(&folder, &mix, "out.flac", &[]);
    let report = call.ends_with(0).json();
    assert!(report.get("overshoot").is_none() && report.get("rendered").is_none(), "a FLAC is what was rendered");
    let (call, _) = deliver(&folder, &mix, "out.mp3", &["--target", "spotify", "--format", "mp3-128"]);
    let report = call.ends_with(0).json();
    assert_eq!(report["target"]["passed"], true);
    assert!((number(&report["rendered"]["integrated_lufs"]) + 14.0).abs() <= 0.06);
}
