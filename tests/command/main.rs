//! The `runout` command as a user meets it: the built binary, real files, exit statuses, messages and what was written,
//! read back by programs that are not ours.

mod album;
mod bad_arguments;
mod bad_audio;
mod bad_chain;
mod bad_output;
mod binary;
mod change;
mod compressor;
mod damage;
mod equalizer;
mod files;
mod folders;
mod formats;
mod imager;
mod master;
mod measure;
mod oracles;
mod overshoot;
mod pictures;
mod rate;
mod reading;
mod reports;
mod selftest;
mod tags;
mod targets;
mod wave_chunks;
mod writing;
