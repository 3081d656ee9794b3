//! What the equalizer remembers.

use runout_dsp_core::equalizer::kernel::KernelSize;
use runout_dsp_core::equalizer::prototype::{Prototype, Section};
use runout_dsp_core::settings::{EqualizerBand, EqualizerParams, EqualizerPhase};

use super::decay_to_silence;

/// Frames at a sample rate in Hz: of a kernel its second half, of filters the time in which the slowest falls by 120 dB.
pub(super) fn ring_frames(params: &EqualizerParams, sample_rate: f64) -> usize {
    let at_work = || params.bands.iter().filter(|band| params.enabled && !band.is_neutral());
    match params.phase {
        EqualizerPhase::Linear if at_work().next().is_none() => 0,
        EqualizerPhase::Linear => KernelSize::new(params.resolution, sample_rate).taps / 2,
        EqualizerPhase::Minimum => {
            let slowest_s = at_work().map(|band| ring_s(band, sample_rate)).fold(0.0, f64::max);
            (slowest_s * sample_rate).ceil() as usize
        }
    }
}

/// How long a band's slowest mode takes, s.
fn ring_s(band: &EqualizerBand, sample_rate: f64) -> f64 {
    let prototype = Prototype::new(band, sample_rate);
    let slowest = prototype.sections().iter().map(decay).fold(f64::INFINITY, f64::min);
    decay_to_silence(0.0) / (slowest * std::f64::consts::TAU * prototype.frequency_hz)
}

/// The decay of a section's slowest pole, relative to its angular frequency. The denominator's power,
/// `|a0 + a1 s + a2 s^2|^2` on the imaginary axis, is `a0^2 + (a1^2 - 2 a0 a2) x + a2^2 x^2`.
fn decay(section: &Section) -> f64 {
    let [constant, linear, square] = section.below;
    let (a0, a2) = (constant.sqrt(), square.sqrt());
    let a1 = (linear + 2.0 * a0 * a2).max(0.0).sqrt();
    if a1 == 0.0 {
        return f64::INFINITY;
    }
    if a2 == 0.0 {
        return a0 / a1;
    }
    let half = a1 / (2.0 * a2);
    // Two real poles: the slower one, by the product of both, which does not cancel.
    let apart = half * half - a0 / a2;
    if apart > 0.0 { a0 / a2 / (half + apart.sqrt()) } else { half }
}

#[cfg(test)]
mod tests {
    use runout_dsp_core::settings::{BandShape, CutSlope};

    use super::*;

    fn minimum(band: EqualizerBand) -> EqualizerParams {
        let mut params = EqualizerParams { phase: EqualizerPhase::Minimum, ..EqualizerParams::default() };
        params.bands[3] = EqualizerBand { enabled: true, ..band };
        params
    }

    /// Frames at 1 kHz, so that they are milliseconds.
    fn ring_ms(shape: BandShape, frequency_hz: f32, gain_db: f32, q: f32) -> usize {
        let band = EqualizerBand { shape, frequency_hz, gain_db, q, ..EqualizerBand::default() };
        ring_frames(&minimum(band), 1000.0)
    }

    #[test]
    fn filters_ring_as_their_formulas_say() {
        // A pair of poles of quality Q at f falls by 120 dB in 6 ln(10) Q / (pi f): 4.398 Q / f.
        assert_eq!(ring_ms(BandShape::Notch, 10.0, 0.0, 40.0), 17_591);
        // The Cookbook's bell of 40 dB's square root has ten times the Q in its poles, here 24.09 dB: four times.
        assert_eq!(ring_ms(BandShape::Bell, 100.0, 24.082_4, 10.0), 1760);
        // Two real poles of Q 0.1: the slower one is at 0.10102 of the corner.
        assert_eq!(ring_ms(BandShape::Notch, 100.0, 0.0, 0.1), 218);
        let cut = EqualizerBand {
            shape: BandShape::LowCut,
            frequency_hz: 100.0,
            slope_db_per_oct: CutSlope::Six,
            ..EqualizerBand::default()
        };
        // One pole: 6 ln(10) / (2 pi f).
        assert_eq!(ring_frames(&minimum(cut), 1000.0), 22);
    }

    #[test]
    fn what_is_not_at_work_does_not_ring() {
        let band = EqualizerBand { gain_db: 6.0, ..EqualizerBand::default() };
        let mut params = minimum(band);
        assert!(ring_frames(&params, 48_000.0) > 0);
        params.enabled = false;
        assert_eq!(ring_frames(&params, 48_000.0), 0);
        params = minimum(EqualizerBand { gain_db: 0.0, ..band });
        assert_eq!(ring_frames(&params, 48_000.0), 0);
        params.phase = EqualizerPhase::Linear;
        assert_eq!(ring_frames(&params, 48_000.0), 0);
        params.bands[3].gain_db = 6.0;
        assert_eq!(ring_frames(&params, 48_000.0), 2048, "half of 4096 taps");
    }
}
