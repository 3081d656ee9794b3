//! Questions to the whole processor.

mod blocks;
mod modulation;
mod parts;
mod response;
mod stability;

use super::ZeroLatency;
use crate::dispatch::Instructions;
use crate::planar::with_frames;
use crate::processor::{Processor, Spec};
use crate::settings::{BandShape, EqualizerBand, EqualizerParams};

/// Both channels.
type Stereo = [Vec<f32>; 2];

/// An enabled band.
fn band(shape: BandShape, frequency_hz: f32, gain_db: f32, q: f32) -> EqualizerBand {
    EqualizerBand { enabled: true, shape, frequency_hz, gain_db, q, ..EqualizerBand::default() }
}

/// Parameters with these bands, in slots that are not next to each other.
fn params(bands: &[EqualizerBand]) -> EqualizerParams {
    let mut params = EqualizerParams::default();
    for (slot, band) in params.bands.iter_mut().step_by(2).zip(bands) {
        *slot = *band;
    }
    params
}

/// What comes of a stereo signal in blocks of the lengths given, by turns, with parameters that change at frames.
fn played(
    sample_rate: f64,
    instructions: Instructions,
    input: &Stereo,
    blocks: &[usize],
    changes: &[(usize, EqualizerParams)],
) -> Stereo {
    let mut processor = ZeroLatency::on(instructions);
    processor.prepare(&Spec { sample_rate, max_block: 4096, channels: 2 }).unwrap();
    let [mut left, mut right] = input.clone();
    let mut channels: [&mut [f32]; 2] = [&mut left, &mut right];
    let frames = channels[0].len();
    let mut blocks = blocks.iter().cycle();
    let mut start = 0;
    while start < frames {
        if let Some((_, params)) = changes.iter().find(|(frame, _)| *frame == start) {
            processor.set_params(params);
        }
        let next = changes.iter().map(|(frame, _)| *frame).filter(|frame| *frame > start).min().unwrap_or(frames);
        let end = next.min(frames).min(start + blocks.next().copied().unwrap_or(64));
        with_frames(&mut channels, start..end, |part| processor.process(part));
        start = end;
    }
    [left, right]
}

/// White noise from a seed, and something else on the other channel.
fn noise(frames: usize, mut seed: u64) -> Stereo {
    let mut next = || {
        // Knuth's multiplier; the upper bits are as good as a test needs.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 40) as f32 / (1u64 << 23) as f32 - 1.0
    };
    let left: Vec<f32> = (0..frames).map(|_| next()).collect();
    let right = left.iter().map(|left| 0.5 * left + 0.5 * next()).collect();
    [left, right]
}
