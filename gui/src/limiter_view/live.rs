//! The limiter's live state: everything that moves by itself, fed once a frame.

use runout_dsp_core::loudness::Readings;
use runout_dsp_core::targets::TRUE_PEAK_TOLERANCE_DB;

use crate::ballistics::{OverLatch, PeakBallistics, PowerBallistics, ReductionBallistics};
use crate::feed::Feed;
use crate::timeline_view::{Heard, Monitoring, TimelineView};
use crate::widgets::meter_bar::{LevelBar, ReductionBar};

/// How long a wandering number stands still, s.
const REFRESH_S: f64 = 0.2;

/// After this long without a hop the host has stopped, s: longer than its longest usual block.
const STOPPED_S: f32 = 0.25;

/// The most channels that a limiter has.
pub const CHANNELS: usize = 2;

/// What moves of one channel.
#[derive(Clone, Copy, Debug, Default)]
struct Channel {
    peak: PeakBallistics,
    power: PowerBallistics,
    true_peak: PeakBallistics,
    overs: OverLatch,
}

/// A number that wanders, read five times a second: the deepest since it was last read.
#[derive(Clone, Copy, Debug, Default)]
struct SteadyReduction {
    shown_db: f32,
    gathered_db: f32,
    read_s: f64,
}

impl SteadyReduction {
    fn take(&mut self, reduction_db: f32, now_s: f64) {
        self.gathered_db = self.gathered_db.min(reduction_db);
        if now_s - self.read_s >= REFRESH_S || now_s < self.read_s {
            *self = Self { shown_db: self.gathered_db, gathered_db: 0.0, read_s: now_s };
        }
    }
}

/// Levels, reductions and latches.
#[derive(Debug, Default)]
pub struct Live {
    /// The last 10 s.
    pub timeline: TimelineView,
    channels: [Channel; CHANNELS],
    reduction: ReductionBallistics,
    reading: SteadyReduction,
    /// The deepest since it was cleared, dB, 0 or below.
    deepest_db: f32,
    /// Highest true peak since the last reset, dBTP.
    true_peak_max_dbtp: f64,
    /// Frames of the programme, to see a reset.
    programme_frames: u64,
    /// egui's clock at the last frame, s.
    seen_s: f64,
    /// Time since a hop arrived, s.
    idle_s: f32,
}

impl Live {
    /// Takes what has arrived. `now_s` is egui's clock; `ceiling_dbtp` the limiter's while it is on.
    pub fn take(
        &mut self,
        feed: &mut Feed,
        readings: &Readings,
        monitoring: Monitoring,
        ceiling_dbtp: Option<f32>,
        now_s: f64,
    ) {
        let seconds = (now_s - self.seen_s).clamp(0.0, 10.0) as f32;
        self.seen_s = now_s;
        if readings.frames < self.programme_frames {
            self.clear();
        }
        // Readings that have not moved since the last frame are not heard again.
        let is_new = readings.frames != self.programme_frames;
        self.programme_frames = readings.frames;
        self.true_peak_max_dbtp = readings.true_peak_max_dbtp();
        let heard = self.timeline.take(&mut feed.timeline, feed.status.sample_rate(), monitoring);
        self.move_bars(&heard, seconds);
        for (channel, true_peak_dbtp) in self.channels.iter_mut().zip(readings.true_peak_now_dbtp) {
            channel.true_peak.advance(if is_new { true_peak_dbtp as f32 } else { f32::NEG_INFINITY }, seconds);
        }
        self.reading.take(self.reduction.reduction_db().min(heard.gain_reduction_db), now_s);
        self.deepest_db = self.deepest_db.min(heard.gain_reduction_db);
        if let Some(ceiling_dbtp) = ceiling_dbtp {
            let limit_dbtp = f64::from(ceiling_dbtp) + TRUE_PEAK_TOLERANCE_DB;
            for (channel, true_peak_dbtp) in self.channels.iter_mut().zip(readings.true_peak_now_dbtp) {
                channel.overs.note(true_peak_dbtp > limit_dbtp);
            }
        }
    }

    fn move_bars(&mut self, heard: &Heard, seconds: f32) {
        self.idle_s = if heard.seconds > 0.0 { 0.0 } else { self.idle_s + seconds };
        self.reduction.advance(heard.gain_reduction_db, seconds);
        for (index, channel) in self.channels.iter_mut().enumerate() {
            channel.peak.advance(20.0 * heard.peak[index].log10(), seconds);
            if heard.seconds > 0.0 {
                channel.power.advance(heard.power[index], heard.seconds);
            } else if self.idle_s > STOPPED_S {
                channel.power.advance(0.0, seconds);
            }
        }
    }

    /// Forgets what is latched: overs and the deepest reduction.
    pub fn clear(&mut self) {
        self.channels.iter_mut().for_each(|channel| channel.overs.clear());
        self.deepest_db = 0.0;
    }

    /// Whether the next frame will look different without anything new.
    pub fn is_moving(&self) -> bool {
        let at_rest = self.channels.iter().all(|channel| channel.peak.is_at_rest());
        // A timeline moves with what arrives, and not by itself.
        let scrolls = self.idle_s <= STOPPED_S && !self.timeline.is_at_rest();
        scrolls || !at_rest || !self.reduction.is_at_rest()
    }

    /// The bar of a channel.
    pub fn level_bar(&self, channel: usize, ceiling_dbtp: Option<f32>) -> LevelBar {
        let channel = &self.channels[channel];
        LevelBar {
            peak_dbfs: channel.peak.level_db(),
            power_dbfs: channel.power.level_dbfs(),
            true_peak_dbtp: channel.true_peak.hold_db(),
            ceiling_dbtp,
            overs: channel.overs.count(),
        }
    }

    /// The bar of the reduction.
    pub fn reduction_bar(&self) -> ReductionBar {
        ReductionBar { reduction_db: self.reduction.reduction_db(), hold_db: self.reduction.hold_db() }
    }

    /// The reduction as a number that stands still for a fifth of a second, dB, 0 or below.
    pub fn reduction_db(&self) -> f32 {
        self.reading.shown_db
    }

    /// The deepest reduction since it was cleared, dB, 0 or below.
    pub fn deepest_db(&self) -> f32 {
        self.deepest_db
    }

    /// Highest true peak since the last reset, dBTP; negative infinity for silence.
    pub fn true_peak_max_dbtp(&self) -> f64 {
        self.true_peak_max_dbtp
    }
}
