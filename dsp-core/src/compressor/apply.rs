//! What is done to samples: gains become changes, changes of the bands are added up, and the sum joins the whole.
//!
//! Band samples and changes that are next to nothing count as nothing, so that no product is subnormal.

use super::config::Part;
use super::course::{Along, Block};
use super::detector::Stereo;
use crate::dispatch::{Kernel, Vector};
use crate::dynamics::attenuated_by;
use crate::entrance::{flushed, heard};
use crate::processor::GRID_FRAMES;

/// Changes of less (-180 dB) are none.
const LEAST_CHANGE: f32 = 1e-9;

/// Gains in octaves to changes, in place: mix * (gain * make-up - 1).
pub(super) struct Change<'a, A> {
    pub(super) gains: &'a mut [f32],
    /// Octaves.
    pub(super) makeup: A,
    pub(super) mix: A,
}

impl<A: Along> Kernel for Change<'_, A> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        for (frame, gain) in self.gains.iter_mut().enumerate() {
            let change = self.mix.at(frame) * (attenuated_by::<V>(-(*gain + self.makeup.at(frame))) - 1.0);
            *gain = if change.abs() < LEAST_CHANGE { 0.0 } else { change };
        }
    }
}

/// Changes times shares, in place.
pub(super) struct Fade<'a> {
    pub(super) changes: &'a mut [f32],
    pub(super) shares: &'a [f32],
}

impl Kernel for Fade<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        for (change, share) in self.changes.iter_mut().zip(self.shares) {
            let faded = *change * share;
            *change = if faded.abs() < LEAST_CHANGE { 0.0 } else { faded };
        }
    }
}

/// Adds changes of a part of a band.
pub(super) struct Act<'a> {
    pub(super) part: Part,
    /// Of the left channel and the right one; of a mid or a side the first.
    pub(super) changes: [&'a Block; 2],
    pub(super) band: &'a Stereo,
    pub(super) changed: &'a mut Stereo,
    pub(super) frames: usize,
}

impl Kernel for Act<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let Self { part, changes, band, changed, frames } = self;
        match part {
            Part::One => add::<V>(changes[0], &band[0], &mut changed[0], frames),
            Part::Both => {
                for (channel, changed) in changed.iter_mut().enumerate() {
                    add::<V>(changes[channel], &band[channel], changed, frames);
                }
            }
            Part::Mid | Part::Side => {
                let [left, right] = band;
                let sign = if part == Part::Side { -1.0 } else { 1.0 };
                let mut middle = [0.0; GRID_FRAMES];
                for ((middle, left), right) in middle.iter_mut().zip(left).zip(right) {
                    *middle = 0.5 * left + (0.5 * sign) * right;
                }
                let [left, right] = changed;
                add::<V>(changes[0], &middle, left, frames);
                middle.iter_mut().for_each(|middle| *middle *= sign);
                add::<V>(changes[0], &middle, right, frames);
            }
        }
    }
}

#[inline(always)]
fn add<V: Vector>(changes: &Block, band: &Block, changed: &mut Block, frames: usize) {
    let (changed, changes, band) = (&mut changed[..frames], &changes[..frames], &band[..frames]);
    for ((changed, change), sample) in changed.iter_mut().zip(changes).zip(band) {
        let sample = heard(*sample);
        *changed = if V::FUSED { change.mul_add(sample, *changed) } else { *changed + change * sample };
    }
}

/// The whole and what is changed of it to the output: (whole + mix * changed) * gain.
pub(super) struct Join<'a, A> {
    pub(super) whole: &'a Block,
    pub(super) changed: &'a Block,
    pub(super) mix: A,
    pub(super) gain: A,
    pub(super) output: &'a mut [f32],
}

impl<A: Along> Kernel for Join<'_, A> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let frames = self.output.iter_mut().zip(self.whole).zip(self.changed).enumerate();
        for (frame, ((output, whole), changed)) in frames {
            let mix = self.mix.at(frame);
            let joined = if V::FUSED { mix.mul_add(*changed, *whole) } else { *whole + mix * changed };
            *output = flushed(flushed(joined) * self.gain.at(frame));
        }
    }
}

/// What is heard of a band in its place, `heard * ((1 - delta) * (band + mix * changed) - delta * mix * changed)`, less the
/// band, which the whole has: added to `aside`. Flushed at every step: where a sum is subnormal, the CPU's flags would
/// decide what is added.
pub(super) struct Listen<'a> {
    pub(super) heard: &'a [f32],
    pub(super) delta: &'a [f32],
    pub(super) mix: &'a [f32],
    pub(super) band: &'a Block,
    pub(super) changed: &'a [f32],
    pub(super) aside: &'a mut Block,
}

impl Kernel for Listen<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let frames = self.changed.iter().zip(self.band).zip(self.aside).enumerate();
        for (frame, ((changed, band), aside)) in frames {
            let band = heard(*band);
            let change = flushed(self.mix[frame] * changed);
            let (share, delta) = (self.heard[frame], self.delta[frame]);
            let plain = flushed(flushed((1.0 - delta) * band) + flushed((1.0 - 2.0 * delta) * change));
            *aside = flushed(*aside + flushed(flushed(share * plain) - band));
        }
    }
}

/// Of the dynamic kind: fades from `mix * changed`, what is changed of the input, to what makes the input the whole of the
/// minimum-phase bands and what is heard aside of it; in place in `changed`.
pub(super) struct Aside<'a> {
    pub(super) whole: &'a Block,
    pub(super) input: &'a Block,
    pub(super) aside: &'a Block,
    pub(super) share: &'a [f32],
    pub(super) mix: &'a [f32],
    pub(super) changed: &'a mut [f32],
}

impl Kernel for Aside<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        for (frame, changed) in self.changed.iter_mut().enumerate() {
            let other = flushed(flushed(self.whole[frame] - self.input[frame]) + self.aside[frame]);
            let plain = flushed(self.mix[frame] * flushed(*changed));
            *changed = flushed(plain + flushed(self.share[frame] * flushed(other - plain)));
        }
    }
}
