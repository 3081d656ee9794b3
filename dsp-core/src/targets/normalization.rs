//! What a platform does to a programme's level when it plays it.
//!
//! All that is here turns down what is louder than the rule; the rest is in words where a platform publishes it, else as
//! commonly quoted.

use super::Target;

/// How far a platform turns up what is quieter than its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnsUp {
    /// Not at all.
    Never,
    /// Until the true peak stands at the rule's ceiling.
    ToCeiling,
    /// All the way.
    Freely,
}

impl TurnsUp {
    /// As JSON has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::ToCeiling => "to-ceiling",
            Self::Freely => "freely",
        }
    }
}

/// What the level of an album, of which all tracks get one gain, is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlbumLevel {
    /// The whole album as one programme.
    Whole,
    /// Its loudest track.
    LoudestTrack,
}

impl AlbumLevel {
    /// As JSON has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::LoudestTrack => "loudest-track",
        }
    }
}

/// What a platform does to levels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Normalization {
    /// How far it turns up.
    pub turns_up: TurnsUp,
    /// What it goes by for an album.
    pub album_level: AlbumLevel,
    /// What it brings that to, where it is not what a track is brought to, LUFS.
    pub album_lufs: Option<f64>,
    /// Whether a track that is played alone keeps the gain of its album.
    pub always_by_album: bool,
}

impl Normalization {
    /// Each track, and an album as one, both ways.
    pub(super) const BOTH_WAYS: Self =
        Self { turns_up: TurnsUp::Freely, album_level: AlbumLevel::Whole, album_lufs: None, always_by_album: false };
}

impl Target {
    /// The gain at which a platform plays what has an integrated loudness in LUFS and a true peak in dBTP, dB; `None` for
    /// silence, and where nothing is turned. What it is brought to is `wanted_lufs`, else the rule's loudness.
    pub fn playback_gain_db(&self, integrated_lufs: f64, true_peak_dbtp: f64, wanted_lufs: Option<f64>) -> Option<f64> {
        let turns_up = self.normalization?.turns_up;
        let gain_db = wanted_lufs.or(self.integrated_lufs)? - integrated_lufs;
        let most_db = match turns_up {
            TurnsUp::Never => 0.0,
            // What is over the ceiling already is not turned down for it.
            TurnsUp::ToCeiling => (self.ceiling_dbtp - true_peak_dbtp).max(0.0),
            TurnsUp::Freely => f64::INFINITY,
        };
        gain_db.is_finite().then_some(gain_db.min(most_db))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gain_db(name: &str, integrated_lufs: f64, true_peak_dbtp: f64) -> Option<f64> {
        Target::named(name).unwrap().playback_gain_db(integrated_lufs, true_peak_dbtp, None)
    }

    #[test]
    fn each_platform_turns_as_it_says() {
        // -18 LUFS with peaks at -3 dBTP: 4 dB are missing, 2 dB of headroom are there.
        assert_eq!(gain_db("spotify", -18.0, -3.0), Some(2.0));
        assert_eq!(gain_db("youtube", -18.0, -3.0), Some(0.0));
        assert_eq!(gain_db("tidal", -18.0, -3.0), Some(4.0));
        assert_eq!(gain_db("deezer", -18.0, -3.0), Some(3.0));
        // Enough headroom, and none at all.
        assert_eq!(gain_db("spotify", -18.0, -9.0), Some(4.0));
        assert_eq!(gain_db("spotify", -18.0, 0.5), Some(0.0));
        for name in ["spotify", "youtube", "tidal", "amazon-music"] {
            assert_eq!(gain_db(name, -9.0, -0.5), Some(-5.0), "{name}");
        }
        assert_eq!(gain_db("apple-music", -9.0, -0.5), Some(-7.0));
    }

    #[test]
    fn silence_and_what_is_no_platform_have_no_gain() {
        assert_eq!(gain_db("spotify", f64::NEG_INFINITY, f64::NEG_INFINITY), None);
        assert_eq!(gain_db("tidal", f64::NEG_INFINITY, f64::NEG_INFINITY), None);
        for name in ["cd", "vinyl", "club", "ebu-r128", "atsc-a85"] {
            assert_eq!(gain_db(name, -18.0, -3.0), None, "{name}");
        }
    }
}
