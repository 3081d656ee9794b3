use std::path::Path;

use super::*;

const LEAST: &str = "version = 1
title = \"Night Cut\"
artist = \"The Example\"
formats = [\"wav-24-48000\"]
[[track]]
file = \"01.wav\"
title = \"First\"
";

fn parse(text: &str) -> Result<AlbumFile, Vec<Problem>> {
    AlbumFile::parse(Path::new("/music/night/ALBUM.toml"), text)
}

/// The text is refused with one problem, on this line and with these parts.
#[track_caller]
fn refused(text: &str, line: usize, parts: &[&str]) {
    let problems = parse(text).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].line, line, "{}", problems[0].message);
    for part in parts {
        assert!(problems[0].message.contains(part), "{:?} is not in {}", part, problems[0].message);
    }
    assert!(!problems[0].message.contains('\n'));
}

/// As `refused`, for a line put after the album's own, or at the end.
#[track_caller]
fn refused_field(field: &str, parts: &[&str]) {
    refused(&LEAST.replacen("[[track]]", &format!("{field}\n[[track]]"), 1), 5, parts);
}

#[track_caller]
fn refused_track_field(field: &str, parts: &[&str]) {
    refused(&format!("{LEAST}{field}\n"), 8, parts);
}

#[test]
fn the_least_has_the_defaults() {
    let album = parse(LEAST).unwrap();
    assert_eq!((album.title.as_str(), album.artist.as_str(), album.levels), ("Night Cut", "The Example", Levels::AsIs));
    assert_eq!((album.date, album.upc, album.picture, album.target), (None, None, None, None));
    let track = &album.tracks[0];
    assert_eq!((track.line, track.file.as_path()), (5, Path::new("/music/night/01.wav")));
    assert_eq!((track.gap_before_s, track.fade_shape, track.chain.as_ref()), (2.0, FadeShape::Linear, None));
    let zeros =
        [track.gain_db, track.fade_in_s, track.fade_out_s, track.crossfade_s, track.trim_start_s, track.trim_end_s];
    assert_eq!(zeros, [0.0; 6]);
}

