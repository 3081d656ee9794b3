//! What the meter reads: one frame of numbers that agree with each other, copied across threads as a whole.

use crate::processor::MAX_CHANNELS;

/// The loudness range of EBU Tech 3342 with its bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoudnessRange {
    /// The 95th minus the 10th percentile, LU; 0 before anything passed the gates.
    pub range_lu: f64,
    /// The 10th percentile, LUFS; negative infinity before anything passed the gates.
    pub low_lufs: f64,
    /// The 95th percentile, LUFS; negative infinity before anything passed the gates.
    pub high_lufs: f64,
    /// Whether 60 s of programme have been heard, so that the range can be relied on.
    pub settled: bool,
}

impl LoudnessRange {
    /// The range before anything passed the gates.
    pub const NOTHING: Self =
        Self { range_lu: 0.0, low_lufs: f64::NEG_INFINITY, high_lufs: f64::NEG_INFINITY, settled: false };
}

/// Everything the meter knows at one moment. Silence and "nothing yet" are negative infinity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Readings {
    /// The number of channels that are read; the arrays below count beyond it only silence.
    pub channels: usize,
    /// Frames measured since the last reset, pauses left out.
    pub frames: u64,
    /// Whether the meter counts; paused otherwise.
    pub running: bool,
    /// Momentary loudness, the last 400 ms, LUFS.
    pub momentary_lufs: f64,
    /// Short-term loudness, the last 3 s, LUFS.
    pub short_term_lufs: f64,
    /// Integrated loudness, gated, LUFS.
    pub integrated_lufs: f64,
    /// Highest momentary loudness, LUFS.
    pub momentary_max_lufs: f64,
    /// Highest short-term loudness, LUFS.
    pub short_term_max_lufs: f64,
    /// Loudness range.
    pub loudness_range: LoudnessRange,
    /// Highest true peak of each channel, dBTP.
    pub true_peak_dbtp: [f64; MAX_CHANNELS],
    /// Highest sample peak of each channel, dBFS.
    pub sample_peak_dbfs: [f64; MAX_CHANNELS],
    /// True peak of each channel over the tenth of a second that is being gathered, dBTP, together with the one before it
    /// until nine tenths of its own are there: so a bar holds a peak for at least 90 ms, and a row of a log that is
    /// written every 100 ms holds its own peaks only.
    pub true_peak_now_dbtp: [f64; MAX_CHANNELS],
    /// True peak of the loudest channel over the last 3 s, in tenths of a second, dBTP.
    pub true_peak_short_term_dbtp: f64,
    /// Peak to loudness ratio: highest true peak minus integrated loudness, LU; `None` before both are known.
    pub plr_lu: Option<f64>,
    /// Peak to short-term loudness ratio, LU; `None` before both are known.
    pub psr_lu: Option<f64>,
    /// The least short-term ratio where short-term loudness is above -40 LUFS, LU.
    pub psr_min_lu: Option<f64>,
    /// Correlation of the first two channels over all that was measured, -1 to 1; `None` for mono and for silence.
    pub correlation: Option<f64>,
    /// Correlation of the first two channels over the last 400 ms.
    pub correlation_now: Option<f64>,
    /// The lowest correlation over 400 ms, looked for each 100 ms where momentary loudness is above -40 LUFS.
    pub correlation_min: Option<f64>,
    /// Mean of each channel, linear.
    pub dc_offset: [f64; MAX_CHANNELS],
}

impl Readings {
    /// The readings of a meter that has heard nothing.
    pub fn silent(channels: usize) -> Self {
        let nothing = f64::NEG_INFINITY;
        Self {
            channels,
            frames: 0,
            running: true,
            momentary_lufs: nothing,
            short_term_lufs: nothing,
            integrated_lufs: nothing,
            momentary_max_lufs: nothing,
            short_term_max_lufs: nothing,
            loudness_range: LoudnessRange::NOTHING,
            true_peak_dbtp: [nothing; MAX_CHANNELS],
            sample_peak_dbfs: [nothing; MAX_CHANNELS],
            true_peak_now_dbtp: [nothing; MAX_CHANNELS],
            true_peak_short_term_dbtp: nothing,
            plr_lu: None,
            psr_lu: None,
            psr_min_lu: None,
            correlation: None,
            correlation_now: None,
            correlation_min: None,
            dc_offset: [0.0; MAX_CHANNELS],
        }
    }

    /// Highest true peak of all channels, dBTP.
    pub fn true_peak_max_dbtp(&self) -> f64 {
        self.true_peak_dbtp.iter().copied().fold(f64::NEG_INFINITY, f64::max)
    }

    /// Highest sample peak of all channels, dBFS.
    pub fn sample_peak_max_dbfs(&self) -> f64 {
        self.sample_peak_dbfs.iter().copied().fold(f64::NEG_INFINITY, f64::max)
    }
}
