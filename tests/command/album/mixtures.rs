//! Do mixes of unlike channels and rates become one album, and is it said?

use runout_tests::signals;

use super::{Stage, cut, difference, track};

#[test]
fn mono_beside_stereo_is_alike_on_both_sides() {
    let stage = Stage::new();
    let (left, right) = (signals::noise(7, 0.25, 48_000), signals::noise(8, 0.25, 48_000));
    stage.mix("mono.wav", 48_000, std::slice::from_ref(&left));
    stage.mix("stereo.wav", 48_000, &[left.clone(), right.clone()]);
    let tracks = [track("mono.wav", "One", ""), track("stereo.wav", "Two", "gap_before_s = 0")];
    let call = stage.deliver(&["wav-32f-48000"], "", &tracks, &[]).ends_with(0);
    assert_eq!(difference(&stage.heard("wav-32f-48000/01 One.wav"), &[left.clone(), left.clone()]), 0.0);
    assert_eq!(difference(&stage.heard("wav-32f-48000/02 Two.wav"), &[left.clone(), right]), 0.0);
    call.complains(&["mono.wav: is mono", "stereo"]);
    // Mono alone stays mono, but in an image.
    stage.mix("long.wav", 48_000, &[signals::noise(9, 0.25, 4 * 48_000)]);
    let call = stage.deliver(&["wav-24-48000"], "", &[track("long.wav", "One", "")], &["--force"]).ends_with(0);
    assert_eq!((call.stderr.as_str(), &call.json()["tracks"][0]["delivered"][0]["channels"]), ("", &1.into()));
    let formats = ["wav-24-48000", "image-cd"];
    let call = stage.deliver(&formats, "", &[track("long.wav", "One", "")], &["--force"]).ends_with(0);
    assert_eq!(call.json()["images"][0]["channels"], 2);
    call.complains(&["long.wav: is mono"]);
}

#[test]
fn rates_that_differ_are_converted_and_said() {
    let stage = Stage::new();
    let tone = |rate_hz: u32, seconds: usize| {
        let frames = rate_hz as usize * seconds;
        signals::in_channels(&signals::sine(997.0, 0.25, 0.0, f64::from(rate_hz), frames), 2)
    };
    stage.mix("cd.wav", 44_100, &tone(44_100, 1));
    stage.mix("high.wav", 96_000, &tone(96_000, 2));
    let tracks = [track("cd.wav", "One", "gap_before_s = 0"), track("high.wav", "Two", "gap_before_s = 0.5")];
    let call = stage.deliver(&["wav-32f-96000", "wav-32f-44100"], "", &tracks, &[]).ends_with(0);
    let report = call.json();
    assert_eq!(report["notices"].as_array().map(Vec::len), Some(1));
    call.complains(&["cd.wav: has 44100 Hz", "converted to 96000 Hz"]);
    // The tone at every rate, but for the edges, which the converter's filter blurs: 1e-6 is 0.00004 dB. Twice converted it
    // may be twice as far off.
    for (format, rate_hz) in [("wav-32f-96000", 96_000), ("wav-32f-44100", 44_100)] {
        let [one, two] = [("01 One", 1), ("02 Two", 2)].map(|(name, seconds)| {
            let heard = stage.heard(&format!("{format}/{name}.wav"));
            let inner = |planes: &[Vec<f32>]| cut(planes, 8000..rate_hz as usize * seconds - 8000);
            let off = difference(&inner(&heard), &inner(&tone(rate_hz, seconds)));
            assert!(off < 2e-6, "{format}, {name}: {off} off");
            heard[0].len()
        });
        // The gap is the end of the first file.
        assert_eq!((one, two), (rate_hz as usize * 3 / 2, rate_hz as usize * 2), "{format}");
    }
}
