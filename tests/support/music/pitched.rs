//! Bass and chords: band-limited saws through one-pole filters.

use super::arithmetic::{decay_factor, note_hz, power_of_two, sine_of_turns};
use super::mix::{Mix, Place};

/// A saw oscillator whose corners are rounded by a polynomial (Valimaki 2007), so that little of it folds back.
pub(super) struct Saw {
    turns: f64,
}

impl Saw {
    /// A saw that begins at a phase in turns, 0 to 1.
    pub fn new(turns: f64) -> Self {
        Self { turns }
    }

    /// The next sample, -1 to 1; `step` is the frequency over the rate.
    pub fn next(&mut self, step: f64) -> f64 {
        let value = 2.0 * self.turns - 1.0 - Self::corner(self.turns, step);
        self.turns += step;
        if self.turns >= 1.0 {
            self.turns -= 1.0;
        }
        value
    }

    fn corner(turns: f64, step: f64) -> f64 {
        if turns < step {
            let place = turns / step;
            place + place - place * place - 1.0
        } else if turns > 1.0 - step {
            let place = (turns - 1.0) / step;
            place * place + place + place + 1.0
        } else {
            0.0
        }
    }
}

/// The share by which a one-pole low-pass follows its input in one frame.
pub(super) fn follow(cutoff_hz: f64, sample_rate: f64) -> f64 {
    1.0 - power_of_two(-std::f64::consts::TAU * cutoff_hz / sample_rate * std::f64::consts::LOG2_E)
}

/// A note of a linear rise and fall: 0 at its ends.
struct Envelope {
    frame: f64,
    rise: f64,
    fall: f64,
    end: f64,
}

impl Envelope {
    fn new(rise_s: f64, fall_s: f64, duration_s: f64, sample_rate: f64) -> Self {
        Self { frame: 0.0, rise: rise_s * sample_rate, fall: fall_s * sample_rate, end: duration_s * sample_rate }
    }

    fn next(&mut self) -> f64 {
        let value = (self.frame / self.rise).min((self.end - self.frame) / self.fall).clamp(0.0, 1.0);
        self.frame += 1.0;
        value
    }
}

/// A bass note: a sine under a saw whose filter closes.
pub(super) fn bass(mix: &mut Mix, start_s: f64, duration_s: f64, note: f64, level: f32) {
    let rate = mix.sample_rate;
    let step = note_hz(note) / rate;
    let mut envelope = Envelope::new(0.004, 0.03, duration_s, rate);
    let (mut saw, mut turns) = (Saw::new(0.5), 0.0);
    let (dark, bright) = (follow(220.0, rate), follow(1800.0, rate));
    let close = decay_factor(0.5, rate);
    let (mut openness, mut first, mut second) = (1.0, 0.0, 0.0);
    mix.play(start_s, duration_s, Place::new(0.0, level, 0.0), || {
        let share = dark + (bright - dark) * openness;
        first += share * (saw.next(step) - first);
        second += share * (first - second);
        openness *= close;
        turns += step;
        turns -= turns as i64 as f64;
        envelope.next() * (0.55 * sine_of_turns(turns) + 0.6 * second)
    });
}

/// One note of a chord: two saws a side, a few cents apart, so that the sides differ.
pub(super) fn pad(mix: &mut Mix, start_s: f64, duration_s: f64, note: f64, level: f32, cutoff_hz: f64) {
    let rate = mix.sample_rate;
    for (pan, cents) in [(-0.7, [-6.0, 3.0]), (0.7, [-3.0, 6.0])] {
        let steps = cents.map(|cents| note_hz(note + cents / 100.0) / rate);
        let mut saws = [Saw::new(0.13 + 0.2 * f64::from(pan)), Saw::new(0.71)];
        let mut envelope = Envelope::new(0.06, 0.18, duration_s, rate);
        let share = follow(cutoff_hz, rate);
        let (mut first, mut second) = (0.0, 0.0);
        mix.play(start_s, duration_s, Place::new(pan, level, 0.25), || {
            first += share * (saws[0].next(steps[0]) + saws[1].next(steps[1]) - first);
            second += share * (first - second);
            0.5 * envelope.next() * second
        });
    }
}
