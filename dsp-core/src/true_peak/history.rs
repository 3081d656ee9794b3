//! The frames that a window's readings can depend on, and the largest magnitudes of their blocks: all that the bound of
//! the groups reads.
//!
//! A vector that is read across what has just been written must wait until all of it has reached the cache, which would
//! take longer than everything else here. So nothing is read back that was written for the same hop, and everything lies
//! in a line that is moved back to its start every [`HOPS_A_MOVE`] hops only.

use super::bound::{BLOCKS, Bound, GROUPS, REACH_BLOCKS, ROUNDING};
use super::kernel::larger;
use super::{GROUP_FRAMES, HISTORY_FRAMES, HOP_FRAMES, PADDING_FRAMES};
use crate::dispatch::{Instructions, Kernel, Vector, load_each};

/// Hops until everything is moved back.
const HOPS_A_MOVE: usize = 8;

/// Room for what grows until then, in frames and in blocks.
const ROOM_FRAMES: usize = (HOPS_A_MOVE - 1) * HOP_FRAMES;
const ROOM_BLOCKS: usize = ROOM_FRAMES / GROUP_FRAMES;

/// Frames and blocks that were there before the newest hop.
const OLD_FRAMES: usize = HISTORY_FRAMES - HOP_FRAMES;
const OLD_BLOCKS: usize = BLOCKS - GROUPS;

/// A number of each block, the ones still to come 0.
type Blocks = [f32; BLOCKS + ROOM_BLOCKS];

/// The history of one channel.
#[derive(Clone)]
pub(super) struct History {
    /// Where the oldest of the last [`HISTORY_FRAMES`] frames lies.
    start: usize,
    frames: [f32; HISTORY_FRAMES + ROOM_FRAMES + PADDING_FRAMES],
    /// The largest magnitude of the samples at 8 b to 8 b + 8; of the newest block, to 8 b + 7.
    samples: Blocks,
    /// Of the second differences at 8 b - 1 to 8 b + 6, and of two more where a hop begins.
    curvature: Blocks,
}

/// What is known of a window when its last hop was taken.
#[derive(Clone)]
pub(super) struct Taken {
    /// The largest sample of the hop.
    pub(super) sample_peak: f32,
    /// The largest sample of each group of the window, the one after it included.
    pub(super) samples: [f32; GROUPS],
    /// The largest of them.
    pub(super) largest_sample: f32,
    /// Upper bounds of each group of the window.
    pub(super) bounds: [f32; GROUPS],
    /// The highest of them.
    pub(super) highest_bound: f32,
    /// What rounding adds at most to a value that is interpolated.
    pub(super) rounding: f32,
}

impl Taken {
    pub(super) const fn silent() -> Self {
        let (samples, bounds) = ([0.0; GROUPS], [0.0; GROUPS]);
        Self { sample_peak: 0.0, samples, largest_sample: 0.0, bounds, highest_bound: 0.0, rounding: 0.0 }
    }
}

impl History {
    pub(super) const fn silent() -> Self {
        Self {
            start: 0,
            frames: [0.0; HISTORY_FRAMES + ROOM_FRAMES + PADDING_FRAMES],
            samples: [0.0; BLOCKS + ROOM_BLOCKS],
            curvature: [0.0; BLOCKS + ROOM_BLOCKS],
        }
    }

    /// The last [`HISTORY_FRAMES`] frames, oldest first, and some that only fill the vectors.
    #[inline(always)]
    pub(super) fn frames(&self) -> &[f32] {
        &self.frames[self.start..self.start + HISTORY_FRAMES + PADDING_FRAMES]
    }

    /// Takes a hop and tells what is then known of the window.
    #[inline(always)]
    pub(super) fn take(
        &mut self,
        instructions: Instructions,
        bound: &Bound,
        hop: &[f32; HOP_FRAMES],
        taken: &mut Taken,
    ) {
        if self.start == ROOM_FRAMES {
            self.move_back();
        } else {
            self.start += HOP_FRAMES;
        }
        let block = self.start / GROUP_FRAMES;
        if let (Some(frames), Some(samples), Some(curvature)) = (
            self.frames[self.start..].first_chunk_mut(),
            self.samples[block..].first_chunk_mut(),
            self.curvature[block..].first_chunk_mut(),
        ) {
            instructions.run(Take { bound, hop, frames, samples, curvature, taken });
        }
    }

