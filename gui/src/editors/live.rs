//! What moves by itself beside what is measured: levels of up to twelve channels, overs, correlation.

use runout_dsp_core::loudness::Readings;
use runout_dsp_core::processor::{GRID_FRAMES, MAX_CHANNELS};

use crate::ballistics::{OverLatch, PeakBallistics, PowerBallistics};
use crate::feed::Feed;
use crate::widgets::correlation_bar::CorrelationBar;
use crate::widgets::meter_bar::LevelBar;

/// After this long without a hop the host has stopped, s: longer than its longest usual block.
const STOPPED_S: f32 = 0.25;

/// What moves of one channel.
#[derive(Clone, Copy, Debug, Default)]
struct Channel {
    peak: PeakBallistics,
    power: PowerBallistics,
    overs: OverLatch,
}

/// What arrived since the last frame.
#[derive(Clone, Copy, Default)]
struct Heard {
    hops: u16,
    peak: [f32; MAX_CHANNELS],
    power: [f32; MAX_CHANNELS],
}

/// Levels, overs and correlation. Thread: the editor's.
#[derive(Debug, Default)]
pub struct Live {
    channels: [Channel; MAX_CHANNELS],
    correlation_now: Option<f64>,
    /// Frames of the programme at the last frame, and whether there were others before.
    programme_frames: u64,
    is_fresh: bool,
    /// egui's clock at the last frame, s.
    seen_s: f64,
    /// Time since a hop arrived, s.
    idle_s: f32,
}

impl Live {
    /// Takes what has arrived; `now_s` is egui's clock. A true peak above `over_dbtp` is over.
    pub fn take(&mut self, feed: &mut Feed, readings: &Readings, over_dbtp: Option<f64>, now_s: f64) {
        let seconds = (now_s - self.seen_s).clamp(0.0, 10.0) as f32;
        self.seen_s = now_s;
        if readings.frames < self.programme_frames {
            self.clear_overs();
        }
        self.is_fresh = readings.frames != self.programme_frames;
        self.programme_frames = readings.frames;
        self.correlation_now = readings.correlation_now;
        let mut heard = Heard::default();
        while let Some(frame) = feed.timeline.next_frame() {
            heard.hops = heard.hops.saturating_add(1);
            for (channel, level) in frame.channels.iter().enumerate() {
                heard.peak[channel] = heard.peak[channel].max(level.peak);
                heard.power[channel] += level.power;
            }
        }
        self.move_bars(&heard, feed.status.sample_rate(), seconds);
        for (channel, true_peak_dbtp) in self.channels.iter_mut().zip(readings.true_peak_now_dbtp) {
            channel.overs.note(over_dbtp.is_some_and(|over_dbtp| true_peak_dbtp > over_dbtp));
        }
    }

    fn move_bars(&mut self, heard: &Heard, sample_rate: f32, seconds: f32) {
        self.idle_s = if heard.hops > 0 { 0.0 } else { self.idle_s + seconds };
        let hops = f32::from(heard.hops);
        let heard_s = hops * GRID_FRAMES as f32 / sample_rate.max(1.0);
        for (index, channel) in self.channels.iter_mut().enumerate() {
            channel.peak.advance(20.0 * heard.peak[index].log10(), seconds);
            if heard.hops > 0 {
                channel.power.advance(heard.power[index] / hops, heard_s);
            } else if self.idle_s > STOPPED_S {
                channel.power.advance(0.0, seconds);
            }
        }
    }

    /// Forgets what was over.
    pub fn clear_overs(&mut self) {
        self.channels.iter_mut().for_each(|channel| channel.overs.clear());
    }

    /// Whether anything was over.
    pub fn has_overs(&self) -> bool {
        self.channels.iter().any(|channel| channel.overs.count() > 0)
    }

    /// Whether the next frame will look different without anything new, or something new is on its way.
    pub fn is_moving(&self) -> bool {
        self.is_fresh || self.channels.iter().any(|channel| !channel.peak.is_at_rest())
    }

    /// The bar of a channel, with a tick at its highest true peak.
    pub fn level_bar(&self, channel: usize, true_peak_dbtp: f64, ceiling_dbtp: Option<f64>) -> LevelBar {
        let Channel { peak, power, overs } = &self.channels[channel];
        LevelBar {
            peak_dbfs: peak.level_db(),
            power_dbfs: power.level_dbfs(),
            true_peak_dbtp: true_peak_dbtp as f32,
            ceiling_dbtp: ceiling_dbtp.map(|ceiling_dbtp| ceiling_dbtp as f32),
            overs: overs.count(),
        }
    }

    /// The correlation bar: it moves with the sound, its numbers as `shown`.
    pub fn correlation(&self, shown: &Readings) -> CorrelationBar {
        CorrelationBar { now: self.correlation_now, read: shown.correlation_now, lowest: shown.correlation_min }
    }
}
