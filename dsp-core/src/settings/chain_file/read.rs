//! Text to settings.

use std::ops::Range;

use toml_edit::{Document, Item, TableLike, Value};

use super::{ChainFileError, VERSION};
use crate::settings::field::{Field, Kind, Purpose};
use crate::settings::{
    COMPRESSOR, COMPRESSOR_BAND, COMPRESSOR_BANDS, CROSSOVER_KIND, ChainSettings, EQUALIZER, EQUALIZER_BAND,
    EQUALIZER_BANDS, EqualizerBand, IMAGER, IMAGER_BAND, IMAGER_BANDS, INFINITE_RATIO, INPUT, LIMITER, Module, OUTPUT,
    Order,
};

/// Reads a chain file. A field that is left out has its default.
///
/// # Errors
/// [`ChainFileError`] names line, field, value and what would be right: for text that is not TOML, an unknown field, a
/// value of the wrong type or out of range.
pub fn read(text: &str) -> Result<ChainSettings, ChainFileError> {
    let document = Document::parse(text).map_err(|error| {
        let place = error.span().map_or(0, |span| span.start);
        let message = error.message().lines().collect::<Vec<_>>().join("; ");
        ChainFileError { line: line_of(text, place), message: format!("not valid TOML: {message}") }
    })?;
    let reader = Reader { text };
    reader.chain(document.as_table())
}

fn refuse<T>(line: usize, message: String) -> Outcome<T> {
    Err(ChainFileError { line, message })
}

/// The line that a byte of `text` stands on, counted from 1.
fn line_of(text: &str, place: usize) -> usize {
    1 + text.as_bytes().iter().take(place).filter(|byte| **byte == b'\n').count()
}

struct Reader<'a> {
    text: &'a str,
}

type Outcome<T> = Result<T, ChainFileError>;

