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

/// Whether a text is a date: a year, a month or a day.
pub fn is_date(text: &str) -> bool {
    let number = |part: &str, digits: usize| {
        (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse::<u32>().ok())
            .flatten()
    };
    let month_of = |part: &str| number(part, 2).filter(|month| (1..=12).contains(month));
    match text.split('-').collect::<Vec<_>>().as_slice() {
        [year] => number(year, 4).is_some(),
        [year, month] => number(year, 4).is_some() && month_of(month).is_some(),
        [year, month, day] => match (number(year, 4), month_of(month), number(day, 2)) {
            (Some(year), Some(month), Some(day)) => (1..=days(year, month)).contains(&day),
            _ => false,
        },
        _ => false,
    }
}

/// Days of a month.
fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        assert!(["2026", "2026-11", "2026-11-20", "2024-02-29", "2000-02-29"].iter().all(|text| is_date(text)));
        let wrong =
            ["", "26", "2026-13", "2026-00", "2026-1-2", "2026-11-31", "2023-02-29", "1900-02-29", "20 November"];
        assert!(wrong.iter().all(|text| !is_date(text)));
    }
}
