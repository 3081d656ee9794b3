//! Convolution with long kernels at one fixed delay: what the equalizer and the crossovers of linear phase share.
//!
//! A kernel is cut into [`PARTITIONS`] parts of one hop each; [`Parts`] are their spectra. The convolver does its work in
//! slots of 64 frames, and kernels are exchanged at positions of the stream that are [`POSITION_MS`] apart or more.

mod convolver;
mod part;
mod spectrum;
mod split_transform;

use crate::units::frames_from_ms;
pub(crate) use convolver::Convolver;
pub(crate) use part::PartTransform;
pub(crate) use spectrum::Spectrum;
pub(crate) use split_transform::Sample;

/// Into how many parts a kernel is cut.
pub(crate) const PARTITIONS: usize = 8;

/// The least time between two positions at which kernels are exchanged, ms.
const POSITION_MS: f64 = 20.0;

/// The length of a kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KernelSize {
    /// Taps, a power of two; the first is always 0, so that the rest are symmetric about the middle.
    pub taps: usize,
}

impl KernelSize {
    /// For so many taps at 48 kHz, a power of two, and the same time at any rate in Hz, up to the next power of two.
    pub fn spanning(taps_at_48_khz: usize, sample_rate: f64) -> Self {
        let mut taps = taps_at_48_khz / 2;
        while (taps as f64) < 0.99 * taps_at_48_khz as f64 * sample_rate / 48_000.0 {
            taps *= 2;
        }
        // Below 24 kHz, and a little above, half the taps span the same time.
        Self { taps }
    }

    /// Frames of one hop of the convolver: a kernel has eight.
    pub fn hop(self) -> usize {
        self.taps / PARTITIONS
    }

    /// Frames from the input to the middle of the kernel's answer: half the kernel, a hop that is collected and a hop in
    /// which it is worked on.
    pub fn latency(self) -> usize {
        self.taps / 2 + 2 * self.hop()
    }

    /// Hops from one position at which kernels are exchanged to the next.
    pub fn hops_per_position(self, sample_rate: f64) -> usize {
        frames_from_ms(POSITION_MS, sample_rate).div_ceil(self.hop())
    }
}

/// The spectra of a kernel's parts.
#[derive(Clone, Copy)]
pub(crate) enum Parts<'a> {
    /// Of any kernel of real or complex taps, first to last.
    Any {
        /// What z = left + i right is multiplied with.
        direct: &'a [Spectrum],
        /// What the conjugate of z is multiplied with.
        crossed: Option<&'a [Spectrum]>,
    },
    /// Of a kernel of real taps that are symmetric about the middle: of the side after it alone, from the middle on. Each
    /// part shares the taps at both of its ends with its neighbors, half and half. Parts of nothing at the end are left out.
    Symmetric(&'a [Spectrum]),
}

/// The shares of the second of two kernels over a fade of so many frames.
pub(crate) fn fade_shares(frames: usize) -> Box<[f32]> {
    (0..frames).map(|frame| share((frame + 1) as f64 / frames as f64)).collect()
}

/// A fade's share of the second signal, 0 to 1 on the way from 0 to 1: slope and curvature are 0 at both ends.
fn share(way: f64) -> f32 {
    (way * way * way * (10.0 - way * (15.0 - 6.0 * way))) as f32
}
