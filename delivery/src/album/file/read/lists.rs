//! The formats and the tracks.

use toml_edit::{Item, TableLike, Value};

use super::super::fields::{TRACK_NUMBERS, TRACK_WORDS};
use super::super::{MOST_TRACKS, Place, TrackEntry};
use super::{Reader, Scope};
use crate::album::fade::FadeShape;
use crate::album::format::Delivery;
use crate::album::timeline::MOST_CD_TRACKS;
use crate::tags::codes;

/// What is told where the list itself is wrong.
const USUAL_FORMATS: &str =
    "must be a list of formats in quotes, such as [\"wav-24-48000\", \"mp3-320\", \"image-cd\"]";

impl Reader<'_> {
    /// The formats, each once.
    pub(super) fn formats(&mut self, scope: &Scope<'_>) -> Vec<Delivery> {
        let Some(item) = self.item(scope, "formats") else {
            self.note(1, "formats is missing: an album needs some, such as formats = [\"wav-24-48000\"]".to_owned());
            return Vec::new();
        };
        let Some(list) = item.as_array().filter(|list| !list.is_empty()) else {
            self.refuse(scope, "formats", USUAL_FORMATS);
            return Vec::new();
        };
        let mut formats = Vec::new();
        for value in list {
            let parsed = value.as_str().map_or_else(|| Err(USUAL_FORMATS.to_owned()), Delivery::parse);
            let checked = parsed.and_then(|format| {
                if formats.iter().any(|known: &Delivery| known.format == format.format) {
                    Err("stands here twice".to_owned())
                } else {
                    Ok(format)
                }
            });
            match checked {
                Ok(format) => formats.push(format),
                Err(what) => {
                    let message = format!("formats has {}: {what}", self.shown(value.span()));
                    self.note(self.line(value.span()), message);
                }
            }
        }
        formats
    }

    /// The tracks, written as `[[track]]` or as a list of inline tables.
    pub(super) fn tracks(&mut self, scope: &Scope<'_>, formats: &[Delivery]) -> Vec<TrackEntry> {
        let tables: Option<Vec<(&dyn TableLike, usize)>> = match scope.table.get("track") {
            None => Some(Vec::new()),
            Some(Item::ArrayOfTables(list)) => {
                Some(list.iter().map(|table| (table as &dyn TableLike, self.line(table.span()))).collect())
            }
            Some(Item::Value(Value::Array(list))) => list
                .iter()
                .map(|value| Some((value.as_inline_table()? as &dyn TableLike, self.line(value.span()))))
                .collect(),
            Some(_) => None,
        };
        let Some(tables) = tables else {
            let line = self.key_line(scope, "track");
            self.note(line, "track must be tables, each headed [[track]]".to_owned());
            return Vec::new();
        };
        if tables.is_empty() {
            self.note(1, "track is missing: an album needs at least one, headed [[track]]".to_owned());
        }
        let with_image = formats.iter().any(|format| format.is_image());
        let (most, why) = if with_image { (MOST_CD_TRACKS, " of a CD") } else { (MOST_TRACKS, "") };
        if let Some((_, line)) = tables.get(most) {
            self.note(*line, format!("track {}: there are {} tracks, at most {most}{why}", most + 1, tables.len()));
        }
        let mut tracks = Vec::with_capacity(tables.len());
        for (index, (table, line)) in tables.iter().enumerate() {
            let scope = Scope { table: *table, path: format!("track.{}", index + 1), line: *line };
            let track = self.track(&scope, &tracks);
            if index + 1 == tables.len() && track.crossfade_s > 0.0 {
                self.refuse(&scope, "crossfade_s", "must be 0 for the last track: there is no next one");
            }
            tracks.push(track);
        }
        tracks
    }

    fn track(&mut self, scope: &Scope<'_>, before: &[TrackEntry]) -> TrackEntry {
        self.places.insert(scope.path.clone(), Place { line: scope.line, value: None });
        let numbers = TRACK_NUMBERS.iter().map(|field| field.number.key);
        let known: Vec<&str> = TRACK_WORDS.into_iter().chain(numbers).collect();
        self.unknown_fields(scope, &known);
        if !scope.table.contains_key("file") {
            self.note(scope.line, format!("{} is missing: a track needs file and title", scope.path_of("file")));
        }
        let (file, file_as_written) = self.file(scope, "file").unwrap_or_default();
        let shape = self.word(scope, "fade_shape", &FadeShape::WORDS);
        let mut track = TrackEntry {
            line: scope.line,
            file,
            file_as_written,
            title: self.needed(scope, "title"),
            artist: self.line_of_text(scope, "artist"),
            genre: self.line_of_text(scope, "genre"),
            composer: self.line_of_text(scope, "composer"),
            isrc: self.code(scope, "isrc", codes::isrc),
            chain: self.file(scope, "chain").map(|(path, _)| path),
            gain_db: 0.0,
            gap_before_s: 2.0,
            fade_in_s: 0.0,
            fade_out_s: 0.0,
            fade_shape: shape.map_or(FadeShape::default(), |index| FadeShape::ALL[index]),
            crossfade_s: 0.0,
            trim_start_s: 0.0,
            trim_end_s: 0.0,
        };
        for field in &TRACK_NUMBERS {
            if let Some(value) = self.number(scope, &field.number) {
                (field.set)(&mut track, value);
            }
        }
        let twin = before.iter().position(|other| other.isrc.is_some() && other.isrc == track.isrc);
        if let Some(twin) = twin {
            self.refuse(scope, "isrc", &format!("is track {}'s already: each recording has its own", twin + 1));
        }
        track
    }
}
