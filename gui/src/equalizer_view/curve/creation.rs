//! New bands: what a double-click at a place means, and where a key puts one.

use runout_dsp_core::settings::{BandShape, EqualizerBand, EqualizerParams};

use crate::equalizer_view::bands;
use crate::setting;

/// Below the first a new band is a low cut, below the second a low shelf; above the third a high shelf, above the fourth a
/// high cut; Hz.
const SHAPES_HZ: [f32; 4] = [25.0, 50.0, 10_000.0, 18_000.0];

/// The Q of a new bell: two thirds of an octave to each side.
const BELL_Q: f32 = 1.0;

/// Where a key puts a new band, the first that is free, Hz.
const KEY_HZ: [f32; 9] = [1000.0, 2000.0, 500.0, 4000.0, 250.0, 8000.0, 125.0, 16_000.0, 63.0];

/// Two bands are not at one place if they are a third of an octave apart.
const APART: f32 = 1.26;

/// The band that a double-click at a frequency in Hz and a gain in dB makes, both rounded to the steps of their parameters.
pub fn at(frequency_hz: f32, gain_db: f32) -> EqualizerBand {
    let shape = match frequency_hz {
        frequency_hz if frequency_hz < SHAPES_HZ[0] => BandShape::LowCut,
        frequency_hz if frequency_hz < SHAPES_HZ[1] => BandShape::LowShelf,
        frequency_hz if frequency_hz <= SHAPES_HZ[2] => BandShape::Bell,
        frequency_hz if frequency_hz <= SHAPES_HZ[3] => BandShape::HighShelf,
        _ => BandShape::HighCut,
    };
    let band =
        EqualizerBand { enabled: true, shape, frequency_hz: round("frequency_hz", frequency_hz), ..Default::default() };
    EqualizerBand {
        gain_db: if bands::has_gain(shape) { round("gain_db", gain_db) } else { 0.0 },
        q: if shape == BandShape::Bell { BELL_Q } else { band.q },
        ..band
    }
}

/// The band that a key makes: a bell without gain where there is none yet.
pub fn by_key(equalizer: &EqualizerParams) -> EqualizerBand {
    let is_free = |frequency_hz: f32| {
        let mut used = equalizer.bands.iter().filter(|band| bands::is_in_use(band));
        used.all(|band| !(1.0 / APART..APART).contains(&(band.frequency_hz / frequency_hz)))
    };
    let frequency_hz = KEY_HZ.into_iter().find(|frequency_hz| is_free(*frequency_hz)).unwrap_or(KEY_HZ[0]);
    EqualizerBand { enabled: true, frequency_hz, q: BELL_Q, ..EqualizerBand::default() }
}

/// A value in the round numbers that a drag goes in.
fn round(field: &str, value: f32) -> f32 {
    let parameter = setting::find(&bands::id(0, field));
    parameter
        .map_or(value, |parameter| setting::gridded(parameter, f64::from(setting::position(parameter, value)), false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_says_the_shape() {
        for (frequency_hz, shape) in [
            (12.0, BandShape::LowCut),
            (30.0, BandShape::LowShelf),
            (60.0, BandShape::Bell),
            (9000.0, BandShape::Bell),
            (12_000.0, BandShape::HighShelf),
            (20_000.0, BandShape::HighCut),
        ] {
            let band = at(frequency_hz, 2.34);
            let gain_db = if bands::has_gain(shape) { 2.3 } else { 0.0 };
            assert_eq!(
                (band.enabled, band.shape, band.frequency_hz, band.gain_db),
                (true, shape, frequency_hz, gain_db)
            );
        }
        assert_eq!((at(1234.5, 0.0).frequency_hz, at(1234.5, 40.0).gain_db), (1230.0, 30.0));
        // A new band that is turned off is still a band.
        assert!(bands::is_in_use(&EqualizerBand { enabled: false, ..at(1000.0, 0.0) }));
    }

    #[test]
    fn a_key_puts_bands_beside_each_other() {
        let mut equalizer = EqualizerParams::default();
        for (slot, frequency_hz) in KEY_HZ.into_iter().enumerate() {
            let band = by_key(&equalizer);
            assert_eq!((band.frequency_hz, band.gain_db), (frequency_hz, 0.0));
            equalizer.bands[slot] = band;
        }
        assert_eq!(by_key(&equalizer).frequency_hz, 1000.0);
    }
}
