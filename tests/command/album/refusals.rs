//! Is every mistake of an album told before any work, one line each, with nothing written?

use std::path::PathBuf;

use runout_tests::signals;

use super::{HEAD, Stage, album, track, tree};
use crate::files::{Store, wav};
use crate::oracles::ffmpeg;

/// Two short mixes, and nothing else.
fn stage() -> Stage {
    let stage = Stage::new();
    for name in ["0.wav", "1.wav"] {
        stage.mix(name, 44_100, &vec![signals::noise(1, 0.1, 22_050); 2]);
    }
    stage
}

/// Refused with a line for each list of parts, in this order, and nothing is written.
#[track_caller]
fn refuses(stage: &Stage, text: &str, lines: &[&[&str]]) {
    stage.text("ALBUM.toml", text);
    let before = tree(stage.root());
    let call = stage.call(&[]).ends_with(2);
    assert_eq!(call.stdout, "", "a refusal prints nothing");
    assert_eq!(call.stderr.lines().count(), lines.len(), "{}", call.stderr);
    for (line, parts) in call.stderr.lines().zip(lines) {
        assert!(line.starts_with("runout: "), "{line}");
        for part in *parts {
            assert!(line.contains(part), "`{part}` in: {line}");
        }
    }
    assert_eq!(tree(stage.root()), before);
    assert!(!stage.path("out").exists(), "no folder was made");
}

fn one() -> String {
    track("0.wav", "One", "")
}

#[test]
fn every_field_that_is_wrong_is_told_with_its_line() {
    let stage = stage();
    let wavs = ["wav-24-48000"];
    let with = |fields: &str| album(&wavs, fields, &[one()]);
    let of_track = |fields: &str| album(&wavs, "", &[one(), track("1.wav", "Two", fields)]);
    let cases: [(String, &[&str]); 22] = [
        (with("upc = \"036000291453\""), &["ALBUM.toml:5: upc = \"036000291453\"", "its last digit must be 2"]),
        (with("upc = 36000291452"), &["ALBUM.toml:5: upc", "in quotes"]),
        (with("date = \"20.11.2026\""), &["ALBUM.toml:5: date", "2026-11-20"]),
        (with("levels = \"loud\""), &["ALBUM.toml:5: levels", "track, album, as-is"]),
        (with("levels = \"album\""), &["ALBUM.toml:5: levels", "needs a target"]),
        (with("target = \"radio\""), &["ALBUM.toml:5: target", "spotify"]),
        (with("target = {integrated_lufs = 3, ceiling_dbtp = -1}"), &["target.integrated_lufs = 3", "-40 to -4 LUFS"]),
        (with("target = {integrated_lufs = -12}"), &["target.ceiling_dbtp is missing"]),
        (with("picture = \"no.png\""), &["ALBUM.toml:5: picture = \"no.png\"", "no such file"]),
        (with("colour = \"red\""), &["ALBUM.toml:5: unknown field colour"]),
        (of_track("isrc = \"QZABC26\""), &["ALBUM.toml:13: track.2.isrc", "no ISRC", "12 characters"]),
        (of_track("gain_db = 30"), &["ALBUM.toml:13: track.2.gain_db = 30", "-24 to 24 dB"]),
        (of_track("gap_before_s = -1"), &["track.2.gap_before_s = -1", "0 to 600 s"]),
        (of_track("fade_shape = \"round\""), &["track.2.fade_shape", "linear, equal-power, s-curve"]),
        (of_track("crossfade_s = 1"), &["track.2.crossfade_s = 1", "no next one"]),
        (of_track("fade_out_s = 0.6"), &["track.2.fade_out_s = 0.6", "0.500 s of the track"]),
        (of_track("trim_start_s = 0.5"), &["track.2.trim_start_s = 0.5", "nothing"]),
        (album(&["wav-20-48000"], "", &[one()]), &["ALBUM.toml:4: formats has \"wav-20-48000\""]),
        (album(&["mp3-320", "mp3-320"], "", &[one()]), &["ALBUM.toml:4: formats has \"mp3-320\"", "twice"]),
        (album(&["mp3-320-96000"], "", &[one()]), &["ALBUM.toml:4: formats", "96000 Hz"]),
        (album(&["image-cd"], "", &[one()]), &["track.1.file", "4 s or more"]),
        (album(&wavs, "", &[]), &["track is missing"]),
    ];
    for (text, parts) in cases {
        refuses(&stage, &text, &[parts]);
    }
    refuses(&stage, "version = 1\ntitle = ", &[&["ALBUM.toml:2: not valid TOML"]]);
    refuses(
        &stage,
        &album(&wavs, "", &[one()]).replace("version = 1", "version = 2"),
        &[&["ALBUM.toml:1: version = 2"]],
    );
    std::fs::remove_file(stage.path("ALBUM.toml")).unwrap();
    stage.call(&[]).refuses(&["ALBUM.toml", "no such file"]);
}

