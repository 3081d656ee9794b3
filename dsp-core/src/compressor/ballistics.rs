//! How gain follows what the curve asks: one pole in octaves, that of the attack while the level rises and that of the
//! release while it falls.
//!
//! Attack and release are the times in which gain covers 63.2 % (1 - 1/e) of the way, in dB. In every mode attack belongs
//! to a level that rises: it lowers the gain in compress and upward, and opens the gate in expand. The release begins when
//! the detector lets go: a peak is held for 10 ms, and for the hold beside it.
//!
//! Four gains are computed at once. With a coefficient for each direction, the one that is right is always the smaller of
//! the two results (the larger, if gain rises faster than it falls), so nothing branches.

use super::course::Block;
use crate::dispatch::{Doubles, Kernel, Vector};
use crate::settings::CompressorMode;

/// Gains that are computed at once.
pub(super) const TOGETHER: usize = 4;

/// A gain below this many octaves (2e-8 dB) with nothing to do is none.
const NOTHING: f64 = 1.0 / (1 << 28) as f64;

/// The share of the way that gain covers in a frame.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Speeds {
    pub(super) falling: f64,
    pub(super) rising: f64,
}

impl Speeds {
    /// Those of a mode with the shares of attack and release.
    pub(super) fn of(mode: CompressorMode, attack: f64, release: f64) -> Self {
        match mode {
            CompressorMode::Compress | CompressorMode::Upward => Self { falling: attack, rising: release },
            CompressorMode::Expand => Self { falling: release, rising: attack },
        }
    }
}

/// The share of the way that is covered in a frame, for a time constant in ms.
pub(super) fn share_in_frame(time_ms: f64, sample_rate: f64) -> f64 {
    -(-1e3 / (time_ms * sample_rate)).exp_m1()
}

/// One gain on its way, octaves.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lane {
    pub(super) gain: f64,
    pub(super) speeds: Speeds,
}

impl Lane {
    /// What has returned is exactly 0.
    pub(super) fn tidy(&mut self) {
        if self.gain.abs() < NOTHING {
            self.gain = 0.0;
        }
    }
}

/// Wanted gains to gains, in place, octaves.
pub(super) struct Follow<'a> {
    pub(super) lanes: &'a mut [Lane; TOGETHER],
    pub(super) gains: &'a mut [Block; TOGETHER],
    pub(super) frames: usize,
}

