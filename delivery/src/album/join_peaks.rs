//! True peak where tracks meet.
//!
//! A sum of two tracks in a crossfade, and a cut in a stream that goes on, may peak higher than either side. Only what lies
//! around the joins is looked at, so that the rest of an album costs nothing.

use std::ops::Range;

use runout_dsp_core::dispatch::Instructions;
use runout_dsp_core::true_peak::{GROUP_FRAMES, GROUPS_PER_HOP, HOP_FRAMES, LAG_FRAMES, TruePeak};
use runout_dsp_core::units::db_from_gain;

/// What is looked at on each side of a cut, s.
pub const AROUND_CUT_S: f64 = 0.05;

/// Frames before and after a window that its interpolation reads.
const LEAD_FRAMES: u64 = 2 * HOP_FRAMES as u64;

/// Hops of silence that run an interpolator out.
const TAIL_HOPS: usize = (LAG_FRAMES + HOP_FRAMES).div_ceil(HOP_FRAMES);

/// The frames around a cut at a position in the stream.
pub fn around_cut(position: u64, sample_rate: f64) -> Range<u64> {
    let side = (AROUND_CUT_S * sample_rate).round() as u64;
    position.saturating_sub(side)..position + side
}

/// One channel of a window.
struct Channel {
    detector: TruePeak,
    hop: [f32; HOP_FRAMES],
}

/// One join.
struct Window {
    /// What is looked at, in frames of the stream.
    frames: Range<u64>,
    channels: Vec<Channel>,
    /// Frames of the hop that have come.
    filled: usize,
    /// The position of the next frame that continues the stream; `None` before the first.
    next: Option<u64>,
    /// Linear.
    peak: f32,
}

/// Gathers the true peak of each join of an album.
pub struct JoinPeaks {
    windows: Vec<Window>,
}

impl JoinPeaks {
    /// For joins that lie at these frames of a stream of so many channels: [`around_cut`], or the whole of a crossfade.
    pub fn new(channels: usize, joins: &[Range<u64>]) -> Self {
        let instructions = Instructions::current();
        let channel = || Channel { detector: TruePeak::new(instructions), hop: [0.0; HOP_FRAMES] };
        let window = |frames: &Range<u64>| Window {
            frames: frames.clone(),
            channels: (0..channels).map(|_| channel()).collect(),
            filled: 0,
            next: None,
            peak: 0.0,
        };
        Self { windows: joins.iter().map(window).collect() }
    }

    /// Takes frames of the stream that begin at a position, a slice a channel. What does not continue where the last frames
    /// ended begins anew, with silence before it: so the two sides of a cut may also come from two streams.
    pub fn push(&mut self, position: u64, planes: &[&mut [f32]]) {
        let length = planes.first().map_or(0, |plane| plane.len()) as u64;
        for window in &mut self.windows {
            let from = window.frames.start.saturating_sub(LEAD_FRAMES).max(position);
            let to = (window.frames.end + LEAD_FRAMES).min(position + length);
            if from < to {
                window.take(from, planes, (from - position) as usize..(to - position) as usize);
            }
        }
    }

    /// The true peak of the loudest channel of each join, dBTP; negative infinity for silence.
    pub fn finish(mut self) -> Vec<f64> {
        self.windows.iter_mut().for_each(Window::run_out);
        self.windows.iter().map(|window| db_from_gain(f64::from(window.peak))).collect()
    }
}

impl Window {
    fn take(&mut self, position: u64, planes: &[&mut [f32]], frames: Range<usize>) {
        if self.next.is_some_and(|next| next != position) {
            self.run_out();
        }
        let mut next = position;
        let mut done = frames.start;
        while done < frames.end {
            let count = (HOP_FRAMES - self.filled).min(frames.end - done);
            for (channel, plane) in self.channels.iter_mut().zip(planes) {
                channel.hop[self.filled..self.filled + count].copy_from_slice(&plane[done..done + count]);
            }
            done += count;
            next += count as u64;
            self.filled += count;
            if self.filled == HOP_FRAMES {
                self.gather(next as i64 - HOP_FRAMES as i64);
            }
        }
        self.next = Some(next);
    }

    /// Reads what the hop that begins at a position completes.
    fn gather(&mut self, hop: i64) {
        self.filled = 0;
        let read = hop - LAG_FRAMES as i64;
        let group = |index: usize| read + (index * GROUP_FRAMES) as i64;
        let counts = |index: usize| {
            let (start, end) = (self.frames.start as i64, self.frames.end as i64);
            group(index) + (GROUP_FRAMES as i64) > start && group(index) < end
        };
        let counted: [bool; GROUPS_PER_HOP] = std::array::from_fn(counts);
        for channel in &mut self.channels {
            channel.detector.push(&channel.hop);
            for (peak, _) in channel.detector.peaks_above(self.peak).iter().zip(counted).filter(|(_, counted)| *counted)
            {
                self.peak = self.peak.max(*peak);
            }
        }
    }

    /// Silence follows: what has come is read to its end, and nothing of it is left.
    fn run_out(&mut self) {
        let Some(mut next) = self.next.take() else { return };
        // The unfinished hop, filled up, and the interpolator's tail.
        for _ in 0..=TAIL_HOPS {
            let begins = next as i64 - self.filled as i64;
            for channel in &mut self.channels {
                channel.hop[self.filled..].fill(0.0);
            }
            next = (begins + HOP_FRAMES as i64) as u64;
            self.gather(begins);
        }
        self.channels.iter_mut().for_each(|channel| channel.detector.reset());
    }
}
