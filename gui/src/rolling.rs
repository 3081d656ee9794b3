//! The last seconds of a stream of hops as columns.
//!
//! Hops of 64 frames are gathered into columns of a fixed number of hops, whose edges stand on the stream and not on the
//! display: a column looks the same wherever it has scrolled to. Everything is allocated once.

use std::collections::VecDeque;

use runout_dsp_core::processor::GRID_FRAMES;

/// What a column holds.
pub trait Join: Copy {
    /// The extremes of both.
    fn joined(self, other: Self) -> Self;
}

/// The last seconds. Thread: the editor's.
#[derive(Debug)]
pub struct Rolling<C> {
    /// The time that is seen, s, and the most columns of it.
    seconds: f32,
    most: usize,
    sample_rate: f32,
    hops_per_column: u32,
    /// Whole columns, oldest first; those that are seen and one more, which leaves at the edge.
    columns: VecDeque<C>,
    /// Columns that have been completed: the number of the next.
    completed: u64,
    /// Hops of the column that is being filled.
    hops: u32,
}

impl<C: Join> Rolling<C> {
    /// Room for a time in s as at most so many columns.
    pub fn new(seconds: f32, most: usize) -> Self {
        Self {
            seconds,
            most,
            sample_rate: 0.0,
            hops_per_column: 1,
            columns: VecDeque::with_capacity(most + 2),
            completed: 0,
            hops: 0,
        }
    }

    /// Forgets everything and takes a sample rate, Hz.
    pub fn start(&mut self, sample_rate: f32) {
        let hops = sample_rate * self.seconds / GRID_FRAMES as f32;
        self.sample_rate = sample_rate;
        self.hops_per_column = (hops / self.most as f32).ceil().max(1.0) as u32;
        self.columns.clear();
        self.completed = 0;
        self.hops = 0;
    }

    /// The sample rate, Hz.
    pub fn sample_rate(&self) -> f32 {
        self.sample_rate
    }

    /// Counts a hop; whether the column that is being filled is full, and to be handed to [`complete`](Self::complete).
    pub fn count_hop(&mut self) -> bool {
        self.hops += 1;
        self.hops == self.hops_per_column
    }

    /// Takes a full column.
    pub fn complete(&mut self, column: C) {
        // One more than fit leaves at the edge, which it may still cross.
        if self.columns.len() as f32 >= self.columns_seen() + 1.0 {
            self.columns.pop_front();
        }
        self.columns.push_back(column);
        self.completed += 1;
        self.hops = 0;
    }

    /// How many columns are seen.
    pub fn columns_seen(&self) -> f32 {
        self.sample_rate * self.seconds / (GRID_FRAMES as f32 * self.hops_per_column as f32)
    }

    /// The full columns, oldest first.
    pub fn full(&self) -> impl Iterator<Item = &C> {
        self.columns.iter()
    }

    /// The columns that are seen, oldest first, each with its place: 0 is the oldest time seen, 1 is now. At most `most`
    /// come, neighbors joined by their numbers, so that a column is joined with the same ones wherever it has scrolled to.
    /// The last is the one that is being filled, which is `now`.
    pub fn columns(&self, most: usize, now: C) -> impl Iterator<Item = (f32, C)> + '_ {
        let seen = self.columns_seen().max(1.0);
        let joined = (seen / most.max(1) as f32).ceil().max(1.0) as u64;
        let filled = self.hops as f32 / self.hops_per_column as f32;
        let newest = self.completed;
        // The place of the middle of a number of columns from one on.
        let place = move |first: u64, count: u64| {
            let age = (newest - first) as f32 + filled - count as f32 / 2.0;
            1.0 - age / seen
        };
        let first = self.completed - self.columns.len() as u64;
        // Whole groups only: the oldest, cut one would change while it leaves.
        let groups = first.div_ceil(joined)..self.completed.div_ceil(joined);
        let of_group = move |group: u64| {
            let start = group * joined;
            let end = (start + joined).min(newest);
            let columns = self.columns.range((start - first) as usize..(end - first) as usize);
            columns.copied().reduce(C::joined).map(|column| (place(start, end - start), column))
        };
        groups.filter_map(of_group).chain((self.hops > 0).then_some((1.0, now)))
    }
}
