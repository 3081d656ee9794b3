//! The input stage's parameters.

use super::field::{Field, Kind, decibels, field};

/// Gain, polarity and channel order, first in the chain.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct InputParams {
    /// Gain before everything else, -24 to 24 dB.
    pub gain_db: f32,
    /// Inverts the polarity of the left (or only) channel.
    pub invert_left: bool,
    /// Inverts the polarity of the right channel.
    pub invert_right: bool,
    /// Exchanges left and right, after the polarity.
    pub swap: bool,
}

/// The fields of [`InputParams`].
pub static INPUT: &[Field<InputParams>] = &[
    field!(gain_db, "Gain", decibels(-24.0, 24.0), "Gain before everything else"),
    field!(invert_left, "Invert Left", Kind::Switch, "Inverts the polarity of the left channel"),
    field!(invert_right, "Invert Right", Kind::Switch, "Inverts the polarity of the right channel"),
    field!(swap, "Swap", Kind::Switch, "Exchanges left and right"),
];
