//! Do other programs read the tags, the picture, the loudness and ReplayGain of every delivered format?

use std::path::PathBuf;

use serde_json::Value;

use super::delivered::{STEMS, TRACKS, document, measured, night_cut, probed};
use super::number;
use crate::oracles::{ffmpeg, run};

/// The delivered file of a track in every format of tracks.
fn files_of(index: usize) -> [(&'static str, PathBuf); 5] {
    let of =
        |format: &str, extension: &str| night_cut().path("out").join(format!("{format}/{}.{extension}", STEMS[index]));
    [
        ("wav", of("wav-24-48000", "wav")),
        ("wav", of("wav-16-44100", "wav")),
        ("flac", of("flac-24-48000", "flac")),
        ("mp3", of("mp3-320", "mp3")),
        ("ogg", of("ogg-6", "ogg")),
    ]
}

/// A tag as ffprobe gives it, of the file or, in Ogg, of its stream.
fn tag<'a>(probed: &'a Value, name: &str) -> Option<&'a str> {
    let tables = [&probed["format"]["tags"], &probed["streams"][0]["tags"]];
    let fields = tables.into_iter().filter_map(Value::as_object).flatten();
    fields.into_iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).and_then(|(_, value)| value.as_str())
}

#[test]
fn every_format_has_the_tags_of_its_track() {
    for (index, (title, isrc)) in TRACKS.iter().enumerate() {
        let artist = if index == 1 { "A Guest" } else { "The Example" };
        for (kind, file) in files_of(index) {
            let probed = probed(&file);
            let has = |name: &str, value: &str| {
                assert_eq!(tag(&probed, name), Some(value), "{name} in {}: {probed}", file.display());
            };
            has("title", title);
            has("artist", artist);
            has("album", "Night Cut");
            has("date", "1987-06-05");
            has("genre", "Jazz");
            has("copyright", "© Example");
            match kind {
                "mp3" => {
                    has("track", &format!("{}/3", index + 1));
                    has("TSRC", isrc);
                    has("BARCODE", "036000291452");
                    has("album_artist", "The Example");
                    has("composer", "Dvořák");
                }
                "wav" => {
                    has("track", &(index + 1).to_string());
                    has("ISRC", isrc);
                    let told = run("mediainfo", &["--Output=JSON", file.to_str().unwrap()]);
                    assert!(String::from_utf8_lossy(&told).contains(isrc), "{isrc} in {}", file.display());
                    // What RIFF has no name for stands in its ID3.
                    let bytes = std::fs::read(&file).unwrap();
                    let id3 = bytes.windows(4).rposition(|name| name == b"id3 ").unwrap();
                    for text in [&format!("{}/3", index + 1), "BARCODE\u{0}036000291452", "Dvořák"] {
                        assert!(bytes[id3..].windows(text.len()).any(|window| window == text.as_bytes()), "{text}");
                    }
                }
                _ => {
                    has("track", &(index + 1).to_string());
                    has("TRACKTOTAL", "3");
                    has("ISRC", isrc);
                    has("BARCODE", "036000291452");
                    has("album_artist", "The Example");
                    has("composer", "Dvořák");
                }
            }
        }
    }
    let image = probed(&night_cut().path("out/image-cd/Night Cut.wav"));
    assert_eq!((tag(&image, "title"), tag(&image, "artist")), (Some("Night Cut"), Some("The Example")));
}

#[test]
fn every_file_of_audio_has_the_cover_byte_for_byte() {
    let cover = std::fs::read(night_cut().path("cover.png")).unwrap();
    let image = night_cut().path("out/image-cd/Night Cut.wav");
    let files = (0..3).flat_map(|index| files_of(index).map(|(_, file)| file)).chain([image]);
    for file in files {
        let attached = ffmpeg(&["-i", file.to_str().unwrap(), "-map", "0:v", "-c", "copy", "-f", "image2pipe", "-"]);
        assert!(attached == cover, "{}", file.display());
    }
}

#[test]
fn replay_gain_is_of_the_track_and_of_the_album() {
    // Lossless files of the same rate hold what was encoded.
    let measured = ["wav-24-48000", "wav-16-44100"].map(|format| {
        let files = STEMS.map(|stem| night_cut().path("out").join(format!("{format}/{stem}.wav")));
        measured(&files.each_ref().map(|file| file.as_path()))
    });
    for index in 0..3 {
        for (kind, file) in files_of(index).into_iter().filter(|(kind, _)| *kind != "wav") {
            let of_rate = &measured[usize::from(kind != "flac")];
            let probed = probed(&file);
            let read = |name: &str| -> f64 {
                let text = tag(&probed, name).unwrap_or_else(|| panic!("{name} in {probed}"));
                text.trim_end_matches(" dB").parse().unwrap()
            };
            for (name, readings) in [("track", &of_rate["files"][index]), ("album", &of_rate["album"])] {
                let (gain, peak) = (read(&format!("replaygain_{name}_gain")), read(&format!("replaygain_{name}_peak")));
                let expected = -18.0 - number(&readings["integrated_lufs"]);
                // Two digits.
                assert!((gain - expected).abs() < 0.0055, "{kind}, {name}: {gain} dB, {expected} expected");
                let expected = 10f64.powf(number(&readings["sample_peak_dbfs"]) / 20.0);
                // Dither of 16 bits: 1.5 LSB.
                assert!((peak - expected).abs() < 1e-4, "{kind}, {name}: {peak}, {expected} expected");
            }
        }
    }
}

#[test]
fn a_wav_says_its_loudness_in_bext() {
    let report = document("report.json");
    for (index, (_, isrc)) in TRACKS.iter().enumerate() {
        for (place, format) in ["wav-24-48000", "wav-16-44100"].iter().enumerate() {
            let bytes =
                std::fs::read(night_cut().path("out").join(format).join(format!("{}.wav", STEMS[index]))).unwrap();
            let chunk = bytes.windows(4).position(|name| name == b"bext").unwrap() + 8;
            let bext = &bytes[chunk..chunk + 602];
            assert_eq!((&bext[288..300], &bext[320..330]), (isrc.as_bytes(), &b"1987-06-05"[..]));
            assert_eq!(bext[346..348], [2, 0], "version 2");
            let delivered = &report["tracks"][index]["delivered"][place];
            assert_eq!(delivered["format"], *format);
            let fields =
                ["integrated_lufs", "loudness_range_lu", "true_peak_dbtp", "momentary_max_lufs", "short_term_max_lufs"];
            for (field, level) in fields.iter().zip(bext[412..422].as_chunks::<2>().0) {
                let said = f64::from(i16::from_le_bytes(*level)) / 100.0;
                assert!((said - number(&delivered[field])).abs() <= 0.0051, "{field}: {said}, {}", delivered[field]);
            }
        }
    }
}
