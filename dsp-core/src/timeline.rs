//! What an editor sees of an insert, hop by hop of 64 frames, and only while it is open.
//!
//! [`Timeline`] belongs to the audio thread: it is told every part of the output, with what the chain did meanwhile, and
//! sends one [`TimelineFrame`] for each hop through a ring. While nobody listens it counts frames and does nothing else.

use crate::entrance::LOUDEST;
use crate::processor::{GRID_FRAMES, MAX_CHANNELS};
use crate::telemetry::{HistoryReader, HistoryWriter, history};

pub use crate::limiter::Activity;

/// Frames on their way: 1.4 s at 48 kHz, more than an editor sleeps.
const CAPACITY: usize = 1024;

/// The level of one channel over one hop.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Level {
    /// The largest magnitude of a sample, linear.
    pub peak: f32,
    /// The mean square.
    pub power: f32,
}

/// One hop of 64 frames of an insert.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TimelineFrame {
    /// The deepest gain reduction, dB, 0 or below; 0 where nothing is reduced.
    pub gain_reduction_db: f32,
    /// The largest sample of all channels after the limiter's input gain and before its reduction, of the frames that
    /// leave in this hop; linear. Never below the output's peak: where nothing limits, it is that peak.
    pub limiter_input_peak: f32,
    /// The output; channels beyond the insert's are silent.
    pub channels: [Level; MAX_CHANNELS],
}

/// The audio thread's end. The reading end starts closed.
pub struct Timeline {
    writer: HistoryWriter<TimelineFrame>,
    /// The hop that is being gathered: peaks, and sums of squares.
    activity: Activity,
    peaks: [f32; MAX_CHANNELS],
    sums: [f64; MAX_CHANNELS],
    /// Frames of the hop that have passed.
    filled: usize,
    /// Whether all of them were gathered.
    whole: bool,
}

impl Timeline {
    /// Both ends.
    pub fn new() -> (Self, HistoryReader<TimelineFrame>) {
        let (writer, reader) = history(CAPACITY);
        let timeline = Self {
            writer,
            activity: Activity::default(),
            peaks: [0.0; MAX_CHANNELS],
            sums: [0.0; MAX_CHANNELS],
            filled: 0,
            whole: true,
        };
        (timeline, reader)
    }

    /// Starts a hop with the next frame: to be called where the chain is reset, so that its hops and these are the same.
    pub fn reset(&mut self) {
        self.filled = 0;
        self.start_hop();
    }

    /// Whether anyone listens.
    pub fn is_open(&self) -> bool {
        self.writer.is_open()
    }

    /// The most frames that may be processed before [`note`](Self::note): to the end of the hop where someone listens.
    pub fn frames_at_once(&self) -> usize {
        if self.is_open() { GRID_FRAMES - self.filled } else { usize::MAX }
    }

    /// Takes note of what left the insert, one slice a channel, and of what the chain did to it. Samples that are not sound
    /// count as silence.
    pub fn note(&mut self, activity: Activity, output: &[&mut [f32]]) {
        let frames = output.first().map_or(0, |channel| channel.len());
        if !self.is_open() {
            self.filled = (self.filled + frames) % GRID_FRAMES;
            self.whole = false;
            return;
        }
        let mut start = 0;
        while start < frames {
            let end = frames.min(start + GRID_FRAMES - self.filled);
            self.gather(activity, output, start, end);
            self.filled += end - start;
            start = end;
            if self.filled == GRID_FRAMES {
                self.finish_hop();
            }
        }
    }

    fn gather(&mut self, activity: Activity, output: &[&mut [f32]], start: usize, end: usize) {
        if self.filled == 0 {
            self.start_hop();
        }
        self.activity.gather(activity);
        for ((channel, peak), sum) in output.iter().zip(&mut self.peaks).zip(&mut self.sums) {
            for sample in &channel[start..end] {
                // Not a number compares false with everything.
                let magnitude = if sample.abs() <= LOUDEST { sample.abs() } else { 0.0 };
                *peak = if magnitude > *peak { magnitude } else { *peak };
                *sum += f64::from(magnitude) * f64::from(magnitude);
            }
        }
    }

    fn start_hop(&mut self) {
        self.activity = Activity::default();
        self.peaks = [0.0; MAX_CHANNELS];
        self.sums = [0.0; MAX_CHANNELS];
        self.whole = true;
    }

    /// Sends the hop, unless the reader opened in the middle of it.
    fn finish_hop(&mut self) {
        self.filled = 0;
        if !self.whole {
            return;
        }
        let output_peak = self.peaks.iter().copied().fold(0.0, f32::max);
        let level = |channel: usize| Level {
            peak: self.peaks[channel],
            power: (self.sums[channel] / GRID_FRAMES as f64) as f32,
        };
        let frame = TimelineFrame {
            gain_reduction_db: self.activity.gain_reduction_db,
            limiter_input_peak: self.activity.limiter_input_peak.max(output_peak),
            channels: std::array::from_fn(level),
        };
        self.writer.send(frame);
    }
}

#[cfg(test)]
mod tests;
