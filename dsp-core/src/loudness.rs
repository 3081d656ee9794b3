//! Loudness after ITU-R BS.1770-5 and EBU Tech 3341 and 3342.

mod readings;

pub use readings::{LoudnessRange, Readings};
