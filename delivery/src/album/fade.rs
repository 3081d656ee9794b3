//! The gains at a track's edges: fades, and its halves of crossfades.
//!
//! A gain is a function of the frame alone, taken at the middle of the frame, so that a fade out is the mirror of a fade in
//! and blocks may be cut anywhere. Outside the edges samples are left as they are, to the bit.

use std::f64::consts::PI;

/// The course of a gain from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FadeShape {
    /// A straight line; the two sides of a crossfade sum to 1.
    #[default]
    Linear,
    /// A quarter of a sine; the squares of the two sides sum to 1, so that unlike material keeps its power.
    EqualPower,
    /// Half a period of a raised cosine, level at both ends; the two sides sum to 1.
    SCurve,
}

impl FadeShape {
    /// The words of an album file, in the order of [`ALL`](Self::ALL).
    pub const WORDS: [&'static str; 3] = ["linear", "equal-power", "s-curve"];

    /// Every shape.
    pub const ALL: [Self; 3] = [Self::Linear, Self::EqualPower, Self::SCurve];

    /// Gain of a frame of a fade in over `frames` frames; 1 after it.
    pub fn rising(self, frame: u64, frames: u64) -> f32 {
        if frame >= frames {
            return 1.0;
        }
        let share = (frame as f64 + 0.5) / frames as f64;
        let gain = match self {
            Self::Linear => share,
            Self::EqualPower => (share * PI / 2.0).sin(),
            Self::SCurve => 0.5 - 0.5 * (share * PI).cos(),
        };
        gain as f32
    }

    /// Gain of a frame of a fade out over `frames` frames: the mirror of [`rising`](Self::rising); 0 after it.
    pub fn falling(self, frame: u64, frames: u64) -> f32 {
        if frame >= frames { 0.0 } else { self.rising(frames - 1 - frame, frames) }
    }
}

/// One fade.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fade {
    /// Length, frames; 0 is none.
    pub frames: u64,
    /// Its course.
    pub shape: FadeShape,
}

/// All gains of a track. Where edges meet, they multiply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Envelope {
    /// Length of the track, frames; no fade is longer.
    pub frames: u64,
    /// Fade in, from the first frame.
    pub fade_in: Fade,
    /// Fade out, to the last frame.
    pub fade_out: Fade,
    /// The crossfade out of the track before, from the first frame.
    pub crossfade_in: Fade,
    /// The crossfade into the next track, to the last frame.
    pub crossfade_out: Fade,
}

impl Envelope {
    /// Gain of a frame of the track.
    pub fn gain(&self, frame: u64) -> f32 {
        let rising = |fade: Fade| fade.shape.rising(frame, fade.frames);
        let falling = |fade: Fade| match frame.checked_sub(self.frames.saturating_sub(fade.frames)) {
            Some(into) if fade.frames > 0 => fade.shape.falling(into, fade.frames),
            _ => 1.0,
        };
        rising(self.fade_in) * rising(self.crossfade_in) * falling(self.fade_out) * falling(self.crossfade_out)
    }

