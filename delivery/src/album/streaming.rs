//! What platforms will make of an album's levels.

use runout_dsp_core::loudness::Readings;
use runout_dsp_core::targets::{AlbumLevel, TARGETS, Target};

/// What one platform plays an album and its tracks at.
#[derive(Clone, Debug, PartialEq)]
pub struct Playback {
    /// The platform's rule.
    pub target: &'static Target,
    /// The one gain of all tracks where the album is played as one, dB; `None` for silence.
    pub album_gain_db: Option<f64>,
    /// The gain of each track played alone, dB; `None` for silence.
    pub track_gains_db: Vec<Option<f64>>,
}

/// What every platform of the rules turns an album and its tracks up or down by: the readings are those of the tracks as
/// delivered, and of all of them read as one.
pub fn playback(album: &Readings, tracks: &[Readings]) -> Vec<Playback> {
    TARGETS.iter().filter_map(|target| on(target, album, tracks)).collect()
}

fn on(target: &'static Target, album: &Readings, tracks: &[Readings]) -> Option<Playback> {
    let rule = target.normalization?;
    let level_lufs = match rule.album_level {
        AlbumLevel::Whole => album.integrated_lufs,
        AlbumLevel::LoudestTrack => tracks.iter().map(|track| track.integrated_lufs).fold(f64::NEG_INFINITY, f64::max),
    };
    let album_gain_db = target.playback_gain_db(level_lufs, album.true_peak_max_dbtp(), rule.album_lufs);
    let alone = |track: &Readings| {
        let gain_db = target.playback_gain_db(track.integrated_lufs, track.true_peak_max_dbtp(), None)?;
        if rule.always_by_album { album_gain_db } else { Some(gain_db) }
    };
    Some(Playback { target, album_gain_db, track_gains_db: tracks.iter().map(alone).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readings(integrated_lufs: f64, true_peak_dbtp: f64) -> Readings {
        let mut readings = Readings::silent(2);
        readings.integrated_lufs = integrated_lufs;
        readings.true_peak_dbtp[1] = true_peak_dbtp;
        readings
    }

    /// What a platform does to a loud track, a soft one and silence, an album of -12 LUFS at -0.5 dBTP.
    fn of(name: &str) -> (Option<f64>, Vec<Option<f64>>) {
        let nothing = f64::NEG_INFINITY;
        let tracks = [readings(-10.0, -0.5), readings(-20.0, -4.0), readings(nothing, nothing)];
        let all = playback(&readings(-12.0, -0.5), &tracks);
        assert_eq!(all.len(), 7, "the platforms among the rules");
        let found = all.into_iter().find(|playback| playback.target.name == name).unwrap();
        (found.album_gain_db, found.track_gains_db)
    }

    #[test]
    fn every_platform_turns_what_its_rule_says() {
        // -14 asked for: 4 down; 6 up, of which peaks at -4 dBTP leave 3.
        assert_eq!(of("spotify"), (Some(-2.0), vec![Some(-4.0), Some(3.0), None]));
        assert_eq!(of("youtube"), (Some(-2.0), vec![Some(-4.0), Some(0.0), None]));
        assert_eq!(of("amazon-music"), (Some(-2.0), vec![Some(-4.0), Some(6.0), None]));
        assert_eq!(of("apple-music"), (Some(-4.0), vec![Some(-6.0), Some(4.0), None]));
        assert_eq!(of("deezer"), (Some(-3.0), vec![Some(-5.0), Some(5.0), None]));
        // The loudest track to -14, and everything with it.
        assert_eq!(of("tidal"), (Some(-4.0), vec![Some(-4.0), Some(-4.0), None]));
        // Tracks to -16, or the loudest of an album to -14.
        assert_eq!(of("aes-streaming"), (Some(-4.0), vec![Some(-6.0), Some(4.0), None]));
    }

    #[test]
    fn silence_is_not_turned() {
        let silent = Readings::silent(2);
        for playback in playback(&silent, &[silent]) {
            assert_eq!((playback.album_gain_db, playback.track_gains_db), (None, vec![None]));
        }
    }
}
