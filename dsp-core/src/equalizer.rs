//! The equalizer: up to 24 bands, linear phase or without latency.
//!
//! [`prototype`] holds the analog responses that both modes answer to.

pub mod prototype;
