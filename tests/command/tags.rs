//! Do other programs read the tags that were asked for, under the names that every format has for them?

use std::path::Path;

use crate::binary::runout;
use crate::files::{Store, folder, names, put_music, put_wav, tone};
use crate::formats::deliver;
use crate::oracles::run;
use serde_json::Value;

/// Every tag, with letters beyond ASCII where there may be any.
pub const ALL: [&str; 22] = [
    "--tag",
    "title=Nächte – 夜",
    "--tag",
    "artist=Björk & Sigur Rós",
    "--tag",
    "album=Ümläut=Rock",
    "--tag",
    "album-artist=Various",
    "--tag",
    "track=3/12",
    "--tag",
    "date=2026-11-20",
    "--tag",
    "genre=Jazz",
    "--tag",
    "isrc=qz-abc-26-00001",
    "--tag",
    "upc=036000291452",
    "--tag",
    "copyright=© 2026 Runout",
    "--tag",
    "composer=Dvořák",
];

/// What ffprobe says of a file.
fn probed(path: &Path) -> Value {
    let entries = ["-v", "error", "-of", "json", "-show_format", "-show_streams", path.to_str().unwrap()];
    serde_json::from_slice(&run("ffprobe", &entries)).unwrap()
}

/// Whether an object of ffprobe's has these fields, whatever the letters of their names.
#[track_caller]
fn has(tags: &Value, expected: &[(&str, &str)]) {
    let tags = tags.as_object().expect("tags");
    for (name, value) in expected {
        let found = tags.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value);
        assert_eq!(found, Some(&Value::from(*value)), "{name} in {tags:?}");
    }
}

#[test]
fn flac_and_ogg_have_vorbis_comments_of_the_usual_names() {
    let folder = folder();
    let mix = put_music(&folder, "mix.wav", 2.0, 0.0);
    let expected = [
        "TITLE=Nächte – 夜",
        "ARTIST=Björk & Sigur Rós",
        "ALBUM=Ümläut=Rock",
        "ALBUMARTIST=Various",
        "TRACKNUMBER=3",
        "TRACKTOTAL=12",
        "DATE=2026-11-20",
        "GENRE=Jazz",
        "ISRC=QZABC2600001",
        "BARCODE=036000291452",
        "COPYRIGHT=© 2026 Runout",
        "COMPOSER=Dvořák",
    ];
    for (name, program, arguments) in [
        ("out.flac", "metaflac", &["--no-utf8-convert", "--export-tags-to=-"][..]),
        ("out.ogg", "vorbiscomment", &["-l", "-R"]),
    ] {
        let (call, out) = deliver(&folder, &mix, name, &ALL);
        let report = call.ends_with(0).json();
        let listed = run(program, &[arguments, &[out.to_str().unwrap()]].concat());
        let listed = String::from_utf8(listed).unwrap();
        let lines: Vec<&str> = listed.lines().collect();
        assert_eq!(lines[..12], expected, "{name}");
        // ReplayGain 2.0 is of what was encoded.
        let of = |field: &str| report.get("rendered").unwrap_or(&report["output"])[field].as_f64().unwrap();
        let gain = format!("REPLAYGAIN_TRACK_GAIN={:.2} dB", -18.0 - of("integrated_lufs"));
        let peak = format!("REPLAYGAIN_TRACK_PEAK={:.6}", 10f64.powf(of("sample_peak_dbfs") / 20.0));
        assert_eq!(lines[12], gain);
        // The report has four digits of the peak's decibels: 6e-6 of the peak.
        let last = |line: &str| line.rsplit('=').next().unwrap().parse::<f64>().unwrap();
        assert!(lines[13].starts_with("REPLAYGAIN_TRACK_PEAK=0.") && (last(lines[13]) - last(&peak)).abs() < 1e-5);
        assert_eq!(lines[14..], ["REPLAYGAIN_REFERENCE_LOUDNESS=-18.00 LUFS"]);
    }
}

