//! Extremes over the last values, in constant time a value on average.
//!
//! A queue keeps only values that can still become the extreme (Lemire, "Streaming maximum-minimum filter using no more
//! than three comparisons per element", 2006).

/// The maximum of the last values. Values of 0 and below are not kept: without larger ones the maximum is 0.
#[derive(Clone, Debug)]
pub struct SlidingMaximum {
    /// Place in the stream and value, decreasing in value, in a ring whose length is a power of two.
    queue: Box<[(u64, i64)]>,
    /// Counters of what has left the queue at its front and entered at its back.
    front: usize,
    back: usize,
    /// Place of the next value.
    place: u64,
    /// How many values the maximum is taken over.
    window: u64,
}

impl SlidingMaximum {
    /// A maximum over windows of up to `longest` values; allocates.
    pub fn new(longest: usize) -> Self {
        let length = (longest + 1).next_power_of_two();
        Self { queue: vec![(0, 0); length].into_boxed_slice(), front: 0, back: 0, place: 0, window: longest as u64 }
    }

    /// Forgets all values, and takes the maximum over the last `window` from now on.
    pub fn restart(&mut self, window: usize) {
        self.window = (window as u64).clamp(1, self.queue.len() as u64 - 1);
        self.front = 0;
        self.back = 0;
        self.place = 0;
    }

    /// Becomes `other`, which was made for the same longest window.
    pub fn copy_from(&mut self, other: &Self) {
        self.queue.copy_from_slice(&other.queue);
        (self.front, self.back, self.place, self.window) = (other.front, other.back, other.place, other.window);
    }

    /// Whether no value above 0 is kept.
    pub fn is_empty(&self) -> bool {
        self.front == self.back
    }

    /// Takes a value and returns the maximum of the window that ends with it.
    pub fn push(&mut self, value: i64) -> i64 {
        let mask = self.queue.len() - 1;
        if self.front != self.back && self.queue[self.front & mask].0 + self.window <= self.place {
            self.front += 1;
        }
        if value > 0 {
            while self.front != self.back && self.queue[(self.back - 1) & mask].1 <= value {
                self.back -= 1;
            }
            self.queue[self.back & mask] = (self.place, value);
            self.back += 1;
        }
        self.place += 1;
        if self.is_empty() { 0 } else { self.queue[self.front & mask].1 }
    }
}

/// Larger than any value a valley is taken over.
const HIGH: i64 = i64::MAX / 4;

/// The minimum of the last values if all of them were above 0, else 0: what has been there without a gap.
#[derive(Clone, Debug)]
pub struct Valley {
    /// The maximum of what each value lacks.
    lack: SlidingMaximum,
    /// How many values above 0 came without a gap, and how many it takes.
    run: usize,
    window: usize,
}

impl Valley {
    /// A valley over up to `longest` values; allocates.
    pub fn new(longest: usize) -> Self {
        Self { lack: SlidingMaximum::new(longest), run: 0, window: longest }
    }

    /// Forgets all values, and takes the valley over the last `window` from now on.
    pub fn restart(&mut self, window: usize) {
        self.window = window.max(1);
        self.run = 0;
        self.lack.restart(self.window);
    }

    /// Becomes `other`, which was made for the same longest window.
    pub fn copy_from(&mut self, other: &Self) {
        self.lack.copy_from(&other.lack);
        (self.run, self.window) = (other.run, other.window);
    }

    /// Takes a value, 0 or above, and returns the valley that ends with it.
    pub fn push(&mut self, value: i64) -> i64 {
        if value <= 0 {
            if self.run > 0 {
                self.run = 0;
                self.lack.restart(self.window);
            }
            return 0;
        }
        self.run = (self.run + 1).min(self.window);
        let lowest = HIGH - self.lack.push(HIGH - value);
        if self.run == self.window { lowest } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(count: usize) -> Vec<i64> {
        let mut state = 5u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 60) as i64 - 6
        };
        (0..count).map(|_| next().max(0)).collect()
    }

    #[test]
    fn the_maximum_is_that_of_brute_force() {
        let values = values(2000);
        for window in 1..40 {
            let mut maximum = SlidingMaximum::new(40);
            maximum.restart(window);
            for (end, &value) in values.iter().enumerate() {
                let expected = values[(end + 1).saturating_sub(window)..=end].iter().max();
                assert_eq!(Some(&maximum.push(value)), expected, "window {window}, place {end}");
            }
        }
    }

    #[test]
    fn the_valley_is_that_of_brute_force() {
        let values: Vec<i64> =
            values(4000).into_iter().map(|value| value + i64::from(value > 0 || value % 2 == 1)).collect();
        let values: Vec<i64> = values.iter().enumerate().map(|(at, v)| if at % 97 == 0 { 0 } else { v + 1 }).collect();
        for window in 1..40 {
            let mut valley = Valley::new(40);
            valley.restart(window);
            for (end, &value) in values.iter().enumerate() {
                let expected =
                    if end + 1 < window { 0 } else { values[end + 1 - window..=end].iter().copied().min().unwrap() };
                assert_eq!(valley.push(value), expected, "window {window}, place {end}");
            }
        }
    }
}
