//! The last 10 s of an insert as columns: what the lanes of the limiter draw.
//!
//! Hops of 64 frames are gathered into columns of a fixed number of hops, whose edges stand on the stream and not on the
//! display: a column looks the same wherever it has scrolled to. Everything is allocated once.

use std::collections::VecDeque;

use runout_dsp_core::processor::{GRID_FRAMES, MAX_CHANNELS};
use runout_dsp_core::telemetry::HistoryReader;
use runout_dsp_core::timeline::TimelineFrame;

/// The time that is seen, s.
pub const SECONDS: f32 = 10.0;

/// The most columns of it: two for each point of a lane that is 620 points wide.
const MOST_COLUMNS: usize = 1250;

/// What is quieter is not drawn by any lane, linear: -120 dB.
const SILENCE: f32 = 1e-6;

/// What is heard instead of the limiter's output.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Monitoring {
    /// Only what is taken away is heard.
    pub delta: bool,
    /// The output is turned down by this, dB, 0 or above.
    pub turned_down_db: f32,
}

/// One column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Highest sample of all channels as heard, dBFS.
    pub output_db: f32,
    /// What it would have been without reduction, dBFS; never below the output.
    pub unlimited_db: f32,
    /// Deepest reduction, dB, 0 or below.
    pub gain_reduction_db: f32,
}

impl Column {
    const SILENT: Self = Self { output_db: f32::NEG_INFINITY, unlimited_db: f32::NEG_INFINITY, gain_reduction_db: 0.0 };

    /// The extremes of both.
    fn joined(self, other: Self) -> Self {
        Self {
            output_db: self.output_db.max(other.output_db),
            unlimited_db: self.unlimited_db.max(other.unlimited_db),
            gain_reduction_db: self.gain_reduction_db.min(other.gain_reduction_db),
        }
    }
}

/// What arrived since the last look.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Heard {
    /// Its length, s.
    pub seconds: f32,
    /// Highest sample of each channel, linear.
    pub peak: [f32; MAX_CHANNELS],
    /// Mean square of each channel.
    pub power: [f32; MAX_CHANNELS],
    /// Deepest reduction, dB, 0 or below.
    pub gain_reduction_db: f32,
}

/// The hops of the column that is being filled, linear.
#[derive(Clone, Copy, Debug, Default)]
struct Filling {
    hops: u32,
    output_peak: f32,
    unlimited_peak: f32,
    gain_reduction_db: f32,
}

impl Filling {
    fn column(&self) -> Column {
        let db = |peak: f32| 20.0 * peak.log10();
        Column {
            output_db: db(self.output_peak),
            unlimited_db: db(self.unlimited_peak),
            gain_reduction_db: self.gain_reduction_db,
        }
    }
}

/// The last 10 s. Thread: the editor's.
#[derive(Debug)]
pub struct TimelineView {
    sample_rate: f32,
    hops_per_column: u32,
    /// Whole columns, oldest first; the last 10 s and one more, which leaves at the edge.
    columns: VecDeque<Column>,
    /// Columns that have been completed: the number of the next.
    completed: u64,
    filling: Filling,
    /// Columns since something was not silent.
    quiet_columns: usize,
}

impl Default for TimelineView {
    fn default() -> Self {
        Self {
            sample_rate: 0.0,
            hops_per_column: 1,
            columns: VecDeque::with_capacity(MOST_COLUMNS + 2),
            completed: 0,
            filling: Filling::default(),
            quiet_columns: 0,
        }
    }
}

impl TimelineView {
    /// Forgets everything and takes a sample rate, Hz.
    pub fn start(&mut self, sample_rate: f32) {
        let hops = sample_rate * SECONDS / GRID_FRAMES as f32;
        self.sample_rate = sample_rate;
        self.hops_per_column = (hops / MOST_COLUMNS as f32).ceil().max(1.0) as u32;
        self.columns.clear();
        self.completed = 0;
        self.filling = Filling::default();
        self.quiet_columns = 0;
    }

