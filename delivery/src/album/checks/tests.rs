use std::fs::{self, File};
use std::io::Write;

use tempfile::TempDir;

use super::*;
use crate::tags::LARGEST_PICTURE_BYTES;

/// A folder with an album of two tracks, of 5 s each, and a place to deliver it to.
struct Stage {
    folder: TempDir,
}

const HEAD: &str = "version = 1\ntitle = \"Night\"\nartist = \"Example\"\n";

impl Stage {
    fn new() -> Self {
        let stage = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(stage.path("in")).unwrap();
        stage.wav("01.wav", 48_000, 2, 240_000);
        stage.wav("02.wav", 48_000, 2, 240_000);
        stage
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A silent WAV of 16 bits whose samples take no room on the disk.
    fn wav(&self, name: &str, rate: u32, channels: u16, frames: u32) {
        let frame_bytes = 2 * u32::from(channels);
        let mut head = Vec::new();
        head.extend_from_slice(b"RIFF");
        head.extend_from_slice(&(36 + frames * frame_bytes).to_le_bytes());
        head.extend_from_slice(b"WAVEfmt \x10\0\0\0\x01\0");
        head.extend_from_slice(&channels.to_le_bytes());
        head.extend_from_slice(&rate.to_le_bytes());
        head.extend_from_slice(&(rate * frame_bytes).to_le_bytes());
        head.extend_from_slice(&[frame_bytes as u8, 0, 16, 0]);
        head.extend_from_slice(b"data");
        head.extend_from_slice(&(frames * frame_bytes).to_le_bytes());
        let mut file = File::create(self.path("in").join(name)).unwrap();
        file.write_all(&head).unwrap();
        file.set_len(44 + u64::from(frames) * u64::from(frame_bytes)).unwrap();
    }

    /// Checks an album of these formats and of two tracks with these more fields, for the folder `out`.
    fn check(&self, album: &str, tracks: [&str; 2]) -> Result<Checked, Vec<String>> {
        self.check_for("out", Existing::Keep, album, tracks)
    }

    fn check_for(&self, out: &str, existing: Existing, album: &str, tracks: [&str; 2]) -> Result<Checked, Vec<String>> {
        let track = |number: usize| {
            let fields = tracks[number - 1];
            let file = if fields.contains("file =") { String::new() } else { format!("file = \"0{number}.wav\"\n") };
            let title = if fields.contains("title =") { "" } else { "title = \"T\"\n" };
            format!("[[track]]\n{file}{title}{fields}\n")
        };
        let formats = if album.contains("formats") { "" } else { "formats = [\"wav-24-48000\", \"mp3-320\"]\n" };
        let path = self.path("in").join("ALBUM.toml");
        fs::write(&path, format!("{HEAD}{formats}{album}\n{}{}", track(1), track(2))).unwrap();
        let album = AlbumFile::load(&path).unwrap();
        let checked = check(&album, &self.path(out), existing);
        checked.map_err(|problems| problems.iter().map(ToString::to_string).collect())
    }

    /// Refused with one line that has these parts, and nothing was written.
    #[track_caller]
    fn refuses(&self, album: &str, tracks: [&str; 2], parts: &[&str]) {
        let before = self.everything();
        let problems = self.check(album, tracks).unwrap_err();
        one_line(&problems, parts);
        assert_eq!(self.everything(), before);
    }

    fn everything(&self) -> Vec<PathBuf> {
        fs::write(self.path("in").join("ALBUM.toml"), "").unwrap();
        let mut found = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                folders.extend(path.is_dir().then(|| path.clone()));
                found.push(path);
            }
        }
        found.sort();
        found
    }
}

#[track_caller]
fn one_line(problems: &[String], parts: &[&str]) {
    assert_eq!(problems.len(), 1, "{problems:?}");
    for part in parts {
        assert!(problems[0].contains(part), "{part:?} is not in {}", problems[0]);
    }
    assert!(!problems[0].contains('\n'));
}

