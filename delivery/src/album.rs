//! An album: what it is made of, and what can be said and proved of it.
//!
//! A [`profile`] is gathered of each track as it is delivered; [`continuity`] holds the tracks against each other,
//! [`join_peaks`] listens where they meet, and [`streaming`] says what platforms will make of their levels. [`outcome`] is
//! all that came of it, [`proof`] what a receiver can check the files against.

pub mod continuity;
pub mod join_peaks;
pub mod outcome;
pub mod profile;
pub mod proof;
pub mod streaming;
