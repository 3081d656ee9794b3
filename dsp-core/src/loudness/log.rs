//! The whole programme since the last reset, in constant memory: what a history and a distribution are drawn from.
//!
//! One row each 100 ms of what was measured. When 4096 rows are full, pairs become one and a row stands for twice the
//! time: 6.8 minutes in tenths of a second, a day in rows of 25.6 s. The audio thread writes atomics under a sequence
//! number that is odd while it does so; the reader copies them and keeps what it had where the number has moved meanwhile
//! (H.-J. Boehm, "Can seqlocks get along with programming language memory models?", MSPC 2012). Neither waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering, fence};

use atomic_float::AtomicF32;

use super::controls::MeterControls;

/// The most rows: more than an editor has pixels.
pub const LOG_ROWS: usize = 4096;

/// The lower edge of the distribution's first bin: the absolute gate of BS.1770, LUFS.
pub const DISTRIBUTION_FROM_LUFS: f64 = super::histogram::ABSOLUTE_GATE_LUFS;

/// Width of a bin of the distribution, LU.
pub const DISTRIBUTION_BIN_LU: f64 = 0.5;

/// Bins of the distribution, up to +10 LUFS; what is louder counts in the last.
pub const DISTRIBUTION_BINS: usize = 160;

/// What a row holds before it is merged, s.
const TENTH_S: f64 = 0.1;

/// One stretch of the programme. Negative infinity is silence, or nothing yet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogRow {
    /// Highest momentary loudness in the row, LUFS.
    pub momentary_lufs: f32,
    /// Short-term loudness at the end of the row, LUFS.
    pub short_term_lufs: f32,
    /// Integrated loudness at the end of the row, LUFS.
    pub integrated_lufs: f32,
    /// Highest true peak of all channels in the row, dBTP.
    pub true_peak_dbtp: f32,
}

impl LogRow {
    /// This row and the one after it as one.
    fn with(self, later: Self) -> Self {
        Self {
            momentary_lufs: self.momentary_lufs.max(later.momentary_lufs),
            true_peak_dbtp: self.true_peak_dbtp.max(later.true_peak_dbtp),
            ..later
        }
    }
}

/// The programme as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgrammeLog {
    /// Stretches of equal length, the oldest first; at most [`LOG_ROWS`]. What has come of an unfinished row is not here.
    pub rows: Vec<LogRow>,
    /// How long a row is, s: 0.1, doubled whenever the rows were full.
    pub seconds_per_row: f64,
    /// How often short-term loudness was found in each bin of [`DISTRIBUTION_BIN_LU`] from [`DISTRIBUTION_FROM_LUFS`] on,
    /// counted each 100 ms once 3 s have come; [`DISTRIBUTION_BINS`] of them. What lies at or below the first edge is left out.
    pub distribution: Vec<u32>,
    /// Another number whenever anything above is another: what is drawn from it need not be made anew until then.
    pub generation: u64,
}

impl ProgrammeLog {
    /// The log of nothing. Allocates all that it will ever need: 66 kB.
    fn new() -> Self {
        Self {
            rows: Vec::with_capacity(LOG_ROWS),
            seconds_per_row: TENTH_S,
            distribution: vec![0; DISTRIBUTION_BINS],
            generation: 0,
        }
    }

    /// Neither allocates nor frees.
    fn clear(&mut self) {
        self.rows.clear();
        self.seconds_per_row = TENTH_S;
        self.distribution.fill(0);
    }
}

/// A [`LogRow`] that crosses threads.
#[derive(Default)]
struct Cells([AtomicF32; 4]);

impl Cells {
    fn store(&self, row: LogRow) {
        let values = [row.momentary_lufs, row.short_term_lufs, row.integrated_lufs, row.true_peak_dbtp];
        self.0.iter().zip(values).for_each(|(cell, value)| cell.store(value, Ordering::Relaxed));
    }

    fn load(&self) -> LogRow {
        let [momentary_lufs, short_term_lufs, integrated_lufs, true_peak_dbtp] =
            [0, 1, 2, 3].map(|place| self.0[place].load(Ordering::Relaxed));
        LogRow { momentary_lufs, short_term_lufs, integrated_lufs, true_peak_dbtp }
    }
}

/// What both ends hold: 66 kB.
struct Shared {
    /// Odd while the rest is being written.
    sequence: AtomicU64,
    /// The count of resets that had been obeyed when the first row came.
    resets: AtomicU64,
    tenths_per_row: AtomicU32,
    /// Rows written.
    length: AtomicU32,
    rows: Box<[Cells]>,
    distribution: [AtomicU32; DISTRIBUTION_BINS],
}

/// Makes both ends; the reader shows nothing that was gathered before the last press of reset. `resets` is the count of
/// those that have been obeyed.
pub(super) fn programme_log(controls: MeterControls, resets: u64) -> (LogWriter, LogReader) {
    let shared = Arc::new(Shared {
        sequence: AtomicU64::new(0),
        resets: AtomicU64::new(resets),
        tenths_per_row: AtomicU32::new(1),
        length: AtomicU32::new(0),
        rows: (0..LOG_ROWS).map(|_| Cells::default()).collect(),
        distribution: std::array::from_fn(|_| AtomicU32::new(0)),
    });
    let writer = LogWriter { shared: Arc::clone(&shared), tenths_per_row: 1, length: 0, open: None };
    let [shown, copied] = [ProgrammeLog::new(), ProgrammeLog::new()];
    (writer, LogReader { shared, controls, resets, sequence: 0, shown, copied })
}

