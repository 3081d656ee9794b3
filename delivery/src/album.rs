//! An album: tracks in order, on one timeline, to files of many formats.
//!
//! Known before a sample is rendered: [`file`] reads the album file, [`checks`] asks all that can be asked before the work,
//! [`timeline`] lays the tracks out in whole frames, [`fade`] gives the gains at their edges, [`cue`] writes down the marks
//! of a CD image. [`format`] and [`codes`] know the words of formats and the codes of recordings and releases, [`names`]
//! and [`outputs`] how files are called.
//!
//! Said and proved of it: a [`profile`] is gathered of each track as it is delivered; [`continuity`] holds the tracks
//! against each other, [`join_peaks`] listens where they meet, and [`streaming`] says what platforms will make of their
//! levels. [`outcome`] is all that came of it, [`proof`] what a receiver can check the files against.

pub mod checks;
pub mod codes;
pub mod continuity;
pub mod cue;
pub mod fade;
pub mod file;
pub mod format;
pub mod join_peaks;
pub mod names;
pub mod outcome;
pub mod outputs;
pub mod profile;
pub mod proof;
pub mod sequence;
pub mod streaming;
pub mod timeline;
