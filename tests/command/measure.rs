//! Does `runout measure` read what others read, and say what to do?

use std::path::{Path, PathBuf};
use std::process::Stdio;

use runout_tests::{music, signals};
use serde_json::Value;

use crate::binary::{command, runout};
use crate::files::{Store, chunk, folder, form, put, put_music, put_wav, riff};
use crate::oracles::ebur128;

/// The readings of files by the command, with further arguments.
fn measured(paths: &[&Path], more: &[&str]) -> Value {
    let mut arguments = vec!["measure", "--json"];
    arguments.extend(paths.iter().map(|path| path.to_str().unwrap()));
    arguments.extend(more);
    runout(&arguments).ends_with(0).json()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn music_reads_as_ffmpeg_reads_it() {
    let folder = folder();
    for seconds in [12.0, 30.0] {
        let mix = put_music(&folder, "mix.wav", seconds, -3.0);
        let file = &measured(&[&mix], &[])["files"][0];
        let (integrated_lufs, range_lu, true_peak_dbtp) = ebur128(&mix);
        // ffmpeg prints one decimal: 0.05, and 0.01 between two meters. Of the range the tolerance is that of EBU Tech 3342,
        // as ffmpeg also counts windows that reach before the start. Its true peak is the 4x one: up to 0.5 dB low at the
        // highest frequencies.
        assert!((number(&file["integrated_lufs"]) - integrated_lufs).abs() <= 0.06, "{file}");
        assert!((number(&file["loudness_range_lu"]) - range_lu).abs() <= 1.0, "{range_lu} {file}");
        let over_db = number(&file["true_peak_dbtp"]) - true_peak_dbtp;
        assert!((-0.1..0.6).contains(&over_db), "{true_peak_dbtp} {file}");
    }
}

#[test]
fn a_tone_reads_what_its_level_says() {
    let folder = folder();
    // EBU Tech 3341, case 1: 20 s at -23 dBFS. DC of 0.01 on the left beside it: the K-weighting takes it out.
    let mut planes = signals::in_channels(&signals::sine(1000.0, 10f64.powf(-23.0 / 20.0), 0.0, 48_000.0, 960_000), 2);
    planes[0].iter_mut().for_each(|sample| *sample += 0.01);
    let path = put_wav(&folder, "tone.wav", Store::Float(32), 48_000, &planes);
    let file = &measured(&[&path], &[])["files"][0];
    for reading in ["integrated_lufs", "momentary_max_lufs", "short_term_max_lufs"] {
        // The meter's tolerance of EBU mode.
        assert!((number(&file[reading]) + 23.0).abs() <= 0.1, "{reading}: {file}");
    }
    assert!(
        (number(&file["dc_offset"][0]) - 0.01).abs() < 1e-6 && number(&file["dc_offset"][1]).abs() < 1e-6,
        "{file}"
    );
    assert!(number(&file["correlation"]) > 0.98);
    let plr_lu = number(&file["true_peak_dbtp"]) - number(&file["integrated_lufs"]);
    assert!((number(&file["plr_lu"]) - plr_lu).abs() < 2e-4);
    assert_eq!((file["duration_s"].as_f64(), file["frames"].as_u64()), (Some(20.0), Some(960_000)));
}

#[test]
fn silence_is_null() {
    let folder = folder();
    let path = put_wav(&folder, "silence.wav", Store::Integer(16), 48_000, &vec![vec![0.0; 96_000]; 2]);
    let file = &measured(&[&path], &[])["files"][0];
    for reading in [
        "integrated_lufs",
        "momentary_max_lufs",
        "short_term_max_lufs",
        "loudness_range_lu",
        "true_peak_dbtp",
        "sample_peak_dbfs",
        "plr_lu",
        "psr_min_lu",
        "correlation",
    ] {
        assert_eq!(file[reading], Value::Null, "{reading}");
    }
    let call = runout(&["measure", path.to_str().unwrap(), "--target", "spotify"]).ends_with(1);
    assert!(call.stdout.contains("-inf LUFS") && call.stdout.contains("FAIL. Silence"), "{}", call.stdout);
}

#[test]
fn a_verdict_says_what_to_do_and_decides_the_exit_status() {
    let folder = folder();
    let tone = |level_dbfs: f64| {
        let tone = signals::sine(997.0, 10f64.powf(level_dbfs / 20.0), 0.0, 48_000.0, 240_000);
        put_wav(&folder, "tone.wav", Store::Float(32), 48_000, &signals::in_channels(&tone, 2))
    };
    let path = tone(-13.4);
    let call = runout(&["measure", path.to_str().unwrap(), "--target", "spotify"]).ends_with(1);
    assert!(call.stdout.contains("spotify: FAIL. Over by 0.6 LU. Lower it by 0.6 dB."), "{}", call.stdout);
    let json = runout(&["measure", path.to_str().unwrap(), "--target", "spotify", "--json"]).ends_with(1).json();
    let target = &json["files"][0]["target"];
    assert_eq!((&target["name"], &target["passed"]), (&"spotify".into(), &false.into()));
    assert!((number(&target["gain_to_target_db"]) + 0.6).abs() < 0.02, "{target}");
    let path = tone(-14.2);
    let call = runout(&["measure", path.to_str().unwrap(), "--target", "spotify"]).ends_with(0);
    assert!(call.stdout.contains("spotify: pass. On target (-0.20 LU)."), "{}", call.stdout);
    // Loud enough for clubs, and a true peak that is too high for them.
    let path = tone(-0.2);
    let call = runout(&["measure", path.to_str().unwrap(), "--target", "cd"]).ends_with(1);
    assert!(call.stdout.contains("cd: FAIL. True peak over -0.3 dBTP by 0.10 dB"), "{}", call.stdout);
}

/// Two files of different loudness and length, and both in one.
fn two_and_their_album(folder: &tempfile::TempDir) -> (PathBuf, PathBuf, PathBuf) {
    let one = music::music(21, 48_000.0, 20.0, 2);
    let other = signals::driven(&music::music(22, 48_000.0, 30.0, 2), -9.0);
    let whole: Vec<Vec<f32>> = one.iter().zip(&other).map(|(one, other)| [one.as_slice(), other].concat()).collect();
    let put = |name, planes: &[Vec<f32>]| put_wav(folder, name, Store::Float(32), 48_000, planes);
    (put("one.wav", &one), put("other.wav", &other), put("whole.wav", &whole))
}

#[test]
fn several_files_are_read_as_one_programme() {
    let folder = folder();
    let (one, other, whole) = two_and_their_album(&folder);
    let album = &measured(&[&one, &other], &[])["album"];
    let joined = &measured(&[&whole], &[])["files"][0];
    assert_eq!(album["duration_s"], joined["duration_s"]);
    // What precedes a file counts as silence: only the windows across the join differ, 3 s of 50.
    for (reading, tolerance) in [
        ("integrated_lufs", 0.03),
        ("momentary_max_lufs", 0.001),
        ("short_term_max_lufs", 0.001),
        ("loudness_range_lu", 0.5),
        ("true_peak_dbtp", 0.001),
        ("sample_peak_dbfs", 0.0),
        ("correlation", 1e-5),
    ] {
        let difference = (number(&album[reading]) - number(&joined[reading])).abs();
        assert!(difference <= tolerance, "{reading}: {} and {}", album[reading], joined[reading]);
    }
    assert_eq!(measured(&[&one], &[])["album"], Value::Null, "one file is no album");
    let table = runout(&["measure", one.to_str().unwrap(), other.to_str().unwrap()]).ends_with(0).stdout;
    assert!(table.lines().any(|line| line.starts_with("album")), "{table}");
}

#[test]
fn the_number_of_jobs_changes_nothing() {
    let folder = folder();
    let (one, other, whole) = two_and_their_album(&folder);
    let paths: [&Path; 5] = [&whole, &one, &other, &one, &whole];
    let alone = measured(&paths, &["--jobs", "1"]).to_string();
    for jobs in ["2", "5", "256"] {
        assert_eq!(measured(&paths, &["--jobs", jobs]).to_string(), alone, "{jobs} jobs");
    }
}

#[test]
fn the_log_has_a_row_every_100_ms() {
    let folder = folder();
    // A rate that ten does not divide, and 1.5 s of silence first.
    let mut planes = music::music(5, 11_025.0, 4.0, 2);
    planes.iter_mut().for_each(|plane| drop(plane.splice(0..0, vec![0.0; 16_537])));
    let path = put_wav(&folder, "mix.wav", Store::Float(32), 11_025, &planes);
    let log = folder.path().join("log.csv");
    let file = &measured(&[&path], &["--log", log.to_str().unwrap()])["files"][0];
    let text = std::fs::read_to_string(&log).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows[0], ["time_s", "momentary_lufs", "short_term_lufs", "integrated_lufs", "true_peak_dbtp"]);
    assert_eq!(rows.len(), 1 + planes[0].len() * 10 / 11_025);
    for (index, row) in rows.iter().enumerate().skip(1) {
        assert_eq!(row[0].parse::<f64>().unwrap(), index as f64 / 10.0);
        let silent = index <= 15;
        assert_eq!(row[1..].iter().all(|cell| cell.is_empty()), silent, "row {index}: {row:?}");
    }
    let highest = |column: usize| {
        let values = rows[1..].iter().filter_map(|row| row[column].parse::<f64>().ok());
        values.fold(f64::NEG_INFINITY, f64::max)
    };
    // Two decimals in the log; the momentary window moves ten times as often as the rows.
    assert!((highest(4) - number(&file["true_peak_dbtp"])).abs() <= 0.006, "{}", highest(4));
    let below_lu = number(&file["momentary_max_lufs"]) - highest(1);
    assert!((-0.006..1.0).contains(&below_lu), "{below_lu}");
    // The log changes no reading.
    assert_eq!(file, &measured(&[&path], &[])["files"][0]);
}

