//! What the compressor remembers: its crossovers. Holds and releases move a gain, and a gain of nothing is nothing.

use runout_dsp_core::crossover::kernel_size;
use runout_dsp_core::settings::{CompressorBand, CompressorMode, CompressorParams, CompressorPhase};

use super::crossovers;

/// The most that auto make-up raises, dB.
const AUTO_MAKEUP_DB: f64 = 12.0;

/// Frames at a sample rate in Hz: of kernels the second half, of filters the time in which those of each crossover in use
/// fall by 120 dB, one after the other.
pub(super) fn ring_frames(params: &CompressorParams, sample_rate: f64) -> usize {
    let bands = params.bands_in_use();
    let acts = |band: &CompressorBand| !band.is_neutral() || band.is_listened_to();
    if !params.enabled || bands.len() < 2 {
        return 0;
    }
    let is_at_work = bands.iter().any(acts);
    match params.phase {
        CompressorPhase::Linear if is_at_work => kernel_size(sample_rate).taps / 2,
        CompressorPhase::Dynamic if is_at_work => filters(params, sample_rate),
        CompressorPhase::Linear | CompressorPhase::Dynamic => 0,
        // At rest they are an all-pass, which rings too.
        CompressorPhase::Minimum => filters(params, sample_rate),
    }
}

/// The crossovers' filters.
fn filters(params: &CompressorParams, sample_rate: f64) -> usize {
    crossovers::filters(&params.crossover_hz[..params.bands_in_use().len() - 1], raised_db(params), sample_rate)
}

/// The most that is made of what rings, dB.
fn raised_db(params: &CompressorParams) -> f64 {
    let of_band = |band: &CompressorBand| {
        let upward_db = if band.mode == CompressorMode::Upward { band.range_db } else { 0.0 };
        f64::from(band.makeup_db.max(0.0) + upward_db)
    };
    let bands_db = params.bands_in_use().iter().map(of_band).fold(0.0, f64::max);
    let auto_makeup_db = if params.auto_makeup { AUTO_MAKEUP_DB } else { 0.0 };
    bands_db + auto_makeup_db + f64::from(params.output_gain_db.max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(phase: CompressorPhase, crossovers_hz: &[f32]) -> CompressorParams {
        let mut params = CompressorParams { phase, ..CompressorParams::default() };
        params.bands = crossovers_hz.len() as u32 + 1;
        params.crossover_hz[..crossovers_hz.len()].copy_from_slice(crossovers_hz);
        params.band[0].ratio = 4.0;
        params
    }

    #[test]
    fn filters_ring_as_their_poles_say() {
        // Butterworth's poles fall by sqrt(1/2) of the angular frequency: a pair of them at 20 Hz, to 120 dB, twice the
        // pole, (1 + x) e^-x = 1e-6 at x = 16.689; 16.689 / (0.70711 * 2 pi 20) = 187.8 ms.
        let at_20_hz = |phase| ring_frames(&divided(phase, &[20.0]), 48_000.0) as f64 / 48.0;
        for phase in [CompressorPhase::Minimum, CompressorPhase::Dynamic] {
            assert!((at_20_hz(phase) - 187.8).abs() < 0.1, "{phase:?}: {} ms", at_20_hz(phase));
        }
        // An octave higher half of that, and both after each other their sum.
        let two = ring_frames(&divided(CompressorPhase::Minimum, &[20.0, 40.0]), 48_000.0) as f64 / 48.0;
        assert!((two - 1.5 * 187.8).abs() < 0.2, "{two} ms");
        // Near half the rate the poles come near to the circle again: at 0.49 of it 0.9565 (0.04445 in the exponent), so 376.
        let high = ring_frames(&divided(CompressorPhase::Minimum, &[20_000.0]), 22_050.0);
        assert!((375..=378).contains(&high), "{high} frames");
        assert_eq!(ring_frames(&divided(CompressorPhase::Linear, &[20.0]), 48_000.0), 2048, "half of 4096 taps");
    }

    #[test]
    fn what_is_raised_rings_longer() {
        let plain = divided(CompressorPhase::Minimum, &[20.0]);
        let mut raised = plain;
        (raised.band[1].mode, raised.band[1].range_db, raised.output_gain_db) = (CompressorMode::Upward, 36.0, 12.0);
        let share = ring_frames(&raised, 48_000.0) as f64 / ring_frames(&plain, 48_000.0) as f64;
        // 168 dB instead of 120: a little less than in that proportion, for the logarithm grows slowly.
        assert!((1.33..1.4).contains(&share), "{share}");
    }

    #[test]
    fn what_is_not_at_work_does_not_ring() {
        use CompressorPhase::{Dynamic, Linear, Minimum};
        for phase in [Minimum, Linear, Dynamic] {
            let mut params = divided(phase, &[20.0]);
            assert!(ring_frames(&params, 48_000.0) > 0);
            params.enabled = false;
            assert_eq!(ring_frames(&params, 48_000.0), 0, "{phase:?}");
            params = divided(phase, &[]);
            assert_eq!(ring_frames(&params, 48_000.0), 0, "{phase:?}: one band");
            params = divided(phase, &[20.0]);
            params.band[0].ratio = 1.0;
            // An all-pass is not nothing.
            assert_eq!(ring_frames(&params, 48_000.0) > 0, phase == Minimum, "{phase:?}");
            params.band[1].solo = true;
            assert!(ring_frames(&params, 48_000.0) > 0, "{phase:?}: who listens hears bands");
        }
    }
}
