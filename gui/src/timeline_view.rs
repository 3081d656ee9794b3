//! The last 10 s of an insert as columns: what the lanes of the limiter draw.

use runout_dsp_core::processor::{GRID_FRAMES, MAX_CHANNELS};
use runout_dsp_core::telemetry::HistoryReader;
use runout_dsp_core::timeline::TimelineFrame;

use crate::rolling::{Join, Rolling};

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

impl Join for Column {
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
    rolling: Rolling<Column>,
    filling: Filling,
    /// Columns since something was not silent.
    quiet_columns: usize,
}

impl Default for TimelineView {
    fn default() -> Self {
        Self { rolling: Rolling::new(SECONDS, MOST_COLUMNS), filling: Filling::default(), quiet_columns: 0 }
    }
}

impl TimelineView {
    /// Forgets everything and takes a sample rate, Hz.
    pub fn start(&mut self, sample_rate: f32) {
        self.rolling.start(sample_rate);
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
        if sample_rate != self.rolling.sample_rate() {
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
        if self.rolling.count_hop() {
            self.complete();
        }
    }

    fn complete(&mut self) {
        let filled = std::mem::take(&mut self.filling);
        let quiet = filled.output_peak < SILENCE && filled.gain_reduction_db > -0.01;
        self.quiet_columns = if quiet { self.quiet_columns.saturating_add(1) } else { 0 };
        self.rolling.complete(filled.column());
    }

    /// Whether nothing that is seen will change its place or shape in silence.
    pub fn is_at_rest(&self) -> bool {
        self.quiet_columns as f32 > self.rolling.columns_seen() || self.rolling.full().next().is_none()
    }

    /// The deepest reduction that is seen, dB, 0 or below.
    pub fn deepest_db(&self) -> f32 {
        self.rolling.full().map(|column| column.gain_reduction_db).fold(self.filling.gain_reduction_db, f32::min)
    }

    /// The columns that are seen, oldest first, each with its place: 0 is 10 s ago, 1 is now; at most `most`, see
    /// [`Rolling::columns`].
    pub fn columns(&self, most: usize) -> impl Iterator<Item = (f32, Column)> + '_ {
        self.rolling.columns(most, self.filling.column())
    }
}

#[cfg(test)]
mod tests;
