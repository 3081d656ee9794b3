//! Does `runout selftest` say what was read, and fail where a reading is off?

use runout_tests::signals;

use crate::binary::{command, runout};
use crate::files::{Store, folder, put_wav};

#[test]
fn every_case_passes_and_is_named() {
    let text = runout(&["selftest", "--rate", "44100"]).ends_with(0).stdout;
    for case in [1, 6, 9, 14, 15, 19, 23] {
        let name = format!("EBU Tech 3341 case {case} ");
        assert!(text.lines().any(|line| line.starts_with("passed") && line.contains(&name)), "{name} in {text}");
    }
    assert!(text.contains("not run  EBU Tech 3341 case 7 ") && text.contains("RUNOUT_EBU_FILES"), "{text}");
    assert!(text.trim_end().ends_with("At 44100 Hz: 25 passed, 0 failed, 4 not run."), "{text}");
}

#[test]
fn a_reading_that_is_off_fails_and_is_shown() {
    let folder = folder();
    // In the place of EBU's recording a tone that reads -20 LUFS, where the table says -23.
    let tone = signals::sine(1000.0, 0.1, 0.0, 48_000.0, 240_000);
    put_wav(&folder, "seq-3341-7_seq-3342-5.wav", Store::Integer(24), 48_000, &signals::in_channels(&tone, 2));
    let call = |more: &[&str]| {
        command()
            .args(["selftest", "--rate", "8000"])
            .args(more)
            .env("RUNOUT_EBU_FILES", folder.path())
            .output()
            .expect("the binary starts")
    };
    let output = call(&[]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("failed   EBU Tech 3341 case 7 "), "{text}");
    assert!(text.contains(" LUFS, expected -23.0 (±0.1)"), "{text}");
    let json: serde_json::Value = serde_json::from_slice(&call(&["--json"]).stdout).unwrap();
    assert_eq!((&json["passed"], &json["sample_rate"]), (&false.into(), &8_000.into()));
    let cases = json["cases"].as_array().unwrap();
    let failed: Vec<_> = cases.iter().filter(|case| case["status"] == "failed").collect();
    assert_eq!(failed.len(), 2, "integrated loudness of case 7 and the range of Tech 3342 case 5");
    let check = &failed[0]["checks"][0];
    assert_eq!(check["passed"], false);
    assert!((check["read"].as_f64().unwrap() + 20.0).abs() < 0.1, "{check}");
}
