//! What moves by itself: the goniometer's points, what is read of both channels, and the width over frequency; fed once a
//! frame with what leaves the imager.

use runout_dsp_core::stereo::{AVERAGING_S, Scope, StereoMeter, StereoReadings, WidthByFrequency};
use runout_dsp_core::telemetry::HistoryReader;

/// After this long without a frame the host has stopped, s: longer than its longest usual block.
const STOPPED_S: f32 = 0.25;

/// How long a wandering number stands still, s.
const REFRESH_S: f64 = 0.2;

/// Time constant of a width's way to what is heard, s.
const FOLLOW_S: f32 = 0.3;

/// What does not move a curve by a tenth of a percent is at rest.
const REST: f32 = 0.001;

/// What a frame brings.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The rate, Hz; 0 while there is none. Another one starts anew.
    pub sample_rate: f32,
    /// Frames since the meter was reset last: fewer than before forget what was lowest.
    pub programme_frames: u64,
    /// Whether all of it is on show, and not only the correlation.
    pub is_whole: bool,
    /// egui's clock, s.
    pub now_s: f64,
}

/// What moves at one rate.
#[derive(Debug)]
struct Meters {
    stereo: StereoMeter,
    scope: Scope,
    width: WidthByFrequency,
}

impl Meters {
    fn new(sample_rate: f32) -> Self {
        let sample_rate = f64::from(sample_rate);
        Self {
            stereo: StereoMeter::new(sample_rate),
            scope: Scope::new(sample_rate),
            width: WidthByFrequency::new(sample_rate),
        }
    }
}

/// Points, readings and widths. Thread: the editor's.
#[derive(Debug, Default)]
pub struct Live {
    meters: Option<Meters>,
    sample_rate: f32,
    widths: Vec<f32>,
    /// Whether the widths still move.
    is_falling: bool,
    /// The readings now, and as they are written.
    now: StereoReadings,
    read: StereoReadings,
    refreshed_s: f64,
    lowest: Option<f64>,
    /// For how long there has been sound without a break, s.
    heard_s: f64,
    programme_frames: u64,
    /// egui's clock at the last frame, s.
    seen_s: f64,
    /// Time since a frame arrived, s.
    idle_s: f32,
}

impl Live {
    /// Takes what has arrived.
    pub fn take(&mut self, reader: Option<&mut HistoryReader<[f32; 2]>>, moment: &Moment) {
        let seconds = (moment.now_s - self.seen_s).clamp(0.0, 10.0) as f32;
        self.seen_s = moment.now_s;
        if moment.sample_rate != self.sample_rate {
            *self = Self { seen_s: self.seen_s, sample_rate: moment.sample_rate, ..Self::default() };
            self.meters = (moment.sample_rate > 0.0).then(|| Meters::new(moment.sample_rate));
        }
        if moment.programme_frames < self.programme_frames {
            self.forget_lowest();
        }
        self.programme_frames = moment.programme_frames;
        let Some(meters) = &mut self.meters else { return };
        let mut frames_heard = 0;
        if let Some(reader) = reader {
            reader.take_all(|frames| {
                frames_heard += frames.len();
                meters.stereo.push(frames);
                if moment.is_whole {
                    meters.scope.push(frames);
                    meters.width.push(frames);
                }
            });
        }
        let was_stopped = self.idle_s > STOPPED_S;
        self.idle_s = if frames_heard > 0 { 0.0 } else { self.idle_s + seconds };
        if self.idle_s > STOPPED_S && !was_stopped {
            *meters = Meters::new(moment.sample_rate);
        }
        if moment.is_whole {
            meters.width.analyze();
            self.is_falling = follow(&mut self.widths, meters.width.widths(), seconds);
        }
        self.now = meters.stereo.readings();
        let heard_s = frames_heard as f64 / f64::from(moment.sample_rate);
        self.note(heard_s, moment.now_s);
    }

    /// Notes the lowest correlation, and refreshes what is written.
    fn note(&mut self, heard_s: f64, now_s: f64) {
        match self.now.correlation {
            Some(correlation) => {
                self.heard_s += heard_s;
                // The first instants of a sound say nothing of it yet.
                if self.heard_s > AVERAGING_S {
                    self.lowest = Some(self.lowest.map_or(correlation, |lowest| lowest.min(correlation)));
                }
            }
            None => self.heard_s = 0.0,
        }
        let is_new = self.read == StereoReadings::default() || self.now == StereoReadings::default();
        if is_new || now_s - self.refreshed_s >= REFRESH_S || now_s < self.refreshed_s {
            (self.read, self.refreshed_s) = (self.now, now_s);
        }
    }

    /// Forgets the lowest correlation.
    pub fn forget_lowest(&mut self) {
        (self.lowest, self.heard_s) = (None, 0.0);
    }

    /// The readings now.
    pub fn now(&self) -> &StereoReadings {
        &self.now
    }

    /// The readings as numbers that stand still for a fifth of a second.
    pub fn read(&self) -> &StereoReadings {
        &self.read
    }

    /// The lowest correlation since it was forgotten.
    pub fn lowest(&self) -> Option<f64> {
        self.lowest
    }

    /// The goniometer's points, from the oldest; see [`Scope::points`]. Empty before anything was heard.
    pub fn points(&self) -> impl ExactSizeIterator<Item = [f32; 2]> + '_ {
        let points = self.meters.as_ref().filter(|_| self.is_sounding()).map(|meters| meters.scope.points());
        let count = points.as_ref().map_or(0, ExactSizeIterator::len);
        let mut points = points;
        (0..count).map(move |_| points.as_mut().and_then(Iterator::next).unwrap_or_default())
    }

    /// The width at each point of the analyzer, from the lowest; 0 is mono, 1 as much side as middle.
    pub fn widths(&self) -> &[f32] {
        &self.widths
    }

    /// Whether there is any sound to show.
    fn is_sounding(&self) -> bool {
        self.now != StereoReadings::default()
    }

    /// Whether the next frame will look different without anything new.
    pub fn is_moving(&self) -> bool {
        self.is_falling || self.is_sounding() || self.read != self.now
    }
}

/// Each width goes 1 - 1/e of its way in 300 ms; whether any still moves.
fn follow(shown: &mut Vec<f32>, heard: &[f32], seconds: f32) -> bool {
    let share = 1.0 - (-seconds / FOLLOW_S).exp();
    shown.resize(heard.len(), 0.0);
    let mut is_moving = false;
    for (shown, heard) in shown.iter_mut().zip(heard) {
        let way = heard - *shown;
        is_moving |= way.abs() > REST;
        *shown = if way.abs() > REST { *shown + share * way } else { *heard };
    }
    is_moving
}

#[cfg(test)]
mod tests;
