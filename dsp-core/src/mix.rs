//! Mixing one signal into another.

use crate::dispatch::{Kernel, Vector};
use crate::entrance::{flushed, heard};

/// Adds a share of a signal, frame by frame. Every product and sum is flushed where it could be subnormal, so that the
/// CPU's flags decide nothing.
pub(crate) struct AddShare<'a> {
    pub(crate) of: &'a [f32],
    pub(crate) share: &'a [f32],
    pub(crate) to: &'a mut [f32],
}

impl Kernel for AddShare<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        for ((to, of), share) in self.to.iter_mut().zip(self.of).zip(self.share) {
            *to = flushed(*to + flushed(share * heard(*of)));
        }
    }
}
