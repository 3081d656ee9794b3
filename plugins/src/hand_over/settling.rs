//! How long a chain that begins in the middle of a song takes to be as one that has heard all of it.

use runout_dsp_core::settings::{CompressorBand, CompressorParams, Detector};

/// Zero-latency filters, the limiter's detectors and its releases, ms.
const FILTERS_MS: f64 = 200.0;

/// Attacks after which a gain has gone 95 % of its way.
const ATTACKS: f64 = 3.0;

/// How long a chain with this compressor is fed before it is heard, ms, beyond what its latency takes. A compressor comes
/// to its gains with its attacks, windows and holds. Releases of seconds are not waited for: what they would have kept
/// down still is faded to.
pub(super) fn settling_ms(compressor: &CompressorParams) -> f64 {
    let of_band = |band: &CompressorBand| {
        let window_ms = if band.detector == Detector::Rms { band.rms_window_ms } else { 0.0 };
        ATTACKS * f64::from(band.attack_ms) + f64::from(window_ms + band.hold_ms)
    };
    let acting = compressor.bands_in_use().iter().filter(|band| compressor.enabled && !band.is_neutral());
    FILTERS_MS + acting.map(of_band).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slowest_band_that_acts_is_waited_for() {
        let mut params = CompressorParams { bands: 2, ..CompressorParams::default() };
        let at_work = CompressorBand { ratio: 2.0, attack_ms: 40.0, hold_ms: 30.0, ..CompressorBand::default() };
        assert_eq!(settling_ms(&params), 200.0, "nothing acts");
        params.band[0] = at_work;
        assert_eq!(settling_ms(&params), 350.0);
        params.band[1] = CompressorBand { detector: Detector::Rms, rms_window_ms: 300.0, ..at_work };
        assert_eq!(settling_ms(&params), 650.0);
        // A third band is not in use.
        params.band[2] = CompressorBand { attack_ms: 500.0, ..at_work };
        assert_eq!(settling_ms(&params), 650.0);
        params.enabled = false;
        assert_eq!(settling_ms(&params), 200.0);
    }
}