#[test]
fn the_usual_is_read_whole() {
    let text = "version = 1
title = \"Night Cut\"
artist = \"The Example\"
date = 2026-11-20
upc = \"0123456789012\"
picture = \"cover.png\"
genre = \"Dub\"
copyright = \"2026 Example\"
composer = \"A. Writer\"
target = {integrated_lufs = -12, ceiling_dbtp = -1.0}
levels = \"album\"
formats = [\"wav-24-48000\", \"wav-16-44100\", \"flac-24-48000\", \"mp3-320\", \"ogg-6\", \"image-cd\"]
[[track]]
file = \"/mixes/01.wav\"
title = \"First\"
artist = \"Guest\"
isrc = \"QZ-ABC-26-00001\"
chain = \"01.chain.toml\"
gain_db = -1.5
gap_before_s = 0
fade_in_s = 0.5
fade_out_s = 3.0
fade_shape = \"s-curve\"
crossfade_s = 1.5
trim_start_s = 0.25
trim_end_s = 1
[[track]]
file = \"02.wav\"
title = \"Second\"
genre = \"House\"
";
    let album = parse(text).unwrap();
    assert_eq!(album.date.as_deref(), Some("2026-11-20"));
    assert_eq!(album.target, Some(Target::own(-12.0, -1.0)));
    assert_eq!((album.levels, album.formats.len(), album.has_image()), (Levels::Album, 6, true));
    assert_eq!(album.picture.as_deref(), Some(Path::new("/music/night/cover.png")));
    let [first, second] = album.tracks.as_slice() else { panic!("two tracks") };
    assert_eq!((first.file.as_path(), first.file_as_written.as_str()), (Path::new("/mixes/01.wav"), "/mixes/01.wav"));
    assert_eq!(first.isrc.as_deref(), Some("QZABC2600001"));
    assert_eq!(first.chain.as_deref(), Some(Path::new("/music/night/01.chain.toml")));
    assert_eq!((first.gain_db, first.gap_before_s, first.fade_in_s, first.fade_out_s), (-1.5, 0.0, 0.5, 3.0));
    assert_eq!((first.crossfade_s, first.trim_start_s, first.trim_end_s), (1.5, 0.25, 1.0));
    assert_eq!(first.fade_shape, FadeShape::SCurve);
    assert_eq!((album.artist_of(first), album.artist_of(second)), ("Guest", "The Example"));
    assert_eq!((album.genre_of(first), album.genre_of(second)), (Some("Dub"), Some("House")));
    assert_eq!(album.composer_of(second), Some("A. Writer"));
}

#[test]
fn a_target_changes_the_levels_that_are_left_out() {
    let with = |fields: &str| parse(&LEAST.replacen("[[track]]", &format!("{fields}\n[[track]]"), 1)).unwrap();
    assert_eq!(with("target = \"spotify\"").levels, Levels::Track);
    assert_eq!(with("target = \"spotify\"\nlevels = \"as-is\"").levels, Levels::AsIs);
    assert_eq!(with("target = \"spotify\"").target.unwrap().name, "spotify");
}

#[test]
fn a_wrong_field_of_the_album_names_line_value_and_what_would_be_right() {
    refused_field("titel = \"x\"", &["unknown field titel", "version, title, artist"]);
    refused_field("date = \"20 November\"", &["date = \"20 November\"", "2026-11-20"]);
    refused_field("date = 2026-11-20T10:00:00", &["date", "\"2026\""]);
    refused_field("upc = \"0123456789013\"", &["upc = \"0123456789013\"", "last digit must be 2"]);
    refused_field("upc = 123456789012", &["upc", "quotes"]);
    refused_field("picture = \"\"", &["picture", "not empty"]);
    refused_field("genre = 3", &["genre = 3", "text"]);
    refused_field("target = \"sputify\"", &["target = \"sputify\"", "spotify, apple-music"]);
    refused_field("target = -14", &["target = -14", "runout targets"]);
    refused_field("target = {integrated_lufs = -12}", &["target.ceiling_dbtp is missing"]);
    refused_field(
        "target = {integrated_lufs = 12, ceiling_dbtp = -1}",
        &["target.integrated_lufs = 12", "-40 to -4 LUFS"],
    );
    refused_field(
        "target = {integrated_lufs = -9, ceiling_dbtp = -1, tolerance = 1}",
        &["unknown field target.tolerance"],
    );
    refused_field("levels = \"album\"", &["levels = \"album\"", "needs a target"]);
    refused_field("levels = \"loud\"\ntarget = \"cd\"", &["levels = \"loud\"", "track, album, as-is"]);
    refused(&LEAST.replace("\"Night Cut\"", "\" \""), 2, &["title = \" \"", "not empty"]);
    refused(&LEAST.replace("\"Night Cut\"", "\"Night\\nCut\""), 2, &["title", "one line"]);
    refused(&LEAST.replace("version = 1", "version = 2"), 1, &["version = 2", "reads version 1"]);
    refused(&LEAST.replace("version = 1", ""), 1, &["version is missing"]);
    refused(&LEAST.replace("artist = \"The Example\"", ""), 1, &["artist is missing"]);
    refused("version = 1\ntitle = [\n", 2, &["not valid TOML"]);
}

#[test]
fn wrong_formats_are_named_each() {
    let formats = |list: &str| LEAST.replace("[\"wav-24-48000\"]", list);
    refused(&formats("[]"), 4, &["formats = []", "wav-24-48000"]);
    refused(&formats("\"mp3-320\""), 4, &["formats = \"mp3-320\"", "a list"]);
    refused(&formats("[\"mp3-320\",\n\"wav-20-48000\"]"), 5, &["\"wav-20-48000\"", "16, 24 or 32f"]);
    refused(&formats("[\"mp3-320\", 3]"), 4, &["formats has 3", "image-cd"]);
    refused(&formats("[\"mp3-320\", \"mp3-320\"]"), 4, &["mp3-320", "twice"]);
    refused(&formats("[\"mp3-320\", \"mp3-320-44100\"]"), 4, &["mp3-320-44100", "twice"]);
    refused(&LEAST.replace("formats = [\"wav-24-48000\"]", ""), 1, &["formats is missing"]);
}

#[test]
fn a_wrong_field_of_a_track_names_line_value_and_what_would_be_right() {
    refused_track_field("gain = 3", &["unknown field track.1.gain", "gain_db"]);
    refused_track_field("gain_db = 24.1", &["track.1.gain_db = 24.1", "-24 to 24 dB"]);
    refused_track_field("gain_db = nan", &["track.1.gain_db = nan", "-24 to 24 dB"]);
    refused_track_field("gap_before_s = -0.1", &["track.1.gap_before_s = -0.1", "0 to 600 s"]);
    refused_track_field("fade_in_s = \"3\"", &["track.1.fade_in_s = \"3\"", "0 to 600 s"]);
    refused_track_field("fade_out_s = inf", &["track.1.fade_out_s = inf"]);
    refused_track_field("fade_shape = \"log\"", &["track.1.fade_shape = \"log\"", "linear, equal-power, s-curve"]);
    refused_track_field("crossfade_s = 1", &["track.1.crossfade_s = 1", "no next one"]);
    refused_track_field("trim_start_s = 100000", &["track.1.trim_start_s", "0 to 86400 s"]);
    refused_track_field("trim_end_s = true", &["track.1.trim_end_s = true"]);
    refused_track_field("isrc = \"QZABC26000\"", &["track.1.isrc = \"QZABC26000\"", "12 characters"]);
    refused_track_field("chain = 1", &["track.1.chain = 1"]);
    refused_track_field("artist = \"\"", &["track.1.artist"]);
    refused_track_field("[[track]]\nfile = \"b.wav\"", &["track.2.title is missing", "file and title"]);
    refused_track_field("[[track]]\ntitle = \"b\"", &["track.2.file is missing"]);
    refused(&LEAST.replace("[[track]]", "[track]"), 5, &["headed [[track]]"]);
    let none = LEAST.split("[[track]]").next().unwrap();
    refused(none, 1, &["at least one"]);
}

#[test]
fn a_code_of_two_recordings_is_refused() {
    let twice =
        format!("{LEAST}isrc = \"QZABC2600001\"\n[[track]]\nfile = \"b\"\ntitle = \"b\"\nisrc = \"QZ-ABC-26-00001\"\n");
    refused(&twice, 12, &["track.2.isrc", "track 1's already"]);
}

#[test]
fn a_cd_has_99_tracks_at_most() {
    let track = "[[track]]\nfile = \"b.wav\"\ntitle = \"b\"\n";
    let image = LEAST.replace("wav-24-48000", "image-cd");
    assert_eq!(parse(&format!("{image}{}", track.repeat(98))).unwrap().tracks.len(), 99);
    refused(&format!("{image}{}", track.repeat(99)), 8 + 98 * 3, &["track 100", "100 tracks", "99 of a CD"]);
    assert_eq!(parse(&format!("{LEAST}{}", track.repeat(998))).unwrap().tracks.len(), 999);
    refused(&format!("{LEAST}{}", track.repeat(999)), 8 + 998 * 3, &["at most 999"]);
}

#[test]
fn all_problems_are_told_in_the_order_of_their_lines() {
    let text = "version = 3\ntitle = 4\nformats = [\"x\"]\n[[track]]\ntitle = \"\"\ngain_db = 99\n";
    let problems = parse(text).unwrap_err();
    let lines: Vec<usize> = problems.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [1, 1, 2, 3, 4, 5, 6], "{problems:?}");
}

#[test]
fn a_refusal_names_file_line_field_and_value() {
    let album = parse(&format!("{LEAST}fade_in_s = 3.50\n")).unwrap();
    let told = |field| album.about(field, "no").to_string();
    assert_eq!(told("track.1.fade_in_s"), "/music/night/ALBUM.toml:8: track.1.fade_in_s = 3.50: no");
    assert_eq!(told("track.1.fade_out_s"), "/music/night/ALBUM.toml:5: track.1.fade_out_s: no");
    assert_eq!(told("title"), "/music/night/ALBUM.toml:2: title = \"Night Cut\": no");
    assert_eq!(told("picture"), "/music/night/ALBUM.toml: picture: no");
}

#[test]
fn tracks_may_be_inline_tables() {
    let head = LEAST.split("[[track]]").next().unwrap();
    let album = parse(&format!("{head}track = [\n  {{file = \"a.wav\", title = \"a\"}},\n]\n")).unwrap();
    assert_eq!((album.tracks[0].title.as_str(), album.tracks[0].line), ("a", 6));
}
