//! Two moving averages in a row: steps from group to group become curves without a corner, in exact integers.
//!
//! Both averages are whole groups long, so within a group the sum of the second is a polynomial of second degree in the
//! frame: one step a group gives all its frames.

use super::{GROUP_FRAMES, ONE_OCTAVE};

/// The two averages of a sequence that holds one value a group.
#[derive(Clone, Debug)]
pub struct Boxes {
    /// The last values, one a group, as many as the first average has groups.
    values: Ring,
    /// For each of the second average's groups: the first's sum before the group.
    sums: Ring,
    /// And by how much it grows a frame.
    growths: Ring,
    /// The sum of the first average's frames.
    first: i64,
    /// The sum of the second's.
    second: i64,
    /// 1 / (frames of the first times frames of the second), in octaves.
    scale: f64,
}

/// A curve over the frames of one group, in octaves.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Curve {
    start: f64,
    slope: f64,
    bend: f64,
}

impl Curve {
    /// 0 at every frame.
    pub const ZERO: Self = Self { start: 0.0, slope: 0.0, bend: 0.0 };

    /// The value at a frame of the group, 0 to 7.
    #[inline(always)]
    pub fn at(&self, frame: usize) -> f64 {
        let step = (frame + 1) as f64;
        self.start + step * (self.slope + 0.5 * (step + 1.0) * self.bend)
    }
}

/// The last values of a sequence, as many as asked for.
#[derive(Clone, Debug)]
struct Ring {
    values: Box<[i64]>,
    length: usize,
    place: usize,
}

impl Ring {
    fn new(longest: usize) -> Self {
        Self { values: vec![0; longest].into_boxed_slice(), length: longest, place: 0 }
    }

    fn restart(&mut self, length: usize, value: i64) {
        self.length = length.clamp(1, self.values.len());
        self.place = 0;
        self.values[..self.length].fill(value);
    }

    fn copy_from(&mut self, other: &Self) {
        self.values.copy_from_slice(&other.values);
        (self.length, self.place) = (other.length, other.place);
    }

    /// Puts `value` in and returns the one that came `length` values before.
    #[inline]
    fn replace(&mut self, value: i64) -> i64 {
        let before = std::mem::replace(&mut self.values[self.place], value);
        self.place = if self.place + 1 == self.length { 0 } else { self.place + 1 };
        before
    }
}

impl Boxes {
    /// Averages of up to `longest` groups each; allocates.
    pub fn new(longest: usize) -> Self {
        let ring = Ring::new(longest);
        Self { values: ring.clone(), sums: ring.clone(), growths: ring, first: 0, second: 0, scale: 0.0 }
    }

    /// Takes averages of `first` and `second` groups, at least 1 each, and starts as if all values had been `value`.
    pub fn restart(&mut self, first: usize, second: usize, value: i64) {
        let (first_frames, second_frames) = (first * GROUP_FRAMES, second * GROUP_FRAMES);
        self.values.restart(first, value);
        self.first = first_frames as i64 * value;
        self.sums.restart(second, self.first);
        self.growths.restart(second, 0);
        self.second = second_frames as i64 * self.first;
        self.scale = 1.0 / (first_frames as f64 * second_frames as f64 * ONE_OCTAVE as f64);
    }

    /// Becomes `other`, which was made for the same longest average.
    pub fn copy_from(&mut self, other: &Self) {
        self.values.copy_from(&other.values);
        self.sums.copy_from(&other.sums);
        self.growths.copy_from(&other.growths);
        (self.first, self.second, self.scale) = (other.first, other.second, other.scale);
    }

    /// Whether everything in the averages is 0. Only for values that are not negative.
    pub fn is_zero(&self) -> bool {
        self.first == 0 && self.second == 0
    }

    /// Takes the value of the next group, in [`ONE_OCTAVE`]s, and returns the curve over its frames.
    pub fn push(&mut self, value: i64) -> Curve {
        const FRAMES: i64 = GROUP_FRAMES as i64;
        let growth = value - self.values.replace(value);
        let start = self.second;
        let slope = self.first - self.sums.replace(self.first);
        let bend = growth - self.growths.replace(growth);
        self.first += FRAMES * growth;
        self.second += FRAMES * slope + FRAMES * (FRAMES + 1) / 2 * bend;
        let [start, slope, bend] = [start, slope, bend].map(|value| value as f64 * self.scale);
        Curve { start, slope, bend }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_is_that_of_two_moving_averages() {
        let mut state = 9u64;
        let values: Vec<i64> = (0..300)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                ((state >> 33) as i64).max(1 << 30) - (1 << 30)
            })
            .collect();
        for (first, second) in [(1, 1), (3, 2), (5, 4), (7, 7)] {
            let mut boxes = Boxes::new(8);
            boxes.restart(first, second, values[0]);
            let frames: Vec<f64> =
                values.iter().flat_map(|&value| [value as f64 / ONE_OCTAVE as f64; GROUP_FRAMES]).collect();
            let average = |signal: &[f64], length: usize| -> Vec<f64> {
                (0..signal.len())
                    .map(|end| (0..length).map(|back| signal[end.saturating_sub(back)]).sum::<f64>() / length as f64)
                    .collect()
            };
            let once = average(&frames, first * GROUP_FRAMES);
            let expected = average(&once, second * GROUP_FRAMES);
            for (group, &value) in values.iter().enumerate() {
                let curve = boxes.push(value);
                for frame in 0..GROUP_FRAMES {
                    // 1e-12 octaves: the rounding of the oracle's sums in f64.
                    let difference = curve.at(frame) - expected[group * GROUP_FRAMES + frame];
                    assert!(difference.abs() < 1e-12, "{first} and {second} groups, group {group}: {difference}");
                }
            }
        }
    }

    #[test]
    fn what_has_returned_is_exactly_zero() {
        let mut boxes = Boxes::new(8);
        boxes.restart(5, 4, 0);
        for value in [1, 3 * ONE_OCTAVE + 7, 12_345_678_901, 5] {
            boxes.push(value);
        }
        let last = (0..10).map(|_| boxes.push(0)).last();
        assert_eq!(last, Some(Curve::ZERO));
        assert!(boxes.is_zero());
    }
}
