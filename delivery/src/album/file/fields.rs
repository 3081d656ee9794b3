//! The fields of an album file and the values they take.

use super::TrackEntry;

/// Fields of the album.
pub const ALBUM_FIELDS: [&str; 13] = [
    "version",
    "title",
    "artist",
    "date",
    "upc",
    "picture",
    "genre",
    "copyright",
    "composer",
    "target",
    "levels",
    "formats",
    "track",
];

/// Fields of a track that are no numbers.
pub const TRACK_WORDS: [&str; 8] = ["file", "title", "artist", "genre", "composer", "isrc", "chain", "fade_shape"];

/// Words of `levels`, in the order of [`Levels`](super::Levels).
pub const LEVELS: [&str; 3] = ["track", "album", "as-is"];

/// A number of an album file.
pub struct Number {
    /// The field's name.
    pub key: &'static str,
    /// Lowest value.
    pub lowest: f64,
    /// Highest value.
    pub highest: f64,
    /// Unit of values.
    pub unit: &'static str,
}

impl Number {
    /// The range in words.
    pub fn range_text(&self) -> String {
        format!("{} to {} {}", self.lowest, self.highest, self.unit)
    }
}

/// A number of a track, and its place.
pub struct TrackNumber {
    /// What it may be.
    pub number: Number,
    /// Writes it.
    pub set: fn(&mut TrackEntry, f64),
}

const fn seconds(key: &'static str, highest: f64, set: fn(&mut TrackEntry, f64)) -> TrackNumber {
    TrackNumber { number: Number { key, lowest: 0.0, highest, unit: "s" }, set }
}

/// Numbers of a track. A gap or a fade of ten minutes is a hidden track or an installation, more is a slip of the hand; a
/// trim is as long as a file can be.
pub const TRACK_NUMBERS: [TrackNumber; 7] = [
    TrackNumber {
        number: Number { key: "gain_db", lowest: -24.0, highest: 24.0, unit: "dB" },
        set: |track, value| track.gain_db = value,
    },
    seconds("gap_before_s", 600.0, |track, value| track.gap_before_s = value),
    seconds("fade_in_s", 600.0, |track, value| track.fade_in_s = value),
    seconds("fade_out_s", 600.0, |track, value| track.fade_out_s = value),
    seconds("crossfade_s", 600.0, |track, value| track.crossfade_s = value),
    seconds("trim_start_s", 86_400.0, |track, value| track.trim_start_s = value),
    seconds("trim_end_s", 86_400.0, |track, value| track.trim_end_s = value),
];

/// The loudness of a target of one's own: what streaming, broadcast and clubs use is well within.
pub const TARGET_LOUDNESS: Number = Number { key: "integrated_lufs", lowest: -40.0, highest: -4.0, unit: "LUFS" };

/// The ceiling of a target of one's own: the range of the limiter's.
pub const TARGET_CEILING: Number = Number { key: "ceiling_dbtp", lowest: -20.0, highest: 0.0, unit: "dBTP" };
