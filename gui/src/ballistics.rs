//! How meters move: instant where something happens, slow where it is over.

mod gain;

pub use gain::{GainBallistics, SteadyGain, farther};

/// Fall of a peak meter, dB/s.
const PEAK_FALL_DB_PER_S: f32 = 20.0;

/// Return of a reduction meter, dB/s.
const REDUCTION_RETURN_DB_PER_S: f32 = 25.0;

/// How long an extreme is held, s.
const HOLD_S: f32 = 1.5;

/// Time constant of a power meter, s.
const POWER_S: f32 = 0.3;

/// Where a level meter's scale ends however quiet it is, dB: nothing falls further.
const FLOOR_DB: f32 = -150.0;

/// An extreme that is held, and then follows.
#[derive(Clone, Copy, Debug)]
struct Hold {
    value_db: f32,
    held_s: f32,
}

impl Hold {
    /// Takes the value of the `seconds` that have passed. `more` gives the more extreme of two; a hold that has ended moves
    /// towards the value by `step_db`.
    fn follow(&mut self, value_db: f32, seconds: f32, more: fn(f32, f32) -> f32, step_db: f32) {
        if more(value_db, self.value_db) == value_db {
            *self = Self { value_db, held_s: 0.0 };
            return;
        }
        self.held_s += seconds;
        if self.held_s > HOLD_S {
            self.value_db = more(self.value_db + step_db, value_db);
        }
    }
}

/// A level: up at once, 20 dB/s down, its highest held for 1.5 s.
#[derive(Clone, Copy, Debug)]
pub struct PeakBallistics {
    level_db: f32,
    hold: Hold,
}

impl Default for PeakBallistics {
    fn default() -> Self {
        Self { level_db: FLOOR_DB, hold: Hold { value_db: FLOOR_DB, held_s: 0.0 } }
    }
}

impl PeakBallistics {
    /// Takes the highest level, dB, of the `seconds` that have passed; silence is negative infinity.
    pub fn advance(&mut self, peak_db: f32, seconds: f32) {
        let fall_db = PEAK_FALL_DB_PER_S * seconds;
        let peak_db = peak_db.max(FLOOR_DB);
        self.level_db = peak_db.max(self.level_db - fall_db);
        self.hold.follow(peak_db, seconds, f32::max, -fall_db);
    }

    /// The level, dB.
    pub fn level_db(&self) -> f32 {
        self.level_db
    }

    /// The highest level of late, dB.
    pub fn hold_db(&self) -> f32 {
        self.hold.value_db
    }

    /// Whether nothing would move without sound.
    pub fn is_at_rest(&self) -> bool {
        self.hold.value_db <= FLOOR_DB
    }
}

/// The power of the last 300 ms, each moment fading by 1/e over that time.
#[derive(Clone, Copy, Debug, Default)]
pub struct PowerBallistics {
    power: f32,
}

impl PowerBallistics {
    /// Takes the mean square of the `seconds` that have passed.
    pub fn advance(&mut self, mean_square: f32, seconds: f32) {
        self.power = mean_square + (self.power - mean_square) * (-seconds / POWER_S).exp();
    }

    /// The level, dBFS: the mean square of a full-scale sine reads -3.01.
    pub fn level_dbfs(&self) -> f32 {
        10.0 * self.power.log10()
    }
}

/// A gain reduction: down at once, 25 dB/s back, its deepest held for 1.5 s.
#[derive(Clone, Copy, Debug)]
pub struct ReductionBallistics {
    reduction_db: f32,
    hold: Hold,
}

impl Default for ReductionBallistics {
    fn default() -> Self {
        Self { reduction_db: 0.0, hold: Hold { value_db: 0.0, held_s: 0.0 } }
    }
}

impl ReductionBallistics {
    /// Takes the deepest reduction, dB, 0 or below, of the `seconds` that have passed.
    pub fn advance(&mut self, reduction_db: f32, seconds: f32) {
        let step_db = REDUCTION_RETURN_DB_PER_S * seconds;
        self.reduction_db = reduction_db.min(self.reduction_db + step_db).min(0.0);
        self.hold.follow(reduction_db.min(0.0), seconds, f32::min, step_db);
    }

    /// The reduction, dB, 0 or below.
    pub fn reduction_db(&self) -> f32 {
        self.reduction_db
    }

    /// The deepest reduction of late, dB, 0 or below.
    pub fn hold_db(&self) -> f32 {
        self.hold.value_db
    }

