//! Is a sound that was cut into tracks whole again, in every format?

use std::ops::Range;

use runout_tests::{music, signals};

use super::{Stage, cut, difference, joined, track};
use crate::binary::runout;
use crate::files::names;
use crate::oracles::{decoded, ffmpeg};

/// Where the sound is cut, frames at 48 kHz: on no grid of any format.
const CUTS: [usize; 4] = [0, 70_001, 131_119, 200_003];

const FORMATS: [&str; 7] =
    ["wav-32f-48000", "wav-32f-44100", "wav-24-48000", "flac-24-48000", "wav-16-44100", "mp3-320", "ogg-6"];

/// Frames around a cut in which a click would be heard.
const NEAR: usize = 4;

/// A sound delivered in three tracks without gaps, and mastered as one file at both rates.
struct Cut {
    stage: Stage,
    /// At 48 and 44.1 kHz.
    whole: [Vec<Vec<f32>>; 2],
}

impl Cut {
    /// The sound keeps below the ceiling of the default chain, which then gives back what comes.
    fn of(sound: &[Vec<f32>]) -> Self {
        let stage = Stage::new();
        stage.mix("whole.wav", 48_000, sound);
        let tracks: Vec<String> = CUTS
            .windows(2)
            .enumerate()
            .map(|(index, frames)| {
                let name = format!("{index}.wav");
                stage.mix(&name, 48_000, &cut(sound, frames[0]..frames[1]));
                track(&name, "Part", "gap_before_s = 0")
            })
            .collect();
        stage.deliver(&FORMATS, "", &tracks, &[]).ends_with(0);
        let whole = ["48000", "44100"].map(|rate_hz| {
            let (mix, out) = (stage.path("whole.wav"), stage.path(&format!("{rate_hz}.wav")));
            let fixed = ["master", mix.to_str().unwrap(), "-o", out.to_str().unwrap()];
            runout(&[&fixed[..], &["--depth", "32f", "--rate", rate_hz]].concat()).ends_with(0);
            decoded(&out, 2)
        });
        Self { stage, whole }
    }

    /// The parts at 44.1 kHz as ffmpeg encodes them, decoded and together.
    fn encoded(&self, arguments: [&str; 5]) -> Vec<Vec<f32>> {
        let folder = self.stage.path("out/wav-32f-44100");
        let parts = names(&folder).into_iter().map(|name| {
            let (part, encoded) = (folder.join(name), self.stage.path("encoded"));
            let input = ["-i", part.to_str().unwrap(), "-c:a"];
            ffmpeg(&[&input[..], &arguments, &[encoded.to_str().unwrap()]].concat());
            decoded(&encoded, 2)
        });
        joined(&parts.collect::<Vec<_>>())
    }

    fn parts(&self, format: &str) -> Vec<Vec<Vec<f32>>> {
        self.stage.tracks_of(format)
    }
}

/// How ffmpeg calls the encoder of a lossy format.
fn encoder(format: &str) -> Option<[&str; 5]> {
    match format {
        "mp3-320" => Some(["libmp3lame", "-b:a", "320k", "-f", "mp3"]),
        "ogg-6" => Some(["libvorbis", "-q:a", "6", "-f", "ogg"]),
        _ => None,
    }
}

/// Where the cuts are at a rate: the nearest frames.
fn cuts_at(rate_hz: usize) -> [usize; 4] {
    CUTS.map(|cut| (2 * cut * rate_hz + 48_000) / 96_000)
}

/// The rate of a format, and which of the wholes it is to be.
fn rate_of(format: &str) -> (usize, usize) {
    if format.ends_with("48000") { (48_000, 0) } else { (44_100, 1) }
}

