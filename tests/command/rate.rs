//! Does `runout master --rate` deliver the same sound at another rate, under the ceiling and on target?

use std::f64::consts::TAU;
use std::path::{Path, PathBuf};

use runout_tests::reference_meter::reference_meter;
use runout_tests::{music, signals};
use serde_json::Value;
use tempfile::TempDir;

use crate::binary::{Call, runout};
use crate::files::{Store, folder, put, put_wav};
use crate::oracles::{decoded, ebur128, ffmpeg};

/// Masters a mix to `out.wav` of the folder with further arguments.
fn master(folder: &TempDir, mix: &Path, more: &[&str]) -> (Call, PathBuf) {
    let out = folder.path().join("out.wav");
    let fixed = ["master", mix.to_str().unwrap(), "-o", out.to_str().unwrap(), "--force"];
    (runout(&[&fixed[..], more].concat()), out)
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

/// Music at 96 kHz with noise up to 48 kHz, which a conversion takes away.
fn bright_mix(folder: &TempDir, seconds: f64) -> PathBuf {
    let mut mix = music::music(11, 96_000.0, seconds, 2);
    for (channel, plane) in mix.iter_mut().enumerate() {
        let noise = signals::noise(40 + channel as u64, 0.1, plane.len());
        plane.iter_mut().zip(noise).for_each(|(sample, noise)| *sample += noise);
    }
    put_wav(folder, "mix.wav", Store::Float(32), 96_000, &mix)
}

#[test]
fn the_ceiling_holds_in_what_was_converted() {
    let folder = folder();
    let mix = bright_mix(&folder, 6.0);
    let text = b"version = 1\n[limiter]\nstyle = \"loud\"\ninput_gain_db = 12\n";
    let chain = put(&folder, "chain.toml", text);
    let chain = chain.to_str().unwrap();
    for depth in ["16", "24", "32f"] {
        let (call, out) = master(&folder, &mix, &["--rate", "44100", "--depth", depth, "--chain", chain, "--json"]);
        let report = call.ends_with(0).json();
        let output = decoded(&out, 2);
        assert_eq!(output[0].len(), 6 * 44_100);
        let peak_dbtp = reference_meter().peak_dbtp(&output);
        println!("{depth}: {peak_dbtp:.3} dBTP by the reference meter, {}", report["finishing_reduction_db"]);
        assert!(peak_dbtp <= -1.0 + 0.05, "{depth}: {peak_dbtp} dBTP by the reference meter");
        assert!((number(&report["output"]["true_peak_dbtp"]) - peak_dbtp).abs() < 0.05, "the report is of the output");
        // Without the second limiter it would not hold: there is something to hold down.
        assert!(number(&report["finishing_reduction_db"]) < -0.1, "{report}");
        let rates = ["input", "output"].map(|side| report[side]["sample_rate"].as_u64().unwrap());
        assert_eq!(rates, [96_000, 44_100]);
        assert_eq!(report["output"]["frames"], 6 * 44_100);
    }
}

#[test]
fn the_target_is_met_by_what_is_delivered() {
    let folder = folder();
    let mix = bright_mix(&folder, 8.0);
    let (call, out) = master(&folder, &mix, &["--rate", "44100", "--target", "spotify", "--json"]);
    let report = call.ends_with(0).json();
    assert_eq!(report["target"]["passed"], true);
    let said_lufs = number(&report["output"]["integrated_lufs"]);
    assert!((said_lufs + 14.0).abs() <= 0.02, "{said_lufs} LUFS");
    // ffmpeg prints one decimal.
    assert!((ebur128(&out).0 - said_lufs).abs() <= 0.06);
    let (call, _) = master(&folder, &mix, &["--rate", "44100", "--target", "spotify"]);
    let text = call.ends_with(0).stdout;
    assert!(text.contains("96000 -> 44100 Hz, stereo, 32 bit float, 0:08.000, as 24 bit"), "{text}");
    assert!(text.contains("Limiter after the conversion: deepest gain reduction"), "{text}");
}

#[test]
fn the_mixs_own_rate_changes_nothing_and_two_runs_are_the_same() {
    let folder = folder();
    let mix = bright_mix(&folder, 3.0);
    let run = |more: &[&str]| {
        let (call, out) = master(&folder, &mix, &[&["--target", "tidal"], more].concat());
        call.ends_with(0);
        std::fs::read(out).unwrap()
    };
    assert!(run(&["--rate", "96000"]) == run(&[]));
    assert!(run(&["--rate", "48000"]) == run(&["--rate", "48000"]));
}

#[test]
fn one_frame_is_converted_too() {
    let folder = folder();
    for (from_hz, to_hz) in [(96_000, "44100"), (22_050, "384000"), (384_000, "22050")] {
        let mix = put_wav(&folder, "mix.wav", Store::Integer(24), from_hz, &vec![vec![0.25]; 2]);
        let (call, out) = master(&folder, &mix, &["--rate", to_hz, "--depth", "16"]);
        call.ends_with(0);
        let frames = (to_hz.parse::<f64>().unwrap() / f64::from(from_hz)).round().max(1.0) as usize;
        assert_eq!(decoded(&out, 2)[0].len(), frames);
    }
}

/// Tones up to 0.85 of the lower Nyquist frequency: what every converter passes.
fn tones(rate_hz: u32, lower_hz: u32, seconds: u32) -> Vec<f32> {
    let tone = |index: u32| 0.85 * f64::from(lower_hz) / 2.0 * (f64::from(index) + 0.37) / 24.0;
    let sample = |frame: u32| {
        // Away from the ends nothing is cut off.
        let place = f64::from(frame) / f64::from(seconds * rate_hz);
        let sum: f64 = (0..24)
            .map(|index| (TAU * (tone(index) * f64::from(frame) / f64::from(rate_hz)).fract() + f64::from(index)).sin())
            .sum();
        (sum / 24.0 * (0.5 * TAU * place).sin().powi(2)) as f32
    };
    (0..seconds * rate_hz).map(sample).collect()
}

#[test]
fn another_converter_gives_the_same() {
    let folder = folder();
    let off = put(&folder, "off.toml", b"version = 1\n[limiter]\nenabled = false\n");
    for (from_hz, to_hz) in [(96_000, 44_100), (44_100, 48_000), (44_056, 48_000), (48_000, 192_000)] {
        let mix = [tones(from_hz, from_hz.min(to_hz), 2)];
        let mix = put_wav(&folder, "mix.wav", Store::Float(32), from_hz, &mix);
        let to = to_hz.to_string();
        let more = ["--rate", &to, "--depth", "32f", "--chain", off.to_str().unwrap()];
        let (call, out) = master(&folder, &mix, &more);
        call.ends_with(0);
        let ours = &decoded(&out, 1)[0];
        let judge = folder.path().join("judge.wav");
        let filter = format!("aresample={to}:resampler=soxr:precision=33:cutoff=0.97");
        ffmpeg(&["-i", mix.to_str().unwrap(), "-af", &filter, "-c:a", "pcm_f32le", judge.to_str().unwrap()]);
        let theirs = &decoded(&judge, 1)[0];
        assert_eq!(ours.len(), 2 * to_hz as usize);
        let pairs = ours.iter().zip(theirs);
        let worst = pairs.map(|(ours, theirs)| (ours - theirs).abs()).fold(0.0, f32::max);
        println!("{from_hz} -> {to_hz}: {worst:e}, {} and {} frames", ours.len(), theirs.len());
        assert!(theirs.len().abs_diff(ours.len()) <= 1);
        assert!(worst < 1e-5, "{from_hz} -> {to_hz} Hz: {worst:e} from what soxr gives");
    }
}
