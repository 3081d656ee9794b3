//! The editors, one for each plugin.

mod equalizer;
mod frame;
mod limiter;
mod limiting;
mod live;
mod master;
mod meter;
mod planes;

pub use equalizer::EqualizerEditor;
pub use limiter::LimiterEditor;
pub use master::MasterEditor;
pub use meter::MeterEditor;
