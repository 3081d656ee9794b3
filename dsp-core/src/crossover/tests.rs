//! Questions to the whole crossover.

mod blocks;
mod limits;
mod motion;
mod response;
mod sides;

use super::{Bands, Crossover, CrossoverPhase};
use crate::dispatch::Instructions;
use crate::processor::{GRID_FRAMES, Spec};

/// Both channels.
type Stereo = [Vec<f32>; 2];

/// Crossovers that are asked for at a frame; the bands are one more.
type Change = (usize, Vec<f32>);

/// What comes of a division.
struct Divided {
    whole: Stereo,
    /// All that there can be; those that there are not are silent.
    bands: Vec<Stereo>,
    latency: usize,
}

impl Divided {
    /// Every signal, the whole first.
    fn all(&self) -> impl Iterator<Item = &Vec<f32>> {
        self.whole.iter().chain(self.bands.iter().flatten())
    }

    fn bits(&self) -> Vec<Vec<u32>> {
        self.all().map(|signal| signal.iter().map(|sample| sample.to_bits()).collect()).collect()
    }
}

/// A crossover for both channels at these corners.
fn crossover(phase: CrossoverPhase, sample_rate: f64, set: Instructions, crossover_hz: &[f32]) -> Crossover {
    let mut crossover = Crossover::on(set);
    crossover.set(crossover_hz.len() + 1, crossover_hz);
    crossover.prepare(&Spec { sample_rate, max_block: 4096, channels: 2 }, phase).unwrap();
    crossover
}

/// What a crossover makes of a stereo signal in blocks of the lengths given, by turns, with changes at frames.
fn divide(crossover: &mut Crossover, input: &Stereo, blocks: &[usize], changes: &[Change]) -> Divided {
    let frames = input[0].len();
    let silence = || [vec![0.0; frames], vec![0.0; frames]];
    let mut divided =
        Divided { whole: silence(), bands: (0..6).map(|_| silence()).collect(), latency: crossover.latency() };
    let mut made = Bands::default();
    let mut blocks = blocks.iter().cycle();
    let mut start = 0;
    let mut block_end = 0;
    while start < frames {
        if let Some((_, crossover_hz)) = changes.iter().find(|(frame, _)| *frame == start) {
            crossover.set(crossover_hz.len() + 1, crossover_hz);
        }
        if start == block_end {
            block_end += blocks.next().copied().unwrap_or(GRID_FRAMES);
        }
        let next = changes.iter().map(|(frame, _)| *frame).filter(|frame| *frame > start).min().unwrap_or(frames);
        let end = next.min(frames).min(block_end).min((start / GRID_FRAMES + 1) * GRID_FRAMES);
        crossover.split(&[&input[0][start..end], &input[1][start..end]], &mut made);
        for lane in 0..2 {
            divided.whole[lane][start..end].copy_from_slice(&made.whole[lane][..end - start]);
            for (band, made) in divided.bands.iter_mut().zip(&made.band[..made.count]) {
                band[lane][start..end].copy_from_slice(&made[lane][..end - start]);
            }
        }
        start = end;
    }
    divided
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

/// The farthest that two signals are apart.
fn distance<'a>(one: impl IntoIterator<Item = &'a f32>, other: impl IntoIterator<Item = &'a f32>) -> f32 {
    one.into_iter().zip(other).map(|(one, other)| (one - other).abs()).fold(0.0, f32::max)
}

/// How far the bands' sum is from the whole, of the largest sample.
fn sum_error(divided: &Divided) -> f64 {
    let (mut error, mut peak) = (0f64, 0f64);
    for lane in 0..2 {
        for (frame, whole) in divided.whole[lane].iter().enumerate() {
            let sum: f64 = divided.bands.iter().map(|band| f64::from(band[lane][frame])).sum();
            error = error.max((sum - f64::from(*whole)).abs());
            peak = peak.max(f64::from(whole.abs()));
        }
    }
    error / peak
}
