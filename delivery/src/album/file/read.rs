//! Text to an album.
//!
//! A problem is noted and reading goes on, so that all are told at once.

mod lists;

use std::ops::Range;
use std::path::{Path, PathBuf};

use runout_dsp_core::targets::{TARGETS, Target};
use toml_edit::{Document, Item, TableLike, Value};

use super::fields::{ALBUM_FIELDS, LEVELS, Number, TARGET_CEILING, TARGET_LOUDNESS};
use super::{AlbumFile, Levels, Place, Places, Problem, VERSION};
use crate::tags::codes;

/// Reads an album's text.
///
/// # Errors
/// All that is wrong, in the order of the lines.
pub fn read(path: &Path, text: &str) -> Result<AlbumFile, Vec<Problem>> {
    let document = Document::parse(text).map_err(|error| {
        let place = error.span().map_or(0, |span| span.start);
        let message = error.message().lines().collect::<Vec<_>>().join("; ");
        vec![Problem { line: line_of(text, place), message: format!("not valid TOML: {message}") }]
    })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut reader = Reader { text, folder, problems: Vec::new(), places: Places::new() };
    let mut album = reader.album(path, document.as_table());
    if reader.problems.is_empty() {
        album.places = reader.places;
        return Ok(album);
    }
    reader.problems.sort();
    Err(reader.problems)
}

/// The line that a byte of `text` stands on, counted from 1.
fn line_of(text: &str, place: usize) -> usize {
    1 + text.as_bytes().iter().take(place).filter(|byte| **byte == b'\n').count()
}

/// A table and its name: `track.3`, or nothing for the album itself.
struct Scope<'t> {
    table: &'t dyn TableLike,
    path: String,
    line: usize,
}

impl Scope<'_> {
    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }
}

struct Reader<'a> {
    text: &'a str,
    folder: &'a Path,
    problems: Vec<Problem>,
    places: Places,
}

