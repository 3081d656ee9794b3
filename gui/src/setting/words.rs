//! A parameter in words: its label, its value with the unit, its range, and what the footer says of it.

use runout_dsp_core::settings::{INFINITE_RATIO, Kind, Parameter, Scale, Step, Unit};

use super::{ends, is_share, stepped};
use crate::numbers::{needed, plain, typeset};

/// A parameter's name in sentence case, as a label: `Input gain`.
pub fn label(name: &str) -> String {
    let mut words = name.split(' ');
    let mut label = words.next().unwrap_or_default().to_owned();
    for word in words {
        label.push(' ');
        // A word with capitals inside stays: RMS.
        let is_plain = word.chars().skip(1).all(|letter| !letter.is_uppercase());
        label.push_str(&if is_plain && word.len() > 1 { word.to_lowercase() } else { word.to_owned() });
    }
    label
}

/// A word of a choice as it is shown: `low-shelf` is `Low shelf`.
pub fn word(word: &str) -> String {
    let spaced = word.replace('-', " ");
    let mut letters = spaced.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A value as a control shows it, with its unit: `+8.2 dB`, `80 ms`, `1.15 kHz`, `100 %`, `Transparent`.
pub fn shown(parameter: &Parameter, value: f32) -> String {
    let number = f64::from(value);
    match parameter.kind {
        Kind::Switch => (if value >= 0.5 { "On" } else { "Off" }).to_owned(),
        Kind::Choice(_) => word(&parameter.kind.value_text(value)),
        kind if is_share(&kind) => format!("{} %", signed_if(parameter, number, needed(number * 100.0, 0, 1))),
        kind if is_ratio(&kind) => ratio(value),
        Kind::Number { step: Step::Whole, unit, .. } => with_unit(&plain(number, 0), unit),
        Kind::Number { unit: Unit::Hz, lowest, .. } if lowest == 0.0 && value == 0.0 => "Off".to_owned(),
        Kind::Number { unit: Unit::Hz, .. } => hertz(number),
        Kind::Number { unit: Unit::Ms, .. } => with_unit(&three_digits(number), Unit::Ms),
        Kind::Number { unit: Unit::None, .. } => needed(number, 2, 2),
        Kind::Number { unit, .. } => with_unit(&signed_if(parameter, number, needed(number, 1, 2)), unit),
    }
}

/// A value to the last digit, as it stands in a field that is being typed in.
pub fn exact(parameter: &Parameter, value: f32) -> String {
    match parameter.kind {
        // A share in f32 has 7 digits; its step is 0.1 %.
        kind if is_share(&kind) => format!("{} %", needed(f64::from(value) * 100.0, 0, 1)),
        _ => typeset(&parameter.kind.shown(value)),
    }
}

/// The value of what was typed: with or without its unit; a number for a share counts in percent.
///
/// # Errors
/// What would be right, in words.
pub fn parsed(parameter: &Parameter, text: &str) -> Result<f32, String> {
    let wrong = |_| format!("must be {}", range(parameter));
    if matches!(parameter.kind, Kind::Choice(_)) {
        // As the chain file has it, or as it is shown.
        let dashed = text.trim().replace(' ', "-");
        return parameter.kind.parsed(text).or_else(|_| parameter.kind.parsed(&dashed)).map_err(wrong);
    }
    let mut text: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    let is_number = text.ends_with(|character: char| character.is_ascii_digit());
    if is_share(&parameter.kind) && is_number {
        text.push('%');
    }
    let can_be_off = matches!(parameter.kind, Kind::Number { lowest: 0.0, unit: Unit::Hz, .. });
    if can_be_off && text.eq_ignore_ascii_case("off") {
        return Ok(0.0);
    }
    if is_ratio(&parameter.kind) {
        text.truncate(text.trim_end_matches(":1").len());
        if text == "\u{221e}" || text.eq_ignore_ascii_case("inf") {
            return Ok(INFINITE_RATIO);
        }
    }
    parameter.kind.parsed(&text).map_err(wrong)
}

/// The range in the unit shown: `−36 to +36 dB`, `0 to 100 %`, `one of transparent, punchy`.
pub fn range(parameter: &Parameter) -> String {
    let (lowest, highest) = ends(parameter);
    match parameter.kind {
        Kind::Switch => "on or off".to_owned(),
        Kind::Choice(_) => parameter.kind.range_text(),
        kind if is_share(&kind) => {
            let end = |value: f64| signed_if(parameter, value, needed(value * 100.0, 0, 1));
            format!("{} to {} %", end(lowest), end(highest))
        }
        Kind::Number { unit, .. } => {
            let end = |value: f64| signed_if(parameter, value, needed(value, 0, 3));
            with_unit(&format!("{} to {}", end(lowest), end(highest)), unit)
        }
    }
}

/// What the footer says: what the parameter does, its range and default, and how to move it.
pub fn sentence(parameter: &Parameter) -> String {
    let default = shown(parameter, parameter.default_value());
    let help = parameter.help.trim_end_matches('.');
    match parameter.kind {
        Kind::Switch => format!("{help}. Default {}.", default.to_lowercase()),
        Kind::Choice(_) => format!("{help}. Default {default}. Arrow keys choose."),
        Kind::Number { .. } => {
            let value = parameter.default_value();
            let up = stepped(parameter, value, 1, false);
            let next = if up == value { stepped(parameter, value, -1, false) } else { up };
            let step = step_text(parameter, f64::from((next - value).abs()));
            let range = range(parameter);
            format!("{help}. {range}, default {default}. Double-click resets, wheel steps {step}.")
        }
    }
}

/// The size of a step near the default, with its unit.
fn step_text(parameter: &Parameter, step: f64) -> String {
    match parameter.kind {
        kind if is_share(&kind) => format!("{} %", needed(step * 100.0, 0, 1)),
        Kind::Number { unit, .. } => with_unit(&needed(step, 0, 2), unit),
        Kind::Switch | Kind::Choice(_) => needed(step, 0, 0),
    }
}

/// Puts a plus before a positive number of a range that goes both ways.
fn signed_if(parameter: &Parameter, value: f64, text: String) -> String {
    let (lowest, highest) = ends(parameter);
    if lowest < 0.0 && highest > 0.0 && value > 0.0 { format!("+{text}") } else { text }
}

/// Three digits at most, two at least: `4.0`, `4.13`, `80`, `83.3`, `120`.
fn three_digits(value: f64) -> String {
    match value.abs() {
        magnitude if magnitude < 9.995 => needed(value, 1, 2),
        magnitude if magnitude < 99.95 => needed(value, 0, 1),
        _ => needed(value, 0, 0),
    }
}

/// Whether a number is a compressor's ratio.
fn is_ratio(kind: &Kind) -> bool {
    matches!(kind, Kind::Number { highest: INFINITE_RATIO, unit: Unit::None, scale: Scale::Logarithmic, .. })
}

/// A ratio: `2.0 : 1`, `\u{221e} : 1`.
fn ratio(value: f32) -> String {
    let number = match f64::from(value) {
        _ if value >= INFINITE_RATIO => "\u{221e}".to_owned(),
        number if number < 9.995 => needed(number, 1, 2),
        number => needed(number, 0, 1),
    };
    format!("{number} : 1")
}

/// A frequency in three digits.
fn hertz(value: f64) -> String {
    match value {
        _ if value < 99.95 => format!("{} Hz", needed(value, 0, 1)),
        _ if value < 999.5 => format!("{} Hz", plain(value, 0)),
        _ if value < 9995.0 => format!("{} kHz", plain(value / 1000.0, 2)),
        _ => format!("{} kHz", plain(value / 1000.0, 1)),
    }
}

fn with_unit(text: &str, unit: Unit) -> String {
    match unit {
        Unit::None => text.to_owned(),
        Unit::Degrees => format!("{text}{}", unit.text()),
        _ => format!("{text} {}", unit.text()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setting::{find, value_at};
    use runout_dsp_core::settings::parameters;

    #[test]
    fn values_are_shown_as_engineers_write_them() {
        for (id, value, expected) in [
            ("limiter.input_gain_db", 8.2, "+8.2 dB"),
            ("limiter.input_gain_db", -8.25, "\u{2212}8.25 dB"),
            ("limiter.input_gain_db", 0.0, "0.0 dB"),
            ("limiter.ceiling_dbtp", -1.0, "\u{2212}1.0 dBTP"),
            ("limiter.lookahead_ms", 4.0, "4.0 ms"),
            ("limiter.release_ms", 80.0, "80 ms"),
            ("limiter.release_ms", 83.27, "83.3 ms"),
            ("limiter.release_ms", 1000.0, "1000 ms"),
            ("limiter.link", 1.0, "100 %"),
            ("limiter.link", 0.255, "25.5 %"),
            ("limiter.style", 0.0, "Transparent"),
            ("limiter.auto_release", 1.0, "On"),
            ("equalizer.band.1.frequency_hz", 238.04, "238 Hz"),
            ("equalizer.band.1.frequency_hz", 1150.0, "1.15 kHz"),
            ("equalizer.band.1.frequency_hz", 21000.0, "21.0 kHz"),
            ("imager.mono_below_hz", 0.0, "Off"),
            ("compressor.band.1.ratio", 2.0, "2.0 : 1"),
            ("compressor.band.1.ratio", 1.126, "1.13 : 1"),
            ("compressor.band.1.ratio", 12.5, "12.5 : 1"),
            ("compressor.band.1.ratio", 100.0, "\u{221e} : 1"),
            ("imager.rotation_deg", -4.5, "\u{2212}4.5°"),
        ] {
            assert_eq!(shown(find(id).unwrap(), value), expected, "{id}");
        }
    }

    #[test]
    fn what_stands_in_a_field_reads_back_the_same() {
        for parameter in parameters() {
            for hundredths in 0..=100 {
                let value = value_at(&parameter, hundredths as f32 / 100.0);
                let text = exact(&parameter, value);
                assert_eq!(parsed(&parameter, &text), Ok(value), "{}: {text}", parameter.id);
            }
            let default = parameter.default_value();
            assert!(parsed(&parameter, &shown(&parameter, default)).is_ok(), "{}", parameter.id);
        }
    }

    #[test]
    fn people_type_shares_in_percent_and_leave_units_out() {
        let link = find("limiter.link").unwrap();
        assert_eq!(parsed(link, "50"), Ok(0.5));
        assert_eq!(parsed(link, "50 %"), Ok(0.5));
        assert_eq!(parsed(link, "150"), Err("must be 0 to 100 %".to_owned()));
        let gain = find("limiter.input_gain_db").unwrap();
        assert_eq!(parsed(gain, " +3.5 db "), Ok(3.5));
        assert_eq!(parsed(gain, "loud"), Err("must be \u{2212}36 to +36 dB".to_owned()));
        assert_eq!(parsed(find("imager.mono_below_hz").unwrap(), "off"), Ok(0.0));
        let ratio = find("compressor.band.1.ratio").unwrap();
        for (text, expected) in [("4", 4.0), ("2.5 : 1", 2.5), ("inf", 100.0), ("\u{221e}:1", 100.0)] {
            assert_eq!(parsed(ratio, text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn the_footer_says_what_where_and_how() {
        assert_eq!(
            sentence(find("limiter.input_gain_db").unwrap()),
            "Gain into the limiter. \u{2212}36 to +36 dB, default 0.0 dB. Double-click resets, wheel steps 0.1 dB."
        );
        assert!(sentence(find("limiter.link").unwrap()).ends_with("wheel steps 1 %."));
        assert!(sentence(find("listen.limiter.delta").unwrap()).ends_with("Default off."));
        for parameter in parameters() {
            assert!(!sentence(&parameter).contains(".."), "{}", sentence(&parameter));
        }
    }

    #[test]
    fn labels_are_in_sentence_case() {
        for (name, expected) in [("Input Gain", "Input gain"), ("RMS Window", "RMS window"), ("Band 1 Q", "Band 1 Q")] {
            assert_eq!(label(name), expected);
        }
        assert_eq!(word("low-shelf"), "Low shelf");
    }
}
