//! Files in, files out, and the `runout` command.
//!
//! [`audio_source`] reads, [`audio_sink`] writes, [`measure`] and [`master`] do the work over blocks of constant size,
//! [`deliver`] makes files of every format of it, [`album`] puts tracks in their order, [`report`] says what came of it,
//! [`selftest`] reads the standards' signals back, and [`command`] is what a user types.

pub mod album;
pub mod audio_sink;
pub mod audio_source;
pub mod command;
pub mod deliver;
pub mod failure;
pub mod finish;
pub mod interrupt;
pub mod master;
pub mod material;
pub mod measure;
pub mod paths;
pub mod progress;
pub mod rate;
pub mod report;
pub mod selftest;
pub mod tags;
pub mod targets;
pub mod text_file;
pub mod workers;
