//! The processors of the Runout mastering suite and the chain they form.
//!
//! Everything here runs on plain planar slices of samples: no plugin framework, no window, no file. The plugins and the
//! `runout` command wrap the same [`chain::MasteringChain`], so that what is heard is what is delivered.
//!
//! Start with [`processor`], the contract every module keeps, and [`settings`], where every parameter has its one place.

mod biquad;
pub mod chain;
pub mod compressor;
mod convolution;
mod course;
pub mod crossover;
pub mod delay;
pub mod dispatch;
pub mod dynamics;
pub mod entrance;
pub mod equalizer;
pub mod imager;
pub mod input;
pub mod limiter;
pub mod loudness;
mod mix;
pub mod offline;
pub mod output;
pub mod planar;
pub mod presets;
pub mod processor;
pub mod settings;
pub mod smooth;
pub mod spectrum;
pub mod stereo;
pub mod targets;
pub mod telemetry;
pub mod timeline;
pub mod true_peak;
pub mod units;