    /// Applies the gains to a block, one slice a channel, whose first frame is `first_frame` of the track.
    pub fn apply(&self, first_frame: u64, planes: &mut [&mut [f32]]) {
        let length = planes.first().map_or(0, |plane| plane.len());
        let head = self.fade_in.frames.max(self.crossfade_in.frames);
        let tail = self.frames.saturating_sub(self.fade_out.frames.max(self.crossfade_out.frames));
        let within = |frame: u64| usize::try_from(frame.saturating_sub(first_frame)).unwrap_or(length).min(length);
        // Between the edges there is nothing to do; edges that meet are one.
        let (head_end, tail_start) = (within(head), within(tail.max(head)));
        for frame in (0..head_end).chain(tail_start..length) {
            let gain = self.gain(first_frame + frame as u64);
            for plane in planes.iter_mut() {
                plane[frame] *= gain;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LENGTHS: [u64; 7] = [1, 2, 3, 100, 44_100, 384_001, 230_400_000];

    /// Frames all over a fade, both ends among them.
    fn frames_of(length: u64) -> impl Iterator<Item = u64> {
        (0..=1000).map(move |part| (u128::from(length - 1) * part / 1000) as u64)
    }

    #[test]
    fn the_sides_of_a_crossfade_sum_to_one() {
        for length in LENGTHS {
            for frame in frames_of(length) {
                for shape in FadeShape::ALL {
                    let (up, down) = (f64::from(shape.rising(frame, length)), f64::from(shape.falling(frame, length)));
                    let sum = if shape == FadeShape::EqualPower { up * up + down * down } else { up + down };
                    // Two roundings to f32, and squares double them: 2^-24 each.
                    assert!((sum - 1.0).abs() < 2.0f64.powi(-22), "{shape:?} {frame}/{length}: {sum}");
                }
            }
        }
    }

    #[test]
    fn a_fade_rises_without_a_step_from_nothing_to_all() {
        for shape in FadeShape::ALL {
            let length = 480;
            let gains: Vec<f64> = (0..length + 2).map(|frame| f64::from(shape.rising(frame, length))).collect();
            // The steepest of the shapes climbs pi/2 times as fast as the line.
            let most = 1.0001 * PI / 2.0 / length as f64;
            assert!(gains[0] > 0.0 && gains[0] <= most / 2.0 + 1e-6, "{shape:?} begins at {}", gains[0]);
            assert!(gains.windows(2).all(|pair| pair[1] >= pair[0] && pair[1] - pair[0] <= most), "{shape:?}");
            assert_eq!(gains[length as usize..], [1.0, 1.0]);
            let mirrored = (0..length).all(|frame| {
                shape.falling(frame, length).to_bits() == shape.rising(length - 1 - frame, length).to_bits()
            });
            assert!(mirrored && shape.falling(length, length) == 0.0);
        }
    }

    fn envelope() -> Envelope {
        Envelope {
            frames: 1000,
            fade_in: Fade { frames: 100, shape: FadeShape::SCurve },
            fade_out: Fade { frames: 300, shape: FadeShape::Linear },
            crossfade_in: Fade { frames: 50, shape: FadeShape::EqualPower },
            crossfade_out: Fade { frames: 0, shape: FadeShape::Linear },
        }
    }

    #[test]
    fn between_the_edges_every_bit_stays_and_cuts_do_not_matter() {
        let signal: Vec<f32> = (0..1000u16).map(|frame| (f32::from(frame) * 0.37).sin()).collect();
        let mut whole = [signal.clone(), signal.iter().map(|sample| -sample).collect()];
        envelope().apply(0, &mut whole.iter_mut().map(Vec::as_mut_slice).collect::<Vec<_>>());
        for (frame, &sample) in signal.iter().enumerate() {
            let gain = envelope().gain(frame as u64);
            assert_eq!(whole[0][frame].to_bits(), (sample * gain).to_bits());
            assert_eq!(whole[1][frame].to_bits(), (-sample * gain).to_bits());
            assert_eq!(gain == 1.0, (100..700).contains(&frame), "{frame}: {gain}");
        }
        for cut in [1, 7, 64, 99, 333, 999] {
            let mut cut_up = signal.clone();
            for (block, part) in cut_up.chunks_mut(cut).enumerate() {
                envelope().apply((block * cut) as u64, &mut [part]);
            }
            assert_eq!(cut_up, whole[0], "cut every {cut}");
        }
    }

    #[test]
    fn edges_that_overlap_multiply_once() {
        let fade = Fade { frames: 8, shape: FadeShape::Linear };
        let overlapping = Envelope { frames: 8, fade_in: fade, fade_out: fade, ..Envelope::default() };
        let mut ones = [1.0; 8];
        overlapping.apply(0, &mut [&mut ones]);
        let expected: Vec<f32> = (0..8).map(|k| (k as f32 + 0.5) / 8.0 * ((7 - k) as f32 + 0.5) / 8.0).collect();
        assert_eq!(ones.as_slice(), expected);
    }
}
