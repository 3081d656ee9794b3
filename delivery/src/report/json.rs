//! The JSON documents. Silence and what does not exist are `null`; no clock time, duration of work or host name stands in
//! them, so that the same input gives the same document.

use runout_dsp_core::loudness::Readings;
use runout_dsp_core::settings::{ChainSettings, chain_file};
use runout_dsp_core::targets::{Normalization, TARGETS, Target, Verdict};
use serde_json::{Map, Value, json};

use super::advice;
use crate::deliver::Overshoot;
use crate::failure::Failure;
use crate::master::Mastered;
use crate::measure::{Album, Measurement};

/// Writes the document of `runout measure --json` piece by piece, so that of many files there is one at a time: what was
/// measured, what could not be (`path` and message), and the album.
///
/// # Errors
/// Those of `write`.
pub fn write_measured_json<Error>(
    measurements: &[Measurement],
    errors: &[Failure],
    album: Option<&Album>,
    target: Option<&'static Target>,
    mut write: impl FnMut(&str) -> Result<(), Error>,
) -> Result<(), Error> {
    let with_verdict = |mut fields: Map<String, Value>, readings: &Readings| {
        if let Some(target) = target {
            fields.insert("target".to_owned(), verdict_json(&verdict(target, readings)));
        }
        Value::Object(fields)
    };
    write("{\n  \"files\": [")?;
    for (index, measurement) in measurements.iter().enumerate() {
        let file = with_verdict(measurement_json(measurement), &measurement.readings);
        write(&format!("{}\n    {}", if index > 0 { "," } else { "" }, indented(&file, 4)))?;
    }
    write(if measurements.is_empty() { "]" } else { "\n  ]" })?;
    if let Some(album) = album {
        let mut fields = Map::new();
        fields.insert("duration_s".to_owned(), number(album.duration_s, 6));
        fields.extend(readings_json(&album.readings));
        write(&format!(",\n  \"album\": {}", indented(&with_verdict(fields, &album.readings), 2)))?;
    }
    if !errors.is_empty() {
        let lines: Vec<String> = errors.iter().map(Failure::to_string).collect();
        write(&format!(",\n  \"errors\": {}", indented(&lines.into(), 2)))?;
    }
    write("\n}\n")
}

/// A value as it stands in a document at a depth of so many blanks. No string of JSON holds a line break.
fn indented(value: &Value, blanks: usize) -> String {
    format!("{value:#}").replace('\n', &format!("\n{}", " ".repeat(blanks)))
}

/// The document of `runout master --json` and `--report`.
pub fn mastered_json(mastered: &Mastered) -> Value {
    let mut document = Map::new();
    document.insert("input".to_owned(), measurement_json(&mastered.input).into());
    document.insert("output".to_owned(), measurement_json(&mastered.output).into());
    if let Some(lossy) = &mastered.lossy {
        document.insert("rendered".to_owned(), readings_json(&lossy.rendered.readings).into());
        document.insert("overshoot".to_owned(), lossy.overshoot.as_ref().map_or(Value::Null, overshoot_json));
    }
    document.insert("chain".to_owned(), chain_json(&mastered.settings));
    document.insert("latency_frames".to_owned(), mastered.latency_frames.into());
    document.insert("gain_reduction_db".to_owned(), number(mastered.gain_reduction_db, 4));
    if let Some(reduction_db) = mastered.finishing_reduction_db {
        document.insert("finishing_reduction_db".to_owned(), number(reduction_db, 4));
    }
    document.insert("passes".to_owned(), mastered.passes.into());
    if let Some(outcome) = &mastered.target {
        let mut fields = verdict_json(&outcome.verdict);
        if let Value::Object(fields) = &mut fields {
            fields.insert("input_gain_db".to_owned(), number(outcome.input_gain_db, 4));
            fields.insert("reason".to_owned(), outcome.reason.clone().into());
            fields.insert("advice".to_owned(), outcome.advice().into());
        }
        document.insert("target".to_owned(), fields);
    }
    Value::Object(document)
}

/// The document of `runout targets --json`.
pub fn targets_json() -> Value {
    let targets: Vec<Value> = TARGETS
        .iter()
        .map(|target| {
            json!({
                "name": target.name,
                "integrated_lufs": target.integrated_lufs,
                "tolerance_lu": target.integrated_lufs.map(|_| target.tolerance_lu),
                "ceiling_dbtp": target.ceiling_dbtp,
                "louder_ceiling_dbtp": target.louder_ceiling_dbtp,
                "normalization": target.normalization.as_ref().map(normalization_json),
                "note": target.note,
                "source": target.source,
                "date": target.date,
            })
        })
        .collect();
    json!({ "targets": targets })
}

/// What a platform does to the level of what it plays.
fn normalization_json(normalization: &Normalization) -> Value {
    json!({
        "turns_down": true,
        "turns_up": normalization.turns_up.word(),
        "album_level": normalization.album_level.word(),
        "album_lufs": normalization.album_lufs,
        "always_by_album": normalization.always_by_album,
    })
}

/// Readings against a rule as it stands.
fn verdict(target: &'static Target, readings: &Readings) -> Verdict {
    Verdict::new(target, None, readings.integrated_lufs, readings.true_peak_max_dbtp())
}

pub(super) fn verdict_json(verdict: &Verdict) -> Value {
    json!({
        "name": verdict.target.name,
        "integrated_lufs": verdict.target.integrated_lufs,
        "tolerance_lu": verdict.target.integrated_lufs.map(|_| verdict.target.tolerance_lu),
        "ceiling_dbtp": number(verdict.ceiling_dbtp, 4),
        "gain_to_target_db": optional(verdict.gain_to_target_db(), 4),
        "integrated_passed": verdict.target.integrated_lufs.map(|_| verdict.integrated_passed()),
        "true_peak_passed": verdict.true_peak_passed(),
        "passed": verdict.passed(),
        "advice": advice(verdict),
    })
}

