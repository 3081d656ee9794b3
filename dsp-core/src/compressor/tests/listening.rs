//! Solo, mute and delta.

use super::{play, ready, sine, tone_and_rest};
use crate::settings::{CompressorBand, CompressorParams};

const RATE: f64 = 48_000.0;

/// Three bands, a tone in each.
const TONES_HZ: [f64; 3] = [60.0, 1000.0, 9000.0];

fn params() -> CompressorParams {
    let mut params = CompressorParams { bands: 3, ..CompressorParams::default() };
    params.crossover_hz[..2].copy_from_slice(&[250.0, 3000.0]);
    params.band = [CompressorBand { threshold_db: -40.0, ratio: 4.0, ..CompressorBand::default() }; 6];
    params
}

/// The amplitudes of the tones.
fn tones(params: &CompressorParams) -> [f64; 3] {
    let frames = RATE as usize;
    let tones = TONES_HZ.map(|frequency_hz| sine(frequency_hz, 0.2, RATE, frames));
    let mut signal =
        [(0..frames).map(|frame| tones[0][frame] + tones[1][frame] + tones[2][frame]).collect::<Vec<f32>>()];
    play(&mut ready(params, RATE, 1), &mut signal, 512);
    TONES_HZ.map(|frequency_hz| tone_and_rest(&signal[0][frames / 2..], frequency_hz, RATE).0)
}

/// What a fourth-order crossover leaves of the other bands' tones: two octaves and more below -40 dB.
const LITTLE: f64 = 0.002;

#[test]
fn soloed_bands_alone_are_heard_and_muted_ones_are_not() {
    let plain = tones(&params());
    assert!(plain.iter().all(|tone| *tone > 0.02 && *tone < 0.1), "{plain:?}");
    let mut soloed = params();
    soloed.band[1].solo = true;
    let heard = tones(&soloed);
    assert!(heard[0] < LITTLE && heard[2] < LITTLE, "{heard:?}");
    assert!((heard[1] / plain[1] - 1.0).abs() < 0.02, "{heard:?} for {plain:?}");
    let mut muted = params();
    muted.band[1].mute = true;
    let heard = tones(&muted);
    assert!(heard[1] < LITTLE, "{heard:?}");
    assert!((heard[0] / plain[0] - 1.0).abs() < 0.02 && (heard[2] / plain[2] - 1.0).abs() < 0.02, "{heard:?}");
}

#[test]
fn delta_is_what_compression_takes_away() {
    let plain = tones(&params());
    let mut delta = params();
    delta.band[1].delta = true;
    delta.band[1].solo = true;
    // In phase with the tone as it came: both add up to it, as far as the band holds it: at 1 kHz, between 250 Hz and 3 kHz,
    // 98.4 %.
    let taken = tones(&delta)[1];
    assert!((plain[1] + taken - 0.2).abs() < 0.004, "{} and {taken}", plain[1]);
    // A band at rest has no delta.
    let mut at_rest = CompressorParams { bands: 1, ..CompressorParams::default() };
    at_rest.band[0].delta = true;
    assert!(tones(&at_rest).iter().all(|tone| *tone < 1e-6));
}
