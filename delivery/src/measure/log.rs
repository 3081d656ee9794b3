//! Loudness over time as a table for a spreadsheet: one row every 100 ms.

use std::path::Path;

use runout_dsp_core::loudness::Meter;
use runout_dsp_core::planar::with_frames;
use runout_dsp_core::processor::Processor;

use crate::audio_sink::{Existing, PendingFile};
use crate::failure::Failure;

/// Rows in a second.
const ROWS_PER_SECOND: u64 = 10;
/// Bytes gathered before they are written.
const PIECE_BYTES: usize = 64 * 1024;

/// A log that is being written.
pub struct LoudnessLog {
    file: PendingFile,
    rows: String,
    sample_rate_hz: u64,
    /// Frames measured so far.
    frames: u64,
    /// Rows written so far.
    row: u64,
}

impl LoudnessLog {
    /// Begins the file that will be `path`, for a stream of a rate in Hz.
    ///
    /// # Errors
    /// As [`PendingFile::create`].
    pub fn create(path: &Path, existing: Existing, sample_rate_hz: u32) -> Result<Self, Failure> {
        let rows = "time_s,momentary_lufs,short_term_lufs,integrated_lufs,true_peak_dbtp\n".to_owned();
        let file = PendingFile::create(path, existing)?;
        Ok(Self { file, rows, sample_rate_hz: u64::from(sample_rate_hz), frames: 0, row: 0 })
    }

    /// Passes a block through the meter and writes the rows whose time comes within it. A row stands for the 100 ms that
    /// end at its time; its true peak is that of these 100 ms. A reading of silence is an empty cell.
    ///
    /// # Errors
    /// The disk is full or fails.
    pub fn process(&mut self, meter: &mut Meter, block: &mut [&mut [f32]]) -> Result<(), Failure> {
        let length = block.first().map_or(0, |channel| channel.len());
        let mut done = 0;
        while done < length {
            // To the nearest frame, so that rates which ten does not divide do not drift.
            let next = ((self.row + 1) * self.sample_rate_hz + ROWS_PER_SECOND / 2) / ROWS_PER_SECOND;
            let frames = (next - self.frames).min((length - done) as u64) as usize;
            with_frames(block, done..done + frames, |part| meter.process(part));
            done += frames;
            self.frames += frames as u64;
            if self.frames == next {
                self.row += 1;
                self.write_row(meter)?;
            }
        }
        Ok(())
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// As [`PendingFile::complete`].
    pub fn complete(mut self) -> Result<(), Failure> {
        self.file.write(self.rows.as_bytes())?;
        self.file.complete()
    }

    fn write_row(&mut self, meter: &Meter) -> Result<(), Failure> {
        let readings = meter.readings();
        let true_peak_dbtp = readings.true_peak_now_dbtp.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        self.rows += &format!("{}.{}", self.row / ROWS_PER_SECOND, self.row % ROWS_PER_SECOND);
        for value in [readings.momentary_lufs, readings.short_term_lufs, readings.integrated_lufs, true_peak_dbtp] {
            self.rows += &if value.is_finite() { format!(",{value:.2}") } else { ",".to_owned() };
        }
        self.rows.push('\n');
        if self.rows.len() >= PIECE_BYTES {
            self.file.write(self.rows.as_bytes())?;
            self.rows.clear();
        }
        Ok(())
    }
}