#[test]
fn an_album_that_can_be_delivered_is_laid_out() {
    let stage = Stage::new();
    let checked = stage
        .check(
            "formats = [\"wav-24-48000\", \"image-cd\"]",
            ["trim_start_s = 0.5\nfade_shape = \"s-curve\"\nfade_in_s = 0.25\ncrossfade_s = 0.5", "fade_out_s = 1"],
        )
        .unwrap();
    assert_eq!((checked.sample_rate_hz, checked.channels, checked.notices.len()), (48_000, 2, 0));
    assert_eq!(checked.tracks[0].excerpt, 24_000..240_000);
    let (first, second) = (checked.tracks[0].envelope, checked.tracks[1].envelope);
    assert_eq!((first.frames, first.fade_in.frames, first.crossfade_out.frames), (216_000, 12_000, 24_000));
    assert_eq!((second.crossfade_in, second.fade_out.frames), (first.crossfade_out, 48_000));
    assert_eq!(checked.plan.tracks[1].start, 192_000);
    assert_eq!(checked.image.as_ref().unwrap().tracks[0].start, 96_000);
    assert_eq!(checked.outputs[0].audio[1], Path::new("wav-24-48000/02 T.wav"));
    assert_eq!(checked.outputs[1].cue.as_deref(), Some(Path::new("image-cd/Night.cue")));
    // Of two channels: tracks of 4 bytes, joined to streams of 4, files of 3 and an image of 2, and heads of 64 KiB.
    let image = checked.image.unwrap().total_at(44_100);
    assert_eq!(checked.needed_bytes, 456_000 * 8 + 432_000 * (8 + 6) + image * (8 + 4) + 3 * 65_536);
}

#[test]
fn rates_and_channels_that_differ_are_said() {
    let stage = Stage::new();
    stage.wav("02.wav", 96_000, 1, 480_000);
    let checked = stage.check("", ["", ""]).unwrap();
    assert_eq!((checked.sample_rate_hz, checked.channels), (96_000, 2));
    assert_eq!(checked.tracks[0].part.frames, 480_000);
    let [rate, mono] = checked.notices.as_slice() else { panic!("{:?}", checked.notices) };
    assert!(rate.contains("01.wav") && rate.contains("48000 Hz") && rate.contains("96000 Hz"), "{rate}");
    assert!(mono.contains("02.wav: is mono"), "{mono}");
    stage.wav("01.wav", 48_000, 1, 240_000);
    assert_eq!(stage.check("", ["", ""]).unwrap().channels, 1);
    assert_eq!(stage.check("formats = [\"image-cd\"]", ["", ""]).unwrap().channels, 2);
}

#[test]
fn mixes_and_chains_that_cannot_be_used_are_named() {
    let stage = Stage::new();
    stage.refuses("", ["file = \"no.wav\"", ""], &["ALBUM.toml:8: ", "track.1.file = \"no.wav\"", "no such file"]);
    stage.refuses("", ["", "file = \"../in\""], &["track.2.file", "is a folder"]);
    fs::write(stage.path("in").join("text.wav"), "text").unwrap();
    stage.refuses("", ["file = \"text.wav\"", ""], &["text.wav", "not an audio file"]);
    stage.wav("six.wav", 48_000, 6, 48_000);
    stage.refuses("", ["file = \"six.wav\"", ""], &["six.wav", "6 channels", "mono and stereo"]);
    stage.wav("slow.wav", 11_025, 2, 48_000);
    stage.refuses("", ["file = \"slow.wav\"", ""], &["slow.wav", "11025 Hz", "22050 to 384000"]);
    stage.refuses("", ["chain = \"no.toml\"", ""], &["track.1.chain = \"no.toml\"", "no.toml", "no such file"]);
    fs::write(stage.path("in").join("a.toml"), "version = 1\n[limiter]\nceiling_dbtp = 3\n").unwrap();
    stage.refuses("", ["", "chain = \"a.toml\""], &["track.2.chain", "a.toml:3: limiter.ceiling_dbtp = 3", "-20 to 0"]);
}

