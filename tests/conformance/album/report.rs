//! The report, the manifest and the sums of an album.

use std::path::PathBuf;
use std::process::Command;

use runout_delivery::album::continuity::FlagKind;
use runout_delivery::album::outcome::{AlbumOutcome, DeliveredFile, JoinKind, JoinOutcome, Stored, TrackOutcome};
use runout_delivery::album::proof;
use runout_delivery::audio_sink::Existing;
use runout_delivery::audio_source::{AudioFormat, SampleDepth};
use runout_delivery::deliver::Overshoot;
use runout_delivery::measure::Measurement;
use runout_delivery::report::{album_json, album_text};
use runout_dsp_core::settings::ChainSettings;
use runout_dsp_core::targets::{Target, Verdict};
use runout_tests::music::music;
use runout_tests::signals::driven;
use serde_json::Value;

use super::profile_of;

const RATE: u32 = 44_100;

fn delivered(number: usize, format: &str, stored: Stored) -> DeliveredFile {
    let readings = profile_of(&music(61, f64::from(RATE), 2.0, 2), f64::from(RATE)).readings;
    DeliveredFile {
        path: format!("{format}/{number:02} Song.wav"),
        format: format.to_owned(),
        sample_rate_hz: RATE,
        channels: 2,
        stored,
        frames: 88_200,
        bytes: 529_244,
        sha256: "0".repeat(64),
        readings,
        verdict: None,
        overshoot: None,
    }
}

/// A track of music, raised by a gain in dB; of silence where there is none.
fn track(number: usize, title: &str, gain_db: Option<f64>) -> TrackOutcome {
    let song = match gain_db {
        Some(gain_db) => driven(&music(60 + number as u64, f64::from(RATE), 12.0, 2), gain_db),
        None => vec![vec![0.0; 400_000]; 2],
    };
    let profile = profile_of(&song, f64::from(RATE));
    let frames = song[0].len() as u64;
    let format =
        AudioFormat { sample_rate_hz: RATE, channels: 2, frames: Some(frames), depth: SampleDepth::Integer(24) };
    TrackOutcome {
        number,
        title: title.to_owned(),
        isrc: Some(format!("QZABC260000{number}")),
        file: format!("mixes/{number:02}.wav"),
        input: Measurement {
            path: PathBuf::from("/somewhere/else/mixes/01.wav"),
            format,
            frames,
            readings: profile.readings,
            silenced_samples: 0,
        },
        settings: ChainSettings::default(),
        input_gain_db: gain_db,
        reason: None,
        gain_reduction_db: -1.25,
        profile,
        delivered: vec![
            delivered(number, "wav-24-44100", Stored::Integer(24)),
            delivered(number, "mp3-320", Stored::Bitrate(320)),
        ],
    }
}

fn album() -> AlbumOutcome {
    let tracks = vec![track(1, "Loud", Some(0.0)), track(2, "Soft \"one\"", Some(-12.0)), track(3, "Nothing", None)];
    let join = |tracks, kind, true_peak_dbtp| JoinOutcome { tracks, kind, true_peak_dbtp };
    let mut album = AlbumOutcome {
        title: "Night Cut".to_owned(),
        artist: "The Example".to_owned(),
        upc: Some("0123456789012".to_owned()),
        formats: vec!["wav-24-44100".to_owned(), "mp3-320".to_owned()],
        tracks,
        images: Vec::new(),
        joins: vec![join([1, 2], JoinKind::Crossfade(1.5), -1.5), join([2, 3], JoinKind::Gap(2.0), f64::NEG_INFINITY)],
        verdict: None,
        notices: vec!["Track 2 was converted from 48000 Hz.".to_owned()],
    };
    let readings = album.profile().unwrap().readings;
    let verdict = |name| {
        Verdict::new(Target::named(name).unwrap(), None, readings.integrated_lufs, readings.true_peak_max_dbtp())
    };
    album.verdict = Some(verdict("spotify"));
    album.tracks[0].delivered[1].overshoot =
        Some(Overshoot { ceiling_dbtp: -1.0, over_db: 0.31, safe_ceiling_dbtp: -1.4 });
    album
}

