//! What a meter has gathered of a programme, in constant memory, and the readings that follow from it.

use super::correlation::Moments;
use super::histogram::Histogram;
use super::{LoudnessRange, Readings, loudness_from_power};
use crate::processor::MAX_CHANNELS;
use crate::units::{db_from_gain, db_from_power};

/// The relative gate of integrated loudness, LU below the mean.
const INTEGRATED_GATE_LU: f64 = 10.0;

/// The relative gate of the loudness range, LU below the mean.
const RANGE_GATE_LU: f64 = 20.0;

/// The percentiles between which the loudness range lies, and their names.
const RANGE_PERCENTS: [u64; 2] = [10, 95];

/// Tenths of a second after which the loudness range is settled: 60 s.
const SETTLED_TENTHS: u64 = 600;

/// What has been gathered: of one stream, or of several merged as if they were one programme. Rates may differ.
#[derive(Clone)]
pub struct Programme {
    /// The most channels of any stream.
    pub(super) channels: usize,
    /// Frames gathered of each channel.
    pub(super) frames: [u64; MAX_CHANNELS],
    /// Tenths of a second gathered.
    pub(super) tenths: u64,
    /// The gating blocks of 400 ms.
    pub(super) gating: Histogram,
    /// The short-term windows, one each 100 ms.
    pub(super) short_term: Histogram,
    /// Highest mean square of a momentary window.
    pub(super) momentary_max: f64,
    /// Highest mean square of a short-term window.
    pub(super) short_term_max: f64,
    /// Highest true peak of each channel, linear.
    pub(super) true_peak: [f32; MAX_CHANNELS],
    /// Highest sample peak of each channel, linear.
    pub(super) sample_peak: [f32; MAX_CHANNELS],
    /// The least of short-term true peak squared over short-term mean square.
    pub(super) least_peak_ratio: Option<f64>,
    /// The lowest correlation of the first two channels over 400 ms.
    pub(super) least_correlation: Option<f64>,
    /// Squares and product of the first two channels of streams that have two.
    pub(super) moments: Moments,
    /// Sum of the samples of each channel.
    pub(super) sums: [f64; MAX_CHANNELS],
}

impl Programme {
    /// A programme of which nothing has been heard. Allocates all that it will ever need: 680 kB.
    pub fn new(channels: usize) -> Self {
        Self {
            channels,
            frames: [0; MAX_CHANNELS],
            tenths: 0,
            gating: Histogram::new(),
            short_term: Histogram::new(),
            momentary_max: 0.0,
            short_term_max: 0.0,
            true_peak: [0.0; MAX_CHANNELS],
            sample_peak: [0.0; MAX_CHANNELS],
            least_peak_ratio: None,
            least_correlation: None,
            moments: Moments::default(),
            sums: [0.0; MAX_CHANNELS],
        }
    }

    /// Forgets everything but the number of channels. Neither allocates nor frees.
    pub(super) fn clear(&mut self) {
        self.frames = [0; MAX_CHANNELS];
        self.tenths = 0;
        self.gating.clear();
        self.short_term.clear();
        self.momentary_max = 0.0;
        self.short_term_max = 0.0;
        self.true_peak = [0.0; MAX_CHANNELS];
        self.sample_peak = [0.0; MAX_CHANNELS];
        self.least_peak_ratio = None;
        self.least_correlation = None;
        self.moments = Moments::default();
        self.sums = [0.0; MAX_CHANNELS];
    }

    /// Adds another programme, as if both were one: gates and percentiles are those of all their windows.
    pub fn merge(&mut self, other: &Self) {
        self.channels = self.channels.max(other.channels);
        self.tenths += other.tenths;
        self.gating.merge(&other.gating);
        self.short_term.merge(&other.short_term);
        self.momentary_max = self.momentary_max.max(other.momentary_max);
        self.short_term_max = self.short_term_max.max(other.short_term_max);
        for channel in 0..MAX_CHANNELS {
            self.frames[channel] += other.frames[channel];
            self.sums[channel] += other.sums[channel];
            self.true_peak[channel] = self.true_peak[channel].max(other.true_peak[channel]);
            self.sample_peak[channel] = self.sample_peak[channel].max(other.sample_peak[channel]);
        }
        self.moments.add(&other.moments);
        if let Some(ratio) = other.least_peak_ratio {
            self.note_peak_ratio(ratio);
        }
        if let Some(correlation) = other.least_correlation {
            self.note_correlation(correlation);
        }
    }

    /// Keeps the lowest correlation.
    pub(super) fn note_correlation(&mut self, correlation: f64) {
        self.least_correlation = Some(self.least_correlation.map_or(correlation, |least| least.min(correlation)));
    }

    /// Keeps the least ratio of short-term true peak squared to short-term mean square.
    pub(super) fn note_peak_ratio(&mut self, ratio: f64) {
        self.least_peak_ratio = Some(self.least_peak_ratio.map_or(ratio, |least| least.min(ratio)));
    }

    /// Integrated loudness, LUFS; negative infinity before anything passed the absolute gate.
    pub fn integrated_lufs(&self) -> f64 {
        loudness_from_power(self.gating.gated_mean(INTEGRATED_GATE_LU))
    }

    /// Loudness range with its bounds.
    pub fn loudness_range(&self) -> LoudnessRange {
        let settled = self.tenths >= SETTLED_TENTHS;
        match self.short_term.gated_percentiles(RANGE_GATE_LU, RANGE_PERCENTS) {
            Some(bounds) => {
                let [low_lufs, high_lufs] = bounds.map(loudness_from_power);
                LoudnessRange { range_lu: high_lufs - low_lufs, low_lufs, high_lufs, settled }
            }
            None => LoudnessRange { settled, ..LoudnessRange::NOTHING },
        }
    }

    /// All readings of the programme as a whole; those of the moment (momentary, short-term, the last 100 ms) are empty.
    pub fn readings(&self) -> Readings {
        let integrated_lufs = self.integrated_lufs();
        let true_peak_dbtp = self.true_peak.map(|peak| db_from_gain(f64::from(peak)));
        let true_peak_max_dbtp = db_from_gain(f64::from(self.true_peak.iter().copied().fold(0.0, f32::max)));
        let both_known = integrated_lufs.is_finite() && true_peak_max_dbtp.is_finite();
        Readings {
            frames: self.frames[0],
            integrated_lufs,
            momentary_max_lufs: loudness_from_power(self.momentary_max),
            short_term_max_lufs: loudness_from_power(self.short_term_max),
            loudness_range: self.loudness_range(),
            true_peak_dbtp,
            sample_peak_dbfs: self.sample_peak.map(|peak| db_from_gain(f64::from(peak))),
            plr_lu: both_known.then_some(true_peak_max_dbtp - integrated_lufs),
            psr_min_lu: self.least_peak_ratio.map(psr_lu),
            correlation_min: self.least_correlation,
            correlation: self.moments.correlation(),
            dc_offset: std::array::from_fn(|channel| self.sums[channel] / self.frames[channel].max(1) as f64),
            ..Readings::silent(self.channels)
        }
    }
}

/// Peak to short-term loudness ratio, LU, of a true peak squared over a mean square.
pub(super) fn psr_lu(ratio: f64) -> f64 {
    db_from_power(ratio) - loudness_from_power(1.0)
}
