//! Halves the rate of a stream of which only the lower part will be looked at.

use super::transform::Sample;
use crate::true_peak::design::half_band;

/// Distinct taps of the half-band filter beside its middle one: 39 taps. They pass 0.17 of the incoming rate within
/// 0.001 dB and what would fold below that is 90 dB down.
const TAPS: usize = 10;

/// The frames that are kept: a power of two of at least 4 x [`TAPS`] - 1.
const KEPT: usize = 64;

/// From the newest frame to the middle tap.
const MIDDLE: usize = 2 * TAPS - 1;

/// A half-band low-pass that gives every second frame.
pub(super) struct Halver {
    taps: [f32; TAPS],
    frames: [Sample; KEPT],
    /// Frames that have come; wraps.
    count: usize,
}

impl Halver {
    pub fn new() -> Self {
        // The interpolator's taps make two frames of one: half of each is the low-pass.
        let taps = half_band::<TAPS>().map(|tap| 0.5 * tap);
        Self { taps, frames: [Sample::default(); KEPT], count: 0 }
    }

    /// Forgets what has come.
    pub fn clear(&mut self) {
        self.frames.fill(Sample::default());
        self.count = 0;
    }

    /// Takes a frame; every second time one leaves.
    pub fn next(&mut self, frame: Sample) -> Option<Sample> {
        self.frames[self.count % KEPT] = frame;
        self.count = self.count.wrapping_add(1);
        if self.count % 2 == 1 {
            return None;
        }
        let middle = self.count.wrapping_sub(1 + MIDDLE);
        let at = |offset: usize| self.frames[middle.wrapping_add(offset) % KEPT];
        let mut sum = at(0) * 0.5;
        for (index, tap) in self.taps.iter().enumerate() {
            let offset = 2 * index + 1;
            sum += (at(offset) + at(0usize.wrapping_sub(offset))) * *tap;
        }
        Some(sum)
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use super::*;

    /// The level in dB of what a sine of a frequency, in shares of the incoming rate, becomes: the power of 4000 frames.
    fn level_db(frequency: f64) -> f64 {
        let mut halver = Halver::new();
        let frame = |n: usize| {
            let (sine, cosine) = (TAU * frequency * n as f64).sin_cos();
            Sample::new(cosine as f32, sine as f32)
        };
        let frames: Vec<Sample> = (0..8_200).filter_map(|n| halver.next(frame(n))).skip(100).collect();
        assert_eq!(frames.len(), 4_000);
        let power: f64 = frames.iter().map(|frame| f64::from(frame.norm_sqr())).sum();
        10.0 * (power / frames.len() as f64).log10()
    }

    #[test]
    fn what_will_be_seen_passes_and_what_would_fold_onto_it_does_not() {
        for share in 0..=17 {
            let frequency = f64::from(share) / 100.0;
            // 0.001 dB: a window whose stop-band lies 90 dB down ripples by 0.0003 dB.
            assert!(level_db(frequency).abs() < 1e-3, "{frequency}: {} dB", level_db(frequency));
            let folding = 0.5 - frequency;
            assert!(level_db(folding) < -88.0, "{folding}: {} dB", level_db(folding));
        }
    }

    #[test]
    fn it_forgets() {
        let mut halver = Halver::new();
        (0..71).for_each(|_| assert!(halver.next(Sample::new(1.0, -1.0)).is_none_or(|frame| frame.re.is_finite())));
        halver.clear();
        let after: Vec<Sample> = (0..80).filter_map(|_| halver.next(Sample::default())).collect();
        assert_eq!(after, [Sample::default(); 40]);
    }
}
