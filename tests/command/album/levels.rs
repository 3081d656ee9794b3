//! Do the levels of an album become what its file asks for?

use serde_json::Value;

use super::{Stage, number, track};

/// 0.05 LU: what is looked for is found to that.
const NEAR_LU: f64 = 0.05;

/// Music of three levels, by its highest sample.
fn stage() -> Stage {
    let stage = Stage::new();
    for (index, peak_dbfs) in [-6.0, -1.0, -12.0].into_iter().enumerate() {
        stage.music(&format!("{index}.wav"), 40 + index as u64, 48_000, 3.0, peak_dbfs);
    }
    stage
}

fn tracks(gains_db: [f64; 3]) -> Vec<String> {
    let of = |(index, gain_db): (usize, f64)| {
        track(&format!("{index}.wav"), "Part", &format!("gap_before_s = 0\ngain_db = {gain_db}"))
    };
    gains_db.into_iter().enumerate().map(of).collect()
}

/// Integrated loudness of what every track came as and was delivered as, LUFS.
fn loudness(report: &Value) -> ([f64; 3], [f64; 3]) {
    let of = |index: usize, part: &str| number(&report["tracks"][index][part]["integrated_lufs"]);
    let delivered = |index: usize| number(&report["tracks"][index]["delivered"][0]["integrated_lufs"]);
    ([0, 1, 2].map(|index| of(index, "input")), [0, 1, 2].map(delivered))
}

#[track_caller]
fn near(found: [f64; 3], expected: [f64; 3]) {
    let off = found.iter().zip(&expected).map(|(found, expected)| (found - expected).abs()).fold(0.0, f64::max);
    assert!(off <= NEAR_LU, "{found:?} LUFS, {expected:?} wanted");
}

#[test]
fn each_track_meets_the_target_and_its_gain_sets_it_off() {
    let fields = "target = {integrated_lufs = -16.5, ceiling_dbtp = -1.0}";
    let call = stage().deliver(&["wav-24-48000"], fields, &tracks([0.0, -2.0, 1.5]), &[]).ends_with(0);
    near(loudness(&call.json()).1, [-16.5, -18.5, -15.0]);
    let call = stage().deliver(&["wav-24-48000"], "target = \"spotify\"", &tracks([0.0; 3]), &[]).ends_with(0);
    near(loudness(&call.json()).1, [-14.0; 3]);
    assert_eq!(
        (&call.json()["album"]["target"]["name"], &call.json()["album"]["target"]["passed"]),
        (&"spotify".into(), &true.into())
    );
}

#[test]
fn the_loudest_track_meets_the_target_and_the_others_keep_their_distance() {
    let fields = "levels = \"album\"\ntarget = {integrated_lufs = -17.0, ceiling_dbtp = -1.0}";
    for gains_db in [[0.0; 3], [3.0, -3.0, 0.0]] {
        let call = stage().deliver(&["wav-24-48000"], fields, &tracks(gains_db), &[]).ends_with(0);
        let (came, delivered) = loudness(&call.json());
        // The chain is at rest but for the gain: what comes through it is what came.
        let rendered = [0, 1, 2].map(|index| came[index] + gains_db[index]);
        let loudest = rendered.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        near(delivered, rendered.map(|lufs| -17.0 - (loudest - lufs)));
    }
}

#[test]
fn as_is_leaves_the_levels_with_and_without_a_target() {
    let stage = stage();
    for fields in
        ["", "levels = \"as-is\"", "levels = \"as-is\"\ntarget = {integrated_lufs = -9.0, ceiling_dbtp = -0.1}"]
    {
        let call = stage.deliver(&["wav-24-48000"], fields, &tracks([-1.0, -3.0, 2.0]), &["--force"]).ends_with(0);
        let (came, delivered) = loudness(&call.json());
        near(delivered, [came[0] - 1.0, came[1] - 3.0, came[2] + 2.0]);
        assert!((0..3).all(|index| call.json()["tracks"][index]["input_gain_db"].is_null()), "nothing was looked for");
    }
}

#[test]
fn a_target_out_of_reach_names_the_track_and_all_is_delivered() {
    let stage = stage();
    // A click in silence: no gain that the limiter has makes it loud.
    let mut click = vec![vec![0.0; 3 * 48_000]; 2];
    click[0][48_000] = 0.5;
    stage.mix("1.wav", 48_000, &click);
    let fields = "target = {integrated_lufs = -8.0, ceiling_dbtp = -1.0}";
    let call = stage.deliver(&["wav-24-48000"], fields, &tracks([0.0; 3]), &[]).ends_with(1);
    let named: Vec<&str> = call.stderr.lines().filter(|line| line.contains("1.wav")).collect();
    assert_eq!(named.len(), 1, "{}", call.stderr);
    assert!(named[0].starts_with("runout: 1.wav: misses its loudness: "), "{}", named[0]);
    let report = call.json();
    assert!(report["tracks"][1]["reason"].is_string());
    let passed = |index: usize| &report["tracks"][index]["delivered"][0]["passed"];
    assert_eq!((passed(1), passed(0)), (&false.into(), &report["tracks"][0]["reason"].is_null().into()));
    assert_eq!(super::tree(&stage.path("out")).len(), 6);
}
