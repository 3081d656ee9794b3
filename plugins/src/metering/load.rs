//! How much of the time that sound lasts its processing takes.

use std::time::{Duration, Instant};

/// The sound over which a share is averaged, s: the footer's number stays readable.
const AVERAGED_S: f64 = 0.5;

/// Measures the blocks of one insert. Audio thread; asks the system for the time, which does not wait.
#[derive(Default)]
pub struct Load {
    sample_rate: f64,
    begun: Option<Instant>,
    /// Time taken, and frames processed, since the last share.
    taken: Duration,
    frames: usize,
}

impl Load {
    /// Begins anew at a sample rate, Hz.
    pub fn prepare(&mut self, sample_rate: f64) {
        *self = Self { sample_rate, ..Self::default() };
    }

    /// A block begins.
    pub fn begin_block(&mut self) {
        self.begun = Some(Instant::now());
    }

    /// A block of so many frames ends, if one was begun; gives a share, 1 for all of the time, each half second of sound.
    pub fn end_block(&mut self, frames: usize) -> Option<f32> {
        self.taken += self.begun.take()?.elapsed();
        self.frames += frames;
        let sound_s = self.frames as f64 / self.sample_rate;
        if sound_s < AVERAGED_S {
            return None;
        }
        let share = self.taken.as_secs_f64() / sound_s;
        self.taken = Duration::ZERO;
        self.frames = 0;
        Some(share as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_comes_with_each_half_second_of_sound() {
        let mut load = Load::default();
        load.prepare(48_000.0);
        assert_eq!(load.end_block(480), None, "a block that was not begun does not count");
        let shares: Vec<f32> = (0..150)
            .filter_map(|_| {
                load.begin_block();
                load.end_block(480)
            })
            .collect();
        assert_eq!(shares.len(), 3);
        assert!(shares.iter().all(|share| share.is_finite() && *share > 0.0));
    }
}
