//! Conformance tests: the standards, and oracles that share no code with us.

mod album;
mod automation;
mod compressor;
mod dither;
#[expect(clippy::approx_constant, reason = "four digits are the step of Q")]
mod equalizer;
mod finish;
mod limiter_ceiling;
mod limiter_motion;
mod limiter_sound;
mod loudness;
mod presets;
mod rate;
mod spectrum;
mod true_peak;
