//! How long a chain sounds beyond its latency when nothing goes in any more: what its equalizer, its compressor and its
//! imager remember, one after the other.

mod compressor;
mod crossovers;
mod equalizer;
mod imager;

use runout_dsp_core::settings::{ChainSettings, Module};

/// The level that counts as silence, dB below what went in.
const SILENCE_DB: f64 = 120.0;

/// Frames that a chain of these modules rings at a sample rate in Hz.
pub fn ring_frames(modules: &[Module], settings: &ChainSettings, sample_rate: f64) -> usize {
    let of = |module, frames: usize| if modules.contains(&module) { frames } else { 0 };
    of(Module::Equalizer, equalizer::ring_frames(&settings.equalizer, sample_rate))
        + of(Module::Compressor, compressor::ring_frames(&settings.compressor, sample_rate))
        + of(Module::Imager, imager::ring_frames(&settings.imager, sample_rate))
}

/// The exponent of a decay to silence of what is raised by some dB.
fn decay_to_silence(raised_db: f64) -> f64 {
    (SILENCE_DB + raised_db) / 20.0 * std::f64::consts::LN_10
}
