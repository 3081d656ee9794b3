//! The gain computer: the static curve from a level to a gain, in octaves.
//!
//! How far a level lies beyond the threshold (above it in compress, below it in expand and upward) becomes a share of that
//! distance; within the knee, half its width on both sides of the threshold, the share grows linearly from nothing, so the
//! distance that counts is `(over + knee / 2)^2 / (2 knee)`. The range then limits how far gain may move. With a ratio of R
//! a dB beyond the threshold moves gain by
//! - compress: 1 - 1/R dB down; 100 is infinite, exactly 1 dB,
//! - expand: R - 1 dB down; 100 is the steepest, 99 dB, so that a gate shuts by 60 dB within 0.61 dB,
//! - upward: 1 - 1/R dB up; 100 is infinite.
//!
//! In and out with a threshold of -20 dBFS, ratio 4 and no knee; dBFS:
//!
//! | in | compress | with a range of 6 dB | expand | with a range of 12 dB | upward | with a range of 12 dB |
//! |---:|---:|---:|---:|---:|---:|---:|
//! | 0 | -15 | -6 | 0 | 0 | 0 | 0 |
//! | -8 | -17 | -14 | -8 | -8 | -8 | -8 |
//! | -20 | -20 | -20 | -20 | -20 | -20 | -20 |
//! | -24 | -24 | -24 | -36 | -36 | -21 | -21 |
//! | -40 | -40 | -40 | -100 | -52 | -25 | -28 |
//! | -60 | -60 | -60 | -120 (range 60) | -72 | -30 | -48 |
//!
//! Beyond the range the curve runs at 1:1 again, that far from the input.

use crate::dispatch::{Kernel, Vector};
use crate::dynamics::{DB_PER_OCTAVE, octaves_of};
use crate::settings::{CompressorBand, CompressorMode, INFINITE_RATIO};

use super::course::{Along, Block};

/// The level that silence counts as, linear: -400 dBFS. What is softer could become subnormal.
pub(super) const SILENCE: f32 = 1e-20;

/// The largest share of a ratio that expands: that of 99 of 100.
const STEEPEST_SHARE: f32 = 0.99;

/// What a static curve is made of, constant or along the frames of a block. Octaves, but for the share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape<A> {
    pub(super) threshold: A,
    /// 1 - 1 / ratio, 1 for an infinite one.
    pub(super) share: A,
    pub(super) knee: A,
    pub(super) range: A,
}

impl Shape<f32> {
    /// The curve of a band.
    pub(super) fn of(band: &CompressorBand) -> Self {
        let octaves = |level_db: f32| (f64::from(level_db) / DB_PER_OCTAVE) as f32;
        Self {
            threshold: octaves(band.threshold_db),
            share: share_of(band.ratio),
            knee: octaves(band.knee_db),
            range: octaves(band.range_db),
        }
    }

    /// The gain at a level, both in octaves.
    pub(super) fn gain_at(&self, mode: CompressorMode, level: f32) -> f32 {
        let signs = Signs::of(mode);
        signs.gain(level, self.threshold, self.share, self.knee, self.range)
    }

    /// The gain in silence.
    pub(super) fn gain_in_silence(&self, mode: CompressorMode) -> f32 {
        self.gain_at(mode, SILENCE.log2())
    }
}

/// 1 - 1 / ratio; 1 where the ratio stands for infinity.
pub(super) fn share_of(ratio: f32) -> f32 {
    if ratio >= INFINITE_RATIO { 1.0 } else { 1.0 - 1.0 / ratio }
}

/// What tells the modes apart.
#[derive(Clone, Copy, Debug)]
struct Signs {
    /// 1 where what is above the threshold counts, -1 where what is below it does.
    over: f32,
    /// The sign of the gain.
    gain: f32,
    is_expanding: bool,
}

impl Signs {
    fn of(mode: CompressorMode) -> Self {
        match mode {
            CompressorMode::Compress => Self { over: 1.0, gain: -1.0, is_expanding: false },
            CompressorMode::Expand => Self { over: -1.0, gain: -1.0, is_expanding: true },
            CompressorMode::Upward => Self { over: -1.0, gain: 1.0, is_expanding: false },
        }
    }

    #[inline(always)]
    fn gain(&self, level: f32, threshold: f32, share: f32, knee: f32, range: f32) -> f32 {
        let half = 0.5 * knee;
        let above = (level - threshold) * self.over + half;
        let below_knee = if above > 0.0 { above } else { 0.0 };
        let in_knee = if below_knee < knee { below_knee } else { knee };
        let beyond = below_knee - in_knee;
        let per_knee = if knee > 0.0 { 0.5 / knee } else { 0.0 };
        let counts = in_knee * in_knee * per_knee + beyond;
        let held = if share < STEEPEST_SHARE { share } else { STEEPEST_SHARE };
        let slope = if self.is_expanding { held / (1.0 - held) } else { share };
        let moved = slope * counts;
        (if moved < range { moved } else { range }) * self.gain
    }
}

/// Levels, linear, to octaves in place.
pub(super) struct ToOctaves<'a> {
    pub(super) levels: &'a mut [f32],
}

impl Kernel for ToOctaves<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        for level in self.levels {
            let sound = if *level > SILENCE { *level } else { SILENCE };
            *level = octaves_of::<V>(sound);
        }
    }
}

/// Levels of two channels in octaves, each moved by `link` of the way to the louder.
pub(super) struct Link<'a, A> {
    pub(super) levels: &'a mut [Block; 2],
    pub(super) link: A,
    pub(super) frames: usize,
}

impl<A: Along> Kernel for Link<'_, A> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let [left, right] = self.levels;
        let (left, right) = (&mut left[..self.frames], &mut right[..self.frames]);
        for (frame, (left, right)) in left.iter_mut().zip(right).enumerate() {
            let louder = if *left > *right { *left } else { *right };
            let link = self.link.at(frame);
            *left += link * (louder - *left);
            *right += link * (louder - *right);
        }
    }
}

/// Levels in octaves to gains in octaves, in place; returns whether any gain is not 0.
pub(super) struct Compute<'a, A> {
    pub(super) mode: CompressorMode,
    pub(super) shape: Shape<A>,
    pub(super) levels: &'a mut [f32],
}

impl<A: Along> Kernel for Compute<'_, A> {
    type Output = bool;

    #[inline(always)]
    fn run<V: Vector>(self) -> bool {
        let (signs, shape) = (Signs::of(self.mode), self.shape);
        let mut moved = 0;
        for (frame, level) in self.levels.iter_mut().enumerate() {
            let (threshold, share) = (shape.threshold.at(frame), shape.share.at(frame));
            let gain = signs.gain(*level, threshold, share, shape.knee.at(frame), shape.range.at(frame));
            moved |= gain.to_bits() << 1;
            *level = gain;
        }
        moved != 0
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(super) use tests::exact_db;
