//! Tones at full scale: what is to pass passes as it is, what is not is gone. Also between rates with nothing in common.

use std::f64::consts::TAU;

use super::{ODD_HZ, Synthesized, converted, decibels};

/// Pairs of rates with small and large numbers in their ratio.
const PAIRS_HZ: [(u32, u32); 7] = [
    (96_000, 44_100),
    (44_100, 48_000),
    (48_000, 32_000),
    (22_050, 384_000),
    (192_000, 48_000),
    (ODD_HZ, 48_000),
    (96_000, ODD_HZ),
];

/// Frames at the ends that the tone's start and stop color, s.
const EDGE_S: f64 = 0.3;

/// Two seconds of a tone at another rate, without its ends; with its first frame's number.
fn tone(from_hz: u32, to_hz: u32, frequency_hz: f64) -> (Vec<f64>, f64) {
    let sample = move |_, frame: u64| (TAU * (frequency_hz * frame as f64 / f64::from(from_hz)).fract()).sin() as f32;
    let output = converted(Synthesized::boxed(from_hz, 1, 2 * u64::from(from_hz), sample), to_hz).swap_remove(0);
    let edge = (EDGE_S * f64::from(to_hz)) as usize;
    let kept = output[edge..output.len() - edge].iter().map(|sample| f64::from(*sample)).collect();
    (kept, edge as f64)
}

fn rms(samples: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = samples.len() as f64;
    (samples.map(|sample| sample * sample).sum::<f64>() / count).sqrt()
}

#[test]
fn a_tone_passes_as_it_is() {
    for (from_hz, to_hz) in PAIRS_HZ {
        for share in [0.002, 0.31, 0.6, 0.9] {
            let frequency_hz = share * f64::from(from_hz.min(to_hz)) / 2.0;
            let (output, first) = tone(from_hz, to_hz, frequency_hz);
            let expected = |frame: usize| {
                let turns = frequency_hz * (first + frame as f64) / f64::from(to_hz);
                (TAU * turns.fract()).sin()
            };
            // Not fitted: level, phase and place are the tone's own. Two roundings to floats are -150 dB.
            let error = rms(output.iter().enumerate().map(|(frame, sample)| sample - expected(frame)));
            let error_db = decibels(error * 2f64.sqrt());
            assert!(error_db < -140.0, "{from_hz} -> {to_hz} Hz, {frequency_hz} Hz: {error_db} dB beside the tone");
        }
    }
}

#[test]
fn a_tone_beyond_the_lower_nyquist_frequency_is_gone() {
    for (from_hz, to_hz) in PAIRS_HZ.into_iter().filter(|(from_hz, to_hz)| from_hz > to_hz) {
        let [low_hz, high_hz] = [to_hz, from_hz].map(|rate_hz| f64::from(rate_hz) / 2.0);
        for share in [0.001, 0.01, 0.1, 0.5, 0.99] {
            let frequency_hz = low_hz + share * (high_hz - low_hz);
            let (output, _) = tone(from_hz, to_hz, frequency_hz);
            let left_db = decibels(rms(output.into_iter()) * 2f64.sqrt());
            assert!(left_db < -140.0, "{from_hz} -> {to_hz} Hz: {left_db} dB are left of {frequency_hz} Hz");
        }
    }
}
