//! The imager's keys: 1 to 4 choose, N divides and Del joins a band, arrows move its width and S plays it alone.

use egui::{Context, Key};

use super::bands;
use crate::band_keys::{Asked, BandKeys};
use crate::desk::Desk;
use crate::division;

/// Obeys the keys of the imager; `chosen` is the chosen band's slot, from 0; see [`BandKeys::obey`].
pub fn obey(context: &Context, desk: &Desk<'_>, chosen: &mut usize) {
    let params = bands::read(desk.parameters);
    let switches = [(Key::S, bands::listening_id(*chosen, "solo"))];
    let value = bands::id(*chosen, "width");
    let count = params.bands_in_use().len();
    let keys = BandKeys { module: super::NAME, count, switches: &switches, value: &value };
    let slot = match keys.obey(context, desk) {
        Some(Asked::Choose(slot)) => Some(slot),
        Some(Asked::Split) => {
            let frequency_hz = division::middle_hz(bands::crossovers_hz(&params), *chosen);
            bands::split(context, desk.parameters, frequency_hz)
        }
        Some(Asked::Merge) => bands::merge(context, desk.parameters, *chosen),
        None => None,
    };
    *chosen = slot.unwrap_or(*chosen);
}
