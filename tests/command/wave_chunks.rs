//! What a WAV says of itself: by the bytes of its chunks and by programs that are not ours.

use std::collections::BTreeMap;
use std::path::Path;

use runout_delivery::audio_sink::{AudioSink, Existing, FileDepth, LARGEST_RIFF_BYTES, WavForm, WavSink};
use runout_delivery::audio_source;
use runout_delivery::tags::{Loudness, Tags};
use runout_tests::signals;
use serde_json::Value;
use tempfile::TempDir;

use crate::files::{Store, folder, put_music, put_wav, tone};
use crate::formats::deliver;
use crate::oracles::{decoded, decoded_by_sox, run};
use crate::tags::ALL;

/// The bodies of a file's chunks in their order, by a walk of our own; every chunk begins on an even place, and the last one
/// ends with the file. `data_bytes` stands for the size that RF64 keeps elsewhere.
fn chunks(bytes: &[u8], data_bytes: Option<usize>) -> Vec<([u8; 4], Vec<u8>)> {
    let mut chunks = Vec::new();
    let mut place = 12;
    while place < bytes.len() {
        let name: [u8; 4] = bytes[place..place + 4].try_into().unwrap();
        let stated = u32::from_le_bytes(bytes[place + 4..place + 8].try_into().unwrap()) as usize;
        let size = if &name == b"data" { data_bytes.unwrap_or(stated) } else { stated };
        chunks.push((name, bytes[place + 8..place + 8 + size].to_vec()));
        place += 8 + size + size % 2;
    }
    assert_eq!(place, bytes.len());
    chunks
}

fn names(chunks: &[([u8; 4], Vec<u8>)]) -> Vec<String> {
    chunks.iter().map(|(name, _)| String::from_utf8_lossy(name).into_owned()).collect()
}

fn body<'a>(chunks: &'a [([u8; 4], Vec<u8>)], name: &[u8; 4]) -> &'a [u8] {
    &chunks.iter().find(|(found, _)| found == name).expect("the chunk").1
}

/// Text of a field of fixed length, filled with zeros.
fn text(field: &[u8]) -> &str {
    let length = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    assert!(field[length..].iter().all(|byte| *byte == 0));
    std::str::from_utf8(&field[..length]).unwrap()
}

fn levels(bext: &[u8]) -> [i16; 5] {
    [0, 2, 4, 6, 8].map(|place| i16::from_le_bytes([bext[412 + place], bext[413 + place]]))
}

fn fields(list: &[u8]) -> BTreeMap<String, String> {
    assert_eq!(&list[..4], b"INFO");
    let chunks = chunks(&[&[0; 8], list].concat(), None);
    let field = |(name, body): &([u8; 4], Vec<u8>)| {
        let (last, value) = body.split_last().unwrap();
        assert_eq!(*last, 0, "text ends with a zero");
        (String::from_utf8_lossy(name).into_owned(), String::from_utf8(value.to_vec()).unwrap())
    };
    chunks.iter().map(field).collect()
}

#[test]
fn a_tagged_wav_is_a_broadcast_wav_of_version_2() {
    let folder = folder();
    let mix = put_music(&folder, "mix.wav", 5.0, -6.0);
    for (depth, bits) in [("16", 16), ("24", 24), ("32f", 32)] {
        let (call, out) = deliver(&folder, &mix, "out.wav", &[&ALL[..], &["--depth", depth]].concat());
        let report = call.ends_with(0).json();
        let bytes = std::fs::read(&out).unwrap();
        let chunks = chunks(&bytes, None);
        let fact: &[&str] = if depth == "32f" { &["fact"] } else { &[] };
        let expected = [&["JUNK", "bext", "fmt "], fact, &["LIST", "data", "id3 "]].concat();
        assert_eq!(names(&chunks), expected);
        let bext = body(&chunks, b"bext");
        assert_eq!(text(&bext[..256]), "Bj?rk & Sigur R?s - N?chte ? ?");
        assert_eq!((text(&bext[256..288]), text(&bext[288..320])), ("Runout", "QZABC2600001"));
        assert_eq!((text(&bext[320..330]), text(&bext[330..338])), ("2026-11-20", ""));
        assert_eq!((u64::from_le_bytes(bext[338..346].try_into().unwrap()), &bext[346..348]), (0, &[2, 0][..]));
        assert!(bext[348..412].iter().chain(&bext[422..602]).all(|byte| *byte == 0));
        let field = |name: &str| (report["output"][name].as_f64().unwrap() * 100.0).round() as i16;
        let expected =
            ["integrated_lufs", "loudness_range_lu", "true_peak_dbtp", "momentary_max_lufs", "short_term_max_lufs"];
        assert_eq!(levels(bext), expected.map(field));
        let history = std::str::from_utf8(&bext[602..]).unwrap();
        assert!(history.starts_with(&format!("A=PCM,F=48000,W={bits},M=stereo,T=Runout")), "{history}");
        assert!(history.ends_with("\r\n"));
        let told = String::from_utf8(run("mediainfo", &["--Output=JSON", out.to_str().unwrap()])).unwrap();
        let told: Value = serde_json::from_str(&told).unwrap();
        let general = &told["media"]["track"][0];
        let expected = ["Nächte – 夜", "Björk & Sigur Rós", "3", "12", "2"];
        let found = [
            &general["Track"],
            &general["Performer"],
            &general["Track_Position"],
            &general["Track_Position_Total"],
            &general["extra"]["bext_Version"],
        ];
        assert_eq!(found, expected.map(Value::from).each_ref(), "{general}");
        let samples = decoded(&out, 2);
        assert!(samples == decoded_by_sox(&out, 2) && !samples[0].is_empty());
    }
}