#[test]
fn edges_that_do_not_fit_are_named() {
    let stage = Stage::new();
    stage.refuses(
        "",
        ["trim_start_s = 3\ntrim_end_s = 2", ""],
        &["track.1.trim_start_s = 3", "nothing of the 5.000 s"],
    );
    stage.refuses("", ["", "trim_end_s = 9"], &["track.2.trim_end_s = 9", "nothing"]);
    stage.refuses("", ["fade_in_s = 2\nfade_out_s = 3.1", ""], &["track.1.fade_out_s = 3.1", "5.1 s", "5.000 s"]);
    stage.refuses("", ["trim_end_s = 4\nfade_in_s = 1.5", ""], &["track.1.fade_in_s = 1.5", "1.000 s of the track"]);
    stage.refuses("", ["crossfade_s = 5.1", ""], &["track.1.crossfade_s = 5.1", "5.000 s of the track"]);
    stage.refuses("", ["crossfade_s = 2", "trim_end_s = 4"], &["track.1.crossfade_s = 2", "1.000 s of the next track"]);
    let three = "file = \"02.wav\"\ntitle = \"b\"\ncrossfade_s = 3\n[[track]]\nfile = \"01.wav\"\ntitle = \"c\"";
    stage.refuses("", ["crossfade_s = 3", three], &["track.2.crossfade_s = 3", "out of the track before", "5.000 s"]);
    // The longest that fit.
    assert!(stage.check("", ["fade_in_s = 2\nfade_out_s = 3", ""]).is_ok());
    assert!(stage.check("", ["crossfade_s = 5", ""]).is_ok());
}

#[test]
fn the_rules_of_a_cd_hold_for_an_image_only() {
    let stage = Stage::new();
    let short = ["trim_end_s = 1.02", ""];
    stage.refuses("formats = [\"image-cd\"]", short, &["track.1.file", "3.99 s", "4 s or more"]);
    assert!(stage.check("", short).is_ok());
    assert!(stage.check("formats = [\"image-cd\"]", ["trim_end_s = 1", ""]).is_ok());
    // 2 s before the first track and a gap of 2 s: 79:57.74 less 9 s is the longest first track.
    let frames_of_75 = |frames: u32| frames * (22_050 / 75);
    let longest = LONGEST_CD_FRAMES as u32 - 9 * 75;
    stage.wav("01.wav", 22_050, 1, frames_of_75(longest));
    assert!(stage.check("formats = [\"image-cd\"]", ["", ""]).is_ok());
    stage.wav("01.wav", 22_050, 1, frames_of_75(longest) + 1);
    stage.refuses("formats = [\"image-cd\"]", ["", ""], &["formats", "79:58", "79:57 at most"]);
}

#[test]
fn a_cover_that_cannot_be_used_is_named() {
    let stage = Stage::new();
    let put = |bytes: &[u8]| fs::write(stage.path("in").join("c.png"), bytes).unwrap();
    let picture = "picture = \"c.png\"";
    stage.refuses(picture, ["", ""], &["ALBUM.toml:5: picture = \"c.png\"", "no such file"]);
    put(b"GIF89a..");
    stage.refuses(picture, ["", ""], &["c.png", "PNG or JPEG"]);
    // The head of a picture of 600 x 256; what follows is not looked at.
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x58\0\0\x01\0\x08\x02\0\0\0\x01\x02\x03\x04".to_vec();
    png.resize(LARGEST_PICTURE_BYTES as usize + 1, 0);
    put(&png);
    stage.refuses(picture, ["", ""], &["12000001 bytes", "at most 12000000"]);
    png.pop();
    put(&png);
    let checked = stage.check(picture, ["", ""]).unwrap();
    assert_eq!(checked.picture.unwrap().width, 600);
    let without = stage.check("", ["", ""]).unwrap();
    // In two files of two formats, as base64 at most.
    assert_eq!(checked.needed_bytes - without.needed_bytes, 4 * LARGEST_PICTURE_BYTES.div_ceil(3) * 4);
}

