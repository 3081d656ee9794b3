//! The album file: one TOML text that says what is on an album and how it is delivered.
//!
//! Text in, [`AlbumFile`] out. Every field that is wrong is told with its line, what it holds and what would be right, all
//! of them at once. What only the named files can show is for [`checks`](super::checks).

mod fields;
mod read;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use runout_dsp_core::targets::Target;

use super::fade::FadeShape;
use super::format::Delivery;
use crate::failure::Failure;
use crate::text_file::{self, at_line};

/// The version that is read, and the only one there is.
pub const VERSION: i64 = 1;

/// The most tracks of an album: their numbers have three digits.
pub const MOST_TRACKS: usize = 999;

/// What the tracks' levels become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Levels {
    /// Each track meets the target.
    Track,
    /// The loudest track meets the target; the differences between tracks stay.
    Album,
    /// As they are.
    AsIs,
}

/// An album as its file describes it. Paths are ready to open: relative ones start at the file's folder.
#[derive(Clone, Debug, PartialEq)]
pub struct AlbumFile {
    /// The file.
    pub path: PathBuf,
    /// Title of the album.
    pub title: String,
    /// Who the album is by.
    pub artist: String,
    /// Date of the release: `YYYY` or `YYYY-MM-DD`.
    pub date: Option<String>,
    /// EAN of 13 digits or UPC-A of 12, the check digit right.
    pub upc: Option<String>,
    /// The cover.
    pub picture: Option<PathBuf>,
    /// Genre of the tracks that name none.
    pub genre: Option<String>,
    /// Who holds the rights.
    pub copyright: Option<String>,
    /// Who wrote the tracks that name no one.
    pub composer: Option<String>,
    /// The rule to meet.
    pub target: Option<Target>,
    /// What the levels become; without a target they stay.
    pub levels: Levels,
    /// The formats to deliver, each once.
    pub formats: Vec<Delivery>,
    /// The tracks, in order.
    pub tracks: Vec<TrackEntry>,
    places: Places,
}

/// One track as the file describes it. Times in seconds.
#[derive(Clone, Debug, PartialEq)]
pub struct TrackEntry {
    /// The line that it begins on.
    pub line: usize,
    /// The mix.
    pub file: PathBuf,
    /// The mix as the album file names it.
    pub file_as_written: String,
    /// Title.
    pub title: String,
    /// Who performs it, where that is not who the album is by.
    pub artist: Option<String>,
    /// Genre, where it is not the album's.
    pub genre: Option<String>,
    /// Who wrote it, where that is not the album's.
    pub composer: Option<String>,
    /// Its code, 12 characters; no two tracks have the same.
    pub isrc: Option<String>,
    /// Its chain; without one the chain is at its defaults.
    pub chain: Option<PathBuf>,
    /// Gain before the chain, dB, -24 to 24.
    pub gain_db: f64,
    /// Silence before it, s; a crossfade out of the track before takes its place.
    pub gap_before_s: f64,
    /// Fade in, s.
    pub fade_in_s: f64,
    /// Fade out, s.
    pub fade_out_s: f64,
    /// Shape of its fades, and of both sides of the crossfade into the next track.
    pub fade_shape: FadeShape,
    /// How long it sounds together with the next track, s; 0 for the last.
    pub crossfade_s: f64,
    /// What is cut from its start, s.
    pub trim_start_s: f64,
    /// What is cut from its end, s.
    pub trim_end_s: f64,
}

/// Where a field stands and what it holds, by its path: `track.3.isrc`.
type Places = BTreeMap<String, Place>;

#[derive(Clone, Debug, PartialEq)]
struct Place {
    line: usize,
    /// As it stands in the text, its first line; `None` for a table.
    value: Option<String>,
}

/// Something wrong in an album file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The line, counted from 1.
    pub line: usize,
    /// The field, what it holds and what would be right, on one line.
    pub message: String,
}

impl AlbumFile {
    /// Reads an album file.
    ///
    /// # Errors
    /// [`Failure`]s, one for each problem, in the order of their lines: the file cannot be read, is not TOML, or a field is
    /// unknown, missing, of the wrong type or out of range.
    pub fn load(path: &Path) -> Result<Self, Vec<Failure>> {
        let text = text_file::read(path, "an album file").map_err(|failure| vec![failure])?;
        Self::parse(path, &text).map_err(|problems| {
            problems.into_iter().map(|problem| at_line(path, problem.line, problem.message)).collect()
        })
    }

    /// Reads the text of the album file `path`. The file itself is not touched.
    ///
    /// # Errors
    /// What is wrong, in the order of the lines.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Vec<Problem>> {
        read::read(path, text)
    }

    /// Who performs a track.
    pub fn artist_of<'a>(&'a self, track: &'a TrackEntry) -> &'a str {
        track.artist.as_deref().unwrap_or(&self.artist)
    }

    /// Genre of a track.
    pub fn genre_of<'a>(&'a self, track: &'a TrackEntry) -> Option<&'a str> {
        track.genre.as_deref().or(self.genre.as_deref())
    }

    /// Who wrote a track.
    pub fn composer_of<'a>(&'a self, track: &'a TrackEntry) -> Option<&'a str> {
        track.composer.as_deref().or(self.composer.as_deref())
    }

    /// Whether one of the formats is an image.
    pub fn has_image(&self) -> bool {
        self.formats.iter().any(|format| format.is_image())
    }

    /// A refusal that concerns a field: file, line, field and value, then `what`. A field that is not in the file has the
    /// line of its table.
    pub fn about(&self, field: &str, what: impl std::fmt::Display) -> Failure {
        let table = || field.rsplit_once('.').and_then(|(table, _)| self.places.get(table));
        match self.places.get(field).or_else(table) {
            Some(Place { line, value: Some(value) }) => {
                at_line(&self.path, *line, format_args!("{field} = {value}: {what}"))
            }
            Some(Place { line, value: None }) => at_line(&self.path, *line, format_args!("{field}: {what}")),
            None => Failure::about(&self.path, format_args!("{field}: {what}")),
        }
    }
}

#[cfg(test)]
mod tests;
