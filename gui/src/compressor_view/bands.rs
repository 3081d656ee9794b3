//! The bands as an editor reads and moves them: those in use, lowest first, and where they meet.

use egui::Context;
use runout_dsp_core::settings::{ChainSettings, CompressorBand, CompressorParams, Module};

use crate::division::Division;
pub use crate::division::{name, range_words};
use crate::parameters::Parameters;
use crate::setting;

/// The number of bands.
pub const COUNT: &str = "compressor.bands";

/// The id of a band's parameter, `compressor.band.3.ratio` of slot 2 and `ratio`; slots count from 0.
pub fn id(slot: usize, field: &str) -> String {
    format!("compressor.band.{}.{field}", slot + 1)
}

/// The id of what is only for listening to a band: `solo`, `mute`, `delta`.
pub fn listening_id(slot: usize, field: &str) -> String {
    format!("listen.compressor.band.{}.{field}", slot + 1)
}

/// The id of the crossover above a slot.
pub fn crossover_id(slot: usize) -> String {
    format!("compressor.crossover_hz.{}", slot + 1)
}

/// The compressor as it is set.
pub fn read(parameters: &dyn Parameters) -> CompressorParams {
    setting::read(parameters, Module::Compressor).compressor
}

/// The crossovers in use, Hz.
pub fn crossovers_hz(params: &CompressorParams) -> &[f32] {
    &params.crossover_hz[..params.bands_in_use().len() - 1]
}

/// Uses as many bands as asked for; see [`Division::set_count`].
pub fn set_count(context: &Context, parameters: &dyn Parameters, count: usize) {
    let mut params = read(parameters);
    of(&mut params).set_count(count);
    put(context, parameters, params);
}

/// Divides the band that a frequency in Hz lies in; see [`Division::split`].
pub fn split(context: &Context, parameters: &dyn Parameters, frequency_hz: f32) -> Option<usize> {
    let mut params = read(parameters);
    let slot = of(&mut params).split(frequency_hz)?;
    put(context, parameters, params);
    Some(slot)
}

/// Takes a band away; see [`Division::merge`].
pub fn merge(context: &Context, parameters: &dyn Parameters, slot: usize) -> Option<usize> {
    let mut params = read(parameters);
    let slot = of(&mut params).merge(slot, &CompressorParams::default().crossover_hz)?;
    put(context, parameters, params);
    Some(slot)
}

fn of(params: &mut CompressorParams) -> Division<'_, CompressorBand> {
    Division { count: &mut params.bands, crossover_hz: &mut params.crossover_hz, band: &mut params.band }
}

fn put(context: &Context, parameters: &dyn Parameters, compressor: CompressorParams) {
    let settings = ChainSettings { compressor, ..ChainSettings::default() };
    setting::put(context, parameters, Module::Compressor, &settings, |_| true);
}

#[cfg(test)]
mod tests;