impl Kernel for Follow<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let Self { lanes, gains, frames } = self;
        let (mut signs, mut states) = ([1.0; TOGETHER], [0.0; TOGETHER]);
        let (mut falls, mut rises, mut keeps_falling, mut keeps_rising) = ([0.0; 4], [0.0; 4], [0.0; 4], [0.0; 4]);
        for (at, lane) in lanes.iter().enumerate() {
            // Where gain rises faster, its negative falls faster.
            signs[at] = if lane.speeds.falling >= lane.speeds.rising { 1.0 } else { -1.0 };
            states[at] = signs[at] * lane.gain;
            (falls[at], rises[at]) = (signs[at] * lane.speeds.falling, signs[at] * lane.speeds.rising);
            (keeps_falling[at], keeps_rising[at]) = (1.0 - lane.speeds.falling, 1.0 - lane.speeds.rising);
        }
        let vector = |values| V::Doubles::from_array(values);
        let (signs, mut state) = (vector(signs), vector(states));
        let (falls, keeps_falling) = (vector(falls), vector(keeps_falling));
        let (rises, keeps_rising) = (vector(rises), vector(keeps_rising));
        let [first, second, third, fourth] = gains.each_mut().map(|block| block.as_chunks_mut::<4>().0);
        let chunks = first.iter_mut().zip(second).zip(third.iter_mut().zip(fourth));
        for (chunk, ((first, second), (third, fourth))) in chunks.enumerate().take(frames.div_ceil(4)) {
            let wanted = V::Doubles::widened([&*first, &*second, &*third, &*fourth]);
            let mut followed = [state; 4];
            for (followed, wanted) in followed.iter_mut().zip(wanted) {
                let falling = keeps_falling.multiply_add(state, falls.mul(wanted));
                let rising = keeps_rising.multiply_add(state, rises.mul(wanted));
                state = falling.smaller(rising);
                *followed = state;
            }
            // What stands behind the last frame is not of the signal.
            if frames < 4 * chunk + 4 {
                state = followed[frames - 4 * chunk - 1];
            }
            for gains in &mut followed {
                *gains = gains.mul(signs);
            }
            [*first, *second, *third, *fourth] = V::Doubles::narrowed(followed);
        }
        for (lane, gain) in lanes.iter_mut().zip(state.mul(signs).to_array()) {
            lane.gain = gain;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dispatch::Instructions;
    use crate::processor::GRID_FRAMES;

    fn followed(
        lanes: &mut [Lane; TOGETHER],
        wanted: [f32; TOGETHER],
        frames: usize,
        cut: usize,
    ) -> Vec<[f32; TOGETHER]> {
        let mut output = Vec::new();
        while output.len() < frames {
            let count = cut.min(frames - output.len());
            let mut gains = wanted.map(|gain| [gain; GRID_FRAMES]);
            Instructions::current().run(Follow { lanes, gains: &mut gains, frames: count });
            output.extend((0..count).map(|frame| gains.map(|block| block[frame])));
        }
        output
    }

    /// The frames until a gain has covered 63.2 % of a way, between two frames by its logarithm.
    fn time(gains: &[f32], from: f64, to: f64) -> f64 {
        let left = |gain: f32| ((f64::from(gain) - to) / (from - to)).ln();
        let after = gains.iter().position(|gain| left(*gain) <= -1.0).unwrap();
        let (before, then) = (if after == 0 { 0.0 } else { left(gains[after - 1]) }, left(gains[after]));
        after as f64 + (before + 1.0) / (before - then)
    }

    #[test]
    fn attack_and_release_take_their_time_at_every_rate() {
        for rate in [22_050.0, 44_100.0, 48_000.0, 96_000.0, 192_000.0, 384_000.0] {
            for (attack_ms, release_ms) in [(0.05, 5.0), (1.0, 50.0), (10.0, 120.0), (200.0, 5.0), (500.0, 900.0)] {
                let (attack, release) = (share_in_frame(attack_ms, rate), share_in_frame(release_ms, rate));
                let modes = [CompressorMode::Compress, CompressorMode::Expand, CompressorMode::Upward];
                let lane = |mode| Lane { gain: 0.0, speeds: Speeds::of(mode, attack, release) };
                let mut lanes = [lane(modes[0]), lane(modes[1]), lane(modes[2]), lane(modes[0])];
                // Gain falls by an octave, or rises by half of one, and goes back.
                let frames = (5.0 * attack_ms.max(release_ms) * 1e-3 * rate) as usize + 10;
                let wanted = [-1.0, -1.0, 0.5, 0.5];
                let there = followed(&mut lanes, wanted, frames, 64);
                let from = lanes.map(|lane| lane.gain);
                let back = followed(&mut lanes, [0.0; 4], frames, 64);
                for at in 0..TOGETHER {
                    let of = |gains: &[[f32; 4]]| gains.iter().map(|gains| gains[at]).collect::<Vec<f32>>();
                    let found = [time(&of(&there), 0.0, f64::from(wanted[at])), time(&of(&back), from[at], 0.0)];
                    let expected_ms = if at == 0 { [attack_ms, release_ms] } else { [release_ms, attack_ms] };
                    for (found, expected_ms) in found.into_iter().zip(expected_ms) {
                        let expected = expected_ms * 1e-3 * rate;
                        // The definition leaves nothing open but the rounding of gains to f32.
                        assert!((found / expected - 1.0).abs() < 1e-3, "{rate} Hz, lane {at}: {found} for {expected}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_cut_does_not_matter_and_what_has_returned_is_none() {
        let speeds = Speeds { falling: 0.3, rising: 0.01 };
        let mut pair = [[Lane { gain: -3.0, speeds }; TOGETHER]; 2];
        let wanted = [-1.0, 0.0, 1.0, -8.0];
        assert_eq!(followed(&mut pair[0], wanted, 640, 64), followed(&mut pair[1], wanted, 640, 7));
        let mut lane = Lane { gain: -1e-9, speeds };
        lane.tidy();
        assert_eq!(lane.gain, 0.0);
    }
}
