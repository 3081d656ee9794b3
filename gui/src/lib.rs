//! The editors of the Runout mastering suite.
//!
//! This version holds what every editor stands on: the [`palette`] in dark and light, and [`parameters`], the one trait
//! through which an editor sees its plugin. The editors themselves come with the next.

pub mod palette;
pub mod parameters;
