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
    /// For each of the last groups the maximum from it to the end of its slot, in a ring as long as a power of two.
    suffixes: Box<[f32]>,
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
    /// The maxima of the slot's groups, of all that have ended, and of the one that has not.
    groups: [f32; GROUPS],
    inside: f32,
    rising: f32,
}

impl Hold {
    /// A maximum over up to `longest` groups; allocates.
    pub(super) fn new(longest: usize) -> Self {
        let length = (longest + 2 * GROUPS).next_power_of_two();
        Self {
            suffixes: vec![0.0; length].into_boxed_slice(),
            slots: vec![0.0; length / GROUPS].into_boxed_slice(),
            next: length,
            window: GROUPS,
            wanted: GROUPS,
            before: [0.0; GROUPS],
            groups: [0.0; GROUPS],
            inside: 0.0,
            rising: 0.0,
        }
    }

    /// Forgets all levels.
    pub(super) fn restart(&mut self) {
        self.next = self.suffixes.len();
        // A window that has just begun grows to two slots before it covers more than there has been.
        self.suffixes[self.next - 2 * GROUPS..].fill(0.0);
        let length = self.slots.len();
        self.slots[length - 2..].fill(0.0);
        self.window = GROUPS;
        (self.inside, self.rising) = (0.0, 0.0);
    }

    /// Takes the maximum over `groups` groups, at least [`GROUPS`], from the next slot on.
    pub(super) fn aim(&mut self, groups: usize) {
        self.wanted = groups.clamp(GROUPS, self.suffixes.len() - 2 * GROUPS);
    }

    /// Levels to held levels, in place, from a place in the slot on.
    #[inline(always)]
    fn run<V: Vector>(&mut self, levels: &mut Block, frames: usize, place: usize) {
        if place == 0 {
            self.begin_slot();
        }
        if frames == GRID_FRAMES {
            V::rise_in_eights(levels);
            for (group, levels) in levels.as_chunks_mut::<GROUP_FRAMES>().0.iter_mut().enumerate() {
                let highest = levels[GROUP_FRAMES - 1];
                let past = larger(self.before[group], self.inside);
                for level in levels {
                    *level = larger(*level, past);
                }
                self.groups[group] = highest;
                self.inside = larger(self.inside, highest);
            }
        } else {
            for (frame, level) in (place..).zip(&mut levels[..frames]) {
                let group = frame / GROUP_FRAMES;
                self.rising = larger(self.rising, *level);
                *level = larger(self.rising, larger(self.before[group], self.inside));
                if frame % GROUP_FRAMES == GROUP_FRAMES - 1 {
                    self.groups[group] = self.rising;
                    self.inside = larger(self.inside, self.rising);
                    self.rising = 0.0;
                }
            }
        }
        if place + frames == GRID_FRAMES {
            self.end_slot();
        }
    }

    #[inline(always)]
    fn begin_slot(&mut self) {
        self.window = self.wanted.min(self.window + GROUPS);
        let (oldest, slot_mask) = (self.next - self.window, self.slots.len() - 1);
        // What every group of the slot covers begins in one of two slots, at its own group; the later ones it covers whole.
        let (first, end) = (oldest / GROUPS, self.next / GROUPS);
        let (from, count) = ((first + 2) & slot_mask, end.saturating_sub(first + 2));
        let wrapped = (from + count).saturating_sub(self.slots.len());
        // As whole numbers the levels are in the same order, and vectors have their maximum.
        let mut bits = 0;
        for slot in &self.slots[from..from + count - wrapped] {
            bits = slot.to_bits().max(bits);
        }
        for slot in &self.slots[..wrapped] {
            bits = slot.to_bits().max(bits);
        }
        let later = f32::from_bits(bits);
        let second = if first + 1 < end { self.slots[(first + 1) & slot_mask] } else { 0.0 };
        let mask = self.suffixes.len() - 1;
        for (group, before) in self.before.iter_mut().enumerate() {
            let whole = if oldest % GROUPS + group < GROUPS { larger(second, later) } else { later };
            *before = larger(whole, self.suffixes[(oldest + group) & mask]);
        }
    }

    #[inline(always)]
    fn end_slot(&mut self) {
        let first = self.next & (self.suffixes.len() - 1);
        let mut highest = 0.0;
        for (suffix, group) in self.suffixes[first..first + GROUPS].iter_mut().zip(&self.groups).rev() {
            highest = larger(highest, *group);
            *suffix = highest;
        }
        self.slots[(self.next / GROUPS) & (self.slots.len() - 1)] = highest;
        self.inside = 0.0;
        self.next += GROUPS;
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
