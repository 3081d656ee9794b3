//! What the imager remembers: its crossovers, the high-passes of its side, and its decorrelator.

use runout_dsp_core::crossover::kernel_size;
use runout_dsp_core::imager::RING_MS;
use runout_dsp_core::settings::{ImagerParams, ImagerPhase};
use runout_dsp_core::units::frames_from_ms;

use super::crossovers::{self, decay_in_frame};
use super::decay_to_silence;

/// The slowest pole of a high-pass of up to four against one of Butterworth's second order: sin(pi / 8) / sin(pi / 4).
const SLOWEST_POLE: f64 = 0.541_196_1;

/// Frames at a sample rate in Hz, of all that are in use, one after the other.
pub(super) fn ring_frames(params: &ImagerParams, sample_rate: f64) -> usize {
    if !params.enabled {
        return 0;
    }
    let bands = params.bands_in_use();
    let divided = match params.phase {
        _ if bands.len() < 2 => 0,
        ImagerPhase::Linear if params.is_neutral() => 0,
        ImagerPhase::Linear => kernel_size(sample_rate).taps / 2,
        // At rest they are an all-pass, which rings too.
        ImagerPhase::Minimum => {
            crossovers::filters(&params.crossover_hz[..bands.len() - 1], raised_db(params), sample_rate)
        }
    };
    let decorrelates = bands.iter().any(|band| band.decorrelation > 0.0);
    let decorrelated = if decorrelates { frames_from_ms(RING_MS, sample_rate) } else { 0 };
    let corners_hz = [params.mono_below_hz, params.side_high_pass_hz];
    let high_passes = corners_hz.iter().filter(|hz| **hz > 0.0).map(|hz| {
        let exponent = decay_to_silence(raised_db(params));
        (exponent / (SLOWEST_POLE * decay_in_frame(f64::from(*hz), sample_rate))).ceil() as usize
    });
    divided + decorrelated + high_passes.sum::<usize>()
}

/// The most that is made of what rings, dB: of the side twice its width, and a turn of middle and side into one channel.
fn raised_db(params: &ImagerParams) -> f64 {
    let widest_db = if params.bands_in_use().iter().any(|band| band.width > 1.0) { 6.02 } else { 0.0 };
    f64::from(params.mid_gain_db.max(params.side_gain_db).max(0.0)) + widest_db + 6.02
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_use_rings_and_nothing_else() {
        let rest = ImagerParams::default();
        assert_eq!(ring_frames(&rest, 48_000.0), 0);
        let mut params = rest;
        params.band[0].decorrelation = 0.5;
        assert_eq!(ring_frames(&params, 48_000.0), 19_200, "400 ms");
        params.enabled = false;
        assert_eq!(ring_frames(&params, 48_000.0), 0);
        let divided = ImagerParams { bands: 3, ..rest };
        assert!(ring_frames(&divided, 48_000.0) > 0, "an all-pass is not nothing");
        let linear = ImagerParams { phase: ImagerPhase::Linear, ..divided };
        assert_eq!(ring_frames(&linear, 48_000.0), 0);
        let wide = ImagerParams { side_gain_db: 3.0, ..linear };
        assert_eq!(ring_frames(&wide, 48_000.0), 2048);
    }

    #[test]
    fn a_high_pass_rings_as_its_slowest_pole_says() {
        let params = ImagerParams { mono_below_hz: 100.0, ..ImagerParams::default() };
        // 126 dB at a pole that falls by 0.3827 of the angular frequency: 14.507 / (0.3827 * 2 pi 100) = 60.3 ms.
        let ms = ring_frames(&params, 48_000.0) as f64 / 48.0;
        assert!((ms - 60.3).abs() < 0.5, "{ms} ms");
    }
}
