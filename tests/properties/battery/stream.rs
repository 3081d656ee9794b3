//! Streams: what is put in, how it is cut, where parameters change, and where two results differ.

use std::fmt::Debug;

use runout_dsp_core::processor::Processor;
use runout_tests::random::Random;

use super::Case;

/// How a stream is cut into blocks.
#[derive(Clone, Debug)]
pub enum Cut {
    /// Blocks of this many frames.
    Every(usize),
    /// Blocks of 0 to this many frames, from a seed.
    AtRandom(u64, usize),
}

impl Cut {
    /// The longest block, frames.
    pub fn longest(&self) -> usize {
        match *self {
            Self::Every(frames) | Self::AtRandom(_, frames) => frames,
        }
    }

    fn lengths(&self) -> impl FnMut() -> usize + use<> {
        let cut = self.clone();
        let mut random = Random::new(if let Self::AtRandom(seed, _) = cut { seed } else { 0 });
        move || match cut {
            Cut::Every(frames) => frames,
            // Short, long and empty blocks alike.
            Cut::AtRandom(_, frames) => match random.below(3) {
                0 => random.below(4),
                1 => random.below(frames.min(70) + 1),
                _ => random.below(frames + 1),
            },
        }
    }
}

/// Puts `input` through `processor`, cut as asked, with parameters that change before the frames named.
pub fn play<P: Processor>(
    processor: &mut P,
    input: &[Vec<f32>],
    cut: &Cut,
    changes: &[(usize, P::Params)],
) -> Vec<Vec<f32>> {
    let mut output = input.to_vec();
    let mut next_length = cut.lengths();
    let mut changes = changes.iter().peekable();
    let frames = input[0].len();
    let mut start = 0;
    loop {
        while let Some((_, params)) = changes.next_if(|(frame, _)| *frame == start) {
            processor.set_params(params);
        }
        if start == frames {
            return output;
        }
        let until = changes.peek().map_or(frames, |(frame, _)| *frame);
        let end = (start + next_length()).min(until);
        process(processor, &mut output, start, end);
        start = end;
    }
}

/// Processes the frames from `start` to `end` in place.
pub fn process<P: Processor>(processor: &mut P, signal: &mut [Vec<f32>], start: usize, end: usize) {
    let mut block: Vec<&mut [f32]> = signal.iter_mut().map(|channel| &mut channel[start..end]).collect();
    processor.process(&mut block);
}

/// A stream that goes through everything: bursts of noise, tones, squares, impulses, steps and silence, 5 to 40 ms each,
/// every channel its own, at levels from -80 dBFS to `highest_dbfs`.
pub fn stimulus(seed: u64, case: Case, frames: usize, highest_dbfs: f64) -> Vec<Vec<f32>> {
    (0..case.channels)
        .map(|channel| {
            let mut random = Random::new(seed ^ (channel as u64) << 32);
            let mut signal = Vec::with_capacity(frames);
            while signal.len() < frames {
                let length = (random.between(0.005, 0.04) * case.rate_hz) as usize;
                let level = 10f64.powf(random.between(-80.0, highest_dbfs).max(highest_dbfs - 40.0) / 20.0);
                segment(&mut random, level, length, &mut signal);
            }
            signal.truncate(frames);
            signal
        })
        .collect()
}

fn segment(random: &mut Random, level: f64, length: usize, signal: &mut Vec<f32>) {
    let kind = random.below(7);
    // From a few turns in the whole segment up to Nyquist.
    let step = 0.5 * 10f64.powf(random.between(-3.0, 0.0));
    for frame in 0..length {
        let turns = (frame as f64 * step).fract();
        let shape = match kind {
            0 => random.bipolar(),
            1 | 2 => (std::f64::consts::TAU * turns).sin(),
            3 => f64::from(u8::from(turns < 0.5)) * 2.0 - 1.0,
            4 => f64::from(u8::from(frame % 97 == 11)),
            5 => 1.0,
            _ => 0.0,
        };
        signal.push((level * shape) as f32);
    }
}

/// Silence.
pub fn silence(case: Case, frames: usize) -> Vec<Vec<f32>> {
    vec![vec![0.0; frames]; case.channels]
}

/// Where two streams first differ, in words; zeros of either sign are alike.
pub fn difference(expected: &[Vec<f32>], found: &[Vec<f32>]) -> Option<String> {
    expected.iter().zip(found).enumerate().find_map(|(channel, (expected, found))| {
        let frame =
            expected.iter().zip(found).position(|(a, b)| a.to_bits() != b.to_bits() && !(*a == 0.0 && *b == 0.0))?;
        Some(format!("channel {channel}, frame {frame}: {:e} for {:e}", found[frame], expected[frame]))
    })
}

/// Streams and observations are alike, or what differs, after the circumstances that `context` tells.
pub fn same<T: PartialEq + Debug>(
    expected: (&[Vec<f32>], T),
    found: (&[Vec<f32>], T),
    context: impl FnOnce() -> String,
) -> super::Outcome {
    match difference(expected.0, found.0) {
        Some(difference) => Err(format!("{}: {difference}", context())),
        None if expected.1 != found.1 => Err(format!("{}: {:?} for {:?}", context(), found.1, expected.1)),
        None => Ok(()),
    }
}
