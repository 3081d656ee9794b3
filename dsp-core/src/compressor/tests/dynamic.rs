//! The dynamic kind: nothing at rest, and Linkwitz and Riley's magnitudes at work.

use super::{amplitude, play, played, ready, sine, tone_and_rest};
use crate::processor::Processor;
use crate::settings::{CompressorBand, CompressorParams, CompressorPhase};

const RATE: f64 = 48_000.0;

fn three_bands() -> CompressorParams {
    let mut params = CompressorParams { phase: CompressorPhase::Dynamic, bands: 3, ..CompressorParams::default() };
    params.crossover_hz[..2].copy_from_slice(&[200.0, 3000.0]);
    params
}

#[test]
fn rest_is_the_input_bit_for_bit_without_latency_even_after_work() {
    let mut params = three_bands();
    params.band =
        [CompressorBand { threshold_db: -30.0, ratio: 4.0, release_ms: 50.0, ..CompressorBand::default() }; 6];
    let mut compressor = ready(&params, RATE, 2);
    assert_eq!(compressor.latency(), 0);
    let noise: Vec<f32> =
        sine(997.0, 0.5, RATE, 96_000).iter().zip(sine(7919.3, 0.4, RATE, 96_000)).map(|(a, b)| a + b).collect();
    let mut signal = [noise.clone(), noise];
    // Loud for half a second, then 34 dB less: below the threshold of every band.
    signal.iter_mut().for_each(|channel| channel[24_000..].iter_mut().for_each(|sample| *sample *= 0.01));
    let input = signal.clone();
    play(&mut compressor, &mut signal, 512);
    assert!(
        signal[0][2000..24_000].iter().zip(&input[0][2000..]).all(|(output, input)| output != input || *input == 0.0)
    );
    for (output, input) in signal.iter().zip(&input) {
        assert!(output[90_000..] == input[90_000..], "not every bit");
    }
}

#[test]
fn a_steady_gain_has_the_magnitude_of_linkwitz_and_rileys_bands() {
    let mut params = three_bands();
    let gains_db = [-6.0, 4.5, -12.0];
    for (band, gain_db) in params.band.iter_mut().zip(gains_db) {
        band.makeup_db = gain_db as f32;
    }
    let gains = gains_db.map(amplitude);
    for frequency_hz in [30.0, 100.0, 200.0, 400.0, 900.0, 3000.0, 6000.0, 12_000.0] {
        let output = played(&params, RATE, &sine(frequency_hz, 0.25, RATE, 48_000));
        let (tone, rest) = tone_and_rest(&output[24_000..], frequency_hz, RATE);
        let warped = |hz: f64| (std::f64::consts::PI * hz / RATE).tan();
        let shelf = |corner_hz: f64, ratio: f64| {
            let fourth = (warped(frequency_hz) / warped(corner_hz)).powi(4);
            (1.0 + ratio * fourth) / (1.0 + fourth)
        };
        let expected = 0.25 * gains[0] * shelf(200.0, gains[1] / gains[0]) * shelf(3000.0, gains[2] / gains[1]);
        let error_db = 20.0 * (tone / expected).log10();
        // Ratios and changes are rounded to f32.
        assert!(error_db.abs() < 0.001 && rest < 1e-6, "{frequency_hz} Hz: {error_db} dB, {rest}");
    }
}

#[test]
fn solo_and_mute_listen_through_minimum_crossovers() {
    let frames = RATE as usize;
    let tones = [60.0, 800.0, 9000.0];
    let heard = |params: &CompressorParams| {
        let parts = tones.map(|frequency_hz| sine(frequency_hz, 0.2, RATE, frames));
        let input: Vec<f32> = (0..frames).map(|frame| parts[0][frame] + parts[1][frame] + parts[2][frame]).collect();
        let output = played(params, RATE, &input);
        tones.map(|frequency_hz| tone_and_rest(&output[frames / 2..], frequency_hz, RATE).0)
    };
    for phase in [CompressorPhase::Dynamic, CompressorPhase::Minimum] {
        let mut params = three_bands();
        params.phase = phase;
        assert!(heard(&params).iter().all(|tone| (tone / 0.2 - 1.0).abs() < 1e-3));
        params.band[1].solo = true;
        let [low, middle, high] = heard(&params);
        // What the slopes leave two octaves and more away.
        assert!(low < 0.004 && high < 0.004 && (middle / 0.2 - 1.0).abs() < 0.02, "{phase:?}: {low} {middle} {high}");
        (params.band[1].solo, params.band[1].mute) = (false, true);
        let [low, middle, high] = heard(&params);
        assert!(middle < 0.004 && (low / 0.2 - 1.0).abs() < 0.02 && (high / 0.2 - 1.0).abs() < 0.02, "{phase:?}");
    }
}
