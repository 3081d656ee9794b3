//! The pieces of gain control: what is held, how it is let go, and how steps become curves.
//!
//! What the limiter is made of runs on groups of [`GROUP_FRAMES`] frames and on exact integers ([`ONE_OCTAVE`]), so that
//! nothing drifts: a gain that has returned is exactly 1, and the result does not depend on how long a stream has run.

mod boxes;
mod octaves;
mod release;
mod sliding;

pub use crate::true_peak::GROUP_FRAMES;
pub use boxes::{Boxes, Curve};
pub use octaves::{attenuated_by, octaves_of};
pub use release::{Ballistics, Release};
pub use sliding::{SlidingMaximum, Valley};

/// An attenuation, or a gain, of a factor of 2 (6.02 dB) in the integers that gain control runs on.
pub const ONE_OCTAVE: i64 = 1 << 32;

/// Decibels of one octave of gain: 20 log10 2.
pub const DB_PER_OCTAVE: f64 = 6.020_599_913_279_624;

/// A level in dB as octaves, to the nearest integer.
pub fn octaves_from_db(level_db: f64) -> i64 {
    (level_db / DB_PER_OCTAVE * ONE_OCTAVE as f64).round() as i64
}
