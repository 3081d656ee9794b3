//! Is what was delivered all there, whole, and what manifest and report say it is?

use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use super::{Stage, joined, number, track, tree};
use crate::binary::runout;
use crate::oracles::{decoded, ffmpeg, run};

pub const FORMATS: [&str; 6] = ["wav-24-48000", "wav-16-44100", "flac-24-48000", "mp3-320", "ogg-6", "image-cd"];

/// Title and ISRC of every track.
pub const TRACKS: [(&str, &str); 3] =
    [("First", "QZABC2600001"), ("Zweites: Stück", "QZABC2600002"), ("Third", "QZABC2600003")];

/// Names of every track's file without its extension: what a file system may refuse is replaced.
pub const STEMS: [&str; 3] = ["01 First", "02 Zweites_ Stück", "03 Third"];

/// What a delivered album is known by, made once for all questions of one process.
pub fn night_cut() -> &'static Stage {
    static STAGE: OnceLock<Stage> = OnceLock::new();
    STAGE.get_or_init(|| {
        let stage = Stage::new();
        let picture = ["-f", "lavfi", "-i", "testsrc2=size=320x320", "-frames:v", "1"];
        ffmpeg(&[&picture[..], &[stage.path("cover.png").to_str().unwrap()]].concat());
        for (index, gain_db) in [(0, -3.0), (1, -9.0), (2, 0.0)] {
            stage.music(&format!("{index}.wav"), 20 + index, 48_000, 4.5, gain_db);
        }
        let fields = "date = \"1987-06-05\"\nupc = \"036000291452\"\npicture = \"cover.png\"\ngenre = \"Jazz\"\n\
            copyright = \"© Example\"\ncomposer = \"Dvořák\"\nlevels = \"track\"\n\
            target = {integrated_lufs = -15.0, ceiling_dbtp = -1.5}";
        let edges =
            ["fade_in_s = 0.1", "gap_before_s = 1.25\nartist = \"A Guest\"", "gap_before_s = 0\nfade_out_s = 1"];
        let tracks: Vec<String> = TRACKS
            .iter()
            .zip(edges)
            .enumerate()
            .map(|(index, ((title, isrc), edge))| {
                track(&format!("{index}.wav"), title, &format!("isrc = \"{isrc}\"\n{edge}"))
            })
            .collect();
        let call = stage.deliver(&FORMATS, fields, &tracks, &[]).ends_with(0);
        let report: Value = serde_json::from_slice(&std::fs::read(stage.path("out/report.json")).unwrap()).unwrap();
        assert_eq!(call.json(), report, "what is printed is the report");
        stage
    })
}

/// A text of the delivery, as JSON.
pub fn document(name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(night_cut().path("out").join(name)).unwrap()).unwrap()
}

#[test]
fn the_tree_is_what_was_asked_for_and_its_sums_are_right() {
    let out = night_cut().path("out");
    let of = |format: &str, extension: &str| STEMS.map(|stem| format!("{format}/{stem}.{extension}")).to_vec();
    let mut expected = [
        of("wav-24-48000", "wav"),
        of("wav-16-44100", "wav"),
        of("flac-24-48000", "flac"),
        of("mp3-320", "mp3"),
        of("ogg-6", "ogg"),
        ["image-cd/Night Cut.wav", "image-cd/Night Cut.cue"].map(str::to_owned).to_vec(),
        ["checksums.sha256", "manifest.json", "report.json"].map(str::to_owned).to_vec(),
    ]
    .concat();
    expected.sort();
    assert_eq!(tree(&out), expected);
    assert_eq!(crate::files::names(night_cut().root()).iter().filter(|name| name.starts_with('.')).count(), 0);
    let summed = Command::new("sha256sum").args(["-c", "--strict", "checksums.sha256"]).current_dir(&out).output();
    let summed = summed.expect("these tests need sha256sum as an oracle");
    assert!(summed.status.success(), "{}", String::from_utf8_lossy(&summed.stderr));
    let told = String::from_utf8(summed.stdout).unwrap();
    let mut named: Vec<&str> = told.lines().map(|line| line.strip_suffix(": OK").expect(line)).collect();
    named.sort_unstable();
    expected.retain(|name| name != "checksums.sha256");
    assert_eq!(named, expected, "every file but the list itself");
}