    /// Moves all but the oldest hop to the start.
    fn move_back(&mut self) {
        let block = self.start / GROUP_FRAMES;
        self.frames.copy_within(self.start + HOP_FRAMES..self.start + HISTORY_FRAMES, 0);
        for blocks in [&mut self.samples, &mut self.curvature] {
            blocks.copy_within(block + GROUPS..block + BLOCKS, 0);
            blocks[OLD_BLOCKS..].fill(0.0);
        }
        self.start = 0;
    }
}

/// Writes a hop behind the history, its blocks too, and bounds the window's groups.
struct Take<'a> {
    bound: &'a Bound,
    hop: &'a [f32; HOP_FRAMES],
    frames: &'a mut [f32; HISTORY_FRAMES],
    samples: &'a mut [f32; BLOCKS],
    curvature: &'a mut [f32; BLOCKS],
    taken: &'a mut Taken,
}

impl Kernel for Take<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        if V::WIDTH > GROUPS {
            self.with::<V::Half>();
        } else {
            self.with::<V>();
        }
    }
}

impl Take<'_> {
    #[inline(always)]
    fn with<V: Vector>(self) {
        let Self { bound, hop, frames, samples, curvature, taken } = self;
        let new_curvature = hop_curvature::<V>([frames[OLD_FRAMES - 2], frames[OLD_FRAMES - 1]], hop);
        let new_samples = V::maxima_of_eights(hop);
        taken.sample_peak = largest::<V>(&new_samples);
        let mut old = V::load(samples, OLD_BLOCKS - V::WIDTH);
        for block in (0..OLD_BLOCKS - V::WIDTH).step_by(V::WIDTH) {
            old = old.larger(V::load(samples, block));
        }
        let largest_sample = larger(old.largest(), taken.sample_peak);
        taken.rounding = ROUNDING * largest_sample;
        for group in (0..GROUPS).step_by(V::WIDTH) {
            V::load(samples, REACH_BLOCKS + group).store(&mut taken.samples, group);
        }
        taken.bounds = bound.of::<V>(curvature, &new_curvature, &taken.samples, largest_sample);
        taken.highest_bound = largest::<V>(&taken.bounds);
        taken.largest_sample = largest::<V>(&taken.samples);
        for place in (0..HOP_FRAMES).step_by(V::WIDTH) {
            V::load(hop, place).store(frames, OLD_FRAMES + place);
        }
        curvature[OLD_BLOCKS..].copy_from_slice(&new_curvature);
        samples[OLD_BLOCKS - 1] = larger(samples[OLD_BLOCKS - 1], hop[0].abs());
        for block in 0..GROUPS - 1 {
            samples[OLD_BLOCKS + block] = larger(new_samples[block], hop[(block + 1) * GROUP_FRAMES].abs());
        }
        samples[BLOCKS - 1] = new_samples[GROUPS - 1];
    }
}

/// The largest second difference of each block of a hop after the two frames `before`.
#[inline(always)]
fn hop_curvature<V: Vector>(before: [f32; 2], hop: &[f32; HOP_FRAMES]) -> [f32; GROUPS] {
    let mut bends = [0.0; HOP_FRAMES];
    for place in (0..HOP_FRAMES).step_by(V::WIDTH) {
        // The first block's own begin two frames before the hop: those two come apart, and two of the next block besides.
        let at = if place < GROUP_FRAMES { place } else { place - 2 };
        let [first, middle, last] = load_each::<V, _>(hop, [at, at + 1, at + 2]);
        first.sub(middle).add(last.sub(middle)).store(&mut bends, place);
    }
    let bend = |first: f32, middle: f32, last: f32| ((first - middle) + (last - middle)).abs();
    let across = larger(bend(before[0], before[1], hop[0]), bend(before[1], hop[0], hop[1]));
    // What stands there is of the second block as well.
    bends[GROUP_FRAMES - 1] = larger(bends[GROUP_FRAMES - 1].abs(), across);
    V::maxima_of_eights(&bends)
}

/// The largest of eight numbers, at most eight to a vector.
#[inline(always)]
fn largest<V: Vector>(values: &[f32; GROUPS]) -> f32 {
    V::load(values, 0).larger(V::load(values, GROUPS - V::WIDTH)).largest()
}