/// Every string of a document.
fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(values) => values.iter().flat_map(strings).collect(),
        Value::Object(fields) => fields.values().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn the_document_has_what_was_measured_and_no_path_outside_the_folder() {
    let album = album();
    let document = album_json(&album);
    for text in strings(&document).into_iter().chain(strings(&proof::manifest(&album))) {
        assert!(!text.starts_with('/') && !text.contains("somewhere"), "{text}");
    }
    assert_eq!(document, album_json(&album), "twice the same");
    assert_eq!(document["album"]["title"], "Night Cut");
    assert_eq!(document["album"]["target"]["name"], "spotify");
    let [first, second, third] = [0, 1, 2].map(|index| &document["tracks"][index]);
    assert_eq!(
        (&first["number"], &first["file"], &second["title"]),
        (&1.into(), &"mixes/01.wav".into(), &"Soft \"one\"".into())
    );
    assert_eq!(first["input"]["sample_rate"], RATE);
    assert_eq!(first["chain"]["limiter"]["ceiling_dbtp"], -1.0);
    assert_eq!(first["rendered"]["third_octaves_hz"].as_array().unwrap().len(), 31);
    assert_eq!(first["delivered"][0]["path"], "wav-24-44100/01 Song.wav");
    assert_eq!(first["delivered"][1]["safe_ceiling_dbtp"], -1.4);
    // Silence is null, never a number that stands for it.
    for key in ["integrated_lufs", "true_peak_dbtp", "beginning_lufs", "crest_db", "width_db", "tilt_db_per_oct"] {
        assert_eq!(third["rendered"][key], Value::Null, "{key}");
    }
    assert_eq!(third["rendered"]["third_octaves_relative_db"][10], Value::Null);
    assert_eq!(document["joins"][1]["true_peak_dbtp"], Value::Null);
    assert_eq!(document["joins"][0]["crossfade_s"], 1.5);
    let flags = document["continuity"]["flags"].as_array().unwrap();
    assert!(flags.iter().any(|flag| flag["kind"] == FlagKind::Loudness.word()), "12 dB are heard: {flags:?}");
    let streaming = document["streaming"].as_array().unwrap();
    assert_eq!(streaming.len(), 7);
    let integrated_lufs = first["rendered"]["integrated_lufs"].as_f64().unwrap();
    let gain_db = streaming[1]["tracks"][0].as_f64().unwrap();
    // 4 digits of each.
    assert!(streaming[1]["target"] == "apple-music" && (gain_db - (-16.0 - integrated_lufs)).abs() < 2e-4);
    assert_eq!(streaming[1]["tracks"][2], Value::Null);
}

#[test]
fn the_text_has_a_line_a_track_and_all_that_is_to_hear_again() {
    let album = album();
    let text = album_text(&album);
    assert!(text.starts_with("The Example: Night Cut\n"), "{text}");
    for line in ["01 Loud", "02 Soft \"one\"", "03 Nothing", "album", "01 to 02", "spotify", "tidal", "Track 2 was"] {
        assert!(text.lines().any(|found| found.starts_with(line)), "{line} in:\n{text}");
    }
    for flag in album.continuity().flags {
        assert!(text.contains(&flag.text), "{} in:\n{text}", flag.text);
    }
    assert!(text.contains("mp3-320/01 Song.wav: decoded, its true peak is 0.31 dB over the ceiling"), "{text}");
    assert!(text.lines().any(|line| line.starts_with("03 Nothing") && line.contains("-inf")), "{text}");
}

#[test]
fn the_manifest_names_every_file_in_the_order_of_paths() {
    let manifest = proof::manifest(&album());
    let files = manifest["files"].as_array().unwrap();
    let paths: Vec<&str> = files.iter().map(|file| file["path"].as_str().unwrap()).collect();
    assert!(paths.len() == 6 && paths.is_sorted(), "{paths:?}");
    assert_eq!((&files[0]["bitrate_kbps"], &files[0]["bits"]), (&320.into(), &Value::Null));
    let wav = &files[3];
    assert_eq!(
        (&wav["bits"], &wav["float"], &wav["frames"], &wav["duration_s"]),
        (&24.into(), &false.into(), &88_200.into(), &2.0.into())
    );
    assert_eq!((&wav["track"], &wav["isrc"], &wav["title"]), (&1.into(), &"QZABC2600001".into(), &"Loud".into()));
    assert_eq!(manifest["program"]["name"], "runout");
}

#[test]
fn sha256sum_reads_the_list() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("wav 24")).unwrap();
    let names = ["wav 24/01 A song.wav", "cue.cue", "wav 24/02 \u{dc}ber  zwei.wav", "back\\slash", "a\nb", "empty"];
    for (index, name) in names.iter().enumerate() {
        // One of several pieces, and one of none.
        let length = [300_000, 5, 64 * 1024, 1, 2, 0][index];
        std::fs::write(folder.path().join(name), vec![index as u8; length]).unwrap();
    }
    let sums: Vec<_> = names.iter().map(|name| proof::sum(folder.path(), name).unwrap()).collect();
    assert_eq!((sums[0].bytes, sums[5].bytes), (300_000, 0));
    let list = proof::checksums(&sums);
    proof::write(folder.path(), proof::CHECKSUMS, &list, Existing::Keep).unwrap();
    assert!(proof::write(folder.path(), proof::CHECKSUMS, &list, Existing::Keep).is_err(), "it stays");
    let check = || {
        let mut command = Command::new("sha256sum");
        let output = command.args(["--check", "--strict", proof::CHECKSUMS]).current_dir(folder.path()).output();
        output.expect("these tests need sha256sum of the package `coreutils`")
    };
    let output = check();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), names.len());
    let mut sorted = names.to_vec();
    sorted.sort_unstable();
    assert!(list.lines().next().unwrap().ends_with("a\\nb") && list.trim_end().ends_with(sorted[5]), "{list}");
    // And what has changed is seen.
    std::fs::write(folder.path().join("cue.cue"), b"other").unwrap();
    assert!(!check().status.success());
    assert!(proof::sum(folder.path(), "missing").is_err());
}
