//! The bands as an editor reads and moves them: those in use, lowest first, and where they meet.

use egui::Context;
use runout_dsp_core::settings::{
    COMPRESSOR_BANDS, CROSSOVER_KIND, ChainSettings, CompressorBand, CompressorParams, Module,
};

use crate::numbers::needed;
use crate::parameters::Parameters;
use crate::setting;

/// The number of bands.
pub const COUNT: &str = "compressor.bands";

/// Two crossovers that are moved by hand stay this far apart: a sixth of an octave.
pub const APART: f32 = 1.122;

/// What the bands are called, by how many there are.
const NAMES: [&[&str]; COMPRESSOR_BANDS] = [
    &["Full range"],
    &["Low", "High"],
    &["Low", "Mid", "High"],
    &["Low", "Low mid", "High mid", "High"],
    &["Low", "Low mid", "Mid", "High mid", "High"],
    &["Sub", "Low", "Low mid", "High mid", "High", "Air"],
];

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

/// What the band of a slot is called among as many as are in use.
pub fn name(slot: usize, count: usize) -> &'static str {
    NAMES.get(count.saturating_sub(1)).and_then(|names| names.get(slot)).copied().unwrap_or("Band")
}

/// Which frequencies a band has, between corners in Hz that ascend: `120 to 1000 Hz`, `above 6 kHz`.
pub fn range_words(slot: usize, corners_hz: &[f64]) -> String {
    let below = slot.checked_sub(1).and_then(|below| corners_hz.get(below)).copied();
    let above = corners_hz.get(slot).copied();
    let hz = |hz: f64| needed(hz, 0, if hz < 99.95 { 1 } else { 0 });
    let khz = |hz: f64| needed(hz / 1000.0, 0, if hz < 9995.0 { 2 } else { 1 });
    let one = |at: f64| if at < 999.5 { format!("{} Hz", hz(at)) } else { format!("{} kHz", khz(at)) };
    match (below, above) {
        (None, None) => "all frequencies".to_owned(),
        (None, Some(above)) => format!("below {}", one(above)),
        (Some(below), None) => format!("above {}", one(below)),
        (Some(below), Some(above)) if above < 1000.5 => format!("{} to {} Hz", hz(below), hz(above)),
        (Some(below), Some(above)) if below >= 999.5 => format!("{} to {} kHz", khz(below), khz(above)),
        (Some(below), Some(above)) => format!("{} to {}", one(below), one(above)),
    }
}

/// How far the crossover of a slot may be moved by hand, Hz: to its neighbors, with a little space; never less than where
/// it is.
pub fn limits_hz(params: &CompressorParams, slot: usize) -> [f32; 2] {
    let (lowest, highest) = CROSSOVER_KIND.range();
    let used = params.bands_in_use().len() - 1;
    let Some(own) = params.crossover_hz[..used].get(slot).copied() else { return [lowest, highest] };
    let others = params.crossover_hz[..used].iter().enumerate().filter(|(other, _)| *other != slot);
    let mut limits = [lowest, highest];
    for (other, hz) in others {
        // Of two that are equal the later one is the higher.
        if (*hz, other) > (own, slot) {
            limits[1] = limits[1].min(hz / APART);
        } else {
            limits[0] = limits[0].max(hz * APART);
        }
    }
    [limits[0].min(own), limits[1].max(own)]
}

/// Uses as many bands as asked for. A crossover that comes into use above the others halves what is left there, unless it
/// is there already.
pub fn set_count(context: &Context, parameters: &dyn Parameters, count: usize) {
    let mut params = read(parameters);
    let used = params.bands_in_use().len();
    let highest = CROSSOVER_KIND.range().1;
    for slot in used - 1..count.clamp(1, COMPRESSOR_BANDS) - 1 {
        let below = params.crossover_hz[..slot].iter().copied().fold(CROSSOVER_KIND.range().0, f32::max);
        if params.crossover_hz[slot] < below * APART {
            params.crossover_hz[slot] = CROSSOVER_KIND.rounded(f64::from(below * highest).sqrt());
        }
    }
    params.bands = count as u32;
    put(context, parameters, params);
}

/// Divides the band that a frequency in Hz lies in: both parts are set as it was, and those above it move up. Gives the slot
/// of the upper part; `None` where there are six, or no room.
pub fn split(context: &Context, parameters: &dyn Parameters, frequency_hz: f32) -> Option<usize> {
    let mut params = sorted(read(parameters));
    let used = params.bands_in_use().len();
    let frequency_hz = CROSSOVER_KIND.rounded(f64::from(frequency_hz));
    let is_close = |hz: &f32| (1.0 / APART..APART).contains(&(frequency_hz / hz));
    if used == COMPRESSOR_BANDS || params.crossover_hz[..used - 1].iter().any(is_close) {
        return None;
    }
    let slot = params.crossover_hz[..used - 1].iter().filter(|hz| **hz < frequency_hz).count();
    params.crossover_hz[slot..used].rotate_right(1);
    params.crossover_hz[slot] = frequency_hz;
    params.band.copy_within(slot..used, slot + 1);
    params.bands += 1;
    put(context, parameters, params);
    Some(slot + 1)
}

/// Takes a band away: the one below it, or for the lowest the one above, has its frequencies too, and those above it move
/// down. Gives the slot that has them now; `None` where there is only one.
pub fn merge(context: &Context, parameters: &dyn Parameters, slot: usize) -> Option<usize> {
    let mut params = sorted(read(parameters));
    let used = params.bands_in_use().len();
    if used == 1 || slot >= used {
        return None;
    }
    let corner = slot.saturating_sub(1);
    params.crossover_hz[corner..used - 1].rotate_left(1);
    params.crossover_hz[used - 2] = CompressorParams::default().crossover_hz[used - 2];
    params.band.copy_within(slot + 1..used, slot);
    params.band[used - 1] = CompressorBand::default();
    params.bands -= 1;
    put(context, parameters, params);
    Some(corner)
}

/// The same bands with the crossovers in use in order, as they are heard.
fn sorted(mut params: CompressorParams) -> CompressorParams {
    let used = params.bands_in_use().len() - 1;
    params.crossover_hz[..used].sort_by(f32::total_cmp);
    params
}

fn put(context: &Context, parameters: &dyn Parameters, compressor: CompressorParams) {
    let settings = ChainSettings { compressor, ..ChainSettings::default() };
    setting::put(context, parameters, Module::Compressor, &settings, |_| true);
}

#[cfg(test)]
mod tests;