fn overshoot_json(overshoot: &Overshoot) -> Value {
    json!({
        "ceiling_dbtp": number(overshoot.ceiling_dbtp, 4),
        "over_db": number(overshoot.over_db, 4),
        "safe_ceiling_dbtp": number(overshoot.safe_ceiling_dbtp, 4),
    })
}

fn measurement_json(measurement: &Measurement) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("path".to_owned(), measurement.path.to_string_lossy().into());
    fields.insert("sample_rate".to_owned(), measurement.format.sample_rate_hz.into());
    fields.insert("channels".to_owned(), measurement.format.channels.into());
    fields.insert("duration_s".to_owned(), number(measurement.duration_s(), 6));
    fields.extend(readings_json(&measurement.readings));
    fields.insert("frames".to_owned(), measurement.frames.into());
    fields.insert("depth".to_owned(), measurement.format.depth.text().into());
    fields.insert("silenced_samples".to_owned(), measurement.silenced_samples.into());
    fields
}

pub(super) fn readings_json(readings: &Readings) -> Map<String, Value> {
    let range = &readings.loudness_range;
    let heard = range.low_lufs.is_finite();
    let of_channels = |values: &[f64], digits| -> Value {
        values.iter().take(readings.channels).map(|value| number(*value, digits)).collect::<Vec<_>>().into()
    };
    let fields = json!({
        "integrated_lufs": number(readings.integrated_lufs, 4),
        "momentary_max_lufs": number(readings.momentary_max_lufs, 4),
        "short_term_max_lufs": number(readings.short_term_max_lufs, 4),
        "loudness_range_lu": optional(heard.then_some(range.range_lu), 4),
        "loudness_range_low_lufs": number(range.low_lufs, 4),
        "loudness_range_high_lufs": number(range.high_lufs, 4),
        "loudness_range_settled": range.settled,
        "true_peak_dbtp": number(readings.true_peak_max_dbtp(), 4),
        "true_peak_dbtp_per_channel": of_channels(&readings.true_peak_dbtp, 4),
        "sample_peak_dbfs": number(readings.sample_peak_max_dbfs(), 4),
        "plr_lu": optional(readings.plr_lu, 4),
        "psr_min_lu": optional(readings.psr_min_lu, 4),
        "correlation": optional(readings.correlation, 6),
        "dc_offset": of_channels(&readings.dc_offset, 9),
    });
    match fields {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

/// The chain as a chain file says it.
pub(super) fn chain_json(settings: &ChainSettings) -> Value {
    let text = chain_file::write(settings);
    text.parse::<toml_edit::DocumentMut>().map_or(Value::Null, |document| table_json(document.as_table()))
}

fn table_json(table: &toml_edit::Table) -> Value {
    let fields = table.iter().map(|(key, item)| {
        let value = match item {
            toml_edit::Item::Table(table) => table_json(table),
            toml_edit::Item::ArrayOfTables(tables) => tables.iter().map(table_json).collect::<Vec<_>>().into(),
            toml_edit::Item::Value(value) => value_json(value),
            toml_edit::Item::None => Value::Null,
        };
        (key.to_owned(), value)
    });
    Value::Object(fields.collect())
}

fn value_json(value: &toml_edit::Value) -> Value {
    match value {
        toml_edit::Value::String(text) => text.value().clone().into(),
        toml_edit::Value::Integer(number) => (*number.value()).into(),
        toml_edit::Value::Float(number) => (*number.value()).into(),
        toml_edit::Value::Boolean(switch) => (*switch.value()).into(),
        toml_edit::Value::Array(values) => values.iter().map(value_json).collect::<Vec<_>>().into(),
        // A chain has neither dates nor inline tables.
        toml_edit::Value::Datetime(_) | toml_edit::Value::InlineTable(_) => Value::Null,
    }
}

/// A number rounded to so many digits after the point; `null` where it is not finite. Never minus zero.
pub(super) fn number(value: f64, digits: i32) -> Value {
    let scale = 10f64.powi(digits);
    let rounded = (value * scale).round() / scale + 0.0;
    if rounded.is_finite() { rounded.into() } else { Value::Null }
}

pub(super) fn optional(value: Option<f64>, digits: i32) -> Value {
    value.map_or(Value::Null, |value| number(value, digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_null_and_zero_has_no_sign() {
        assert_eq!(number(f64::NEG_INFINITY, 4), Value::Null);
        assert_eq!(number(-0.00001, 4).to_string(), "0.0");
        assert_eq!(number(-14.02344, 4).to_string(), "-14.0234");
        let silent = readings_json(&Readings::silent(2));
        for key in ["integrated_lufs", "true_peak_dbtp", "loudness_range_lu", "plr_lu", "psr_min_lu", "correlation"] {
            assert_eq!(silent[key], Value::Null, "{key}");
        }
        assert_eq!(silent["true_peak_dbtp_per_channel"], json!([null, null]));
        assert_eq!(silent["dc_offset"], json!([0.0, 0.0]));
    }

    #[test]
    fn the_chain_is_written_with_its_files_names() {
        let chain = chain_json(&ChainSettings::default());
        assert_eq!(chain["version"], 1);
        assert_eq!(chain["limiter"]["ceiling_dbtp"], -1.0);
        assert_eq!(chain["limiter"]["style"], "transparent");
        assert_eq!(chain["order"], json!(["equalizer", "compressor", "imager"]));
    }
}
