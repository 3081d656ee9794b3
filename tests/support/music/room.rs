//! A small room: four damped combs and two all-passes a side (Schroeder 1962, Moorer 1979).

use super::arithmetic::{decay_factor, gain};
use super::mix::Mix;

/// Delays of the combs, ms; the right side's are 4 % longer.
const COMBS_MS: [f64; 4] = [29.7, 37.1, 41.1, 43.7];
/// Delays of the all-passes, ms.
const ALL_PASSES_MS: [f64; 2] = [5.0, 1.7];
/// Time in which the room falls by 60 dB, s.
const FALL_S: f64 = 1.4;
/// Level of the room in the mix, dB.
const LEVEL_DB: f64 = -9.0;

/// Adds the room to both sides.
pub(super) fn add(mix: &mut Mix) {
    let level = gain(LEVEL_DB) as f32;
    for (side, stretch) in [(&mut mix.left, 1.0), (&mut mix.right, 1.04)] {
        let mut wet = vec![0.0f32; mix.room.len()];
        for delay_ms in COMBS_MS {
            comb(&mix.room, &mut wet, delay_ms * stretch, mix.sample_rate);
        }
        for delay_ms in ALL_PASSES_MS {
            all_pass(&mut wet, delay_ms * stretch, mix.sample_rate);
        }
        for (sample, wet) in side.iter_mut().zip(&wet) {
            *sample += level * wet;
        }
    }
}

fn comb(dry: &[f32], wet: &mut [f32], delay_ms: f64, sample_rate: f64) {
    let delay = (delay_ms * 1e-3 * sample_rate) as usize + 1;
    let feedback = power(decay_factor(FALL_S, sample_rate), delay) as f32;
    // Air and walls take the treble: a one-pole at about 5 kHz in the loop.
    let damping = power(decay_factor(2.2e-4, sample_rate), 1) as f32;
    let mut line = vec![0.0f32; delay];
    let (mut place, mut damped) = (0, 0.0f32);
    for (dry, wet) in dry.iter().zip(wet) {
        let out = line[place];
        damped = out + damping * (damped - out);
        line[place] = dry + feedback * damped + 1e-20;
        place = if place + 1 == delay { 0 } else { place + 1 };
        *wet += 0.25 * out;
    }
}

fn all_pass(signal: &mut [f32], delay_ms: f64, sample_rate: f64) {
    const SHARE: f32 = 0.7;
    let delay = (delay_ms * 1e-3 * sample_rate) as usize + 1;
    let mut line = vec![0.0f32; delay];
    let mut place = 0;
    for sample in signal {
        let stored = line[place];
        let out = stored - SHARE * *sample;
        line[place] = *sample + SHARE * out + 1e-20;
        place = if place + 1 == delay { 0 } else { place + 1 };
        *sample = out;
    }
}

fn power(base: f64, exponent: usize) -> f64 {
    (0..exponent).fold(1.0, |product, _| product * base)
}
