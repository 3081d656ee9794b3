//! The editors, one for each plugin.

mod meter;

pub use meter::MeterEditor;