    /// Takes all that has arrived. Another sample rate, Hz, starts anew.
    pub fn take(
        &mut self,
        reader: &mut HistoryReader<TimelineFrame>,
        sample_rate: f32,
        monitoring: Monitoring,
    ) -> Heard {
        if sample_rate != self.sample_rate {
            self.start(sample_rate);
        }
        let mut heard = Heard::default();
        let mut hops = 0u16;
        let turned_down = 10f32.powf(-monitoring.turned_down_db / 20.0);
        while let Some(frame) = reader.next_frame() {
            hops = hops.saturating_add(1);
            for (channel, level) in frame.channels.iter().enumerate() {
                heard.peak[channel] = heard.peak[channel].max(level.peak);
                heard.power[channel] += level.power;
            }
            heard.gain_reduction_db = heard.gain_reduction_db.min(frame.gain_reduction_db);
            self.push(&frame, turned_down, monitoring.delta);
        }
        heard.power.iter_mut().for_each(|power| *power /= f32::from(hops.max(1)));
        heard.seconds = f32::from(hops) * GRID_FRAMES as f32 / sample_rate.max(1.0);
        heard
    }

    fn push(&mut self, frame: &TimelineFrame, turned_down: f32, delta: bool) {
        let output_peak = frame.channels.iter().fold(0.0, |highest: f32, level| highest.max(level.peak));
        let unlimited_peak =
            if delta { output_peak } else { (frame.limiter_input_peak * turned_down).max(output_peak) };
        let filling = &mut self.filling;
        filling.output_peak = filling.output_peak.max(output_peak);
        filling.unlimited_peak = filling.unlimited_peak.max(unlimited_peak);
        filling.gain_reduction_db = filling.gain_reduction_db.min(frame.gain_reduction_db);
        filling.hops += 1;
        if filling.hops == self.hops_per_column {
            self.complete();
        }
    }

    fn complete(&mut self) {
        let filled = std::mem::take(&mut self.filling);
        let quiet = filled.output_peak < SILENCE && filled.gain_reduction_db > -0.01;
        self.quiet_columns = if quiet { self.quiet_columns.saturating_add(1) } else { 0 };
        // One more than fit leaves at the edge, which it may still cross.
        if self.columns.len() as f32 >= self.columns_seen() + 1.0 {
            self.columns.pop_front();
        }
        self.columns.push_back(filled.column());
        self.completed += 1;
    }

    /// How many columns 10 s are.
    fn columns_seen(&self) -> f32 {
        self.sample_rate * SECONDS / (GRID_FRAMES as f32 * self.hops_per_column as f32)
    }

    /// Whether nothing that is seen will change its place or shape in silence.
    pub fn is_at_rest(&self) -> bool {
        self.quiet_columns as f32 > self.columns_seen() || self.columns.is_empty()
    }

    /// The deepest reduction that is seen, dB, 0 or below.
    pub fn deepest_db(&self) -> f32 {
        self.columns.iter().map(|column| column.gain_reduction_db).fold(self.filling.gain_reduction_db, f32::min)
    }

    /// The columns that are seen, oldest first, each with its place: 0 is 10 s ago, 1 is now. At most `most` come, neighbors
    /// joined by their numbers, so that a column is joined with the same ones wherever it has scrolled to. The last is the
    /// one that is being filled.
    pub fn columns(&self, most: usize) -> impl Iterator<Item = (f32, Column)> + '_ {
        let seen = self.columns_seen().max(1.0);
        let joined = (seen / most.max(1) as f32).ceil().max(1.0) as u64;
        let filled = self.filling.hops as f32 / self.hops_per_column as f32;
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
            let joined_column = columns.fold(Column::SILENT, |sum, column| sum.joined(*column));
            (place(start, end - start), joined_column)
        };
        let now = (self.filling.hops > 0).then(|| (1.0, self.filling.column()));
        groups.map(of_group).chain(now)
    }
}

#[cfg(test)]
mod tests;
