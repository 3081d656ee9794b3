//! Auto release: the crest of what a band hears chooses between a fast and a slow release.
//!
//! The crest is the ratio of the highest level to the RMS level, both let go over 200 ms. Steady sound (a sine has 3 dB)
//! is let go slowly, so that it does not pump; single hits (from 18 dB) quickly, so that what follows them keeps its level.
//! It is taken once a slot, from the slots that have passed.

use super::course::Block;
use crate::dispatch::{Kernel, Vector};
use crate::processor::GRID_FRAMES;

/// The slow release and the fast one, as multiples of the release time.
const SLOW: f64 = 4.0;
const FAST: f64 = 0.5;

/// The crests, dB, at which all of the slow and all of the fast release is taken.
const STEADY_DB: f64 = 6.0;
const HITS_DB: f64 = 18.0;

/// How long peak and power are remembered, ms.
const MEMORY_MS: f64 = 200.0;

/// The power that silence counts as.
const SILENCE: f64 = 1e-30;

/// The crest of one channel's level, slot by slot.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Crest {
    /// The powers of the peak and of the mean, as they are remembered.
    peak: f64,
    mean: f64,
    /// What has passed of the slot: the highest level, and the sum of squares.
    highest: f32,
    sum: f64,
    /// What is left of a memory after a slot.
    left: f64,
}

impl Crest {
    /// Sets the sample rate, Hz, and forgets.
    pub(super) fn restart(&mut self, sample_rate: f64) {
        *self = Self { left: (-(GRID_FRAMES as f64) * 1e3 / (MEMORY_MS * sample_rate)).exp(), ..Self::default() };
    }

    /// Ends a slot.
    pub(super) fn end_slot(&mut self) {
        let highest = f64::from(self.highest) * f64::from(self.highest);
        let mean = self.sum / GRID_FRAMES as f64;
        let fading = self.peak * self.left;
        self.peak = if highest > fading { highest } else { fading };
        self.mean = mean + (self.mean - mean) * self.left;
        for power in [&mut self.peak, &mut self.mean] {
            *power = if *power < SILENCE { 0.0 } else { *power };
        }
        (self.highest, self.sum) = (0.0, 0.0);
    }

    /// The multiple of the release time.
    pub(super) fn release(&self) -> f64 {
        let crest_db = 10.0 * ((self.peak + SILENCE) / (self.mean + SILENCE)).log10();
        let way = ((crest_db - STEADY_DB) / (HITS_DB - STEADY_DB)).clamp(0.0, 1.0);
        SLOW * (FAST / SLOW).powf(way)
    }
}

/// Adds levels to a crest.
pub(super) struct Gather<'a> {
    pub(super) crest: &'a mut Crest,
    pub(super) levels: &'a Block,
    pub(super) frames: usize,
}

impl Kernel for Gather<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        for level in &self.levels[..self.frames] {
            self.crest.highest = if *level > self.crest.highest { *level } else { self.crest.highest };
            self.crest.sum += f64::from(*level) * f64::from(*level);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dispatch::Instructions;

    fn release(level: impl Fn(usize) -> f32) -> f64 {
        let mut crest = Crest::default();
        crest.restart(48_000.0);
        for slot in 0..750 {
            let levels: Block = std::array::from_fn(|frame| level(slot * GRID_FRAMES + frame).abs());
            Instructions::current().run(Gather { crest: &mut crest, levels: &levels, frames: GRID_FRAMES });
            crest.end_slot();
        }
        crest.release()
    }

    #[test]
    fn steady_sound_is_slow_and_hits_are_fast() {
        assert_eq!(release(|frame| (frame as f32 * 0.1).sin()), SLOW);
        assert_eq!(release(|_| 0.0), SLOW);
        // A frame of 24 000 at 1: more than 18 dB over the mean as it is remembered.
        assert_eq!(release(|frame| if frame % 24_000 == 12_000 { 1.0 } else { 0.0 }), FAST);
        // A square that is on for a tenth of the time has a crest of 10 dB: a third of the way in dB.
        let between = release(|frame| if frame % 60 < 6 { 1.0 } else { 0.0 });
        assert!((between / (SLOW * (FAST / SLOW).powf(1.0 / 3.0)) - 1.0).abs() < 0.05, "{between}");
    }
}
