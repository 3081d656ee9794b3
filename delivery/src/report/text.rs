//! The tables that people read: names on the left, numbers on their points, units beside them.

use runout_dsp_core::loudness::Readings;
use runout_dsp_core::targets::{Target, Verdict};

use super::advice;
use crate::failure::shown;
use crate::master::Mastered;
use crate::measure::{Album, Measurement};

/// Channel names of the layouts that are read.
const CHANNEL_NAMES: [(usize, &[&str]); 4] = [
    (1, &["M"]),
    (2, &["L", "R"]),
    (6, &["L", "R", "C", "LFE", "Ls", "Rs"]),
    (12, &["FL", "FR", "FC", "LFE", "BL", "BR", "SL", "SR", "TFL", "TFR", "TBL", "TBR"]),
];

/// A level with two digits; silence is `-inf`, what does not exist `-`.
pub fn level(value: Option<f64>) -> String {
    match value {
        None => "-".to_owned(),
        // Never minus zero.
        Some(value) => format!("{:.2}", (value * 100.0).round() / 100.0 + 0.0),
    }
}

/// Lines of a table: the first column to the left, the others to the right; a last column of units to the left.
pub fn table(rows: &[Vec<String>], units: bool) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let padding = " ".repeat(widths[column] - cell.chars().count());
            let to_left = column == 0 || (units && column + 1 == columns);
            let gap = if column == 0 {
                ""
            } else if units && column + 1 == columns {
                " "
            } else {
                "  "
            };
            line += &if to_left { format!("{gap}{cell}{padding}") } else { format!("{gap}{padding}{cell}") };
        }
        text += line.trim_end();
        text.push('\n');
    }
    text
}

/// What `runout measure` prints: a card for one file, a table for several.
pub fn measured_text(measurements: &[Measurement], album: Option<&Album>, target: Option<&'static Target>) -> String {
    let mut text = match measurements {
        [] => return String::new(),
        [one] => format!("{}\n{}\n\n{}", shown(&one.path), format_line(one), card(&[("", one)])),
        several => album_table(several, album),
    };
    text += &notes(measurements);
    if let Some(target) = target {
        text.push('\n');
        let mut rows = Vec::new();
        for measurement in measurements {
            rows.push((shown(&measurement.path), &measurement.readings));
        }
        if let Some(album) = album {
            rows.push(("album".to_owned(), &album.readings));
        }
        let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        for (name, readings) in rows {
            let verdict = Verdict::new(target, None, readings.integrated_lufs, readings.true_peak_max_dbtp());
            let padding = " ".repeat(width - name.chars().count());
            text += &format!("{name}{padding}  {}\n", verdict_line(&verdict, &advice(&verdict)));
        }
    }
    text
}

/// What `runout master` prints. `times_real_time` is how much faster than the music all of it went.
pub fn mastered_text(mastered: &Mastered, times_real_time: f64) -> String {
    let Mastered { input, output, latency_frames, passes, .. } = mastered;
    let mut text = format!("{} -> {}\n", shown(&input.path), shown(&output.path));
    let (from_hz, to_hz) = (input.format.sample_rate_hz, output.format.sample_rate_hz);
    let rates = if from_hz == to_hz { from_hz.to_string() } else { format!("{from_hz} -> {to_hz}") };
    text += &format!("{rates} Hz, {}, as {}\n\n", form_line(input), mastered.format.text());
    let after = if mastered.lossy.is_some() { "decoded" } else { "after" };
    text += &card(&[("before", input), (after, output)]);
    text += &notes(std::slice::from_ref(input));
    let latency_ms = *latency_frames as f64 * 1e3 / f64::from(input.format.sample_rate_hz);
    let plural = if *passes == 1 { "pass" } else { "passes" };
    text += &format!(
        "\nLatency {latency_frames} frames ({latency_ms:.1} ms), trimmed. {passes} {plural}, {times_real_time:.0} times real time.\n"
    );
    let (input_gain_db, gain_reduction_db) = (mastered.settings.limiter.input_gain_db, mastered.gain_reduction_db);
    text += &if mastered.settings.limiter.enabled {
        format!("Limiter input gain {input_gain_db:+.2} dB, deepest gain reduction {:.2} dB.\n", gain_reduction_db)
    } else {
        "Limiter off.\n".to_owned()
    };
    if let Some(reduction_db) = mastered.finishing_reduction_db {
        text += &format!("Limiter after the conversion: deepest gain reduction {reduction_db:.2} dB.\n");
    }
    if let Some(outcome) = &mastered.target {
        text += &format!("{}\n", verdict_line(&outcome.verdict, &outcome.advice()));
    }
    text
}

/// `spotify: pass. On target (+0.01 LU).`
pub(super) fn verdict_line(verdict: &Verdict, advice: &str) -> String {
    let word = if verdict.passed() { "pass" } else { "FAIL" };
    format!("{}: {word}. {advice}", verdict.target.name)
}

/// `48000 Hz, stereo, 24 bit, 3:12.345`
fn format_line(measurement: &Measurement) -> String {
    format!("{} Hz, {}", measurement.format.sample_rate_hz, form_line(measurement))
}

/// `stereo, 24 bit, 3:12.345`
fn form_line(measurement: &Measurement) -> String {
    let format = &measurement.format;
    let layout = match format.channels {
        1 => "mono",
        2 => "stereo",
        6 => "5.1",
        _ => "7.1.4",
    };
    format!("{layout}, {}, {}", format.depth.text(), clock(measurement.duration_s()))
}

