//! Attack and release, by their definition: the times in which gain covers 63.2 % of its way in dB.

use runout_dsp_core::settings::{CompressorBand, CompressorMode, CompressorParams};

use super::{amplitude, measured, play, prepared};

/// A constant that leaps between levels has a level that is known in every frame: output over input is the gain.
fn gains_db(params: &CompressorParams, rate: f64, levels_db: &[f64], seconds: f64, block_frames: usize) -> Vec<f64> {
    let frames = (seconds * rate).round() as usize;
    let input: Vec<f32> = levels_db.iter().flat_map(|level_db| vec![amplitude(*level_db) as f32; frames]).collect();
    let mut output = [input.clone()];
    play(&mut prepared(params, rate, 1), &mut output, block_frames);
    output[0].iter().zip(&input).map(|(output, input)| 20.0 * f64::from(output / input).log10()).collect()
}

/// The frames from `start` until 63.2 % of the way are covered, between two frames by the logarithm of what is left.
fn frames_to_63_percent(gains_db: &[f64], start: usize, [from_db, to_db]: [f64; 2]) -> f64 {
    let left = |gain_db: f64| ((gain_db - to_db) / (from_db - to_db)).max(1e-9).ln();
    let after = (start..gains_db.len()).find(|frame| left(gains_db[*frame]) <= -1.0).unwrap();
    let (before, then) = (if after == start { 0.0 } else { left(gains_db[after - 1]) }, left(gains_db[after]));
    (after - start) as f64 + (before + 1.0) / (before - then)
}

/// The worst error of attack and release, relative.
fn ask(mode: CompressorMode, rate: f64, [attack_ms, release_ms]: [f64; 2], block_frames: usize) -> f64 {
    let mut params =
        measured(CompressorBand { mode, threshold_db: -30.0, ratio: 4.0, knee_db: 0.0, ..CompressorBand::default() });
    (params.band[0].attack_ms, params.band[0].release_ms) = (attack_ms as f32, release_ms as f32);
    // 16 time constants leave a ten-millionth of the way.
    let seconds = (0.02 + 0.016 * attack_ms.max(release_ms)).max(0.05);
    let gains = gains_db(&params, rate, &[-36.0, -24.0, -36.0], seconds, block_frames);
    let third = gains.len() / 3;
    let rest = [1, 2, 3].map(|part| gains[part * third - 1]);
    let attack = frames_to_63_percent(&gains, third, [rest[0], rest[1]]);
    // Let go is what was held for 10 ms and up to a group of 8 frames beside: from the frame on in which gain moves.
    let held = (2 * third..).find(|frame| (gains[*frame] - rest[1]).abs() > 1e-4).unwrap();
    let held_ms = (held - 2 * third) as f64 / rate * 1e3;
    assert!((10.0..10.0 + 17.0 / rate * 1e3).contains(&held_ms), "{mode:?} at {rate} Hz: held for {held_ms} ms");
    let release = frames_to_63_percent(&gains, held, [rest[1], rest[2]]);
    let errors = [(attack, attack_ms), (release, release_ms)].map(|(found, expected_ms)| {
        let found_ms = found / rate * 1e3;
        let error = (found_ms / expected_ms - 1.0).abs();
        assert!(error < 0.05, "{mode:?} at {rate} Hz in blocks of {block_frames}: {found_ms} for {expected_ms} ms");
        error
    });
    errors[0].max(errors[1])
}

#[test]
fn attack_and_release_are_what_they_say_at_every_rate_and_block_size() {
    let mut worst: f64 = 0.0;
    for rate in [22_050.0, 44_100.0, 48_000.0, 88_200.0, 96_000.0, 192_000.0, 384_000.0] {
        for mode in CompressorMode::ALL {
            for times_ms in [[0.05, 5.0], [5.0, 50.0], [60.0, 200.0]] {
                for block_frames in [1, 64, 511] {
                    worst = worst.max(ask(*mode, rate, times_ms, block_frames));
                }
            }
        }
    }
    println!("worst error of attack and release: {:.3} %", 100.0 * worst);
}

#[test]
fn auto_release_lets_a_hit_go_and_keeps_what_is_steady() {
    let band = CompressorBand { threshold_db: -30.0, ratio: 4.0, auto_release: true, ..CompressorBand::default() };
    let half_ms = |hit: bool| {
        // After 1 ms at -6 dBFS, or half a second.
        let rate = 48_000.0;
        let mut input = vec![amplitude(-60.0) as f32; 96_000];
        input[if hit { 23_952 } else { 0 }..24_000].fill(amplitude(-6.0) as f32);
        let mut output = [input.clone()];
        play(&mut prepared(&measured(band), rate, 1), &mut output, 512);
        let gains: Vec<f64> = output[0].iter().zip(&input).map(|(o, i)| 20.0 * f64::from(o / i).log10()).collect();
        let deepest = gains.iter().copied().fold(0.0, f64::min);
        let lowest = gains.iter().position(|gain| *gain == deepest).unwrap().max(24_000);
        ((lowest..).find(|frame| gains[*frame] > deepest / 2.0).unwrap() - 24_000) as f64 / 48.0
    };
    // 10 ms are held; then half is gone after 0.69 of half and of 4 times the release time of 50 ms.
    for (hit, times) in [(true, 0.5), (false, 4.0)] {
        let (found_ms, expected_ms) = (half_ms(hit), 10.0 + 50.0 * times * 2f64.ln());
        assert!((found_ms / expected_ms - 1.0).abs() < 0.1, "a hit {hit}: {found_ms} ms for {expected_ms}");
    }
}
