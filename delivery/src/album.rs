//! An album: tracks in order, on one timeline, to files of many formats.
//!
//! What stands here is known before a sample is rendered. [`file`] reads the album file, [`checks`] asks all that can be
//! asked before the work, [`timeline`] lays the tracks out in whole frames, [`fade`] gives the gains at their edges,
//! [`sequence`] sums what was rendered to one stream, and [`cue`] writes down the marks of a CD image. [`format`]
//! and [`codes`] know the words of formats and the codes of recordings and releases, [`names`] and [`outputs`] how files
//! are called.

pub mod checks;
pub mod codes;
pub mod cue;
pub mod fade;
pub mod file;
pub mod format;
pub mod names;
pub mod outputs;
pub mod sequence;
pub mod timeline;
