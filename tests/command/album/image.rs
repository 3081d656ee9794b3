//! Is the image what a CD takes, and does the cue sheet say where everything is?

use runout_tests::signals;

use super::{Stage, cut, difference, track};
use crate::oracles::run;

/// Samples of a CD frame.
const CD_FRAME: usize = 588;

/// Noise whose samples a word of 16 bits holds, so that nothing is dithered.
fn on_grid(seed: u64, frames: usize) -> Vec<Vec<f32>> {
    let plane = |seed: u64| -> Vec<f32> {
        signals::noise(seed, 0.25, frames).iter().map(|sample| (sample * 32_768.0).round() / 32_768.0).collect()
    };
    vec![plane(seed), plane(seed + 50)]
}

/// What a cue sheet says of a track.
#[derive(Debug, PartialEq)]
struct Told {
    isrc: Option<String>,
    title: String,
    /// Where its pause begins, or the track itself where it has none, and where INDEX 01 is: samples at 44.1 kHz.
    marks: (usize, usize),
}

/// Minutes, seconds and CD frames, or a plain 0, in samples.
fn samples(time: &str) -> usize {
    let parts: Vec<usize> = time.split(':').map(|part| part.parse().unwrap()).collect();
    match parts[..] {
        [minutes, seconds, frames] => ((minutes * 60 + seconds) * 75 + frames) * CD_FRAME,
        _ => parts[0],
    }
}

/// The catalog number and the tracks of the delivered sheet, as cuetools understand it: cueconvert gives the table of
/// contents, with the pauses taken apart, and cueprint the texts.
fn told(stage: &Stage) -> (Option<String>, Vec<Told>) {
    let cue = stage.path("out/image-cd/Night Cut.cue");
    let cue = cue.to_str().unwrap();
    let contents = String::from_utf8(run("cueconvert", &["-i", "cue", "-o", "toc", cue])).unwrap();
    let quoted = |line: &str| line.split('"').nth(1).map(str::to_owned);
    let catalog = contents.lines().find(|line| line.starts_with("CATALOG")).and_then(quoted);
    let printed = String::from_utf8(run("cueprint", &["-d", "", "-t", "%i|%t\\n", cue])).unwrap();
    let texts = printed.lines().map(|line| line.split_once('|').unwrap());
    let tracks = contents.split("TRACK AUDIO").skip(1).zip(texts).map(|(text, (isrc, title))| {
        let file = text.lines().find_map(|line| line.strip_prefix("FILE ")).unwrap();
        let begins = samples(file.rsplit('"').next().unwrap().split_whitespace().next().unwrap());
        let pause = text.lines().find_map(|line| line.strip_prefix("START ")).map_or(0, samples);
        let isrc = Some(isrc.to_owned()).filter(|isrc| !isrc.is_empty());
        Told { isrc, title: title.to_owned(), marks: (begins, begins + pause) }
    });
    (catalog, tracks.collect())
}

