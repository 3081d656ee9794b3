//! The RMS level over a window of exactly some frames.
//!
//! Within a slot of the grid a sum of squares gains what comes and loses what leaves; every slot begins with a sum made
//! anew of additions alone, so that nothing drifts, however long a stream and however loud what has left.

use super::course::Block;
use crate::dispatch::{Kernel, Vector};
use crate::processor::GRID_FRAMES;

/// A mean square over the last frames of one channel.
#[derive(Debug)]
pub(super) struct Boxcar {
    /// The last samples, in a ring as long as a power of two, as far as it was ever used: memory that is not touched costs
    /// nothing.
    samples: Vec<f32>,
    length: usize,
    /// The sums of squares of the last slots, in a ring.
    slots: Box<[f64]>,
    /// The counter of the next frame.
    next: usize,
    /// The counter of the first frame after the restart.
    first: usize,
    window: usize,
    /// Of the window that ends with the last frame; of the slot so far.
    sum: f64,
    inside: f64,
}

impl Boxcar {
    /// A mean over up to `longest` frames; allocates.
    pub(super) fn new(longest: usize) -> Self {
        let length = (longest + GRID_FRAMES).next_power_of_two();
        Self {
            samples: Vec::with_capacity(length),
            length,
            slots: vec![0.0; length / GRID_FRAMES].into_boxed_slice(),
            next: length,
            first: length,
            window: longest.max(1),
            sum: 0.0,
            inside: 0.0,
        }
    }

    /// Forgets all samples, and takes the mean over the last `window` frames from now on. Silence precedes them.
    pub(super) fn restart(&mut self, window: usize) {
        self.window = window.clamp(1, self.length - GRID_FRAMES);
        self.next = self.length;
        self.first = self.next;
        self.sum = 0.0;
        self.inside = 0.0;
    }

    /// The sum of what the window covers before the slot that begins.
    #[inline(always)]
    fn anew(&self) -> f64 {
        let oldest = self.first.max(self.next - self.window);
        let edge = oldest.next_multiple_of(GRID_FRAMES).min(self.next);
        let mask = self.length - 1;
        let edge_sum: f64 = (oldest..edge).map(|frame| squared(self.samples[frame & mask])).sum();
        let slot_mask = self.slots.len() - 1;
        let (from, to) = (edge / GRID_FRAMES, self.next / GRID_FRAMES);
        // Four sums that do not wait for each other.
        let mut sums = [0.0; 4];
        for slot in from..to {
            sums[slot % 4] += self.slots[slot & slot_mask];
        }
        edge_sum + (sums[0] + sums[1]) + (sums[2] + sums[3])
    }

    #[inline(always)]
    fn run(&mut self, samples: &[f32], levels: &mut Block) {
        if self.next.is_multiple_of(GRID_FRAMES) {
            self.sum = self.anew();
            self.inside = 0.0;
            let used = (self.next & (self.length - 1)) + GRID_FRAMES;
            if self.samples.len() < used {
                self.samples.resize(used, 0.0);
            }
        }
        let mask = self.length - 1;
        let mut sums = [0.0; GRID_FRAMES];
        for (sample, sum) in samples.iter().zip(&mut sums) {
            let old = self.next.wrapping_sub(self.window);
            let leaves = if old >= self.first { squared(self.samples[old & mask]) } else { 0.0 };
            let comes = squared(*sample);
            self.samples[self.next & mask] = *sample;
            self.inside += comes;
            self.sum += comes - leaves;
            *sum = self.sum;
            self.next += 1;
        }
        if self.next.is_multiple_of(GRID_FRAMES) {
            self.slots[(self.next / GRID_FRAMES - 1) & (self.slots.len() - 1)] = self.inside;
        }
        let each = 1.0 / self.window as f64;
        for (level, sum) in levels.iter_mut().zip(&sums) {
            *level = (if *sum > 0.0 { sum * each } else { 0.0 }).sqrt() as f32;
        }
    }
}

#[inline(always)]
fn squared(sample: f32) -> f64 {
    f64::from(sample) * f64::from(sample)
}

/// Samples to RMS levels.
pub(super) struct MeanSquare<'a> {
    pub(super) boxcar: &'a mut Boxcar,
    pub(super) samples: &'a [f32],
    pub(super) levels: &'a mut Block,
}

impl Kernel for MeanSquare<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        self.boxcar.run(self.samples, self.levels);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dispatch::Instructions;

    fn levels(boxcar: &mut Boxcar, signal: &[f32], cut: usize) -> Vec<f32> {
        let mut output = Vec::new();
        let mut start = 0;
        while start < signal.len() {
            let frames = (GRID_FRAMES - start % GRID_FRAMES).min(cut).min(signal.len() - start);
            let mut levels = [0.0; GRID_FRAMES];
            let samples = &signal[start..start + frames];
            Instructions::current().run(MeanSquare { boxcar, samples, levels: &mut levels });
            output.extend_from_slice(&levels[..frames]);
            start += frames;
        }
        output
    }

    #[test]
    fn every_frame_reads_the_mean_of_brute_force_however_the_stream_is_cut() {
        let signal: Vec<f32> = (0..4000).map(|frame| ((frame * frame) as f32 * 0.37).sin()).collect();
        for window in [1, 22, 63, 64, 65, 300, 960] {
            let whole = levels(&mut { Boxcar::new(960) }, &signal[..0], 64);
            assert!(whole.is_empty());
            for cut in [1, 7, 64] {
                let mut boxcar = Boxcar::new(960);
                levels(&mut boxcar, &[1e3; 1111], 64);
                boxcar.restart(window);
                for (frame, level) in levels(&mut boxcar, &signal, cut).iter().enumerate() {
                    let part = &signal[(frame + 1).saturating_sub(window)..=frame];
                    let exact = (part.iter().map(|&sample| squared(sample)).sum::<f64>() / window as f64).sqrt();
                    // The rounding to f32; beside 0, that of sums near 1 under a root.
                    assert!((f64::from(*level) - exact).abs() <= 7e-8 * exact + 1e-7, "{window}, {cut}, {frame}");
                }
            }
        }
    }

    #[test]
    fn what_was_loud_leaves_nothing_behind() {
        let mut boxcar = Boxcar::new(960);
        let mut signal = vec![1e6; 2000];
        signal.resize(40_000, 0.0);
        let found = levels(&mut boxcar, &signal, 64);
        // In the slot in which it leaves, the rounding of its sum may be left.
        assert!(found[2000 + 960 + 64..].iter().all(|level| *level == 0.0));
    }
}
