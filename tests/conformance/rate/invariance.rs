//! Lengths, and what must not matter: block sizes, the other channels, how often.

use std::path::Path;

use runout_delivery::rate::Converted;
use runout_tests::random::Random;

use super::{ODD_HZ, RATES_HZ, Synthesized, converted, converted_in};

/// Noise that is a pure function of its place.
fn noise(channel: usize, frame: u64) -> f32 {
    let mixed = (frame + 1 + ((channel as u64) << 40)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed >> 40) as f32 / (1 << 23) as f32 - 1.0
}

fn any_rate(random: &mut Random) -> u32 {
    if random.below(4) == 0 { 22_050 + random.below(40_000) as u32 } else { RATES_HZ[random.below(9)] }
}

#[test]
fn the_length_is_that_of_the_source_to_the_nearest_frame() {
    let seed = 20_261_120;
    println!("seed {seed}");
    let mut random = Random::new(seed);
    for round in 0..60 {
        let (from_hz, to_hz) = (any_rate(&mut random), any_rate(&mut random));
        let frames = if round % 3 == 0 { 1 + random.below(5) } else { 1 + random.below(30_000) } as u64;
        let output = converted(Synthesized::boxed(from_hz, 1, frames, noise), to_hz);
        let nearest = (frames as f64 * f64::from(to_hz) / f64::from(from_hz)).round() as usize;
        // A file without a frame is none.
        assert_eq!(output[0].len(), nearest.max(1), "{frames} frames, {from_hz} -> {to_hz} Hz");
    }
}

#[test]
fn the_result_does_not_depend_on_how_it_is_read() {
    for (from_hz, to_hz) in [(96_000, 44_100), (44_100, 96_000), (ODD_HZ, 48_000), (48_000, 192_000)] {
        let source = || Synthesized::boxed(from_hz, 2, 50_000, noise);
        let whole = converted(source(), to_hz);
        for blocks in [&[1, 7, 64, 511][..], &[4096], &[63], &[100_000, 1], &[588, 1, 1280]] {
            assert!(converted_in(source(), to_hz, blocks) == whole, "{from_hz} -> {to_hz} Hz in blocks of {blocks:?}");
        }
        assert!(converted(source(), to_hz) == whole, "twice the same bits");
        // A channel is what it is alone.
        let alone = converted(Synthesized::boxed(from_hz, 1, 50_000, |_, frame| noise(1, frame)), to_hz);
        assert!(alone[0] == whole[1], "{from_hz} -> {to_hz} Hz");
    }
}

#[test]
fn silence_stays_silence_and_what_is_no_sound_becomes_it() {
    for to_hz in [44_100, ODD_HZ] {
        let output = converted(Synthesized::boxed(96_000, 2, 10_000, |_, _| 0.0), to_hz);
        assert!(output.iter().flatten().all(|sample| *sample == 0.0));
        let wild = |_, frame| if frame % 2 == 0 { f32::NAN } else { f32::INFINITY };
        let output = converted(Synthesized::boxed(96_000, 1, 10_000, wild), to_hz);
        assert!(output[0].iter().all(|sample| *sample == 0.0));
    }
}

#[test]
fn at_its_own_rate_a_source_is_itself() {
    let output = converted(Synthesized::boxed(48_000, 2, 5_000, noise), 48_000);
    let expected: Vec<Vec<f32>> =
        (0..2).map(|channel| (0..5_000).map(|frame| noise(channel, frame)).collect()).collect();
    assert!(output == expected);
}

#[test]
fn rates_that_cannot_be_mastered_are_refused() {
    for (from_hz, to_hz) in [(48_000, 22_049), (48_000, 384_001), (8_000, 48_000), (48_000, 0)] {
        let source = Synthesized::boxed(from_hz, 1, 100, noise);
        let refused = Converted::new(Path::new("mix.wav"), source, to_hz).err().unwrap().to_string();
        assert!(refused.contains("mix.wav") && refused.contains("22050 to 384000 Hz"), "{refused}");
    }
}