impl Reader<'_> {
    fn line(&self, span: Option<Range<usize>>) -> usize {
        line_of(self.text, span.map_or(0, |span| span.start))
    }

    /// The value as it stands in the text.
    fn shown(&self, item: &Item) -> String {
        let raw = item.span().and_then(|span| self.text.get(span)).unwrap_or("a table");
        raw.lines().next().unwrap_or("").trim().to_owned()
    }

    fn chain(&self, document: &dyn TableLike) -> Outcome<ChainSettings> {
        let mut settings = ChainSettings::default();
        self.version(document)?;
        for (key, item) in document.iter() {
            match key {
                "version" => {}
                "order" => settings.order = self.order(item)?,
                "input" => self.fields(self.table(key, item)?, "input", INPUT, &[], &mut settings.input)?,
                "equalizer" => self.equalizer(self.table(key, item)?, &mut settings)?,
                "compressor" => self.compressor(self.table(key, item)?, &mut settings)?,
                "imager" => self.imager(self.table(key, item)?, &mut settings)?,
                "limiter" => self.fields(self.table(key, item)?, "limiter", LIMITER, &[], &mut settings.limiter)?,
                "output" => self.fields(self.table(key, item)?, "output", OUTPUT, &[], &mut settings.output)?,
                _ => {
                    let known = Module::ALL.map(Module::key).join(", ");
                    let line = self.key_line(document, key);
                    return refuse(line, format!("unknown field {key}: a chain has version, order, {known}"));
                }
            }
        }
        Ok(settings)
    }

    fn version(&self, document: &dyn TableLike) -> Outcome<()> {
        let Some(item) = document.get("version") else {
            return refuse(1, format!("version is missing: begin with version = {VERSION}"));
        };
        if item.as_integer() == Some(VERSION) {
            return Ok(());
        }
        let message = format!("version = {} is unknown: this program reads version {VERSION}", self.shown(item));
        refuse(self.line(item.span()), message)
    }

    fn order(&self, item: &Item) -> Outcome<Order> {
        let keys: Option<Vec<&str>> = item.as_array().and_then(|list| list.iter().map(Value::as_str).collect());
        keys.and_then(|keys| Order::from_keys(&keys)).map_or_else(
            || {
                let message =
                    format!("order = {}: must list equalizer, compressor and imager, each once", self.shown(item));
                refuse(self.line(item.span()), message)
            },
            Ok,
        )
    }

    fn equalizer(&self, table: &dyn TableLike, settings: &mut ChainSettings) -> Outcome<()> {
        self.fields(table, "equalizer", EQUALIZER, &["band"], &mut settings.equalizer)?;
        for (slot, band) in self.bands(table, "equalizer.band", EQUALIZER_BANDS)?.into_iter().enumerate() {
            let target = &mut settings.equalizer.bands[slot];
            *target = EqualizerBand { enabled: true, ..EqualizerBand::default() };
            self.fields(band, &format!("equalizer.band.{}", slot + 1), EQUALIZER_BAND, &[], target)?;
        }
        Ok(())
    }

    fn compressor(&self, table: &dyn TableLike, settings: &mut ChainSettings) -> Outcome<()> {
        let compressor = &mut settings.compressor;
        self.fields(table, "compressor", COMPRESSOR, &["band", "crossover_hz"], compressor)?;
        compressor.bands = self.crossovers(table, "compressor.crossover_hz", &mut compressor.crossover_hz)?;
        let most = (compressor.bands as usize).min(COMPRESSOR_BANDS);
        for (slot, band) in self.bands(table, "compressor.band", most)?.into_iter().enumerate() {
            let path = format!("compressor.band.{}", slot + 1);
            self.fields(band, &path, COMPRESSOR_BAND, &[], &mut compressor.band[slot])?;
        }
        Ok(())
    }

    fn imager(&self, table: &dyn TableLike, settings: &mut ChainSettings) -> Outcome<()> {
        let imager = &mut settings.imager;
        self.fields(table, "imager", IMAGER, &["band", "crossover_hz"], imager)?;
        imager.bands = self.crossovers(table, "imager.crossover_hz", &mut imager.crossover_hz)?;
        let most = (imager.bands as usize).min(IMAGER_BANDS);
        for (slot, band) in self.bands(table, "imager.band", most)?.into_iter().enumerate() {
            self.fields(band, &format!("imager.band.{}", slot + 1), IMAGER_BAND, &[], &mut imager.band[slot])?;
        }
        Ok(())
    }

    fn table<'t>(&self, path: &str, item: &'t Item) -> Outcome<&'t dyn TableLike> {
        item.as_table_like().map_or_else(
            || refuse(self.line(item.span()), format!("{path} = {}: must be a table", self.shown(item))),
            Ok,
        )
    }

    fn key_line(&self, table: &dyn TableLike, key: &str) -> usize {
        let span = table.get_key_value(key).and_then(|(key, item)| key.span().or_else(|| item.span()));
        self.line(span)
    }

    /// Reads every field of a table; `others` are keys that the caller reads.
    fn fields<P>(
        &self,
        table: &dyn TableLike,
        path: &str,
        fields: &[Field<P>],
        others: &[&str],
        params: &mut P,
    ) -> Outcome<()> {
        for (key, item) in table.iter().filter(|(key, _)| !others.contains(key)) {
            let line = self.key_line(table, key);
            let in_file = |field: &&Field<P>| field.purpose != Purpose::Listening;
            let Some(field) = fields.iter().filter(in_file).find(|field| field.key == key) else {
                let known: Vec<&str> = fields.iter().filter(in_file).map(|field| field.key).collect();
                let known = [known.as_slice(), others].concat().join(", ");
                return refuse(line, format!("unknown field {path}.{key}: [{path}] has {known}"));
            };
            let value = self.value(line, &format!("{path}.{key}"), &field.kind, item)?;
            (field.set)(params, value);
        }
        Ok(())
    }

    /// Reads one value of a kind.
    fn value(&self, line: usize, path: &str, kind: &Kind, item: &Item) -> Outcome<f32> {
        let number = number_of(item);
        let found = match kind {
            Kind::Number { highest, .. } => {
                let infinite = number == Some(f64::INFINITY) && *highest == INFINITE_RATIO && path.ends_with(".ratio");
                if infinite { Some(*highest) } else { number.and_then(|number| kind.checked(number).ok()) }
            }
            Kind::Switch => item.as_bool().map(|on| f32::from(u8::from(on))),
            Kind::Choice(words) => {
                let word = number.map_or_else(|| item.as_str().map(str::to_owned), |number| Some(number.to_string()));
                words.iter().position(|known| Some(*known) == word.as_deref()).map(|index| index as f32)
            }
        };
        found.map_or_else(|| refuse(line, format!("{path} = {}: must be {}", self.shown(item), kind.range_text())), Ok)
    }

    /// The crossovers; returns the number of bands they make.
    fn crossovers(&self, table: &dyn TableLike, path: &str, target: &mut [f32]) -> Outcome<u32> {
        let Some(item) = table.get("crossover_hz") else { return Ok(1) };
        let line = self.key_line(table, "crossover_hz");
        let numbers: Option<Vec<f64>> = item.as_array().and_then(|list| list.iter().map(number_of_value).collect());
        let Some(numbers) = numbers else {
            return refuse(line, format!("{path} = {}: must be a list of frequencies in Hz", self.shown(item)));
        };
        if numbers.len() > target.len() {
            let message = format!("{path} = {}: must have at most {} frequencies", self.shown(item), target.len());
            return refuse(line, message);
        }
        for (slot, number) in numbers.iter().enumerate() {
            let Ok(value) = CROSSOVER_KIND.checked(*number) else {
                let message = format!("{path}.{} = {number}: must be {}", slot + 1, CROSSOVER_KIND.range_text());
                return refuse(line, message);
            };
            target[slot] = value;
        }
        if !target[..numbers.len()].is_sorted() {
            return refuse(line, format!("{path} = {}: must ascend", self.shown(item)));
        }
        Ok(numbers.len() as u32 + 1)
    }

    /// The band tables, written as `[[module.band]]` or as a list of inline tables.
    fn bands<'t>(&self, table: &'t dyn TableLike, path: &str, most: usize) -> Outcome<Vec<&'t dyn TableLike>> {
        let Some(item) = table.get("band") else { return Ok(Vec::new()) };
        let line = self.key_line(table, "band");
        let bands: Option<Vec<&dyn TableLike>> = match item {
            Item::ArrayOfTables(list) => Some(list.iter().map(|band| band as &dyn TableLike).collect()),
            Item::Value(Value::Array(list)) => {
                list.iter().map(|band| band.as_inline_table().map(|band| band as &dyn TableLike)).collect()
            }
            _ => None,
        };
        match bands {
            None => refuse(line, format!("{path} must be tables, each headed [[{path}]]")),
            Some(bands) if bands.len() > most => {
                let line = match item {
                    Item::ArrayOfTables(list) => self.line(list.get(most).and_then(toml_edit::Table::span)),
                    _ => line,
                };
                let plural = if most == 1 { "" } else { "s" };
                let message = format!("{path} has {} bands: must have at most {most} band{plural} here", bands.len());
                refuse(line, message)
            }
            Some(bands) => Ok(bands),
        }
    }
}

/// A number written with or without a point.
fn number_of(item: &Item) -> Option<f64> {
    item.as_value().and_then(number_of_value)
}

fn number_of_value(value: &Value) -> Option<f64> {
    value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64))
}