#[test]
fn mixes_pictures_and_chains_that_cannot_be_used_are_named() {
    let stage = stage();
    let wavs = ["wav-24-48000"];
    let of_file = |file: &str| album(&wavs, "", &[track(file, "One", ""), track("1.wav", "Two", "")]);
    refuses(&stage, &of_file("no.wav"), &[&["ALBUM.toml:7: track.1.file = \"no.wav\"", "no such file"]]);
    refuses(&stage, &of_file("ALBUM.toml"), &[&["track.1.file", "not an audio file"]]);
    refuses(&stage, &of_file("."), &[&["track.1.file", "is a folder"]]);
    stage.mix("six.wav", 48_000, &vec![vec![0.1; 4800]; 6]);
    refuses(&stage, &of_file("six.wav"), &[&["six.wav", "6 channels", "mono and stereo"]]);
    let chained = |chain: &str| album(&wavs, "", &[one(), track("1.wav", "Two", &format!("chain = {chain:?}"))]);
    refuses(&stage, &chained("no.toml"), &[&["track.2.chain = \"no.toml\"", "no such file"]]);
    stage.text("a.toml", "version = 1\n[limiter]\nceiling_dbtp = 3\n");
    refuses(&stage, &chained("a.toml"), &[&["track.2.chain", "a.toml:3: limiter.ceiling_dbtp = 3", "-20 to 0"]]);
    let pictured = |name: &str| album(&wavs, &format!("picture = {name:?}"), &[one()]);
    stage.text("gif.png", "GIF89a\x01\x01");
    refuses(&stage, &pictured("gif.png"), &[&["picture", "gif.png", "PNG or JPEG"]]);
    std::fs::File::create(stage.path("huge.png")).unwrap().set_len(12_000_001).unwrap();
    refuses(&stage, &pictured("huge.png"), &[&["picture", "12000001 bytes", "at most 12000000"]]);
    let long = "x".repeat(300);
    refuses(
        &stage,
        &album(&wavs, "", &[track("0.wav", &long, "")]),
        &[&["track.1.title", "bytes", "shorten the title"]],
    );
    let twice = ["a", "b"].map(|title| track("0.wav", title, "isrc = \"QZABC2600001\""));
    refuses(&stage, &album(&wavs, "", &twice), &[&["track.2.isrc", "track 1's already"]]);
}

#[test]
fn several_mistakes_are_several_lines() {
    let stage = stage();
    // What stands in the file's own words, in the order of its lines.
    let text = "version = 1\nartist = \"\"\nupc = \"0360\"\nformats = [\"wav\", 16]\n\
        [[track]]\nfile = \"no.wav\"\nisrc = \"x\"\ngain_db = \"loud\"\nlenght = 3\n";
    let lines: [&[&str]; 9] = [
        &["ALBUM.toml:1: title is missing"],
        &["ALBUM.toml:2: artist = \"\""],
        &["ALBUM.toml:3: upc"],
        &["ALBUM.toml:4: formats has \"wav\""],
        &["ALBUM.toml:4: formats has 16"],
        &["ALBUM.toml:5: track.1.title is missing"],
        &["ALBUM.toml:7: track.1.isrc"],
        &["ALBUM.toml:8: track.1.gain_db"],
        &["ALBUM.toml:9: unknown field track.1.lenght"],
    ];
    refuses(&stage, text, &lines);
    // What only the named files show.
    stage.text("a.toml", "version = 1\n[eq]\n");
    let text = format!(
        "{HEAD}formats = [\"wav-24-48000\"]\npicture = \"no.png\"\n{}{}{}",
        track("no.wav", "One", ""),
        track("0.wav", "Two", "chain = \"a.toml\""),
        track("1.wav", &"x".repeat(240), "trim_end_s = 3"),
    );
    let lines: [&[&str]; 5] =
        [&["track.3.title"], &["picture"], &["track.1.file"], &["track.2.chain", "a.toml:2"], &["track.3.trim_end_s"]];
    refuses(&stage, &text, &lines);
}

#[test]
fn a_mix_that_is_damaged_in_its_middle_fails_late_and_leaves_nothing() {
    let stage = stage();
    let whole = stage.path("whole.wav");
    std::fs::write(&whole, wav(Store::Integer(16), 44_100, &vec![signals::noise(2, 0.5, 200_000); 2])).unwrap();
    let flac: PathBuf = stage.path("mix.flac");
    ffmpeg(&["-i", whole.to_str().unwrap(), "-c:a", "flac", flac.to_str().unwrap()]);
    let mut bytes = std::fs::read(&flac).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4000].fill(0xff);
    std::fs::write(&flac, &bytes).unwrap();
    let tracks = [one(), track("mix.flac", "Two", "")];
    for jobs in ["1", "8"] {
        for fields in ["", "target = \"youtube\"\nlevels = \"album\""] {
            stage.text("ALBUM.toml", &album(&["wav-24-48000", "mp3-320"], fields, &tracks));
            let before = crate::files::names(stage.root());
            stage.call(&["--jobs", jobs]).refuses(&["mix.flac"]);
            assert_eq!(crate::files::names(stage.root()), before, "with {jobs} jobs");
        }
    }
}
