//! The editors, one for each plugin.

mod frame;
mod limiter;
mod limiting;
mod master;
mod meter;
mod planes;

pub use limiter::LimiterEditor;
pub use master::MasterEditor;
pub use meter::MeterEditor;
