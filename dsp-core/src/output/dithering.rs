//! What is done to the samples of one channel: rounding, and triangular noise before it. Every sample by itself, so that as
//! many are done at once as a vector is wide.

use super::channel::{Channel, Heard};
use super::word::{Word, round};
use crate::dispatch::{Kernel, Vector};
use crate::processor::GRID_FRAMES;

/// Plain rounding.
pub(super) struct Quantize<'a> {
    pub(super) samples: &'a mut [f32],
    pub(super) word: Word,
}

impl Kernel for Quantize<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        for sample in self.samples {
            let parted = self.word.parted(*sample);
            *sample = self.word.sample(parted, round(parted.rest));
        }
    }
}

/// With triangular noise, and, where it is wished, none in silence.
pub(super) struct Triangular<'a> {
    pub(super) samples: &'a mut [f32],
    pub(super) word: Word,
    pub(super) channel: &'a mut Channel,
    pub(super) blank_silence: bool,
}

impl Kernel for Triangular<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let Self { samples, word, channel, blank_silence } = self;
        let mut shares = [0.0; GRID_FRAMES];
        for slot in samples.chunks_mut(GRID_FRAMES) {
            let heard = if blank_silence { channel.hear(slot, &mut shares) } else { Heard::All };
            if heard == Heard::Nothing {
                slot.fill(0.0);
            } else {
                for (frame, sample) in slot.iter_mut().enumerate() {
                    let parted = word.parted(*sample);
                    *sample = word.sample(parted, round(parted.rest + channel.noise.triangular(frame)));
                }
            }
            if heard == Heard::Some {
                for (sample, share) in slot.iter_mut().zip(&shares) {
                    *sample = if *share > 0.0 { *sample } else { 0.0 };
                }
            }
            // The noise runs on in silence, so that what follows does not depend on how long it was.
            channel.noise.advance(slot.len());
        }
    }
}
