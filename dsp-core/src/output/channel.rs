//! One channel of the output stage: its random numbers, the errors it has made, and how long it has been silent.

use super::noise::Noise;
use super::shaping::{Curve, Errors};
use super::word::Word;

/// How many frames of digital silence end the dither: long enough that a waveform which passes through zero keeps it.
const BLANK_AFTER_FRAMES: u32 = 64;

/// The state of a channel.
#[derive(Clone, Copy, Debug)]
pub(super) struct Channel {
    noise: Noise,
    errors: Errors,
    /// Zeros in a row, counted up to one more than [`BLANK_AFTER_FRAMES`].
    zeros: u32,
}

impl Channel {
    /// A channel, by its place, that has heard nothing.
    pub(super) fn new(seed: u32, place: usize) -> Self {
        Self { noise: Noise::new(seed, place), errors: Errors::default(), zeros: BLANK_AFTER_FRAMES }
    }

    /// Starts the random numbers of another seed.
    pub(super) fn seed(&mut self, seed: u32, place: usize) {
        self.noise = Noise::new(seed, place);
    }

    /// Counts a sample; whether it is to be left silent.
    #[inline(always)]
    fn is_blank(&mut self, sample: f32) -> bool {
        self.zeros = if sample == 0.0 { (self.zeros + 1).min(BLANK_AFTER_FRAMES + 1) } else { 0 };
        self.zeros > BLANK_AFTER_FRAMES
    }

    /// With triangular noise.
    #[inline(never)]
    pub(super) fn dither(&mut self, samples: &mut [f32], word: &Word) {
        for sample in samples {
            *sample = word.code(*sample, self.noise.triangular());
        }
    }

    /// With triangular noise, and none in silence.
    #[inline(never)]
    pub(super) fn dither_but_silence(&mut self, samples: &mut [f32], word: &Word) {
        for sample in samples {
            // The noise runs on in silence, so that what follows does not depend on how long it was.
            let dithered = word.code(*sample, self.noise.triangular());
            *sample = if self.is_blank(*sample) { 0.0 } else { dithered };
        }
    }

    /// With triangular noise that is shaped.
    #[inline(never)]
    pub(super) fn shape(&mut self, samples: &mut [f32], word: &Word, curve: &Curve) {
        for sample in samples {
            *sample = self.errors.code(*sample, word, curve, &mut self.noise);
        }
    }

    /// With triangular noise that is shaped, and none in silence, which ends the errors too.
    #[inline(never)]
    pub(super) fn shape_but_silence(&mut self, samples: &mut [f32], word: &Word, curve: &Curve) {
        for sample in samples {
            let shaped = self.errors.code(*sample, word, curve, &mut self.noise);
            *sample = if self.is_blank(*sample) {
                self.errors = Errors::default();
                0.0
            } else {
                shaped
            };
        }
    }
}
