//! An album: tracks in order, on one timeline, to files of many formats.
//!
//! Known before a sample is rendered: [`mod@file`] reads the album file, [`checks`] asks all that can be asked before the work,
//! [`timeline`] lays the tracks out in whole frames, [`fade`] gives the gains at their edges, [`cue`] writes down the marks
//! of a CD image. [`mod@format`] knows the words of formats, [`names`] and [`outputs`] how files are called.
//!
//! [`production`] renders, joins and writes it.
//!
//! Said and proved of it: a [`profile`] is gathered of each track as it is delivered; [`continuity`] holds the tracks
//! against each other, [`join_peaks`] listens where they meet, and [`streaming`] says what platforms will make of their
//! levels. [`outcome`] is all that came of it, [`proof`] what a receiver can check the files against.

pub mod checks;
pub mod continuity;
pub mod cue;
pub mod fade;
pub mod file;
mod files;
pub mod format;
mod grid;
mod guard;
pub mod join_peaks;
mod levels;
pub mod names;
pub mod outcome;
pub mod outputs;
pub mod production;
pub mod profile;
pub mod proof;
pub mod sequence;
mod stream;
pub mod streaming;
pub mod timeline;
mod track;
mod workshop;

#[cfg(test)]
mod random_album;
