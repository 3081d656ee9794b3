//! How long gain takes, by its definition.

use super::{amplitude, measured, play, ready};
use crate::settings::{CompressorBand, CompressorMode, CompressorParams};

/// A constant that leaps between two levels is a signal whose level is known in every frame: output over input is the
/// gain.
fn gains_db(params: &CompressorParams, rate: f64, levels_db: &[(f64, f64)], block: usize) -> Vec<f64> {
    let mut input = Vec::new();
    for (level_db, seconds) in levels_db {
        input.resize(input.len() + (seconds * rate).round() as usize, amplitude(*level_db) as f32);
    }
    let mut output = [input.clone()];
    play(&mut ready(params, rate, 1), &mut output, block);
    output[0].iter().zip(&input).map(|(output, input)| 20.0 * f64::from(output / input).log10()).collect()
}

/// The frames from `start` until 63.2 % of the way are covered.
fn time(gains_db: &[f64], start: usize, from_db: f64, to_db: f64) -> f64 {
    let left = |gain_db: f64| ((gain_db - to_db) / (from_db - to_db)).max(1e-9).ln();
    let after = (start..gains_db.len()).find(|frame| left(gains_db[*frame]) <= -1.0).unwrap();
    let (before, then) = (if after == start { 0.0 } else { left(gains_db[after - 1]) }, left(gains_db[after]));
    (after - start) as f64 + (before + 1.0) / (before - then)
}

#[test]
fn attack_and_release_are_what_they_say_at_every_rate_and_block_size() {
    let band = CompressorBand { threshold_db: -30.0, ratio: 4.0, knee_db: 0.0, ..CompressorBand::default() };
    for rate in [22_050.0, 44_100.0, 48_000.0, 88_200.0, 96_000.0, 192_000.0, 384_000.0] {
        for (attack_ms, release_ms) in [(0.05, 5.0), (5.0, 50.0), (100.0, 400.0)] {
            for mode in CompressorMode::ALL {
                for block in [7, 64, 512] {
                    let mut params = measured(CompressorBand { mode: *mode, ..band });
                    (params.band[0].attack_ms, params.band[0].release_ms) = (attack_ms as f32, release_ms as f32);
                    let long = (0.02 + 0.016 * f64::max(attack_ms, release_ms)).max(0.05);
                    let steps = [(-36.0, long), (-24.0, long), (-36.0, long)];
                    let gains = gains_db(&params, rate, &steps, block);
                    let third = gains.len() / 3;
                    let rest = [gains[third - 1], gains[2 * third - 1], gains[3 * third - 1]];
                    let attack = time(&gains, third, rest[0], rest[1]);
                    // Let go is what was held for 10 ms: from the frame on in which gain begins to move.
                    let held = (2 * third..).find(|frame| (gains[*frame] - rest[1]).abs() > 1e-4).unwrap();
                    let held_ms = (held - 2 * third) as f64 / rate * 1e3;
                    assert!(
                        (10.0..10.0 + 17.0 / rate * 1e3).contains(&held_ms),
                        "{mode:?} at {rate}: held {held_ms} ms"
                    );
                    let release = time(&gains, held, rest[1], rest[2]);
                    for (name, found, expected_ms) in [("attack", attack, attack_ms), ("release", release, release_ms)]
                    {
                        let found_ms = found / rate * 1e3;
                        let what = format!(
                            "{mode:?} at {rate} Hz in blocks of {block}: {name} {found_ms} for {expected_ms} ms"
                        );
                        assert!((found_ms / expected_ms - 1.0).abs() < 0.05, "{what}");
                    }
                }
            }
        }
    }
}

#[test]
fn hold_keeps_gain_for_its_time() {
    let band = CompressorBand { threshold_db: -30.0, ratio: 4.0, hold_ms: 40.0, ..CompressorBand::default() };
    let gains = gains_db(&measured(band), 48_000.0, &[(-20.0, 0.2), (-60.0, 0.2)], 512);
    let begins = (9600..).find(|frame| gains[*frame] - gains[9599] > 1e-4).unwrap() - 9600;
    // 50 ms, and up to a group of 8 frames.
    assert!((2400..2400 + 9).contains(&begins), "{begins} frames");
}

#[test]
fn lookahead_moves_gain_before_the_level() {
    let mut params = measured(CompressorBand { threshold_db: -30.0, ratio: 4.0, ..CompressorBand::default() });
    params.lookahead = true;
    for lookahead_ms in [0.0, 3.0, 20.0] {
        params.band[0].lookahead_ms = lookahead_ms;
        let mut compressor = ready(&params, 48_000.0, 1);
        let latency = crate::processor::Processor::latency(&compressor);
        assert_eq!(latency, 960);
        let input: Vec<f32> = (0..19_200).map(|frame| if frame < 9600 { 0.01 } else { 0.5 }).collect();
        let mut output = [input.clone()];
        play(&mut compressor, &mut output, 100);
        let gain = |frame: usize| output[0][frame] / input[frame - latency];
        let begins = (2000..19_200).find(|frame| gain(*frame) < 0.999).unwrap();
        let expected = 9600 + latency - (f64::from(lookahead_ms) * 48.0) as usize;
        // The first step of an attack of 5 ms from there is 0.03 dB.
        assert!((expected..expected + 2).contains(&begins), "{lookahead_ms} ms: {begins} for {expected}");
    }
}

#[test]
fn auto_release_lets_a_hit_go_and_keeps_what_is_steady() {
    let band = CompressorBand { threshold_db: -30.0, ratio: 4.0, auto_release: true, ..CompressorBand::default() };
    // The time to let go of half of the reduction after 1 ms and after 500 ms of the same level.
    let half_ms = |seconds: f64| {
        let gains = gains_db(&measured(band), 48_000.0, &[(-60.0, 0.5), (-6.0, seconds), (-60.0, 1.0)], 512);
        let end = ((0.5 + seconds) * 48_000.0).round() as usize;
        let deepest = gains.iter().copied().fold(0.0, f64::min);
        let lowest = gains.iter().position(|gain| *gain == deepest).unwrap().max(end);
        ((lowest..).find(|frame| gains[*frame] > deepest / 2.0).unwrap() - end) as f64 / 48.0
    };
    let (hit_ms, steady_ms) = (half_ms(0.001), half_ms(0.5));
    println!("half of the reduction: {hit_ms:.1} ms after a hit, {steady_ms:.1} ms after steady sound");
    // 10 ms are held; then half is gone after 0.69 of 0.5 and 4 times the release time of 50 ms.
    let expected_ms = [0.5, 4.0].map(|times| 10.0 + 50.0 * times * 2f64.ln());
    assert!((hit_ms / expected_ms[0] - 1.0).abs() < 0.1, "{hit_ms} ms for {}", expected_ms[0]);
    assert!((steady_ms / expected_ms[1] - 1.0).abs() < 0.1, "{steady_ms} ms for {}", expected_ms[1]);
}
