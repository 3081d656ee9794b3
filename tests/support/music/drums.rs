//! Kick, snare, hats and crash.

use super::arithmetic::{decay_factor, sine_of_turns};
use super::mix::{Mix, Place};
use crate::random::Random;

/// A sine that falls from 190 to 48 Hz, with a click of noise at its head. Level is linear.
pub(super) fn kick(mix: &mut Mix, start_s: f64, level: f32, random: &mut Random) {
    let rate = mix.sample_rate;
    let fall = decay_factor(0.42, rate);
    let sweep_fall = decay_factor(0.11, rate);
    let click_fall = decay_factor(0.006, rate);
    let (mut turns, mut body, mut sweep, mut click) = (0.0, 0.95, 142.0, 0.45);
    mix.play(start_s, 0.45, Place::new(0.0, level, 0.03), || {
        let sample = body * sine_of_turns(turns) + click * random.bipolar();
        turns += (48.0 + sweep) / rate;
        turns -= turns as i64 as f64;
        body *= fall;
        sweep *= sweep_fall;
        click *= click_fall;
        sample
    });
}

/// Two modes of a drum head and a burst of white noise.
pub(super) fn snare(mix: &mut Mix, start_s: f64, level: f32, random: &mut Random) {
    let rate = mix.sample_rate;
    let (head_fall, wire_fall) = (decay_factor(0.16, rate), decay_factor(0.24, rate));
    let mut turns = [0.0, 0.0];
    let (mut head, mut wires) = (0.5, 0.72);
    mix.play(start_s, 0.32, Place::new(-0.08, level, 0.35), || {
        let tone = 0.65 * sine_of_turns(turns[0]) + 0.35 * sine_of_turns(turns[1]);
        let sample = head * tone + wires * random.bipolar();
        for (turns, frequency_hz) in turns.iter_mut().zip([186.0, 331.0]) {
            *turns += frequency_hz / rate;
            *turns -= *turns as i64 as f64;
        }
        head *= head_fall;
        wires *= wire_fall;
        sample
    });
}

/// A hat: white noise without its lows, up to Nyquist, that falls by 60 dB in a time in seconds.
pub(super) fn hat(mix: &mut Mix, start_s: f64, level: f32, fall_s: f64, pan: f32, random: &mut Random) {
    let rate = mix.sample_rate;
    let fall = decay_factor(fall_s, rate);
    // A one-pole high-pass at 7 kHz: 60 dB is 6.9 time constants.
    let low_share = 1.0 - decay_factor(6.9 / (std::f64::consts::TAU * 7000.0), rate);
    let (mut level_now, mut low) = (0.5, 0.0);
    mix.play(start_s, fall_s, Place::new(pan, level, 0.05), || {
        let noise = random.bipolar();
        low += low_share * (noise - low);
        level_now *= fall;
        level_now * (noise - low)
    });
}

/// A crash: a long hat on each side, with noise of its own.
pub(super) fn crash(mix: &mut Mix, start_s: f64, level: f32, random: &mut Random) {
    for pan in [-1.0, 1.0] {
        hat(mix, start_s, level, 2.4, pan, random);
    }
}
