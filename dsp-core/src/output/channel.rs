//! One channel of the output stage: its random numbers, and how long it has been silent.

use super::noise::Noise;
use crate::course::Block;

/// How many frames of digital silence end the dither: long enough that a waveform which passes through zero keeps it.
const BLANK_AFTER_FRAMES: u32 = 64;

/// The state of a channel.
#[derive(Clone, Copy, Debug)]
pub(super) struct Channel {
    pub(super) noise: Noise,
    /// Zeros in a row, counted up to one more than [`BLANK_AFTER_FRAMES`].
    zeros: u32,
}

/// What is to be heard of up to 64 frames.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Heard {
    All,
    Nothing,
    Some,
}

impl Channel {
    /// A channel, by its place, that has heard nothing.
    pub(super) fn new(seed: u32, place: usize) -> Self {
        Self { noise: Noise::new(seed, place), zeros: BLANK_AFTER_FRAMES }
    }

    /// Starts the random numbers of another seed.
    pub(super) fn seed(&mut self, seed: u32, place: usize) {
        self.noise = Noise::new(seed, place);
    }

    /// Counts up to 64 samples; what of them is to be heard, and, where it is some, which: 1 for those, else 0.
    #[inline(always)]
    pub(super) fn hear(&mut self, samples: &[f32], shares: &mut Block) -> Heard {
        // Music has no zeros in most slots; this much of the question is asked in vectors.
        let zeros: u32 = samples.iter().map(|sample| u32::from(is_zero(*sample))).sum();
        if zeros == 0 {
            self.zeros = 0;
            Heard::All
        } else if self.zeros >= BLANK_AFTER_FRAMES && zeros as usize == samples.len() {
            self.zeros = BLANK_AFTER_FRAMES + 1;
            Heard::Nothing
        } else {
            self.count(samples, shares)
        }
    }

    #[inline(never)]
    fn count(&mut self, samples: &[f32], shares: &mut Block) -> Heard {
        let mut heard = Heard::All;
        for (sample, share) in samples.iter().zip(shares) {
            self.zeros = if is_zero(*sample) { (self.zeros + 1).min(BLANK_AFTER_FRAMES + 1) } else { 0 };
            let is_blank = self.zeros > BLANK_AFTER_FRAMES;
            *share = if is_blank { 0.0 } else { 1.0 };
            heard = if is_blank { Heard::Some } else { heard };
        }
        heard
    }
}

#[inline(always)]
fn is_zero(sample: f32) -> bool {
    sample.abs() < f32::MIN_POSITIVE
}
