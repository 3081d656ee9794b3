//! Levels held: the maximum over the last groups of frames and over the group so far, for every frame.
//!
//! A window of H groups covers H whole groups of 8 frames before the frame's own, and its own up to the frame: 8 H + 1 to
//! 8 H + 8 frames. So a rise is seen in the frame in which it comes, and a half-wave that the window covers reads its peak
//! throughout.

use super::course::Block;
use crate::dispatch::{Kernel, Vector};
use crate::dynamics::GROUP_FRAMES;
use crate::processor::GRID_FRAMES;

/// Groups in a slot of the grid; the shortest window.
pub(super) const GROUPS: usize = GRID_FRAMES / GROUP_FRAMES;

/// A maximum over the last frames of a stream of levels, 0 or above.
#[derive(Clone, Debug)]
pub(super) struct Hold {
    /// The levels of the last frames before the run.
    recent: [f32; GROUP_FRAMES],
    /// The maxima of the last groups, in a ring as long as a power of two.
    groups: Box<[f32]>,
    /// The maxima of the last slots, in a ring.
    slots: Box<[f32]>,
    /// The counter of the slot's first group.
    next: usize,
    /// Groups of the window, and how many there shall be: a window grows no faster than time passes, so that nothing that
    /// was forgotten comes back.
    window: usize,
    wanted: usize,
    /// For each group of the slot, the maximum of what its window covers before the slot.
    before: [f32; GROUPS],
    /// The maximum of the slot's groups that have passed.
    inside: f32,
}

impl Hold {
    /// A maximum over up to `longest` groups; allocates.
    pub(super) fn new(longest: usize) -> Self {
        let length = (longest + 2 * GROUPS).next_power_of_two();
        let mut hold = Self {
            recent: [0.0; GROUP_FRAMES],
            groups: vec![0.0; length].into_boxed_slice(),
            slots: vec![0.0; length / GROUPS].into_boxed_slice(),
            next: 0,
            window: GROUPS,
            wanted: GROUPS,
            before: [0.0; GROUPS],
            inside: 0.0,
        };
        hold.restart();
        hold
    }

    /// Forgets all levels.
    pub(super) fn restart(&mut self) {
        self.recent = [0.0; GROUP_FRAMES];
        self.next = self.groups.len();
        // A window that has just begun covers no more than the slot before the first.
        self.groups[self.next - GROUPS..].fill(0.0);
        self.slots[self.slots.len() - 1] = 0.0;
        self.window = GROUPS;
        self.inside = 0.0;
    }

    /// Takes the maximum over `groups` groups, at least [`GROUPS`], from the next slot on.
    pub(super) fn aim(&mut self, groups: usize) {
        self.wanted = groups.clamp(GROUPS, self.groups.len() - 2 * GROUPS);
    }

    /// Levels to held levels, in place, from a place in the slot on.
    #[inline(always)]
    fn run<V: Vector>(&mut self, levels: &mut Block, frames: usize, place: usize) {
        if place == 0 {
            self.begin_slot();
        }
        let newest = self.hold_in_groups(levels, frames);
        if frames == GRID_FRAMES {
            let groups = levels.as_chunks_mut::<GROUP_FRAMES>().0.iter_mut().zip(newest.as_chunks::<GROUP_FRAMES>().0);
            for (group, (levels, newest)) in groups.enumerate() {
                self.hold_group(group, true, levels, newest);
            }
        } else {
            let mut start = 0;
            while start < frames {
                let group = (place + start) / GROUP_FRAMES;
                let group_end = (group + 1) * GROUP_FRAMES - place;
                let end = group_end.min(frames);
                self.hold_group(group, end == group_end, &mut levels[start..end], &newest[start..end]);
                start = end;
            }
        }
        if place + frames == GRID_FRAMES {
            self.slots[(self.next / GROUPS) & (self.slots.len() - 1)] = self.inside;
            self.inside = 0.0;
            self.next += GROUPS;
        }
    }

    /// Levels of one group of the slot, or of a part of it that may end it.
    #[inline(always)]
    fn hold_group(&mut self, group: usize, is_end: bool, levels: &mut [f32], newest: &[f32]) {
        let past = larger(self.before[group], self.inside);
        for (level, newest) in levels.iter_mut().zip(newest) {
            *level = larger(*newest, past);
        }
        if is_end {
            let highest = newest[newest.len() - 1];
            let mask = self.groups.len() - 1;
            self.groups[(self.next + group) & mask] = highest;
            self.inside = larger(self.inside, highest);
        }
    }

