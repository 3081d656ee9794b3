//! Are trims, gaps, fades and crossfades where the album file says, and of the course that it says?

use std::f64::consts::PI;

use runout_tests::signals;

use super::{Stage, cut, difference, joined, track};

const RATE_HZ: usize = 48_000;

/// A shape's word, and its gain over the share of the fade.
type Shape = (&'static str, fn(f64) -> f64);

/// The shapes of fades.
const SHAPES: [Shape; 3] = [
    ("linear", |share| share),
    ("equal-power", |share| (share * PI / 2.0).sin()),
    ("s-curve", |share| 0.5 - 0.5 * (share * PI).cos()),
];

/// Noise of a seed, unlike in both channels.
fn noise(seed: u64, frames: usize) -> Vec<Vec<f32>> {
    vec![signals::noise(seed, 0.25, frames), signals::noise(seed + 100, 0.25, frames)]
}

/// Silence of two channels.
fn silence(frames: usize) -> Vec<Vec<f32>> {
    vec![vec![0.0; frames]; 2]
}

/// The signal with gains over the first frames, taken at the middle of each.
fn risen(planes: &[Vec<f32>], frames: usize, shape: fn(f64) -> f64) -> Vec<Vec<f32>> {
    let gain = |frame: usize| if frame < frames { shape((frame as f64 + 0.5) / frames as f64) } else { 1.0 };
    let faded =
        |plane: &Vec<f32>| plane.iter().enumerate().map(|(frame, x)| (f64::from(*x) * gain(frame)) as f32).collect();
    planes.iter().map(faded).collect()
}

/// The mirror: gains over the last frames.
fn fallen(planes: &[Vec<f32>], frames: usize, shape: fn(f64) -> f64) -> Vec<Vec<f32>> {
    let mirrored = |planes: &[Vec<f32>]| planes.iter().map(|plane| plane.iter().rev().copied().collect()).collect();
    let reversed: Vec<Vec<f32>> = mirrored(planes);
    mirrored(&risen(&reversed, frames, shape))
}

/// Gains of 32 bits times samples of 32 bits, one rounding each, of samples below 0.5; sums of two of them.
const ROUNDING: f64 = 1.2e-7;

#[test]
fn trims_gaps_and_fades_are_to_the_frame() {
    let stage = Stage::new();
    for (word, shape) in SHAPES {
        let mixes = [noise(1, 70_000), noise(2, 60_000), noise(3, 50_000)];
        for (index, mix) in mixes.iter().enumerate() {
            stage.mix(&format!("{index}.wav"), RATE_HZ as u32, mix);
        }
        let tracks = [
            // The first gap stands in an image only.
            track(
                "0.wav",
                "One",
                &format!("gap_before_s = 3\nfade_shape = \"{word}\"\nfade_in_s = 0.25\ntrim_start_s = 0.1"),
            ),
            track("1.wav", "Two", &format!("fade_shape = \"{word}\"\nfade_out_s = 0.7\ntrim_end_s = 0.12345")),
            track(
                "2.wav",
                "Three",
                &format!("gap_before_s = 0.37\nfade_shape = \"{word}\"\nfade_in_s = 0.3\nfade_out_s = 0.5"),
            ),
        ];
        let formats = ["wav-32f-48000", "wav-24-48000"];
        stage.deliver(&formats, "", &tracks, &["--force"]).ends_with(0);
        // 0.12345 s are 5925.6 frames, the gap of 2 s is the default.
        let one = risen(&cut(&mixes[0], 4800..70_000), 12_000, shape);
        let two = fallen(&cut(&mixes[1], 0..60_000 - 5926), 33_600, shape);
        let three = fallen(&risen(&mixes[2], 14_400, shape), 24_000, shape);
        let expected = [joined(&[one, silence(2 * RATE_HZ)]), joined(&[two, silence(17_760)]), three];
        for (format, tolerance) in [("wav-32f-48000", ROUNDING), ("wav-24-48000", ROUNDING + 1.5 / 8_388_608.0)] {
            for (index, (heard, expected)) in stage.tracks_of(format).iter().zip(&expected).enumerate() {
                let off = difference(heard, expected);
                assert!(off <= tolerance, "{word}, {format}, track {index}: {off} off");
            }
        }
    }
}

#[test]
fn crossfades_are_the_sum_of_both_sides() {
    let stage = Stage::new();
    let mixes = [noise(4, 70_000), noise(5, 60_000), noise(6, 50_000)];
    for (index, mix) in mixes.iter().enumerate() {
        stage.mix(&format!("{index}.wav"), RATE_HZ as u32, mix);
    }
    for (word, shape) in SHAPES {
        // The gap before the second is the crossfade's; the second is crossfaded on both sides, and of another shape.
        let tracks = [
            track("0.wav", "One", &format!("fade_shape = \"{word}\"\ncrossfade_s = 0.5")),
            track("1.wav", "Two", "gap_before_s = 9\nfade_shape = \"s-curve\"\ncrossfade_s = 0.75"),
            track("2.wav", "Three", ""),
        ];
        let call = stage.deliver(&["wav-32f-48000"], "", &tracks, &["--force"]).ends_with(0);
        let (first, second) = (24_000, 36_000);
        let one = fallen(&mixes[0], first, shape);
        let two = fallen(&risen(&mixes[1], first, shape), second, SHAPES[2].1);
        let three = risen(&mixes[2], second, SHAPES[2].1);
        let starts = [0, 70_000 - first, 70_000 - first + 60_000 - second];
        let mut expected = silence(starts[2] + 50_000);
        for (start, part) in starts.into_iter().zip([one, two, three]) {
            for (sum, plane) in expected.iter_mut().zip(part) {
                sum[start..].iter_mut().zip(plane).for_each(|(sum, sample)| *sum += sample);
            }
        }
        let parts = stage.tracks_of("wav-32f-48000");
        let lengths: Vec<usize> = parts.iter().map(|part| part[0].len()).collect();
        assert_eq!(lengths, [starts[1], starts[2] - starts[1], 50_000], "a file begins where its audio does");
        let off = difference(&joined(&parts), &expected);
        assert!(off <= 2.0 * ROUNDING, "{word}: {off} off");
        let joins = &call.json()["joins"];
        assert_eq!((&joins[0]["crossfade_s"], &joins[0]["gap_s"]), (&0.5.into(), &0.0.into()));
        assert_eq!(joins[1]["crossfade_s"], 0.75);
    }
}
