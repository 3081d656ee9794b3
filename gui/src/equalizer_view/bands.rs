//! The bands as an editor reads and moves them: 24 slots, of which those are in use whose values are not all defaults.

use egui::{Context, Id};
use runout_dsp_core::settings::{
    BandChannel, BandShape, ChainSettings, EQUALIZER_BANDS, EqualizerBand, EqualizerParams, Module,
};

use crate::palette::{Color, Palette};
use crate::parameters::Parameters;
use crate::{gesture, setting};

/// The band that is listened to alone, counted from 1; 0 is none.
pub const SOLO: &str = "listen.equalizer.solo";

/// The id of a band's parameter, `equalizer.band.3.gain_db` of slot 2 and `gain_db`; slots count from 0.
pub fn id(slot: usize, field: &str) -> String {
    format!("equalizer.band.{}.{field}", slot + 1)
}

/// The equalizer as it is set.
pub fn read(parameters: &dyn Parameters) -> EqualizerParams {
    setting::read(parameters, Module::Equalizer).equalizer
}

/// Whether a slot is in use: what is written into chain files and shown.
pub fn is_in_use(band: &EqualizerBand) -> bool {
    *band != EqualizerBand::default()
}

/// Whether a band of this shape has a gain.
pub fn has_gain(shape: BandShape) -> bool {
    matches!(shape, BandShape::Bell | BandShape::LowShelf | BandShape::HighShelf | BandShape::Tilt)
}

/// Whether a band of this shape has a slope.
pub fn has_slope(shape: BandShape) -> bool {
    matches!(shape, BandShape::LowCut | BandShape::HighCut)
}

/// The color of what acts on a channel.
pub fn color(palette: &Palette, channel: BandChannel) -> Color {
    match channel {
        BandChannel::Stereo => palette.equalizer,
        BandChannel::Mid => palette.mid,
        BandChannel::Side => palette.side,
        BandChannel::Left => palette.left,
        BandChannel::Right => palette.right,
    }
}

/// What a band does in words: `Bell, 238 Hz, \u{2212}2.1 dB, Q 1.20, Stereo`.
pub fn words(slot: usize, band: &EqualizerBand) -> String {
    let mut settings = ChainSettings::default();
    if let Some(place) = settings.equalizer.bands.get_mut(slot) {
        *place = *band;
    }
    let shown = |field: &str| {
        setting::find(&id(slot, field)).map_or_else(String::new, |known| setting::shown(known, known.get(&settings)))
    };
    let mut words = vec![shown("shape"), shown("frequency_hz")];
    if has_gain(band.shape) {
        words.push(shown("gain_db"));
    }
    if has_slope(band.shape) {
        words.push(format!("{} dB/oct", shown("slope_db_per_oct")));
    } else if band.shape != BandShape::Tilt {
        words.push(format!("Q {}", shown("q")));
    }
    words.push(shown("channel"));
    words.join(", ")
}

/// The first slot that is not in use.
pub fn free_slot(equalizer: &EqualizerParams) -> Option<usize> {
    equalizer.bands.iter().position(|band| !is_in_use(band))
}

/// Makes a slot this band: each value that differs is one gesture.
pub fn put(context: &Context, parameters: &dyn Parameters, slot: usize, band: EqualizerBand) {
    let mut settings = ChainSettings::default();
    if let Some(place) = settings.equalizer.bands.get_mut(slot) {
        *place = band;
    }
    let first = id(slot, "");
    setting::put(context, parameters, Module::Equalizer, &settings, |parameter| parameter.id.starts_with(&first));
}

/// Makes a slot unused, and stops listening to it.
pub fn remove(context: &Context, parameters: &dyn Parameters, slot: usize) {
    put(context, parameters, slot, EqualizerBand::default());
    if soloed(parameters) == Some(slot) {
        solo(context, parameters, None);
    }
}

/// The slot that is listened to alone.
pub fn soloed(parameters: &dyn Parameters) -> Option<usize> {
    let number = parameters.value(SOLO)?.round() as usize;
    (1..=EQUALIZER_BANDS).contains(&number).then(|| number - 1)
}

/// Listens to a slot alone, or to everything.
pub fn solo(context: &Context, parameters: &dyn Parameters, slot: Option<usize>) {
    let number = slot.map_or(0.0, |slot| (slot + 1) as f32);
    gesture::once(context, parameters, Id::unique("runout equalizer solo"), SOLO, number);
}

#[cfg(test)]
mod tests;
