//! What a delivered file says of itself, whatever its format calls it.

pub mod codes;
mod fields;
mod levels;
mod names;
mod picture;

use std::sync::Arc;

pub use fields::KEYS;
pub use names::{id3, vorbis_comments};
pub use picture::LARGEST_PICTURE_BYTES;

/// Title, names, codes and cover of a delivered file. What is `None` is not written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tags {
    /// Title of the track.
    pub title: Option<String>,
    /// Who performs it.
    pub artist: Option<String>,
    /// Title of the album.
    pub album: Option<String>,
    /// Who the album is by.
    pub album_artist: Option<String>,
    /// Place on the album.
    pub track: Option<TrackNumber>,
    /// Date of the release: a year, or `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Genre.
    pub genre: Option<String>,
    /// International Standard Recording Code, 12 characters.
    pub isrc: Option<String>,
    /// EAN of 13 digits, or UPC-A of 12, of the album.
    pub upc: Option<String>,
    /// Who holds the rights.
    pub copyright: Option<String>,
    /// Who wrote it.
    pub composer: Option<String>,
    /// The cover.
    pub picture: Option<Arc<Picture>>,
    /// Loudness normalization for players.
    pub replay_gain: Option<ReplayGain>,
    /// Loudness for broadcast, which stands in `bext` of WAV.
    pub loudness: Option<Loudness>,
}

/// A track's place on its album.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrackNumber {
    /// From 1.
    pub number: u32,
    /// How many there are, where that is known.
    pub total: Option<u32>,
}

/// A cover picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// `image/png` or `image/jpeg`.
    pub media_type: &'static str,
    /// Width, pixels.
    pub width: u32,
    /// Height, pixels.
    pub height: u32,
    /// Bits of a pixel.
    pub depth_bits: u32,
    /// The file as it is.
    pub bytes: Vec<u8>,
}

/// ReplayGain 2.0: what a player adds to reach -18 LUFS, and the highest sample as a linear factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReplayGain {
    /// Gain for the track alone, dB; `None` for silence.
    pub track_gain_db: Option<f64>,
    /// Peak of the track, linear.
    pub track_peak: f64,
    /// The same of the album it stands on: gain in dB (`None` for silence) and linear peak.
    pub album: Option<(Option<f64>, f64)>,
}

/// The loudness fields of `bext` version 2 (EBU Tech 3285); what is not finite is written as not measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loudness {
    /// Integrated loudness, LUFS.
    pub integrated_lufs: f64,
    /// Loudness range, LU.
    pub range_lu: f64,
    /// Highest true peak, dBTP.
    pub true_peak_dbtp: f64,
    /// Highest momentary loudness, LUFS.
    pub momentary_max_lufs: f64,
    /// Highest short-term loudness, LUFS.
    pub short_term_max_lufs: f64,
}
