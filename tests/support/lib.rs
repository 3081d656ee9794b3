//! What the tests share, and `cargo xtask` with them: signals, synthesized music and the machinery of the battery.
//!
//! Everything here is made from a seed, so that a failure can be seen again, and nothing is read from a file.

pub mod filter;
pub mod limiting;
pub mod music;
pub mod random;
pub mod readme;
pub mod reference_meter;
pub mod signals;
pub mod torture;