fn lossless_parts_are_the_whole(cut: &Cut) {
    for format in FORMATS {
        let (rate_hz, whole) = rate_of(format);
        let (parts, cuts) = (cut.parts(format), cuts_at(rate_hz));
        let lengths: Vec<usize> = parts.iter().map(|part| part[0].len()).collect();
        let expected: Vec<usize> = cuts.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert_eq!(lengths, expected, "{format}: frames of each part");
        // Dither of 2 LSB peak to peak and the rounding: at most 1.5 LSB.
        let tolerance = match format {
            "wav-32f-48000" | "wav-32f-44100" => 0.0,
            "wav-24-48000" | "flac-24-48000" => 1.5 / 8_388_608.0 + 1e-7,
            "wav-16-44100" => 1.5 / 32_768.0 + 1e-7,
            _ => continue,
        };
        let difference = difference(&joined(&parts), &cut.whole[whole]);
        assert!(difference <= tolerance, "{format}: {difference} off, {tolerance} at most");
    }
}

/// The largest second difference of some frames.
fn bend(plane: &[f32], frames: Range<usize>) -> f64 {
    let at = |frame: usize| f64::from(plane[frame]);
    frames.map(|frame| (at(frame - 1) - 2.0 * at(frame) + at(frame + 1)).abs()).fold(0.0, f64::max)
}

#[test]
fn a_tone_in_three_parts_is_the_tone() {
    let tone = signals::in_channels(&signals::sine(997.0, 0.25, 0.0, 48_000.0, CUTS[3]), 2);
    let cut = Cut::of(&tone);
    assert_eq!(difference(&joined(&cut.parts("wav-32f-48000")), &tone), 0.0, "the chain is at rest");
    lossless_parts_are_the_whole(&cut);
    // The tone itself at 44.1 kHz, but for the edges that the converter's filter blurs: 1e-6 is 0.00004 dB.
    let expected = signals::in_channels(&signals::sine(997.0, 0.25, 0.0, 44_100.0, cuts_at(44_100)[3]), 2);
    let inner = |planes: &[Vec<f32>]| super::cut(planes, 4000..planes[0].len() - 4000);
    let converted = joined(&cut.parts("wav-32f-44100"));
    assert!(difference(&inner(&converted), &inner(&expected)) < 1e-6);
    for format in FORMATS {
        let (rate_hz, _) = rate_of(format);
        let whole = joined(&cut.parts(format));
        let cuts = cuts_at(rate_hz);
        // A codec's blocks reach over the edges of its files, so that a tone which begins or ends within one is no longer the
        // tone alone: what the same encoder makes of the same parts by another program's hand bends as much.
        let others = encoder(format).map(|arguments| cut.encoded(arguments));
        for (channel, plane) in whole.iter().enumerate() {
            let middle = bend(plane, cuts[0] + 10_000..cuts[1] - 10_000);
            for place in &cuts[1..3] {
                let near = place - NEAR..place + NEAR;
                let most = others.as_ref().map_or(0.0, |others| 1.1 * bend(&others[channel], near.clone()));
                let here = bend(plane, near);
                assert!(here <= middle.max(most), "{format}: bends by {here} at {place}, {middle} elsewhere, {most}");
            }
        }
    }
}

#[test]
fn music_in_three_parts_is_the_music() {
    let music = signals::driven(&music::music(31, 48_000.0, CUTS[3] as f64 / 48_000.0, 2), -6.0);
    let cut = Cut::of(&music);
    assert_eq!(difference(&joined(&cut.parts("wav-32f-48000")), &music), 0.0, "the chain is at rest");
    lossless_parts_are_the_whole(&cut);
    let cuts = cuts_at(44_100);
    for format in ["mp3-320", "ogg-6"] {
        let heard = joined(&cut.parts(format));
        let error = |frames: Range<usize>| {
            let channel = |channel: usize| {
                let pairs = heard[channel][frames.clone()].iter().zip(&cut.whole[1][channel][frames.clone()]);
                pairs.map(|(heard, whole)| f64::from((heard - whole).abs())).fold(0.0, f64::max)
            };
            channel(0).max(channel(1))
        };
        let elsewhere = (0..3).map(|index| error(cuts[index] + 2000..cuts[index + 1] - 2000)).fold(0.0, f64::max);
        for place in &cuts[1..3] {
            let here = error(place - NEAR..place + NEAR);
            assert!(here <= elsewhere, "{format}: {here} off at the cut, {elsewhere} elsewhere");
        }
    }
}
