//! The RMS level over a window of exactly some frames.
//!
//! Within a slot of the grid a sum of squares gains what comes and loses what leaves; every slot begins with a sum made
//! anew of additions alone, so that nothing drifts, however long a stream and however loud what has left.

use super::course::Block;
use crate::dispatch::{Kernel, Vector};
use crate::processor::GRID_FRAMES;

/// The mean square that is silence: -360 dBFS, long before it could become subnormal.
const SILENCE: f32 = 1e-36;

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

    /// The samples that leave the window while `count` come.
    #[inline(always)]
    fn leaving(&self, count: usize) -> Block {
        let mut leaving = [0.0; GRID_FRAMES];
        let oldest = self.next.wrapping_sub(self.window);
        // Before the first frame there was silence.
        let silent = self.first.saturating_sub(oldest).min(count);
        if silent < count {
            let start = (oldest + silent) & (self.length - 1);
            let to_end = (count - silent).min(self.length - start);
            let (before_end, from_begin) = leaving[silent..count].split_at_mut(to_end);
            before_end.copy_from_slice(&self.samples[start..start + to_end]);
            from_begin.copy_from_slice(&self.samples[..from_begin.len()]);
        }
        leaving
    }

    /// Takes samples; returns their squares, and how much more comes with each than leaves.
    #[inline(always)]
    fn take(&mut self, samples: &[f32]) -> [[f64; GRID_FRAMES]; 2] {
        if self.next.is_multiple_of(GRID_FRAMES) {
            self.sum = self.anew();
            self.inside = 0.0;
            let used = (self.next & (self.length - 1)) + GRID_FRAMES;
            if self.samples.len() < used {
                self.samples.resize(used, 0.0);
            }
        }
        // A slot of the grid is a piece of the ring.
        let start = self.next & (self.length - 1);
        self.samples[start..start + samples.len()].copy_from_slice(samples);
        let leaving = self.leaving(samples.len());
        self.next += samples.len();
        let (mut squares, mut differences) = ([0.0; GRID_FRAMES], [0.0; GRID_FRAMES]);
        for (frame, sample) in samples.iter().enumerate() {
            squares[frame] = squared(*sample);
            differences[frame] = squares[frame] - squared(leaving[frame]);
        }
        [squares, differences]
    }

    /// Sums to levels.
    #[inline(always)]
    fn end(&mut self, sums: &[f64; GRID_FRAMES], levels: &mut Block) {
        if self.next.is_multiple_of(GRID_FRAMES) {
            self.slots[(self.next / GRID_FRAMES - 1) & (self.slots.len() - 1)] = self.inside;
        }
        let each = 1.0 / self.window as f64;
        for (level, sum) in levels.iter_mut().zip(sums) {
            let mean = (sum * each) as f32;
            *level = (if mean > SILENCE { mean } else { 0.0 }).sqrt();
        }
    }
}

#[inline(always)]
fn squared(sample: f32) -> f64 {
    f64::from(sample) * f64::from(sample)
}

/// Samples of both channels to RMS levels, in place.
pub(super) struct MeanSquare<'a> {
    pub(super) boxcars: &'a mut [Boxcar; 2],
    pub(super) levels: &'a mut [Block; 2],
    pub(super) frames: usize,
}

impl Kernel for MeanSquare<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let Self { boxcars: [left, right], levels: [left_levels, right_levels], frames } = self;
        let taken = [left.take(&left_levels[..frames]), right.take(&right_levels[..frames])];
        let mut sums = [[0.0; GRID_FRAMES]; 2];
        // Both channels at once: what is carried from frame to frame takes time.
        for frame in 0..frames {
            left.inside += taken[0][0][frame];
            right.inside += taken[1][0][frame];
            left.sum += taken[0][1][frame];
            right.sum += taken[1][1][frame];
            (sums[0][frame], sums[1][frame]) = (left.sum, right.sum);
        }
        left.end(&sums[0], left_levels);
        right.end(&sums[1], right_levels);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dispatch::Instructions;

    /// The levels of a signal in the left channel, and of half of it in the right.
    fn levels(boxcars: &mut [Boxcar; 2], signal: &[f32], cut: usize) -> Vec<f32> {
        let mut output = Vec::new();
        let mut start = 0;
        while start < signal.len() {
            let frames = (GRID_FRAMES - start % GRID_FRAMES).min(cut).min(signal.len() - start);
            let mut levels = [[0.0; GRID_FRAMES]; 2];
            for (frame, sample) in signal[start..start + frames].iter().enumerate() {
                (levels[0][frame], levels[1][frame]) = (*sample, 0.5 * sample);
            }
            Instructions::current().run(MeanSquare { boxcars: &mut *boxcars, levels: &mut levels, frames });
            let [left, right] = levels.map(|levels| levels[..frames].to_vec());
            assert!(left.iter().zip(&right).all(|(left, right)| 0.5 * left == *right), "channels differ");
            output.extend_from_slice(&left);
            start += frames;
        }
        output
    }

    #[test]
    fn every_frame_reads_the_mean_of_brute_force_however_the_stream_is_cut() {
        let signal: Vec<f32> = (0..4000).map(|frame| ((frame * frame) as f32 * 0.37).sin()).collect();
        for window in [1, 22, 63, 64, 65, 300, 960] {
            for cut in [1, 7, 64] {
                let mut boxcars = [Boxcar::new(960), Boxcar::new(960)];
                levels(&mut boxcars, &[1e3; 1111], 64);
                boxcars.iter_mut().for_each(|boxcar| boxcar.restart(window));
                for (frame, level) in levels(&mut boxcars, &signal, cut).iter().enumerate() {
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
        let mut boxcars = [Boxcar::new(960), Boxcar::new(960)];
        let mut signal = vec![1e6; 2000];
        signal.resize(40_000, 0.0);
        let found = levels(&mut boxcars, &signal, 64);
        // In the slot in which it leaves, the rounding of its sum may be left.
        assert!(found[2000 + 960 + 64..].iter().all(|level| *level == 0.0));
    }
}
