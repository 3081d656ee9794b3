//! How a reduction is held and let go: at once up, held, then falling towards a floor that follows sustained reduction.
//!
//! need -> maximum over what must be held ------------------------------------> release -> reduction
//! need -> maximum over a longer time -> valley -> slow average -> share of it -> floor

use super::{SlidingMaximum, Valley};

/// Reductions below 2^-28 octaves (2e-8 dB) are let go at once.
const NOTHING: i64 = 16;

/// How a reduction is let go. Times are in groups of frames; factors are what is left after one group.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ballistics {
    /// How many groups a need is held beyond the ones that must have it.
    pub hold: usize,
    /// What is left of the way to the floor.
    pub fall: f64,
    /// How many groups a need counts as sustained; at least `hold`.
    pub sustained_hold: usize,
    /// Over how many groups a need must stand without a gap to count as sustained.
    pub valley: usize,
    /// What is left of the floor's way up.
    pub floor_rise: f64,
    /// What is left of the floor's way down.
    pub floor_fall: f64,
    /// The share of the sustained reduction that is not let go while it lasts, 0 to 1; 0 is no floor.
    pub floor_share: f64,
}

/// The state of one release.
#[derive(Clone, Debug)]
pub struct Release {
    ballistics: Ballistics,
    held: SlidingMaximum,
    sustained: SlidingMaximum,
    valley: Valley,
    /// The slow average of the valley.
    floor: f64,
    /// The reduction.
    level: i64,
}

impl Release {
    /// A release that holds for up to `longest_hold` groups and takes valleys over up to `longest_valley`; allocates.
    pub fn new(longest_hold: usize, longest_valley: usize) -> Self {
        Self {
            ballistics: Ballistics::default(),
            held: SlidingMaximum::new(longest_hold),
            sustained: SlidingMaximum::new(longest_hold),
            valley: Valley::new(longest_valley),
            floor: 0.0,
            level: 0,
        }
    }

    /// Forgets all needs but starts at the reduction and the floor that `from` has reached, if any. `window` is the number
    /// of groups, from its own on, that must have a need.
    pub fn restart(&mut self, ballistics: &Ballistics, window: usize, from: Option<&Self>) {
        self.held.restart(window + ballistics.hold);
        self.sustained.restart(window + ballistics.sustained_hold);
        self.valley.restart(ballistics.valley);
        self.ballistics = *ballistics;
        (self.floor, self.level) = from.map_or((0.0, 0), |from| (from.floor, from.level));
    }

    /// Changes how fast the reduction is let go; all windows stay.
    pub fn set_rates(&mut self, ballistics: &Ballistics) {
        self.ballistics.fall = ballistics.fall;
        self.ballistics.floor_rise = ballistics.floor_rise;
        self.ballistics.floor_fall = ballistics.floor_fall;
    }

    /// Becomes `other`, which was made for the same longest times.
    pub fn copy_from(&mut self, other: &Self) {
        self.ballistics = other.ballistics;
        self.held.copy_from(&other.held);
        self.sustained.copy_from(&other.sustained);
        self.valley.copy_from(&other.valley);
        (self.floor, self.level) = (other.floor, other.level);
    }

    /// The reduction that the last group had.
    pub fn level(&self) -> i64 {
        self.level
    }

    /// Whether nothing is reduced nor held.
    pub fn is_zero(&self) -> bool {
        self.level == 0 && self.floor == 0.0 && self.held.is_empty() && self.sustained.is_empty()
    }

    /// Takes a group's need and returns its reduction, which is never less than any need of the window.
    pub fn push(&mut self, need: i64) -> i64 {
        let ballistics = &self.ballistics;
        let held = self.held.push(need);
        let sustained = self.valley.push(self.sustained.push(need)) as f64 * ballistics.floor_share;
        let left = if sustained > self.floor { ballistics.floor_rise } else { ballistics.floor_fall };
        self.floor = sustained + (self.floor - sustained) * left;
        if self.floor < NOTHING as f64 {
            self.floor = 0.0;
        }
        let floor = (self.floor as i64).min(self.level);
        let falling = floor + ((self.level - floor) as f64 * ballistics.fall) as i64;
        self.level = held.max(falling);
        if self.level < NOTHING {
            self.level = 0;
        }
        self.level
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dynamics::ONE_OCTAVE;

    fn release(ballistics: &Ballistics) -> Release {
        let mut release = Release::new(100, 100);
        release.restart(ballistics, 10, None);
        release
    }

    const PLAIN: Ballistics = Ballistics {
        hold: 5,
        fall: 0.9,
        sustained_hold: 20,
        valley: 50,
        floor_rise: 0.95,
        floor_fall: 0.99,
        floor_share: 1.0,
    };

    #[test]
    fn a_need_is_held_then_falls_to_nothing() {
        let mut release = release(&PLAIN);
        let levels: Vec<i64> = (0..400).map(|group| release.push(if group == 0 { ONE_OCTAVE } else { 0 })).collect();
        assert_eq!(levels[..15], [ONE_OCTAVE; 15]);
        for pair in levels[14..].windows(2).filter(|pair| pair[0] > 1000) {
            // A lone need is not sustained: the fall is exponential, to a unit of rounding.
            assert!((pair[1] as f64 - 0.9 * pair[0] as f64).abs() <= 1.0);
        }
        assert_eq!(levels[399], 0);
        assert!(release.is_zero());
    }

    #[test]
    fn what_was_needed_without_a_gap_is_let_go_slowly() {
        let mut release = release(&PLAIN);
        (0..500).for_each(|_| {
            release.push(ONE_OCTAVE);
        });
        // 15 groups of hold, then 40 of a fall that would leave 1.5 % without a floor.
        let level = (0..55).map(|_| release.push(0)).last().unwrap();
        assert!(level > ONE_OCTAVE / 2, "{level}");
    }

    #[test]
    fn the_reduction_never_falls_below_a_need_of_the_window() {
        let mut release = release(&Ballistics { hold: 0, fall: 0.0, floor_share: 0.0, ..PLAIN });
        let needs: Vec<i64> = (0..500).map(|group| (group * 7919 % 31 - 20).max(0) * ONE_OCTAVE / 10).collect();
        for group in 0..needs.len() {
            let expected = needs[(group + 1).saturating_sub(10)..=group].iter().max().unwrap();
            assert_eq!(release.push(needs[group]), *expected);
        }
    }
}