/// `3:12.345`, `1:02:03.000`
pub(super) fn clock(duration_s: f64) -> String {
    let milliseconds = (duration_s * 1e3).round() as u64;
    let (hours, minutes) = (milliseconds / 3_600_000, milliseconds / 60_000 % 60);
    let seconds = milliseconds as f64 / 1e3 % 60.0;
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:06.3}") } else { format!("{minutes}:{seconds:06.3}") }
}

/// One reading: its name, its unit, and how it is had.
type Row = (&'static str, &'static str, fn(&Readings) -> Option<f64>);

const ROWS: [Row; 8] = [
    ("integrated", "LUFS", |readings| Some(readings.integrated_lufs)),
    ("momentary max", "LUFS", |readings| Some(readings.momentary_max_lufs)),
    ("short-term max", "LUFS", |readings| Some(readings.short_term_max_lufs)),
    ("loudness range", "LU", loudness_range),
    ("true peak", "dBTP", |readings| Some(readings.true_peak_max_dbtp())),
    ("sample peak", "dBFS", |readings| Some(readings.sample_peak_max_dbfs())),
    ("PLR", "LU", |readings| readings.plr_lu),
    ("PSR min", "LU", |readings| readings.psr_min_lu),
];

pub(super) fn loudness_range(readings: &Readings) -> Option<f64> {
    readings.loudness_range.low_lufs.is_finite().then_some(readings.loudness_range.range_lu)
}

/// All readings of one file, or of several side by side under their headings.
fn card(columns: &[(&str, &Measurement)]) -> String {
    let mut rows = Vec::new();
    if columns.len() > 1 {
        let headings = columns.iter().map(|(heading, _)| (*heading).to_owned());
        rows.push([vec![String::new()], headings.collect(), vec![String::new()]].concat());
    }
    let mut row = |name: String, unit: &str, cell: &dyn Fn(&Readings) -> String| {
        let cells = columns.iter().map(|(_, measurement)| cell(&measurement.readings));
        rows.push([vec![name], cells.collect(), vec![unit.to_owned()]].concat());
    };
    for (name, unit, reading) in ROWS {
        row(format!("  {name}"), unit, &|readings| level(reading(readings)));
    }
    let channels = columns[0].1.format.channels;
    for (index, name) in channel_names(channels).iter().enumerate().filter(|_| channels > 1) {
        row(format!("  true peak {name}"), "dBTP", &|readings| level(Some(readings.true_peak_dbtp[index])));
    }
    if channels > 1 {
        row("  correlation".to_owned(), "", &|readings| level(readings.correlation));
    }
    row("  DC offset".to_owned(), "", &|readings| {
        let largest = readings
            .dc_offset
            .iter()
            .take(channels)
            .fold(0.0, |largest: f64, offset| if offset.abs() > largest.abs() { *offset } else { largest });
        format!("{:.5}", (largest * 1e5).round() / 1e5 + 0.0)
    });
    table(&rows, true)
}

fn channel_names(channels: usize) -> &'static [&'static str] {
    CHANNEL_NAMES.iter().find(|(count, _)| *count == channels).map_or(&[], |(_, names)| names)
}

/// One line a file, and one for all of them as one programme.
fn album_table(measurements: &[Measurement], album: Option<&Album>) -> String {
    let cells = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
    let mut rows = vec![
        cells(&["", "length", "integrated", "M max", "S max", "range", "true peak", "peak", "PLR", "PSR min"]),
        cells(&["", "", "LUFS", "LUFS", "LUFS", "LU", "dBTP", "dBFS", "LU", "LU"]),
    ];
    let mut line = |name: String, duration_s: f64, readings: &Readings| {
        let levels = ROWS.iter().map(|(_, _, reading)| level(reading(readings)));
        rows.push([vec![name, clock(duration_s)], levels.collect()].concat());
    };
    for measurement in measurements {
        line(shown(&measurement.path), measurement.duration_s(), &measurement.readings);
    }
    if let Some(album) = album {
        line("album".to_owned(), album.duration_s, &album.readings);
    }
    table(&rows, false)
}

/// What a reader of the numbers should know.
fn notes(measurements: &[Measurement]) -> String {
    let mut text = String::new();
    for measurement in measurements.iter().filter(|measurement| measurement.silenced_samples > 0) {
        let (name, count) = (shown(&measurement.path), measurement.silenced_samples);
        text += &format!("{name}: {count} samples are not numbers, infinite or above +120 dBFS: silenced.\n");
    }
    let unsettled = measurements.iter().filter(|measurement| {
        let range = &measurement.readings.loudness_range;
        !range.settled && range.low_lufs.is_finite()
    });
    let names: Vec<String> = unsettled.map(|measurement| shown(&measurement.path)).collect();
    if !names.is_empty() {
        text += &format!("Under 60 s, so that the loudness range is not settled: {}.\n", names.join(", "));
    }
    if text.is_empty() { text } else { format!("\n{text}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_on_their_points() {
        let rows = [["a", "-14.02", "LUFS"], ["true peak", "-1.00", "dBTP"]];
        let rows: Vec<Vec<String>> = rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect();
        assert_eq!(table(&rows, true), "a          -14.02 LUFS\ntrue peak   -1.00 dBTP\n");
    }

    #[test]
    fn times_and_levels_read_well() {
        assert_eq!(clock(192.3454), "3:12.345");
        assert_eq!(clock(3723.0), "1:02:03.000");
        assert_eq!(level(Some(-0.001)), "0.00");
        assert_eq!(level(Some(f64::NEG_INFINITY)), "-inf");
        assert_eq!(level(None), "-");
    }
}
