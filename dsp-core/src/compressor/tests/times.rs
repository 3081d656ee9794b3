//! Hold and lookahead.

use super::{amplitude, measured, play, ready};
use crate::settings::{CompressorBand, CompressorParams};

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
