//! What is done to samples: changes of middle and side are gathered from the bands and join the whole.
//!
//! Every product and sum is flushed where it could be subnormal, so that the CPU's flags decide nothing.

use crate::course::{Along, Block};
use crate::dispatch::{Kernel, Vector};
use crate::entrance::{flushed, heard};
use crate::processor::GRID_FRAMES;

/// Left and right.
pub(super) type Stereo = [Block; 2];

/// Adds a share of a band's side, (left - right) / 2.
pub(super) struct AddSide<'a, A> {
    pub(super) band: &'a Stereo,
    pub(super) share: A,
    pub(super) sum: &'a mut [f32],
}

impl<A: Along> Kernel for AddSide<'_, A> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let [left, right] = self.band;
        for (frame, sum) in self.sum.iter_mut().enumerate() {
            let side = heard(0.5 * left[frame] - 0.5 * right[frame]);
            *sum = flushed(*sum + flushed(self.share.at(frame) * side));
        }
    }
}

/// Adds a share of a band's middle, (left + right) / 2.
pub(super) struct AddMiddle<'a, A> {
    pub(super) band: &'a Stereo,
    pub(super) share: A,
    pub(super) sum: &'a mut [f64],
}

impl<A: Along> Kernel for AddMiddle<'_, A> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let [left, right] = self.band;
        for (frame, sum) in self.sum.iter_mut().enumerate() {
            let middle = heard(0.5 * left[frame] + 0.5 * right[frame]);
            *sum += f64::from(self.share.at(frame)) * f64::from(middle);
        }
    }
}

/// Left and right with what is changed of middle and side, in place.
pub(super) struct Join<'a, A> {
    /// What the side gets.
    pub(super) change: &'a Block,
    /// Gains of the middle and of what the side is then, less 1.
    pub(super) mid: A,
    pub(super) side: A,
    pub(super) left: &'a mut [f32],
    pub(super) right: &'a mut [f32],
}

impl<A: Along> Kernel for Join<'_, A> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let frames = self.left.iter_mut().zip(self.right).zip(self.change).enumerate();
        for (frame, ((left, right), change)) in frames {
            let middle = heard(0.5 * *left + 0.5 * *right);
            let side = heard(flushed(0.5 * *left - 0.5 * *right) + change);
            let of_mid = flushed(self.mid.at(frame) * middle);
            let of_side = flushed(change + flushed(self.side.at(frame) * side));
            *left = flushed(*left + flushed(of_mid + of_side));
            *right = flushed(*right + flushed(of_mid - of_side));
        }
    }
}

/// A mono signal with the middle's gain, less 1.
pub(super) struct Gain<'a, A> {
    pub(super) mid: A,
    pub(super) channel: &'a mut [f32],
}

impl<A: Along> Kernel for Gain<'_, A> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        for (frame, sample) in self.channel.iter_mut().enumerate() {
            *sample = flushed(*sample + flushed(self.mid.at(frame) * heard(*sample)));
        }
    }
}

/// Left and right as a turn mixes them, in place; see [`Motion::turn`](super::motion::Motion::turn).
pub(super) struct Turn<'a> {
    pub(super) shares: [&'a [f32]; 4],
    pub(super) left: &'a mut [f32],
    pub(super) right: &'a mut [f32],
}

impl Kernel for Turn<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let [a, b, c, d] = self.shares;
        for (frame, (left, right)) in self.left.iter_mut().zip(self.right).enumerate() {
            let (one, other) = (heard(*left), heard(*right));
            let to_left = flushed(flushed(a[frame] * one) + flushed(b[frame] * other));
            let to_right = flushed(flushed(c[frame] * one) + flushed(d[frame] * other));
            *left = flushed(*left + to_left);
            *right = flushed(*right + to_right);
        }
    }
}

/// The side of the whole with what was added to it, for the filters.
pub(super) fn side_of(whole: &Stereo, change: &Block) -> [f64; GRID_FRAMES] {
    let [left, right] = whole;
    std::array::from_fn(|frame| {
        0.5 * (f64::from(heard(left[frame])) - f64::from(heard(right[frame]))) + f64::from(change[frame])
    })
}

/// Adds what the filters have taken away: what has left them less what went in.
pub(super) fn take_away(before: &[f64], after: &[f64], change: &mut Block) {
    for ((change, before), after) in change.iter_mut().zip(before).zip(after) {
        *change = flushed((f64::from(*change) + (after - before)) as f32);
    }
}
