//! What is drawn over time and loudness.

pub mod lane;
pub mod level_lane;
pub mod loudness_axis;
pub mod reduction_lane;
pub mod time_span;
