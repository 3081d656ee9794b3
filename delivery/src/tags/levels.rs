//! What was measured, as tags say it.

use runout_dsp_core::loudness::Readings;

use super::{Loudness, ReplayGain};

/// The loudness that ReplayGain 2.0 brings everything to, LUFS.
const REPLAY_GAIN_LUFS: f64 = -18.0;

impl Loudness {
    /// The readings of what was written.
    pub fn of(readings: &Readings) -> Self {
        let range = &readings.loudness_range;
        Self {
            integrated_lufs: readings.integrated_lufs,
            range_lu: if range.low_lufs.is_finite() { range.range_lu } else { f64::NAN },
            true_peak_dbtp: readings.true_peak_max_dbtp(),
            momentary_max_lufs: readings.momentary_max_lufs,
            short_term_max_lufs: readings.short_term_max_lufs,
        }
    }
}

impl ReplayGain {
    /// The gains of a track, and of the album it stands on.
    pub fn of(track: &Readings, album: Option<&Readings>) -> Self {
        let (track_gain_db, track_peak) = gain_and_peak(track);
        Self { track_gain_db, track_peak, album: album.map(gain_and_peak) }
    }
}

/// Gain in dB, none for silence, and the highest sample as a factor.
fn gain_and_peak(readings: &Readings) -> (Option<f64>, f64) {
    let gain_db = REPLAY_GAIN_LUFS - readings.integrated_lufs;
    (gain_db.is_finite().then_some(gain_db), 10f64.powf(readings.sample_peak_max_dbfs() / 20.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_has_no_gain_and_no_loudness() {
        let silent = Readings::silent(2);
        assert_eq!(ReplayGain::of(&silent, None), ReplayGain { track_gain_db: None, track_peak: 0.0, album: None });
        let loudness = Loudness::of(&silent);
        assert!(!loudness.integrated_lufs.is_finite() && !loudness.range_lu.is_finite());
        let loud = Readings { integrated_lufs: -10.5, ..Readings::silent(2) };
        let gains = ReplayGain::of(&silent, Some(&loud));
        assert_eq!(gains.album, Some((Some(-7.5), 0.0)));
    }
}
