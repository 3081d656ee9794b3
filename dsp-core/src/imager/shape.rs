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
            let (mid, side) = (self.mid.at(frame), self.side.at(frame));
            (*left, *right) = joined(*left, *right, *change, mid, side);
        }
    }
}

/// Left and right with `change` added to the side, and then the gains, less 1, of middle and side.
#[inline(always)]
fn joined(left: f32, right: f32, change: f32, mid: f32, side: f32) -> (f32, f32) {
    let middle = heard(0.5 * left + 0.5 * right);
    let changed = heard(flushed(0.5 * left - 0.5 * right) + change);
    let of_mid = flushed(mid * middle);
    let of_side = flushed(change + flushed(side * changed));
    (flushed(left + flushed(of_mid + of_side)), flushed(right + flushed(of_mid - of_side)))
}

/// Left and right of one band that is what comes in, in place: what [`AddSide`] and [`Join`] make of it.
pub(super) struct Widen<'a> {
    /// The width, and gains of the middle and of what the side is then, less 1.
    pub(super) widening: f32,
    pub(super) mid: f32,
    pub(super) side: f32,
    pub(super) left: &'a mut [f32],
    pub(super) right: &'a mut [f32],
}

impl Kernel for Widen<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        for (left, right) in self.left.iter_mut().zip(self.right) {
            (*left, *right) = (normal(*left), normal(*right));
            let side = 0.5 * *left - 0.5 * *right;
            // The sum is of nothing and this band: it has no negative zero.
            let change = 0.0 + flushed(self.widening * heard(side));
            (*left, *right) = joined(*left, *right, change, self.mid, self.side);
        }
    }
}

/// Samples with zero for subnormal ones, in place.
pub(super) struct Normal<'a>(pub(super) &'a mut [f32]);

impl Kernel for Normal<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        for sample in self.0 {
            *sample = normal(*sample);
        }
    }
}

#[inline(always)]
fn normal(sample: f32) -> f32 {
    if sample.abs() < f32::MIN_POSITIVE { 0.0 } else { sample }
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
pub(super) struct Turn<'a, A> {
    pub(super) shares: [A; 4],
    pub(super) left: &'a mut [f32],
    pub(super) right: &'a mut [f32],
}

impl<A: Along> Kernel for Turn<'_, A> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let [a, b, c, d] = self.shares;
        for (frame, (left, right)) in self.left.iter_mut().zip(self.right).enumerate() {
            let (one, other) = (heard(*left), heard(*right));
            let to_left = flushed(flushed(a.at(frame) * one) + flushed(b.at(frame) * other));
            let to_right = flushed(flushed(c.at(frame) * one) + flushed(d.at(frame) * other));
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
