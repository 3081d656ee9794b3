//! A parameter that moves: from group to group through two moving averages, so that it arrives exactly and in time.

use crate::dynamics::{Boxes, GROUP_FRAMES, ONE_OCTAVE};

/// A value in 2^-32 (octaves of a gain, or shares of 1) on its way to a target.
#[derive(Clone, Debug)]
pub(super) struct Glide {
    boxes: Boxes,
    target: i64,
    /// The exact value where the glide has arrived, between groups.
    value: f64,
    /// Groups of each average.
    length: usize,
    /// Groups until it has arrived.
    left: usize,
}

impl Glide {
    /// A glide that takes `time_ms` to arrive.
    pub(super) fn new(time_ms: f64, sample_rate: f64) -> Self {
        let length = ((time_ms * 1e-3 * sample_rate / (2 * GROUP_FRAMES) as f64).round() as usize).max(1);
        Self { boxes: Boxes::new(length), target: 0, value: 0.0, length, left: 0 }
    }

    /// Arrives at once.
    pub(super) fn jump(&mut self, target: i64) {
        self.boxes.restart(self.length, self.length, target);
        self.target = target;
        self.value = target as f64 / ONE_OCTAVE as f64;
        self.left = 0;
    }

    /// Starts to move.
    pub(super) fn aim(&mut self, target: i64) {
        if target != self.target {
            self.target = target;
            self.left = 2 * self.length;
        }
    }

    pub(super) fn is_at_rest(&self) -> bool {
        self.left == 0
    }

    /// The value at the end of the last group.
    pub(super) fn value(&self) -> f64 {
        self.value
    }

    /// Moves by one group and returns the value at its end.
    pub(super) fn advance(&mut self) -> f64 {
        if self.left > 0 {
            self.left -= 1;
            let curve = self.boxes.push(self.target);
            self.value =
                if self.left == 0 { self.target as f64 / ONE_OCTAVE as f64 } else { curve.at(GROUP_FRAMES - 1) };
        }
        self.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glide_arrives_exactly_in_time_and_without_overshoot() {
        let mut glide = Glide::new(10.0, 48_000.0);
        glide.jump(0);
        glide.aim(-ONE_OCTAVE);
        let values: Vec<f64> = (0..60).map(|_| glide.advance()).collect();
        assert!(values.windows(2).all(|pair| pair[1] <= pair[0]) && glide.is_at_rest());
        assert_eq!(values[59], -1.0);
        // 10 ms at 48 kHz are 60 groups: the steepest step is a thirtieth.
        assert!(values.windows(2).all(|pair| pair[0] - pair[1] < 1.0 / 29.0));
    }
}
