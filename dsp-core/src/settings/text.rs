//! Values as text with their unit, and back: what hosts and editors show, and what is typed.

use super::field::{Kind, Step, Unit};

impl Kind {
    /// A value as it is shown, with its unit: `-1.0 dBTP`, `4.0 ms`, `transparent`, `on`. [`parsed`](Self::parsed) gives
    /// back the same number.
    pub fn shown(&self, value: f32) -> String {
        match *self {
            Self::Number { step: Step::Whole, .. } => format!("{value:.0}"),
            Self::Number { unit: Unit::None, .. } => format!("{value:?}"),
            Self::Number { unit: Unit::Degrees, .. } => format!("{value:?}{}", Unit::Degrees.text()),
            Self::Number { unit, .. } => format!("{value:?} {}", unit.text()),
            Self::Switch => (if value >= 0.5 { "on" } else { "off" }).to_owned(),
            Self::Choice(_) => self.value_text(value),
        }
    }

    /// The value of a text that someone typed, rounded to the step: with or without unit, with a decimal point or comma,
    /// `1.2k` and `1.2 kHz`, `0.5 s` for milliseconds, `50 %` for a share, `inf` for the highest.
    ///
    /// # Errors
    /// What would be right, in words, for a text that is no value or out of range.
    pub fn parsed(&self, text: &str) -> Result<f32, String> {
        let text = text.trim().to_lowercase();
        let found = match *self {
            Self::Number { unit, highest, .. } => match number(&text, unit) {
                Some(f64::INFINITY) => Some(f64::from(highest)),
                found => found,
            },
            Self::Switch => match text.as_str() {
                "on" | "true" | "yes" | "1" => Some(1.0),
                "off" | "false" | "no" | "0" => Some(0.0),
                _ => None,
            },
            Self::Choice(words) => words.iter().position(|word| *word == text).map(|index| index as f64),
        };
        // Not a number is out of every range, and so is a text that is none.
        self.checked(found.unwrap_or(f64::NAN)).map_err(|refusal| refusal.to_string())
    }
}

/// The number at the start of a text, scaled by the unit behind it; `None` where the unit is another.
fn number(text: &str, unit: Unit) -> Option<f64> {
    let text = text.replace('\u{2212}', "-").replace(',', ".");
    let digits = text.find(|symbol: char| !(symbol.is_ascii_digit() || "+-.".contains(symbol))).unwrap_or(text.len());
    let (digits, behind) = match text.strip_prefix("inf") {
        Some(behind) => ("inf", behind),
        None => text.split_at(digits),
    };
    let value: f64 = digits.parse().ok()?;
    let behind = behind.trim();
    let scale = match (unit, behind) {
        (_, "") => 1.0,
        (Unit::Hz, "k" | "khz") | (Unit::Ms, "s") => 1e3,
        (Unit::None, "%") => 0.01,
        (Unit::None, ":1") => 1.0,
        (Unit::Db | Unit::Dbfs | Unit::Dbtp | Unit::DbPerOctave, "db") => 1.0,
        (Unit::Degrees, "deg") => 1.0,
        _ if behind == unit.text().to_lowercase() => 1.0,
        _ => return None,
    };
    Some(value * scale)
}

#[cfg(test)]
mod tests {
    use crate::settings::{LIMITER, parameters};

    #[test]
    fn what_is_shown_reads_back_the_same() {
        for parameter in parameters() {
            let (lowest, highest) = parameter.kind.range();
            for share in [0.0, 0.1, 0.5, 0.77, 1.0] {
                let value = parameter.kind.rounded(f64::from(lowest) + share * f64::from(highest - lowest));
                let shown = parameter.kind.shown(value);
                assert_eq!(parameter.kind.parsed(&shown), Ok(value), "{}: {shown}", parameter.id);
            }
        }
    }

    #[test]
    fn people_type_in_many_ways() {
        let kind = |key: &str| parameters().into_iter().find(|found| found.id == key).unwrap().kind;
        let frequency = kind("equalizer.band.1.frequency_hz");
        for text in ["1200", "1.2k", "1,2 kHz", "1200 Hz", " 1200.0hz "] {
            assert_eq!(frequency.parsed(text), Ok(1200.0), "{text}");
        }
        assert_eq!(kind("limiter.release_ms").parsed("0.5 s"), Ok(500.0));
        assert_eq!(kind("limiter.link").parsed("50 %"), Ok(0.5));
        assert_eq!(kind("compressor.band.1.ratio").parsed("inf"), Ok(100.0));
        assert_eq!(kind("compressor.band.1.ratio").parsed("4:1"), Ok(4.0));
        assert_eq!(kind("limiter.ceiling_dbtp").parsed("\u{2212}0.5 dB"), Ok(-0.5));
        assert_eq!(kind("limiter.style").parsed("Loud"), Ok(2.0));
        assert_eq!(kind("limiter.enabled").parsed("On"), Ok(1.0));
        assert_eq!(LIMITER[3].kind.shown(-1.0), "-1.0 dBTP");
    }

    #[test]
    fn what_is_no_value_is_refused_with_what_would_be_right() {
        let ceiling = &LIMITER[3].kind;
        for text in ["", "loud", "3", "-1 Hz", "--1", "-1 dBTP or so"] {
            assert_eq!(ceiling.parsed(text), Err("must be -20 to 0 dBTP".to_owned()), "{text}");
        }
    }
}