#[test]
fn mp3_has_id3_and_its_frames_by_number_of_version_4() {
    let folder = folder();
    let mix = put_music(&folder, "mix.wav", 1.0, 0.0);
    let (call, out) = deliver(&folder, &mix, "out.mp3", &ALL);
    call.ends_with(0);
    let bytes = std::fs::read(&out).unwrap();
    assert_eq!(&bytes[..5], b"ID3\x04\x00");
    for frame in ["TIT2", "TPE1", "TALB", "TPE2", "TRCK", "TDRC", "TCON", "TSRC", "TCOP", "TCOM"] {
        assert_eq!(bytes.windows(4).filter(|window| *window == frame.as_bytes()).count(), 1, "{frame}");
    }
    has(
        &probed(&out)["format"]["tags"],
        &[
            ("title", "Nächte – 夜"),
            ("artist", "Björk & Sigur Rós"),
            ("album", "Ümläut=Rock"),
            ("album_artist", "Various"),
            ("track", "3/12"),
            ("date", "2026-11-20"),
            ("genre", "Jazz"),
            ("TSRC", "QZABC2600001"),
            ("BARCODE", "036000291452"),
            ("copyright", "© 2026 Runout"),
            ("composer", "Dvořák"),
            ("REPLAYGAIN_REFERENCE_LOUDNESS", "-18.00 LUFS"),
        ],
    );
    let told = String::from_utf8(run("mediainfo", &[out.to_str().unwrap()])).unwrap();
    assert!(told.contains("Nächte – 夜") && told.contains("QZABC2600001"), "{told}");
}

#[test]
fn without_tags_only_the_loudness_of_the_file_is_said() {
    let folder = folder();
    let mix = put_wav(&folder, "mix.wav", Store::Integer(24), 48_000, &vec![vec![0.0; 24_000]; 2]);
    let (call, out) = deliver(&folder, &mix, "out.flac", &[]);
    call.ends_with(0);
    let listed = run("metaflac", &["--export-tags-to=-", out.to_str().unwrap()]);
    // Silence has no gain.
    let expected = "REPLAYGAIN_TRACK_PEAK=0.000000\nREPLAYGAIN_REFERENCE_LOUDNESS=-18.00 LUFS\n";
    assert_eq!(String::from_utf8(listed).unwrap(), expected);
}

#[test]
fn streams_of_ogg_are_numbered_by_their_tags() {
    let folder = folder();
    let mix = put_music(&folder, "mix.wav", 1.0, 0.0);
    let serial = |title: &str| {
        let (call, out) = deliver(&folder, &mix, "out.ogg", &["--tag", title]);
        call.ends_with(0);
        std::fs::read(out).unwrap()[14..18].to_vec()
    };
    assert_eq!(serial("title=One"), serial("title=One"));
    assert_ne!(serial("title=One"), serial("title=Two"));
}

#[test]
fn a_wrong_tag_is_one_line() {
    let folder = folder();
    let mix = put_wav(&folder, "mix.wav", Store::Integer(16), 48_000, &tone(2, 48_000));
    let out = folder.path().join("out.flac");
    for (tag, parts) in [
        ("title", &["--tag title", "KEY=VALUE"][..]),
        ("name=x", &["there is no tag `name`", "title, artist, album, album-artist, track, date"]),
        ("title=", &["the value is empty"]),
        ("title=a\nb", &["control character"]),
        ("date=20.11.2026", &["YYYY-MM-DD"]),
        ("track=13/12", &["N or N/M"]),
        ("isrc=QZABC26", &["no ISRC", "12 characters", "QZABC2600001"]),
        ("upc=036000291453", &["its last digit must be 2"]),
        ("upc=0360", &["12 or 13 digits"]),
    ] {
        let fixed = ["master", mix.to_str().unwrap(), "-o", out.to_str().unwrap(), "--tag", tag];
        runout(&fixed).refuses(parts);
    }
    let fixed = ["master", mix.to_str().unwrap(), "-o", out.to_str().unwrap(), "--tag", "title=a", "--tag", "title=b"];
    runout(&fixed).refuses(&["title is given twice"]);
    assert_eq!(names(folder.path()), ["mix.wav"]);
}
