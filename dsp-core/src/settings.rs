//! Every parameter in its one place: id, name, unit, range, default and step.
//!
//! The plain parameters of a module are a struct (`LimiterParams`); a table beside it ([`LIMITER`]) describes each field.
//! From these tables come the chain file and its errors, the plugins' parameters and the README's tables.

mod catalog;
mod chain;
pub mod chain_file;
mod compressor;
mod equalizer;
mod field;
mod imager;
mod input;
mod limiter;
mod output;
mod text;

pub use catalog::{Parameter, parameters};
pub use chain::{Alone, ChainSettings, Module, Order};
pub use compressor::*;
pub use equalizer::*;
pub use field::{Field, Kind, OutOfRange, Purpose, Scale, Step, Unit};
pub use imager::*;
pub use input::*;
pub use limiter::*;
pub use output::*;