    /// Whether nothing would move without reduction.
    pub fn is_at_rest(&self) -> bool {
        self.hold.value_db >= 0.0
    }
}

/// Counts how often a level went over a limit, until it is cleared.
#[derive(Clone, Copy, Debug, Default)]
pub struct OverLatch {
    count: u32,
    over: bool,
}

impl OverLatch {
    /// Takes note of whether the level is over; counts each time that it gets there.
    pub fn note(&mut self, over: bool) {
        self.count = self.count.saturating_add(u32::from(over && !self.over));
        self.over = over;
    }

    /// How often it went over since it was cleared.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Forgets what was over; a level that still is counts when it gets there again.
    pub fn clear(&mut self) {
        self.count = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A frame of the display, s.
    const FRAME_S: f32 = 1.0 / 60.0;

    /// To 0.01 dB: the rounding of some hundred sums in f32.
    fn assert_near(found_db: f32, wanted_db: f32) {
        assert!((found_db - wanted_db).abs() < 0.01, "{found_db} is not {wanted_db}");
    }

    #[test]
    fn a_peak_rises_at_once_and_falls_by_20_db_a_second() {
        let mut peak = PeakBallistics::default();
        assert!(peak.is_at_rest());
        peak.advance(-3.0, FRAME_S);
        assert_eq!((peak.level_db(), peak.hold_db()), (-3.0, -3.0));
        (0..60).for_each(|_| peak.advance(f32::NEG_INFINITY, FRAME_S));
        assert_near(peak.level_db(), -23.0);
        assert_eq!(peak.hold_db(), -3.0);
        // 1 s later the hold, which ended half a second ago, has fallen 10 dB, to one frame.
        (0..60).for_each(|_| peak.advance(f32::NEG_INFINITY, FRAME_S));
        assert!((peak.hold_db() + 13.0).abs() <= 20.0 * FRAME_S + 0.01, "{}", peak.hold_db());
        (0..600).for_each(|_| peak.advance(f32::NEG_INFINITY, FRAME_S));
        assert!(peak.is_at_rest());
    }

    #[test]
    fn the_fall_does_not_depend_on_the_frame_rate() {
        let fallen = |frames: u16| {
            let mut peak = PeakBallistics::default();
            peak.advance(0.0, FRAME_S);
            (0..frames).for_each(|_| peak.advance(-100.0, 1.0 / f32::from(frames)));
            peak.level_db()
        };
        assert_near(fallen(144), fallen(12));
    }

    #[test]
    fn a_reduction_falls_at_once_and_returns_by_25_db_a_second() {
        let mut reduction = ReductionBallistics::default();
        reduction.advance(-10.0, FRAME_S);
        assert_eq!((reduction.reduction_db(), reduction.hold_db()), (-10.0, -10.0));
        (0..12).for_each(|_| reduction.advance(0.0, FRAME_S));
        assert_near(reduction.reduction_db(), -5.0);
        assert_eq!(reduction.hold_db(), -10.0);
        reduction.advance(-7.0, FRAME_S);
        assert_eq!(reduction.reduction_db(), -7.0);
        (0..200).for_each(|_| reduction.advance(0.0, FRAME_S));
        assert_eq!((reduction.reduction_db(), reduction.hold_db()), (0.0, 0.0));
        assert!(reduction.is_at_rest());
    }

    #[test]
    fn power_settles_on_the_mean_square() {
        let mut power = PowerBallistics::default();
        assert_eq!(power.level_dbfs(), f32::NEG_INFINITY);
        (0..18).for_each(|_| power.advance(0.5, FRAME_S));
        // One time constant: 1 - 1/e of 0.5.
        assert_near(power.level_dbfs(), 10.0 * (0.5 * (1.0 - (-1f32).exp())).log10());
        (0..300).for_each(|_| power.advance(0.5, FRAME_S));
        assert_near(power.level_dbfs(), -3.01);
    }

    #[test]
    fn each_time_over_counts_once() {
        let mut latch = OverLatch::default();
        [false, true, true, false, true].into_iter().for_each(|over| latch.note(over));
        assert_eq!(latch.count(), 2);
        latch.clear();
        latch.note(true);
        assert_eq!(latch.count(), 0, "still the same one");
        latch.note(false);
        latch.note(true);
        assert_eq!(latch.count(), 1);
    }
}
