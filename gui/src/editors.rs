//! The editors, one for each plugin.

mod compressor;
mod equalizer;
mod frame;
mod limiter;
mod limiting;
mod live;
mod master;
mod meter;
mod output_strip;
mod planes;

pub use compressor::CompressorEditor;
pub use equalizer::EqualizerEditor;
pub use limiter::LimiterEditor;
pub use master::MasterEditor;
pub use meter::MeterEditor;
