//! Gains that go both ways, and numbers that wander.

use super::REDUCTION_RETURN_DB_PER_S;

/// How long a wandering number stands still, s.
const REFRESH_S: f64 = 0.2;

/// A gain: away from 0 dB at once, 25 dB/s back.
#[derive(Clone, Copy, Debug, Default)]
pub struct GainBallistics {
    gain_db: f32,
}

impl GainBallistics {
    /// Takes the gain that is farthest from 0 dB of the `seconds` that have passed.
    pub fn advance(&mut self, gain_db: f32, seconds: f32) {
        let left_db = (self.gain_db.abs() - REDUCTION_RETURN_DB_PER_S * seconds).max(0.0);
        self.gain_db = farther(gain_db, left_db.copysign(self.gain_db));
    }

    /// The gain, dB.
    pub fn gain_db(&self) -> f32 {
        self.gain_db
    }

    /// Whether nothing would move without a gain.
    pub fn is_at_rest(&self) -> bool {
        self.gain_db == 0.0
    }
}

/// A gain that wanders, as a number that is read five times a second: the farthest from 0 dB since it was last read.
#[derive(Clone, Copy, Debug, Default)]
pub struct SteadyGain {
    shown_db: f32,
    gathered_db: f32,
    read_s: f64,
}

impl SteadyGain {
    /// Takes a gain at a time of egui's clock, s.
    pub fn take(&mut self, gain_db: f32, now_s: f64) {
        self.gathered_db = farther(gain_db, self.gathered_db);
        if now_s - self.read_s >= REFRESH_S || now_s < self.read_s {
            *self = Self { shown_db: self.gathered_db, gathered_db: 0.0, read_s: now_s };
        }
    }

    /// The number, dB.
    pub fn shown_db(&self) -> f32 {
        self.shown_db
    }
}

/// The one of two gains that is farther from 0 dB.
pub fn farther(one_db: f32, other_db: f32) -> f32 {
    if one_db.abs() >= other_db.abs() { one_db } else { other_db }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gain_leaves_zero_at_once_and_comes_back_by_25_db_a_second() {
        for sign in [-1.0, 1.0] {
            let mut gain = GainBallistics::default();
            gain.advance(sign * 10.0, 1.0 / 60.0);
            assert_eq!(gain.gain_db(), sign * 10.0);
            (0..12).for_each(|_| gain.advance(0.0, 1.0 / 60.0));
            // A fifth of a second is 5 dB; 0.01 dB: the rounding of 12 sums in f32.
            assert!((gain.gain_db() - sign * 5.0).abs() < 0.01, "{}", gain.gain_db());
            gain.advance(sign * 7.0, 1.0 / 60.0);
            assert_eq!(gain.gain_db(), sign * 7.0);
            (0..60).for_each(|_| gain.advance(0.0, 1.0 / 60.0));
            assert!(gain.is_at_rest());
        }
    }

    #[test]
    fn the_number_stands_still_for_a_fifth_of_a_second_and_misses_nothing() {
        let mut steady = SteadyGain::default();
        let mut numbers = Vec::new();
        for frame in 0..60u8 {
            let gain_db = if frame == 33 { 8.0 } else { -1.0 };
            steady.take(gain_db, 100.0 + f64::from(frame) / 60.0);
            numbers.push(steady.shown_db());
        }
        numbers.dedup();
        assert!(numbers.contains(&8.0) && numbers.len() <= 4, "{numbers:?}");
    }
}
