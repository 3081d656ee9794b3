//! What is drawn over time and loudness.

pub mod loudness_axis;
pub mod time_span;
