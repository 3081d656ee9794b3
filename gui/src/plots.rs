//! What is drawn over time and loudness.

pub mod columns;
pub mod distribution;
pub mod frequency_axis;
pub mod lane;
pub mod level_lane;
pub mod loudness_axis;
pub mod loudness_history;
pub mod programme;
pub mod reduction_lane;
pub mod spectrum;
pub mod time_span;
pub mod true_peak_lane;
