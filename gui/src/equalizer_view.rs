//! What the equalizer shows, in its own editor and in Master.

pub mod bands;
pub mod curve;