/// The audio thread's end.
pub(super) struct LogWriter {
    shared: Arc<Shared>,
    tenths_per_row: u32,
    length: usize,
    /// The row that is being gathered, and how many tenths of a second it holds.
    open: Option<(LogRow, u32)>,
}

impl LogWriter {
    /// Forgets the programme; what follows is gathered under this count of resets.
    pub fn clear(&mut self, resets: u64) {
        (self.tenths_per_row, self.length, self.open) = (1, 0, None);
        self.write(|shared| {
            shared.resets.store(resets, Ordering::Relaxed);
            shared.tenths_per_row.store(1, Ordering::Relaxed);
            shared.length.store(0, Ordering::Relaxed);
            shared.distribution.iter().for_each(|bin| bin.store(0, Ordering::Relaxed));
        });
    }

    /// Adds a tenth of a second; `counts` says whether its short-term loudness belongs to the distribution.
    pub fn add(&mut self, tenth: LogRow, counts: bool) {
        let (row, tenths) = self.open.map_or((tenth, 1), |(row, tenths)| (row.with(tenth), tenths + 1));
        let finished = tenths == self.tenths_per_row;
        let place = self.length;
        self.open = (!finished).then_some((row, tenths));
        self.length += usize::from(finished);
        let is_full = self.length == LOG_ROWS;
        if is_full {
            self.length /= 2;
            self.tenths_per_row *= 2;
        }
        let (length, tenths_per_row) = (self.length as u32, self.tenths_per_row);
        self.write(|shared| {
            if counts {
                let bin = &shared.distribution[bin_of(tenth.short_term_lufs)];
                bin.store(bin.load(Ordering::Relaxed).saturating_add(1), Ordering::Relaxed);
            }
            if finished {
                shared.rows[place].store(row);
            }
            if is_full {
                for pair in 0..LOG_ROWS / 2 {
                    shared.rows[pair].store(shared.rows[2 * pair].load().with(shared.rows[2 * pair + 1].load()));
                }
            }
            shared.tenths_per_row.store(tenths_per_row, Ordering::Relaxed);
            shared.length.store(length, Ordering::Relaxed);
        });
    }

    fn write(&self, change: impl FnOnce(&Shared)) {
        let sequence = self.shared.sequence.load(Ordering::Relaxed);
        self.shared.sequence.store(sequence + 1, Ordering::Relaxed);
        fence(Ordering::Release);
        change(&self.shared);
        self.shared.sequence.store(sequence + 2, Ordering::Release);
    }
}

/// The bin of a loudness above the first edge.
fn bin_of(loudness_lufs: f32) -> usize {
    let above_first_lu = f64::from(loudness_lufs) - DISTRIBUTION_FROM_LUFS;
    ((above_first_lu / DISTRIBUTION_BIN_LU) as usize).min(DISTRIBUTION_BINS - 1)
}

/// The one reader of a meter's log in another thread. Never blocks the audio thread, nor is blocked.
pub struct LogReader {
    shared: Arc<Shared>,
    controls: MeterControls,
    /// The count of resets after which all that is shown came.
    resets: u64,
    /// The sequence number of what is shown.
    sequence: u64,
    shown: ProgrammeLog,
    /// Where the next is copied to.
    copied: ProgrammeLog,
}

impl LogReader {
    /// The programme up to now; empty as soon as a reset was pressed. Where the audio thread is writing just then it is
    /// what it was the last time. Does not allocate; costs microseconds where something has come, ten times a second.
    pub fn read(&mut self) -> &ProgrammeLog {
        let resets = self.controls.pressed().resets;
        if resets != self.resets {
            self.resets = resets;
            self.shown.clear();
            self.shown.generation += 1;
        }
        let sequence = self.shared.sequence.load(Ordering::Acquire);
        let is_news = sequence != self.sequence && sequence.is_multiple_of(2);
        if is_news && self.shared.resets.load(Ordering::Relaxed) == resets {
            self.copy();
            fence(Ordering::Acquire);
            if self.shared.sequence.load(Ordering::Relaxed) == sequence {
                self.sequence = sequence;
                self.copied.generation = self.shown.generation + 1;
                std::mem::swap(&mut self.shown, &mut self.copied);
            }
        }
        &self.shown
    }

    fn copy(&mut self) {
        let Self { shared, copied, .. } = self;
        let length = shared.length.load(Ordering::Relaxed) as usize;
        copied.rows.clear();
        copied.rows.extend(shared.rows.iter().take(length).map(Cells::load));
        copied.seconds_per_row = TENTH_S * f64::from(shared.tenths_per_row.load(Ordering::Relaxed));
        for (count, bin) in copied.distribution.iter_mut().zip(&shared.distribution) {
            *count = bin.load(Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests;