impl Reader<'_> {
    fn line(&self, span: Option<Range<usize>>) -> usize {
        line_of(self.text, span.map_or(0, |span| span.start))
    }

    fn note(&mut self, line: usize, message: String) {
        self.problems.push(Problem { line, message });
    }

    /// The value as it stands in the text.
    fn shown(&self, span: Option<Range<usize>>) -> String {
        let raw = span.and_then(|span| self.text.get(span)).unwrap_or("a table");
        raw.lines().next().unwrap_or("").trim().to_owned()
    }

    /// The line of a key, or of what it holds.
    fn key_line(&self, scope: &Scope<'_>, key: &str) -> usize {
        let span = scope.table.get_key_value(key).and_then(|(key, item)| key.span().or_else(|| item.span()));
        span.map_or(scope.line, |span| line_of(self.text, span.start))
    }

    /// Notes that a field is wrong.
    fn refuse(&mut self, scope: &Scope<'_>, key: &str, what: &str) {
        let line = self.key_line(scope, key);
        let shown = self.shown(scope.table.get(key).and_then(Item::span));
        self.note(line, format!("{} = {shown}: {what}", scope.path_of(key)));
    }

    /// What a field holds; its place is kept.
    fn item<'t>(&mut self, scope: &Scope<'t>, key: &str) -> Option<&'t Item> {
        let item = scope.table.get(key)?;
        let place = Place { line: self.key_line(scope, key), value: Some(self.shown(item.span())) };
        self.places.insert(scope.path_of(key), place);
        Some(item)
    }

    fn unknown_fields(&mut self, scope: &Scope<'_>, known: &[&str]) {
        for (key, _) in scope.table.iter().filter(|(key, _)| !known.contains(key)) {
            let owner = if scope.path.is_empty() { "an album".to_owned() } else { format!("[{}]", scope.path) };
            let message = format!("unknown field {}: {owner} has {}", scope.path_of(key), known.join(", "));
            self.note(self.key_line(scope, key), message);
        }
    }

    fn album(&mut self, path: &Path, document: &dyn TableLike) -> AlbumFile {
        let scope = Scope { table: document, path: String::new(), line: 1 };
        self.version(&scope);
        self.unknown_fields(&scope, &ALBUM_FIELDS);
        let target = self.target(&scope);
        let formats = self.formats(&scope);
        AlbumFile {
            path: path.to_owned(),
            title: self.needed(&scope, "title"),
            artist: self.needed(&scope, "artist"),
            date: self.date(&scope),
            upc: self.code(&scope, "upc", codes::upc),
            picture: self.file(&scope, "picture").map(|(path, _)| path),
            genre: self.line_of_text(&scope, "genre"),
            copyright: self.line_of_text(&scope, "copyright"),
            composer: self.line_of_text(&scope, "composer"),
            levels: self.levels(&scope, target.is_some() || document.contains_key("target")),
            target,
            tracks: self.tracks(&scope, &formats),
            formats,
            places: Places::new(),
        }
    }

    fn version(&mut self, scope: &Scope<'_>) {
        match self.item(scope, "version").map(Item::as_integer) {
            Some(Some(VERSION)) => {}
            Some(_) => self.refuse(scope, "version", &format!("this program reads version {VERSION}")),
            None => self.note(1, format!("version is missing: begin with version = {VERSION}")),
        }
    }

    /// A text of one line with something on it.
    fn line_of_text(&mut self, scope: &Scope<'_>, key: &str) -> Option<String> {
        let text = self.item(scope, key)?.as_str();
        let usable = text.filter(|text| !text.trim().is_empty() && !text.chars().any(char::is_control));
        if usable.is_none() {
            self.refuse(scope, key, "must be a text of one line, in quotes and not empty");
        }
        usable.map(str::to_owned)
    }

    /// A text that must be there; empty where it is missing, which is then noted.
    fn needed(&mut self, scope: &Scope<'_>, key: &str) -> String {
        if !scope.table.contains_key(key) {
            let needed = if scope.path.is_empty() {
                "an album needs version, title, artist, formats and [[track]]"
            } else {
                "a track needs file and title"
            };
            self.note(scope.line, format!("{} is missing: {needed}", scope.path_of(key)));
        }
        self.line_of_text(scope, key).unwrap_or_default()
    }

    /// A path, ready to open and as written.
    fn file(&mut self, scope: &Scope<'_>, key: &str) -> Option<(PathBuf, String)> {
        let written = self.line_of_text(scope, key)?;
        Some((self.folder.join(&written), written))
    }

    /// A code that a function knows.
    fn code<E: ToString>(
        &mut self,
        scope: &Scope<'_>,
        key: &str,
        check: impl Fn(&str) -> Result<String, E>,
    ) -> Option<String> {
        let item = self.item(scope, key)?;
        let checked = item.as_str().map_or_else(
            || Err("must be a text in quotes".to_owned()),
            |text| check(text).map_err(|error| error.to_string()),
        );
        checked.map_err(|error| self.refuse(scope, key, &error)).ok()
    }

    /// A date, in quotes or as TOML's own.
    fn date(&mut self, scope: &Scope<'_>) -> Option<String> {
        let item = self.item(scope, "date")?;
        let own = item.as_datetime().filter(|date| date.time.is_none()).map(ToString::to_string);
        let written = item.as_str().map(str::to_owned).or(own);
        let right = "must be a year or a day, in quotes: \"2026\" or \"2026-11-20\"";
        let checked = written.map_or_else(|| Err(right.to_owned()), |text| codes::date(&text));
        checked.map_err(|error| self.refuse(scope, "date", &error)).ok()
    }

    /// One of some words, by its index.
    fn word(&mut self, scope: &Scope<'_>, key: &str, words: &[&str]) -> Option<usize> {
        let word = self.item(scope, key)?.as_str();
        let index = word.and_then(|word| words.iter().position(|known| *known == word));
        if index.is_none() {
            self.refuse(scope, key, &format!("must be one of {}", words.join(", ")));
        }
        index
    }

    /// A number in its range, written with or without a point.
    fn number(&mut self, scope: &Scope<'_>, number: &Number) -> Option<f64> {
        let item = self.item(scope, number.key)?;
        let value = item.as_value().and_then(|value| match value {
            Value::Integer(whole) => Some(*whole.value() as f64),
            Value::Float(value) => Some(*value.value()),
            _ => None,
        });
        // The sum makes a negative zero a plain one.
        let usable = value.filter(|value| (number.lowest..=number.highest).contains(value)).map(|value| value + 0.0);
        if usable.is_none() {
            self.refuse(scope, number.key, &format!("must be {}", number.range_text()));
        }
        usable
    }

    /// A name of the list, or a table of one's own.
    fn target(&mut self, scope: &Scope<'_>) -> Option<Target> {
        let item = self.item(scope, "target")?;
        if let Some(name) = item.as_str() {
            let known = Target::named(name).copied();
            if known.is_none() {
                let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
                self.refuse(scope, "target", &format!("must be one of {}", names.join(", ")));
            }
            return known;
        }
        let Some(table) = item.as_table_like() else {
            let right = "must be a name of `runout targets`, or {integrated_lufs = -12.0, ceiling_dbtp = -1.0}";
            self.refuse(scope, "target", right);
            return None;
        };
        let own = Scope { table, path: "target".to_owned(), line: self.key_line(scope, "target") };
        let numbers = [TARGET_LOUDNESS, TARGET_CEILING];
        self.unknown_fields(&own, &numbers.each_ref().map(|number| number.key));
        for number in numbers.iter().filter(|number| !table.contains_key(number.key)) {
            let needed = "a target of one's own needs integrated_lufs and ceiling_dbtp";
            self.note(own.line, format!("{} is missing: {needed}", own.path_of(number.key)));
        }
        let loudness = self.number(&own, &TARGET_LOUDNESS);
        let ceiling = self.number(&own, &TARGET_CEILING);
        Some(Target::own(loudness?, ceiling?))
    }

    fn levels(&mut self, scope: &Scope<'_>, has_target: bool) -> Levels {
        let without = if has_target { Levels::Track } else { Levels::AsIs };
        let Some(index) = self.word(scope, "levels", &LEVELS) else { return without };
        let levels = [Levels::Track, Levels::Album, Levels::AsIs][index];
        if levels != Levels::AsIs && !has_target {
            self.refuse(scope, "levels", "needs a target: add target, a name of `runout targets`");
        }
        levels
    }
}
