//! The limiter's live state: everything that moves by itself, fed once a frame.

use runout_dsp_core::loudness::Readings;
use runout_dsp_core::targets::TRUE_PEAK_TOLERANCE_DB;

use crate::ballistics::{OverLatch, PeakBallistics, PowerBallistics, ReductionBallistics, SteadyGain};
use crate::feed::Feed;
use crate::timeline_view::{Heard, Monitoring, TimelineView};
use crate::widgets::meter_bar::{LevelBar, ReductionBar};

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

/// Levels, reductions and latches.
#[derive(Debug, Default)]
pub struct Live {
    /// The last 10 s.
    pub timeline: TimelineView,
    channels: [Channel; CHANNELS],
    reduction: ReductionBallistics,
    reading: SteadyGain,
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
        self.reading.shown_db()
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use runout_dsp_core::loudness::Meter;
    use runout_dsp_core::telemetry::{HistoryWriter, history};
    use runout_dsp_core::timeline::{Level, TimelineFrame};

    use super::*;
    use crate::feed::Status;

    /// A frame of the display, s.
    const FRAME_S: f64 = 1.0 / 60.0;

    struct Stand {
        live: Live,
        feed: Feed,
        writer: HistoryWriter<TimelineFrame>,
        readings: Readings,
        now_s: f64,
    }

    impl Stand {
        fn new() -> Self {
            let mut meter = Meter::new();
            let (writer, mut timeline) = history(1024);
            timeline.open();
            let status = Arc::new(Status::default());
            status.set_format(48_000.0, 0, 2);
            let feed = Feed {
                controls: meter.controls(),
                log: meter.take_log().unwrap(),
                meter: meter.take_monitor().unwrap(),
                timeline,
                spectrum: None,
                compressor: None,
                status,
            };
            Self { live: Live::default(), feed, writer, readings: Readings::silent(2), now_s: 0.0 }
        }

        /// One frame of the display with the hops of that time, each peaking at `peak`, linear, and reduced alike.
        fn hear(&mut self, peak: f32, gain_reduction_db: f32, true_peak_dbtp: f64) {
            let mut frame = TimelineFrame { gain_reduction_db, limiter_input_peak: peak, ..TimelineFrame::default() };
            frame.channels[..2].fill(Level { peak, power: peak * peak / 2.0 });
            (0..12).for_each(|_| self.writer.send(frame));
            self.readings.frames += 768;
            self.readings.true_peak_now_dbtp[..2].fill(true_peak_dbtp);
            self.readings.true_peak_dbtp[..2].fill(true_peak_dbtp);
            self.look();
        }

        /// One frame of the display.
        fn look(&mut self) {
            self.now_s += FRAME_S;
            let readings = self.readings;
            self.live.take(&mut self.feed, &readings, Monitoring::default(), Some(-1.0), self.now_s);
        }
    }

    #[test]
    fn bars_show_what_is_heard_and_fall_when_the_host_stops() {
        let mut stand = Stand::new();
        (0..60).for_each(|_| stand.hear(0.5, -4.0, -5.9));
        let bar = stand.live.level_bar(1, Some(-1.0));
        assert!((bar.peak_dbfs + 6.02).abs() < 0.01);
        // A second is three time constants of the power: 0.22 dB short of its end.
        assert!((bar.power_dbfs + 9.03 + 0.22).abs() < 0.05, "{}", bar.power_dbfs);
        assert!((bar.true_peak_dbtp + 5.9).abs() < 1e-4);
        assert_eq!((stand.live.reduction_bar().reduction_db, stand.live.reduction_db()), (-4.0, -4.0));
        assert_eq!(stand.live.deepest_db(), -4.0);
        assert!(stand.live.is_moving());
        // 10 s without a hop: everything has fallen, and the readings that stand do not hold the ticks up.
        (0..600).for_each(|_| stand.look());
        let bar = stand.live.level_bar(1, Some(-1.0));
        assert!(bar.peak_dbfs < -140.0 && bar.power_dbfs < -100.0 && bar.true_peak_dbtp < -140.0, "{bar:?}");
        assert_eq!(stand.live.reduction_db(), 0.0);
        assert!(!stand.live.is_moving());
        assert_eq!(stand.live.deepest_db(), -4.0, "what is latched stays");
    }

    #[test]
    fn what_is_over_is_counted_until_it_is_cleared_or_measured_anew() {
        let mut stand = Stand::new();
        // What two meters may differ by is not over.
        stand.hear(0.9, 0.0, -0.96);
        assert_eq!(stand.live.level_bar(0, Some(-1.0)).overs, 0);
        for _ in 0..2 {
            stand.hear(0.9, -1.0, -0.9);
            stand.hear(0.9, -1.0, -0.9);
            stand.hear(0.5, -1.0, -6.0);
        }
        assert_eq!(stand.live.level_bar(0, Some(-1.0)).overs, 2);
        stand.live.clear();
        assert_eq!((stand.live.level_bar(0, Some(-1.0)).overs, stand.live.deepest_db()), (0, 0.0));
        stand.hear(0.9, -3.0, -0.9);
        stand.readings = Readings::silent(2);
        stand.look();
        assert_eq!((stand.live.level_bar(0, Some(-1.0)).overs, stand.live.deepest_db()), (0, 0.0));
    }

    #[test]
    fn the_number_stands_still_for_a_fifth_of_a_second_and_misses_no_depth() {
        let mut stand = Stand::new();
        (0..30).for_each(|_| stand.hear(0.5, 0.0, -6.0));
        stand.hear(0.5, -8.0, -6.0);
        let mut numbers: Vec<f32> = Vec::new();
        for _ in 0..60 {
            stand.hear(0.5, 0.0, -6.0);
            numbers.push(stand.live.reduction_db());
        }
        numbers.dedup();
        assert!(numbers.contains(&-8.0) && numbers.len() <= 6, "{numbers:?}");
    }
}
