//! What moves of the bands by itself: gains, levels, and the last seconds of both, fed once a frame.

use runout_dsp_core::compressor::{BandHop, BandHops};
use runout_dsp_core::settings::COMPRESSOR_BANDS;
use runout_dsp_core::telemetry::HistoryReader;

use crate::ballistics::{GainBallistics, PeakBallistics, SteadyGain, farther};
use crate::rolling::{Join, Rolling};

/// The time that is seen, s.
pub const SECONDS: f32 = 6.0;

/// The most columns of it.
const MOST_COLUMNS: usize = 750;

/// After this long without a hop the host has stopped, s: longer than its longest usual block.
const STOPPED_S: f32 = 0.25;

/// What does not move a line by a hundredth of a dB is at rest.
const REST_DB: f32 = 0.01;

/// The gain of every band that is farthest from none in a column, dB.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Gains([f32; COMPRESSOR_BANDS]);

impl Join for Gains {
    fn joined(self, other: Self) -> Self {
        let mut gains = self;
        for (gain, other) in gains.0.iter_mut().zip(other.0) {
            *gain = farther(*gain, other);
        }
        gains
    }
}

/// What moves of one band.
#[derive(Clone, Copy, Debug, Default)]
struct Band {
    gain: GainBallistics,
    level: PeakBallistics,
    number: SteadyGain,
    /// What was told last.
    latest: BandHop,
}

/// Gains, levels and histories of all bands. Thread: the editor's.
#[derive(Debug)]
pub struct Live {
    bands: [Band; COMPRESSOR_BANDS],
    history: Rolling<Gains>,
    filling: Gains,
    /// Columns since a gain was moved.
    quiet_columns: usize,
    /// egui's clock at the last frame, s.
    seen_s: f64,
    /// Time since a hop arrived, s.
    idle_s: f32,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            bands: [Band::default(); COMPRESSOR_BANDS],
            history: Rolling::new(SECONDS, MOST_COLUMNS),
            filling: Gains::default(),
            quiet_columns: 0,
            seen_s: 0.0,
            idle_s: f32::INFINITY,
        }
    }
}

impl Live {
    /// Takes what has arrived at a sample rate in Hz; another rate starts anew. `now_s` is egui's clock.
    pub fn take(&mut self, reader: Option<&mut HistoryReader<BandHops>>, sample_rate: f32, now_s: f64) {
        let seconds = (now_s - self.seen_s).clamp(0.0, 10.0) as f32;
        self.seen_s = now_s;
        if sample_rate != self.history.sample_rate() {
            self.history.start(sample_rate);
            (self.filling, self.quiet_columns) = (Gains::default(), 0);
        }
        let mut heard = [BandHop::default(); COMPRESSOR_BANDS];
        let mut has_come = false;
        if let Some(reader) = reader {
            reader.take_all(|hops| {
                has_come |= !hops.is_empty();
                hops.iter().for_each(|hop| self.push(hop, &mut heard));
            });
        }
        self.idle_s = if has_come { 0.0 } else { self.idle_s + seconds };
        for (band, heard) in self.bands.iter_mut().zip(heard) {
            band.gain.advance(heard.gain_db, seconds);
            band.level.advance(heard.level_dbfs, seconds);
            band.number.take(band.gain.gain_db(), now_s);
            if self.idle_s > STOPPED_S {
                band.latest = BandHop::default();
            }
        }
    }

    fn push(&mut self, hops: &BandHops, heard: &mut BandHops) {
        let gains = Gains(hops.map(|hop| hop.gain_db));
        for (heard, hop) in heard.iter_mut().zip(hops) {
            heard.level_dbfs = heard.level_dbfs.max(hop.level_dbfs);
            heard.gain_db = farther(hop.gain_db, heard.gain_db);
        }
        for (band, hop) in self.bands.iter_mut().zip(hops) {
            band.latest = *hop;
        }
        self.filling = self.filling.joined(gains);
        if self.history.count_hop() {
            let full = std::mem::take(&mut self.filling);
            let is_quiet = full.0.iter().all(|gain_db| gain_db.abs() < REST_DB);
            self.quiet_columns = if is_quiet { self.quiet_columns.saturating_add(1) } else { 0 };
            self.history.complete(full);
        }
    }

    /// The gain of a slot's band, dB.
    pub fn gain_db(&self, slot: usize) -> f32 {
        self.bands[slot].gain.gain_db()
    }

    /// The gains of all bands, dB.
    pub fn gains_db(&self) -> [f64; COMPRESSOR_BANDS] {
        self.bands.map(|band| f64::from(band.gain.gain_db()))
    }

    /// Level and gain of a slot's band as they belong together: those of the last slot of the stream.
    pub fn latest(&self, slot: usize) -> BandHop {
        self.bands[slot].latest
    }

    /// The level that a slot's band hears, dBFS.
    pub fn level_dbfs(&self, slot: usize) -> f32 {
        self.bands[slot].level.level_db()
    }

    /// The gain of a slot's band as a number that stands still for a fifth of a second, dB.
    pub fn number_db(&self, slot: usize) -> f32 {
        self.bands[slot].number.shown_db()
    }

    /// The number among the first bands that is farthest from none, dB.
    pub fn farthest_db(&self, count: usize) -> f32 {
        self.bands[..count].iter().map(|band| band.number.shown_db()).fold(0.0, |far, one| farther(one, far))
    }

    /// The gain of a slot's band that is farthest from none over the time that is seen, dB.
    pub fn farthest_seen_db(&self, slot: usize) -> f32 {
        self.history.full().map(|column| column.0[slot]).fold(self.filling.0[slot], |far, one| farther(one, far))
    }

    /// The gains of a slot's band over the time that is seen, dB, at most `most`: each with its place, see
    /// [`Rolling::columns`].
    pub fn history(&self, slot: usize, most: usize) -> impl Iterator<Item = (f32, f32)> + '_ {
        self.history.columns(most, self.filling).map(move |(place, column)| (place, column.0[slot]))
    }

    /// Whether the next frame will look different without anything new.
    pub fn is_moving(&self) -> bool {
        // A history moves with what arrives, and not by itself.
        let is_quiet = self.quiet_columns as f32 > self.history.columns_seen();
        let scrolls = self.idle_s <= STOPPED_S && !is_quiet && self.history.full().next().is_some();
        scrolls || self.bands.iter().any(|band| !band.gain.is_at_rest() || !band.level.is_at_rest())
    }
}

#[cfg(test)]
mod tests;