    /// The maximum of each frame and the seven before it: those belong to its group, or to the group before, which every
    /// window covers.
    #[inline(always)]
    fn hold_in_groups(&mut self, levels: &Block, frames: usize) -> Block {
        const LENGTH: usize = GROUP_FRAMES + GRID_FRAMES;
        let mut one = [0.0; LENGTH];
        one[..GROUP_FRAMES].copy_from_slice(&self.recent);
        one[GROUP_FRAMES..].copy_from_slice(levels);
        self.recent.copy_from_slice(&one[frames..frames + GROUP_FRAMES]);
        let (mut two, mut four, mut eight) = ([0.0; LENGTH - 1], [0.0; LENGTH - 3], [0.0; GRID_FRAMES]);
        for frame in 0..LENGTH - 1 {
            two[frame] = larger(one[frame], one[frame + 1]);
        }
        for frame in 0..LENGTH - 3 {
            four[frame] = larger(two[frame], two[frame + 2]);
        }
        for frame in 0..GRID_FRAMES {
            eight[frame] = larger(four[frame + 1], four[frame + 5]);
        }
        eight
    }

    #[inline(always)]
    fn begin_slot(&mut self) {
        self.window = self.wanted.min(self.window + GROUPS);
        let (mask, next) = (self.groups.len() - 1, self.next);
        let oldest = next + GROUPS - 1 - self.window;
        let edge = oldest.next_multiple_of(GROUPS).min(next);
        let mut highest = 0.0;
        for group in oldest..edge {
            highest = larger(highest, self.groups[group & mask]);
        }
        let slot_mask = self.slots.len() - 1;
        let (first, last) = (edge / GROUPS, next / GROUPS);
        // As whole numbers the levels are in the same order, and vectors have their maximum.
        let mut bits = highest.to_bits();
        let wrapped = (first & slot_mask) + (last - first);
        let whole = &self.slots[first & slot_mask..wrapped.min(self.slots.len())];
        let rest = &self.slots[..wrapped.saturating_sub(self.slots.len())];
        for slot in whole.iter().chain(rest) {
            bits = bits.max(slot.to_bits());
        }
        self.before[GROUPS - 1] = f32::from_bits(bits);
        for group in (0..GROUPS - 1).rev() {
            self.before[group] = larger(self.before[group + 1], self.groups[(next + group - self.window) & mask]);
        }
    }
}

#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// Levels to held levels, in place.
pub(super) struct HoldLevels<'a> {
    pub(super) hold: &'a mut Hold,
    pub(super) levels: &'a mut Block,
    /// How many frames of the block are levels, and where they stand in the slot.
    pub(super) frames: usize,
    pub(super) place: usize,
}

impl Kernel for HoldLevels<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        self.hold.run::<V>(self.levels, self.frames, self.place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dispatch::Instructions;

    fn levels(count: usize) -> Vec<f32> {
        let mut state = 5u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 60) as f32 - 6.0).max(0.0) * (state >> 40) as f32
        };
        (0..count).map(|_| next()).collect()
    }

    fn held(hold: &mut Hold, levels: &[f32], cut: usize) -> Vec<f32> {
        let mut output = levels.to_vec();
        let mut start = 0;
        while start < output.len() {
            let frames = (GRID_FRAMES - start % GRID_FRAMES).min(cut).min(output.len() - start);
            let mut block = [f32::MAX; GRID_FRAMES];
            block[..frames].copy_from_slice(&output[start..start + frames]);
            let place = start % GRID_FRAMES;
            Instructions::current().run(HoldLevels { hold, levels: &mut block, frames, place });
            output[start..start + frames].copy_from_slice(&block[..frames]);
            start += frames;
        }
        output
    }

    #[test]
    fn every_frame_reads_the_maximum_of_brute_force_however_the_stream_is_cut() {
        let levels = levels(3000);
        for window in [8, 9, 11, 15, 16, 17, 40, 61] {
            for cut in [1, 7, 64] {
                let mut hold = Hold::new(61);
                hold.aim(window);
                held(&mut hold, &[1e9; 777], 64);
                hold.restart();
                let found = held(&mut hold, &levels, cut);
                for (frame, found) in found.iter().enumerate() {
                    let oldest = (frame / GROUP_FRAMES).saturating_sub(window) * GROUP_FRAMES;
                    let expected = levels[oldest..=frame].iter().fold(0.0, |most: f32, level| most.max(*level));
                    assert_eq!(*found, expected, "window {window}, cut {cut}, frame {frame}");
                }
            }
        }
    }

    #[test]
    fn a_window_that_grows_brings_nothing_back() {
        let mut hold = Hold::new(100);
        let mut stream = vec![0.0; 1920];
        stream[0] = 1.0;
        let before = held(&mut hold, &stream[..640], 64);
        // The group of the first frame and 8 more.
        assert_eq!(before.iter().position(|level| *level == 0.0), Some(72));
        hold.aim(100);
        assert!(held(&mut hold, &stream[640..], 64).iter().all(|level| *level == 0.0));
    }
}