/// The most memory a call ever held, kB.
pub fn peak_kilobytes(arguments: &[&str]) -> u64 {
    let mut child = command().args(arguments).stdout(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(peak);
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    assert!(child.wait().unwrap().success());
    peak
}

#[test]
fn memory_does_not_grow_with_length() {
    let folder = folder();
    // A sparse file: a head and a hole as long as three hours of 16-bit mono at 8 kHz.
    let bytes = 3 * 3600 * 8_000 * 2u32;
    let mut head = riff(&[chunk(b"fmt ", &form(Store::Integer(16), 1, 8_000)), b"data".to_vec()]);
    head.extend(bytes.to_le_bytes());
    let long = put(&folder, "long.wav", &head);
    let file = std::fs::OpenOptions::new().write(true).open(&long).unwrap();
    file.set_len(head.len() as u64 + u64::from(bytes)).unwrap();
    let short = put_music(&folder, "short.wav", 10.0, 0.0);
    let (long, short) = (long.to_str().unwrap(), short.to_str().unwrap());
    let (of_short, of_long) = (peak_kilobytes(&["measure", short]), peak_kilobytes(&["measure", long]));
    assert!(of_long < 32_000 && of_short > 1_000, "{of_long} kB, {of_short} kB");
    assert!(of_long < of_short + 2_000, "three hours take {of_long} kB, ten seconds {of_short} kB");
}