#[test]
fn a_format_that_cannot_hold_its_rate_is_named() {
    let stage = Stage::new();
    stage.refuses("formats = [\"mp3-320-96000\"]", ["", ""], &["ALBUM.toml:4: formats", "mp3-320-96000", "96000 Hz"]);
}

#[test]
fn names_that_are_too_long_are_named() {
    let stage = Stage::new();
    let title = |letters: usize| format!("title = \"{}\"", "x".repeat(letters));
    stage.refuses("", [&title(237), ""], &["track.1.title", "244 bytes", "at most 243"]);
    assert!(stage.check("", [&title(236), ""]).is_ok());
}

#[test]
fn a_folder_that_cannot_be_delivered_to_is_named() {
    let stage = Stage::new();
    let refuses = |out: &str, existing: Existing, parts: &[&str]| {
        let before = stage.everything();
        one_line(&stage.check_for(out, existing, "", ["", ""]).unwrap_err(), parts);
        assert_eq!(stage.everything(), before);
    };
    fs::write(stage.path("file"), "").unwrap();
    refuses("file", Existing::Replace, &["file: is not a folder"]);
    refuses("no/out", Existing::Keep, &["no/out: cannot write: there is no folder", "no"]);
    refuses("in", Existing::Replace, &["in: holds", "ALBUM.toml", "a folder of its own"]);
    refuses(".", Existing::Replace, &["holds"]);
    fs::create_dir_all(stage.path("full/wav-24-48000")).unwrap();
    refuses("full", Existing::Keep, &["full: is not empty", "--force"]);
    assert!(stage.check_for("full", Existing::Replace, "", ["", ""]).is_ok());
    fs::create_dir(stage.path("empty")).unwrap();
    assert!(stage.check_for("empty", Existing::Keep, "", ["", ""]).is_ok());
    assert!(stage.check_for("in/new", Existing::Keep, "", ["", ""]).is_ok());
}

#[test]
fn what_stands_in_a_folder_may_be_replaced_only_if_it_is_a_file_and_no_input() {
    let stage = Stage::new();
    let refuses = |parts: &[&str]| {
        one_line(&stage.check_for("out", Existing::Replace, "", ["", ""]).unwrap_err(), parts);
    };
    let first = stage.path("out/wav-24-48000/01 T.wav");
    fs::create_dir_all(&first).unwrap();
    refuses(&["01 T.wav: is not a regular file"]);
    fs::remove_dir(&first).unwrap();
    fs::hard_link(stage.path("in/02.wav"), &first).unwrap();
    refuses(&["01 T.wav: is the input", "02.wav itself"]);
    fs::remove_file(&first).unwrap();
    fs::write(&first, "").unwrap();
    assert!(stage.check_for("out", Existing::Replace, "", ["", ""]).is_ok());
    fs::write(stage.path("out/mp3-320"), "").unwrap();
    refuses(&["mp3-320: is not a folder"]);
}

#[test]
fn all_problems_are_told_at_once() {
    let stage = Stage::new();
    fs::write(stage.path("out"), "").unwrap();
    let long = format!("title = \"{}\"", "x".repeat(300));
    let problems = stage.check("picture = \"c.png\"", [&format!("{long}\nfile = \"no.wav\""), "chain = \"no.toml\""]);
    let problems = problems.unwrap_err();
    let parts = ["track.1.title", "picture", "out: is not a folder", "track.1.file", "track.2.chain"];
    assert_eq!(problems.len(), parts.len(), "{problems:?}");
    for (problem, part) in problems.iter().zip(parts) {
        assert!(problem.contains(part), "{part:?} is not in {problem}");
    }
}
