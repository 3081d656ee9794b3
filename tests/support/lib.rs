//! What the tests share, and `cargo xtask` with them: signals, synthesized music, the machinery of the battery, and a
//! host for the plugins.
//!
//! Every signal here is made from a seed, so that a failure can be seen again, and none is read from a file.

pub mod bundle;
pub mod clap_host;
pub mod command_binary;
pub mod filter;
pub mod flags;
pub mod limiting;
pub mod music;
pub mod random;
pub mod readme;
pub mod reference_meter;
#[cfg(target_os = "linux")]
pub mod screen;
pub mod signals;
pub mod torture;