#[test]
fn the_manifest_says_what_other_programs_find() {
    let out = night_cut().path("out");
    let manifest = document("manifest.json");
    assert_eq!((&manifest["title"], &manifest["upc"]), (&"Night Cut".into(), &"036000291452".into()));
    let sums = std::fs::read_to_string(out.join("checksums.sha256")).unwrap();
    let files = manifest["files"].as_array().unwrap();
    let audio = tree(&out).into_iter().filter(|name| name.contains('/') && !name.ends_with(".cue"));
    assert!(files.iter().map(|file| file["path"].as_str().unwrap().to_owned()).eq(audio), "{files:?}");
    for file in files {
        let name = file["path"].as_str().unwrap();
        let path = out.join(name);
        assert_eq!(file["bytes"], path.metadata().unwrap().len(), "{name}");
        assert!(sums.contains(&format!("{}  {name}\n", file["sha256"].as_str().unwrap())), "{name}");
        let stream = &probed(&path)["streams"][0];
        assert_eq!(stream["sample_rate"], file["sample_rate"].to_string(), "{name}");
        assert_eq!(stream["channels"], file["channels"], "{name}");
        let (bits, bitrate_kbps) = (file["bits"].as_u64(), file["bitrate_kbps"].as_u64());
        match (bits, bitrate_kbps) {
            (Some(bits), _) if name.ends_with("flac") => {
                assert_eq!(stream["bits_per_raw_sample"], bits.to_string(), "{name}");
            }
            (Some(bits), _) => assert_eq!(stream["bits_per_sample"], bits, "{name}"),
            (None, Some(kbps)) => assert_eq!(stream["bit_rate"], format!("{kbps}000"), "{name}"),
            (None, None) => assert_eq!((&file["quality"], name.ends_with("ogg")), (&6.0.into(), true), "{name}"),
        }
        let frames = file["frames"].as_u64().unwrap() as usize;
        assert_eq!(decoded(&path, 2)[0].len(), frames, "{name} by ffmpeg");
        if name.ends_with("mp3") {
            let bytes = run("mpg123", &["-q", "-e", "s16", "-s", path.to_str().unwrap()]);
            assert_eq!(bytes.len() / 4, frames, "{name} by mpg123");
        }
        // 4.5 s each; the gap of 1.25 s is the end of the first.
        let rate = number(&file["sample_rate"]);
        let lasts_s = match file["track"].as_u64() {
            Some(1) => 5.75,
            Some(_) => 4.5,
            // 2 s before the first, three tracks and a gap, to the next CD frame.
            None => (f64::from(75 * 2) + (14.75_f64 * 75.0).ceil()) / 75.0,
        };
        assert_eq!(frames, (lasts_s * rate).round() as usize, "{name}");
    }
}

#[test]
fn the_report_reads_what_a_measurement_of_the_files_does() {
    let out = night_cut().path("out");
    let report = document("report.json");
    let tracks = report["tracks"].as_array().unwrap();
    let files: Vec<&Value> = tracks.iter().flat_map(|track| track["delivered"].as_array().unwrap()).collect();
    let images = report["images"].as_array().unwrap();
    assert_eq!((files.len(), images.len()), (15, 1));
    for file in files.into_iter().chain(images) {
        let path = out.join(file["path"].as_str().unwrap());
        let measured = measured(&[&path]);
        agree(file, &measured["files"][0]);
        assert_eq!(file["frames"], measured["files"][0]["frames"], "{file}");
    }
    // What stands in the first format is what the tracks are said to be.
    let paths = STEMS.map(|stem| out.join(format!("wav-24-48000/{stem}.wav")));
    let measured = measured(&paths.each_ref().map(|path| path.as_path()));
    agree(&report["album"], &measured["album"]);
    for (index, (track, measured)) in tracks.iter().zip(measured["files"].as_array().unwrap()).enumerate() {
        agree(&track["rendered"], measured);
        // Where a gap ends the file, three gating blocks of it hold a part of the music: of 42 that is 0.13 LU at most.
        let near_lu = if index == 0 { 0.13 } else { 0.05 };
        assert!((number(&measured["integrated_lufs"]) + 15.0).abs() < near_lu, "levels: {measured}");
    }
}

/// What `runout measure` reads of files.
pub fn measured(paths: &[&Path]) -> Value {
    let names = paths.iter().map(|path| path.to_str().unwrap());
    runout(&["measure", "--json"].into_iter().chain(names).collect::<Vec<_>>()).ends_with(0).json()
}

/// 0.01 LU and dB: dither and the word length are far below.
#[track_caller]
fn agree(said: &Value, measured: &Value) {
    for field in [
        "integrated_lufs",
        "momentary_max_lufs",
        "short_term_max_lufs",
        "loudness_range_lu",
        "true_peak_dbtp",
        "sample_peak_dbfs",
        "plr_lu",
        "correlation",
    ] {
        let (said, measured) = (number(&said[field]), number(&measured[field]));
        assert!((said - measured).abs() < 0.01, "{field}: {said} said, {measured} measured");
    }
}

/// What ffprobe says of a file.
pub fn probed(path: &Path) -> Value {
    let entries = ["-v", "error", "-of", "json", "-show_format", "-show_streams", "-select_streams", "a"];
    let entries = [&entries[..], &[path.to_str().unwrap()]].concat();
    serde_json::from_slice(&run("ffprobe", &entries)).unwrap()
}

#[test]
fn flac_is_whole_and_holds_what_the_wav_does() {
    let stage = night_cut();
    for stem in STEMS {
        let flac = stage.path("out/flac-24-48000").join(format!("{stem}.flac"));
        run("flac", &["-t", "-s", "-w", flac.to_str().unwrap()]);
    }
    assert!(joined(&stage.tracks_of("flac-24-48000")) == joined(&stage.tracks_of("wav-24-48000")));
}
