//! What stands where in time: the one latency, and how a lookahead fits into it.
//!
//! A need found in the group that starts at frame `g` must be met from `g - E` to `g + 8 + E`, where `E` is the flat
//! extension: an interpolator reads frames on both sides of a peak, and a gain that moves there would make a new one. The
//! averages reach `B` frames back (`B - 1`, but whole groups), so a need is held for `1 + (2 E + B) / 8` groups and the gain
//! is applied `E + B` frames behind the needs.

use crate::dynamics::GROUP_FRAMES;
use crate::processor::GRID_FRAMES;
use crate::true_peak::{HOP_FRAMES, LAG_FRAMES};

/// The longest lookahead, ms.
const LONGEST_LOOKAHEAD_MS: f64 = 10.0;

/// Flat extension. 24 frames measure almost as well, 96 no better: beyond it an interpolator's taps have a thirtieth of the
/// weight, and a gain that takes its time hardly moves.
const EXTENSION_FRAMES: usize = 32;

/// The shortest that both averages are together, ms and frames, whatever the lookahead. A gain that falls faster beside a
/// peak makes new peaks around it: at 48 kHz 0.03 dB over the ceiling with 64 frames, 0.1 dB with 8.
const SHORTEST_BOX_MS: f64 = 2.7;
const SHORTEST_BOX_FRAMES: usize = 128;

/// Frames between a group's first frame and the moment its need is known, and until it can act: the detector's lag behind
/// the hop, and the hop that is collected before it is processed.
const DETECTION_FRAMES: usize = LAG_FRAMES + HOP_FRAMES;

/// The times of one sample rate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timing {
    pub(super) sample_rate: f64,
    /// The delay of the whole limiter.
    pub(super) latency_frames: usize,
}

/// How one lookahead is laid out, in groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Plan {
    /// How long the needs wait, so that the latency stays.
    pub(super) delay_groups: usize,
    /// Groups that must have a need, from its own on.
    pub(super) window_groups: usize,
    /// The two averages.
    pub(super) first_groups: usize,
    pub(super) second_groups: usize,
}

impl Timing {
    pub(super) fn new(sample_rate: f64) -> Self {
        let reach = box_frames(LONGEST_LOOKAHEAD_MS, sample_rate) + EXTENSION_FRAMES;
        Self { sample_rate, latency_frames: (DETECTION_FRAMES + reach).next_multiple_of(GRID_FRAMES) }
    }

    /// The layout of a lookahead in ms.
    pub(super) fn plan(&self, lookahead_ms: f64) -> Plan {
        let frames = box_frames(lookahead_ms.min(LONGEST_LOOKAHEAD_MS), self.sample_rate);
        let groups = frames / GROUP_FRAMES;
        // Unequal averages, so that no frequency is kept by both.
        let first_groups = (groups * 11).div_ceil(20);
        Plan {
            delay_groups: (self.latency_frames - DETECTION_FRAMES - EXTENSION_FRAMES - frames) / GROUP_FRAMES,
            window_groups: 1 + 1 + (2 * EXTENSION_FRAMES + frames) / GROUP_FRAMES,
            first_groups,
            second_groups: groups - first_groups,
        }
    }

    /// The longest time that needs wait.
    pub(super) fn longest_delay_groups(&self) -> usize {
        self.latency_frames / GROUP_FRAMES
    }

    pub(super) fn longest_window_groups(&self) -> usize {
        self.plan(LONGEST_LOOKAHEAD_MS).window_groups
    }

    pub(super) fn longest_box_groups(&self) -> usize {
        self.plan(LONGEST_LOOKAHEAD_MS).first_groups
    }
}

/// A lookahead in ms as the frames of both averages, in whole groups.
fn box_frames(lookahead_ms: f64, sample_rate: f64) -> usize {
    let time_ms = lookahead_ms.max(SHORTEST_BOX_MS);
    let groups = (time_ms * 1e-3 * sample_rate / GROUP_FRAMES as f64).round() as usize;
    (groups * GROUP_FRAMES).max(SHORTEST_BOX_FRAMES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lookahead_fits_the_one_latency() {
        for sample_rate in [22_050.0, 32_000.0, 44_100.0, 48_000.0, 88_200.0, 96_000.0, 192_000.0, 384_000.0] {
            let timing = Timing::new(sample_rate);
            let latency_ms = timing.latency_frames as f64 / sample_rate * 1e3;
            println!("{sample_rate} Hz: {} frames, {latency_ms:.2} ms", timing.latency_frames);
            assert_eq!(timing.latency_frames % GRID_FRAMES, 0);
            assert!(latency_ms <= 15.0 || sample_rate < 44_100.0);
            for hundredths in 10..=1000 {
                let plan = timing.plan(f64::from(hundredths) / 100.0);
                let reach = GROUP_FRAMES * (plan.delay_groups + plan.first_groups + plan.second_groups);
                assert!(plan.window_groups <= timing.longest_window_groups());
                assert!(plan.delay_groups <= timing.longest_delay_groups());
                assert!(plan.first_groups.max(plan.second_groups) <= timing.longest_box_groups());
                assert!(reach + DETECTION_FRAMES + EXTENSION_FRAMES <= timing.latency_frames);
            }
        }
    }
}
