//! The editors, one for each plugin.

mod limiter;
mod master;
mod meter;

pub use limiter::LimiterEditor;
pub use master::MasterEditor;
pub use meter::MeterEditor;
