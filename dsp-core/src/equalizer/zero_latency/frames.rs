//! Between planar samples and frames of f64.

use super::section::Frame;
use crate::dispatch::{Kernel, Vector};

/// Samples of one channel into one lane of frames; subnormal ones become zero, whatever the processor's flags say.
pub struct Widen<'a> {
    /// The samples.
    pub samples: &'a [f32],
    /// As many frames.
    pub frames: &'a mut [Frame],
    /// Left 0, right 1.
    pub lane: usize,
}

impl Kernel for Widen<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        for (frame, sample) in self.frames.iter_mut().zip(self.samples) {
            let kept = if sample.abs() >= f32::MIN_POSITIVE { *sample } else { 0.0 };
            frame[self.lane] = f64::from(kept);
        }
    }
}

/// One lane of frames into samples of one channel. What f32 holds only as a subnormal number becomes zero; what is too
/// loud for it, as loud as it holds: all bands together can raise the loudest sample beyond that.
pub struct Narrow<'a> {
    /// The frames.
    pub frames: &'a [Frame],
    /// As many samples.
    pub samples: &'a mut [f32],
    /// Left 0, right 1.
    pub lane: usize,
}

impl Kernel for Narrow<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        const MOST: f64 = f32::MAX as f64;
        const LEAST: f64 = f32::MIN_POSITIVE as f64;
        for (sample, frame) in self.samples.iter_mut().zip(self.frames) {
            let value = frame[self.lane];
            let value = if value.abs() >= LEAST { value } else { 0.0 };
            let value = if value > MOST { MOST } else { value };
            *sample = (if value < -MOST { -MOST } else { value }) as f32;
        }
    }
}