#[test]
fn the_list_says_what_riff_has_names_for() {
    let folder = folder();
    let mix = put_wav(&folder, "mix.wav", Store::Integer(16), 48_000, &tone(1, 48_000));
    let (call, out) = deliver(&folder, &mix, "out.wav", &ALL);
    call.ends_with(0);
    let bytes = std::fs::read(&out).unwrap();
    let fields = fields(body(&chunks(&bytes, None), b"LIST"));
    let expected = [
        ("IART", "Björk & Sigur Rós"),
        ("ICOP", "© 2026 Runout"),
        ("ICRD", "2026-11-20"),
        ("IGNR", "Jazz"),
        ("INAM", "Nächte – 夜"),
        ("IPRD", "Ümläut=Rock"),
        ("ISRC", "QZABC2600001"),
        ("ITRK", "3"),
    ];
    assert_eq!(fields, expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
}

#[test]
fn a_year_is_no_day_and_what_was_not_measured_is_not_said() {
    let folder = folder();
    let mix = put_wav(&folder, "mix.wav", Store::Integer(16), 48_000, &[vec![0.0; 12_000]]);
    let (call, out) = deliver(&folder, &mix, "out.wav", &["--tag", "date=2026", "--tag", "upc=036000291452"]);
    call.ends_with(0);
    let bytes = std::fs::read(&out).unwrap();
    let chunks = chunks(&bytes, None);
    let bext = body(&chunks, b"bext");
    assert_eq!((text(&bext[..256]), text(&bext[320..330]), levels(bext)), ("", "", [0x7fff; 5]));
    assert_eq!(fields(body(&chunks, b"LIST")), [("ICRD".to_owned(), "2026".to_owned())].into());
    assert!(body(&chunks, b"id3 ").windows(7).any(|window| window == b"BARCODE"));
}

#[test]
fn without_tags_there_are_only_samples() {
    let folder = folder();
    let mix = put_wav(&folder, "mix.wav", Store::Integer(24), 48_000, &tone(2, 48_000));
    let (call, out) = deliver(&folder, &mix, "out.wav", &[]);
    call.ends_with(0);
    assert_eq!(names(&chunks(&std::fs::read(&out).unwrap(), None)), ["JUNK", "fmt ", "data"]);
}

/// Writes an odd number of bytes with tags and a limit on the size of plain RIFF.
fn with_limit(folder: &TempDir, name: &str, largest_riff_bytes: u64, loudness: Option<&Loudness>) -> Vec<u8> {
    let path = folder.path().join(name);
    let form = WavForm { sample_rate_hz: 48_000, channels: 1, depth: FileDepth::Integer24 };
    let tagged = Loudness {
        integrated_lufs: -23.0,
        range_lu: 5.5,
        true_peak_dbtp: -1.0,
        momentary_max_lufs: f64::NEG_INFINITY,
        short_term_max_lufs: -19.994,
    };
    let tags = Tags { title: Some("Long".to_owned()), loudness: Some(tagged), ..Tags::default() };
    let mut plane = signals::noise(9, 0.5, 10_007);
    let mut sink = WavSink::with_tags(&path, form, &tags, Existing::Replace, largest_riff_bytes).unwrap();
    sink.write(&[&mut plane[..]]).unwrap();
    Box::new(sink).complete(loudness).unwrap();
    std::fs::read(path).unwrap()
}

#[test]
fn rf64_has_the_same_chunks_and_measured_loudness_stands_for_that_of_the_tags() {
    let folder = folder();
    let plain = with_limit(&folder, "plain.wav", LARGEST_RIFF_BYTES, None);
    let long = with_limit(&folder, "long.wav", plain.len() as u64 - 9, None);
    assert_eq!((&plain[..4], &long[..4], plain.len()), (&b"RIFF"[..], &b"RF64"[..], long.len()));
    let data_bytes = 3 * 10_007;
    let (of_plain, of_long) = (chunks(&plain, None), chunks(&long, Some(data_bytes)));
    assert_eq!(names(&of_plain), ["JUNK", "bext", "fmt ", "LIST", "data", "id3 "]);
    assert_eq!(names(&of_long), ["ds64", "bext", "fmt ", "LIST", "data", "id3 "]);
    assert_eq!(of_plain[1..], of_long[1..]);
    let ds64 = body(&of_long, b"ds64");
    let size = |place: usize| u64::from_le_bytes(ds64[place..place + 8].try_into().unwrap());
    assert_eq!((size(0), size(8), size(16)), (long.len() as u64 - 8, data_bytes as u64, 10_007));
    assert_eq!(levels(body(&of_plain, b"bext")), [-2300, 550, -100, 0x7fff, -1999]);
    let path = |name: &str| folder.path().join(name);
    let read = |path: &Path| audio_source::open(path).unwrap().format().frames;
    assert_eq!((read(&path("plain.wav")), read(&path("long.wav"))), (Some(10_007), Some(10_007)));
    assert_eq!(decoded(&path("long.wav"), 1), decoded(&path("plain.wav"), 1), "ffmpeg reads both alike");
    let measured = Loudness {
        integrated_lufs: -14.0,
        range_lu: f64::NAN,
        true_peak_dbtp: -0.5,
        momentary_max_lufs: -10.0,
        short_term_max_lufs: -12.0,
    };
    let patched = with_limit(&folder, "patched.wav", LARGEST_RIFF_BYTES, Some(&measured));
    assert_eq!(levels(body(&chunks(&patched, None), b"bext")), [-1400, 0x7fff, -50, -1000, -1200]);
}
