//! What the chain tells of itself to one reader in another thread: an editor, or the command's report.

use crate::limiter::Limiter;
use crate::processor::GRID_FRAMES;
use crate::telemetry::{HistoryReader, HistoryWriter, LevelReader, LevelWriter, history, level_cell};

/// Frames of history on their way: 1.4 s at 48 kHz, more than an editor sleeps.
const HISTORY_CAPACITY: usize = 1024;

/// One hop of 64 frames in the history of the limiter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HistoryFrame {
    /// The deepest gain reduction, dB, 0 or below.
    pub gain_reduction_db: f32,
    /// The largest sample of all channels after the limiter, linear.
    pub output_peak: f32,
}

/// The reading end.
pub struct ChainMonitor {
    gain_reduction: LevelReader,
    /// The limiter's history, hop by hop; closed until its reader opens it.
    pub history: HistoryReader<HistoryFrame>,
}

impl ChainMonitor {
    /// The deepest gain reduction since the last call, dB, 0 or below. Never waits.
    pub fn take_gain_reduction_db(&self) -> f32 {
        self.gain_reduction.take()
    }
}

/// The writing end, on the audio thread.
pub(super) struct ChainReporter {
    gain_reduction: LevelWriter,
    history: HistoryWriter<HistoryFrame>,
    /// The largest sample since the last hop.
    output_peak: f32,
}

impl ChainReporter {
    /// Both ends.
    pub fn new() -> (Self, ChainMonitor) {
        let (level_writer, gain_reduction) = level_cell();
        let (history_writer, history) = history(HISTORY_CAPACITY);
        let reporter = Self { gain_reduction: level_writer, history: history_writer, output_peak: 0.0 };
        (reporter, ChainMonitor { gain_reduction, history })
    }

    /// The most frames that may be processed before [`note`](Self::note): a hop where someone follows the history.
    pub fn frames_at_once(&self) -> usize {
        if self.history.is_open() { GRID_FRAMES } else { usize::MAX }
    }

    /// Reports what the limiter did to the block that it has just processed; `hops` counted before it.
    pub fn note(&mut self, limiter: &mut Limiter, hops: u64, output: &[&mut [f32]]) {
        let gain_reduction_db = limiter.take_gain_reduction_db();
        self.gain_reduction.gather(gain_reduction_db);
        if !self.history.is_open() {
            return;
        }
        for channel in output {
            self.output_peak = channel.iter().fold(self.output_peak, |peak, sample| sample.abs().max(peak));
        }
        if limiter.hops() != hops {
            self.history.send(HistoryFrame { gain_reduction_db, output_peak: self.output_peak });
            self.output_peak = 0.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::chain::MasteringChain;
    use crate::processor::{Processor, Spec};

    /// A second of 997 Hz, 6 dB over the ceiling of -1 dBTP in its middle third.
    fn burst() -> Vec<f32> {
        let level = |frame: usize| if (16_000..32_000).contains(&frame) { 1.778_3 } else { 0.5 };
        (0..48_000)
            .map(|frame| level(frame) * (frame as f32 * 997.0 * std::f32::consts::TAU / 48_000.0).sin())
            .collect()
    }

    #[test]
    fn the_reader_sees_how_deep_and_when_the_limiter_works() {
        let mut chain = MasteringChain::default();
        chain.prepare(&Spec { sample_rate: 48_000.0, max_block: 4096, channels: 1 }).unwrap();
        let mut monitor = chain.take_monitor().unwrap();
        assert!(chain.take_monitor().is_none());
        monitor.history.open();
        let mut frames = Vec::new();
        let mut signal = burst();
        for block in signal.chunks_mut(1000) {
            chain.process(&mut [block]);
            frames.extend(std::iter::from_fn(|| monitor.history.next_frame()));
        }
        assert_eq!(frames.len(), 48_000 / 64);
        // 6 dB, to 0.05 dB: the limiter keeps a margin and rounds up.
        let deepest = monitor.take_gain_reduction_db();
        assert!((-6.05..-5.95).contains(&deepest), "{deepest} dB");
        assert_eq!(monitor.take_gain_reduction_db(), 0.0);
        assert_eq!(frames.iter().map(|frame| frame.gain_reduction_db).fold(0.0, f32::min), deepest);
        assert_eq!(frames[100].gain_reduction_db, 0.0);
        assert!((0.49..=0.5).contains(&frames[100].output_peak), "{:?}", frames[100]);
    }

    #[test]
    fn who_listens_does_not_change_the_sound() {
        let outputs = [false, true].map(|listened| {
            let mut chain = MasteringChain::default();
            chain.prepare(&Spec { sample_rate: 48_000.0, max_block: 4096, channels: 1 }).unwrap();
            let mut monitor = chain.take_monitor().unwrap();
            if listened {
                monitor.history.open();
            }
            let mut signal = burst();
            signal.chunks_mut(777).for_each(|block| chain.process(&mut [block]));
            signal
        });
        assert!(outputs[0] == outputs[1]);
    }
}
