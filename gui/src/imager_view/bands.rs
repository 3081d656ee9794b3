//! The bands as an editor reads and moves them: those in use, lowest first, and where they meet.

use egui::Context;
use runout_dsp_core::settings::{ChainSettings, IMAGER_CROSSOVERS_HZ, ImagerBand, ImagerParams, Module};

use crate::division::Division;
use crate::parameters::Parameters;
use crate::setting;

/// The number of bands.
pub const COUNT: &str = "imager.bands";

/// The frequency below which the signal is mono.
pub const MONO_BELOW: &str = "imager.mono_below_hz";

/// The id of a band's parameter, `imager.band.3.width` of slot 2 and `width`; slots count from 0.
pub fn id(slot: usize, field: &str) -> String {
    format!("imager.band.{}.{field}", slot + 1)
}

/// The id of what is only for listening to a band: `solo`.
pub fn listening_id(slot: usize, field: &str) -> String {
    format!("listen.imager.band.{}.{field}", slot + 1)
}

/// The id of the crossover above a slot.
pub fn crossover_id(slot: usize) -> String {
    format!("imager.crossover_hz.{}", slot + 1)
}

/// The imager as it is set.
pub fn read(parameters: &dyn Parameters) -> ImagerParams {
    setting::read(parameters, Module::Imager).imager
}

/// The crossovers in use, Hz.
pub fn crossovers_hz(params: &ImagerParams) -> &[f32] {
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
    let slot = of(&mut params).merge(slot, &IMAGER_CROSSOVERS_HZ)?;
    put(context, parameters, params);
    Some(slot)
}

fn of(params: &mut ImagerParams) -> Division<'_, ImagerBand> {
    Division { count: &mut params.bands, crossover_hz: &mut params.crossover_hz, band: &mut params.band }
}

fn put(context: &Context, parameters: &dyn Parameters, imager: ImagerParams) {
    let settings = ChainSettings { imager, ..ChainSettings::default() };
    setting::put(context, parameters, Module::Imager, &settings, |_| true);
}