#[test]
fn an_image_holds_the_tracks_where_its_marks_are() {
    let stage = Stage::new();
    let mixes = [on_grid(1, 180_001), on_grid(2, 190_111), on_grid(3, 177_777)];
    for (index, mix) in mixes.iter().enumerate() {
        stage.mix(&format!("{index}.wav"), 44_100, mix);
    }
    let tracks = [
        track("0.wav", "One", "isrc = \"QZ-ABC-26-00001\"\ngap_before_s = 2.501"),
        track("1.wav", "Two", "isrc = \"QZABC2600002\"\ngap_before_s = 1.01"),
        track("2.wav", "Three", "gap_before_s = 0"),
    ];
    let call = stage.deliver(&["image-cd", "wav-16-44100"], "upc = \"036000291452\"", &tracks, &[]).ends_with(0);
    let (catalog, told) = told(&stage);
    assert_eq!(catalog.as_deref(), Some("0036000291452"), "a UPC gets a zero");
    // 2.501 s are 187.6 CD frames. The pause begins with the first CD frame after the audio, the track with the first one
    // after 1.01 s more; without a gap no sample is added and the mark is the nearest one.
    let first = 188 * CD_FRAME;
    let pause = (first + 180_001).div_ceil(CD_FRAME) * CD_FRAME;
    let second = (first + 180_001 + 44_541).div_ceil(CD_FRAME) * CD_FRAME;
    let third = second + 190_111;
    let near = (third + CD_FRAME / 2) / CD_FRAME * CD_FRAME;
    let of =
        |isrc: Option<&str>, title: &str, marks| Told { isrc: isrc.map(str::to_owned), title: title.to_owned(), marks };
    let expected = [
        of(Some("QZABC2600001"), "One", (0, first)),
        of(Some("QZABC2600002"), "Two", (pause, second)),
        of(None, "Three", (near, near)),
    ];
    assert_eq!(told, expected);
    let image = stage.heard("image-cd/Night Cut.wav");
    assert_eq!(image[0].len(), (third + 177_777).div_ceil(CD_FRAME) * CD_FRAME, "whole CD frames");
    assert_eq!(call.json()["images"][0]["frames"], image[0].len());
    let mut silent = vec![true; image[0].len()];
    for (start, mix) in [first, second, third].into_iter().zip(&mixes) {
        assert_eq!(difference(&cut(&image, start..start + mix[0].len()), mix), 0.0, "at {start}");
        silent[start..start + mix[0].len()].fill(false);
    }
    let rest = silent.iter().enumerate().filter(|(_, silent)| **silent).map(|(frame, _)| frame);
    assert!(rest.into_iter().all(|frame| image[0][frame] == 0.0 && image[1][frame] == 0.0), "the rest is silence");
    // The files have the gaps that were asked for, and the first has none before it.
    let files = stage.tracks_of("wav-16-44100");
    assert_eq!(files.iter().map(|file| file[0].len()).collect::<Vec<_>>(), [180_001 + 44_541, 190_111, 177_777]);
    assert_eq!(difference(&cut(&files[0], 0..180_001), &mixes[0]), 0.0);
    // What there is to say of the image at other programs.
    let info =
        String::from_utf8(run("sox", &["--i", stage.path("out/image-cd/Night Cut.wav").to_str().unwrap()])).unwrap();
    assert!(info.contains("16-bit") && info.contains(": 44100") && info.contains("Channels       : 2"), "{info}");
}

#[test]
fn the_first_track_begins_at_2_s_and_what_is_converted_stands_in_its_place() {
    let stage = Stage::new();
    // Lengths of whole samples at 44.1 kHz, and on the image's own frames, so that both are converted alike.
    let mixes = [on_grid(5, 4 * 48_000 + 640), on_grid(6, 5 * 48_000)];
    for (index, mix) in mixes.iter().enumerate() {
        stage.mix(&format!("{index}.wav"), 48_000, mix);
    }
    let tracks = [track("0.wav", "One", "gap_before_s = 0.5"), track("1.wav", "Two", "gap_before_s = 1")];
    stage.deliver(&["wav-32f-44100", "image-cd"], "", &tracks, &[]).ends_with(0);
    let (catalog, told) = told(&stage);
    assert_eq!((catalog, told[0].marks), (None, (0, 150 * CD_FRAME)));
    let second = (150 + 301 + 75) * CD_FRAME;
    assert_eq!(told[1].marks, (second - 75 * CD_FRAME, second));
    let (image, files) = (stage.heard("image-cd/Night Cut.wav"), stage.tracks_of("wav-32f-44100"));
    assert_eq!(image[0].len(), second + 5 * 44_100);
    for (start, file) in [88_200, second].into_iter().zip(&files) {
        let off = difference(&cut(&image, start..start + file[0].len()), file);
        // Dither of 2 LSB peak to peak and the rounding, and what blocks of the converter differ by.
        assert!(off < 1.5 / 32_768.0 + 1e-6, "{off} off at {start}");
    }
}
