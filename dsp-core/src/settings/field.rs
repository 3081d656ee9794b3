//! A parameter's description: key, name, unit, range, step, and how it reaches its place in the plain parameters.

mod describe;

use std::fmt;

pub(super) use describe::{Stored, choice, choice_of, decibels, field, linear, logarithmic, share, stored_choice};

/// The unit a value is shown and typed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// No unit: ratios, shares, counts.
    None,
    /// Relative level.
    Db,
    /// Absolute sample level.
    Dbfs,
    /// Absolute true-peak level.
    Dbtp,
    /// Frequency.
    Hz,
    /// Time.
    Ms,
    /// Angle.
    Degrees,
    /// Slope of a filter.
    DbPerOctave,
}

impl Unit {
    /// The unit as it is written after a value; empty where there is none.
    pub const fn text(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Db => "dB",
            Self::Dbfs => "dBFS",
            Self::Dbtp => "dBTP",
            Self::Hz => "Hz",
            Self::Ms => "ms",
            Self::Degrees => "°",
            Self::DbPerOctave => "dB/oct",
        }
    }
}

/// The grid that values are rounded to, so that a value that went through a host's 0..1 float is the same number as the
/// one in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// 0.01: dB, ms, degrees.
    Hundredth,
    /// 0.001: ratios and shares.
    Thousandth,
    /// 0.0001: Q.
    TenThousandth,
    /// 0.01 Hz below 100 Hz, above it five digits.
    Frequency,
    /// Whole numbers.
    Whole,
}

impl Step {
    /// How many steps make one unit near `value`.
    fn steps_per_unit(self, value: f64) -> f64 {
        match self {
            Self::Hundredth => 100.0,
            Self::Thousandth => 1e3,
            Self::TenThousandth => 1e4,
            Self::Whole => 1.0,
            Self::Frequency => match value.abs() {
                magnitude if magnitude < 1e3 => 100.0,
                magnitude if magnitude < 1e4 => 10.0,
                _ => 1.0,
            },
        }
    }
}

/// How a control's travel maps to its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Equal distances are equal differences.
    Linear,
    /// Equal distances are equal ratios; a range that starts at 0 (off) keeps 0 as its lower end.
    Logarithmic,
}

/// What values a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A number in a range.
    Number {
        /// Lowest value.
        lowest: f32,
        /// Highest value.
        highest: f32,
        /// Grid of values.
        step: Step,
        /// Unit of values.
        unit: Unit,
        /// Travel of a control.
        scale: Scale,
    },
    /// 0 off, 1 on.
    Switch,
    /// One of some words; the value is the index. A word that is a number is written without quotes in a file.
    Choice(&'static [&'static str]),
}

/// Whether a parameter belongs to the sound that is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Part of the chain file.
    Sound,
    /// Only for listening: `listen.*`, never in a chain file, off in the command.
    Listening,
    /// Part of the chain file, and moves the latency: not automatable.
    Latency,
}

/// One field of the plain parameters `P`.
pub struct Field<P: 'static> {
    /// The field's name in a chain file and the last part of the parameter's id.
    pub key: &'static str,
    /// The words that a module's own plugin shows.
    pub name: &'static str,
    /// One sentence on what it does, for the README and the editors' footer.
    pub help: &'static str,
    /// The values it takes.
    pub kind: Kind,
    /// What it belongs to.
    pub purpose: Purpose,
    /// Reads the field.
    pub get: fn(&P) -> f32,
    /// Writes the field; the value has passed [`Kind::checked`].
    pub set: fn(&mut P, f32),
}

/// Why a value cannot be taken.
#[derive(Clone, Debug, PartialEq)]
pub struct OutOfRange {
    /// What would be right, in words.
    pub range: String,
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "must be {}", self.range)
    }
}

impl Kind {
    /// The value rounded to the parameter's step: the one rounding that file, command and plugin pass through. A value
    /// that is not a number becomes the lowest; one out of range the nearest end.
    pub fn rounded(&self, value: f64) -> f32 {
        if value.is_nan() {
            return self.range().0;
        }
        match *self {
            Self::Number { lowest, highest, step, .. } => {
                let clamped = value.clamp(f64::from(lowest), f64::from(highest));
                let per_unit = step.steps_per_unit(clamped);
                // The sum makes a negative zero, which a rounded -0.004 is, a plain one.
                let rounded = ((clamped * per_unit).round() / per_unit + 0.0) as f32;
                rounded.clamp(lowest, highest)
            }
            Self::Switch => f32::from(u8::from(value >= 0.5)),
            Self::Choice(words) => value.round().clamp(0.0, (words.len() - 1) as f64) as f32,
        }
    }

    /// The value rounded to the step if it is in range.
    ///
    /// # Errors
    /// [`OutOfRange`] says what would be right; not a number is always out of range.
    pub fn checked(&self, value: f64) -> Result<f32, OutOfRange> {
        let (lowest, highest) = self.range();
        // The grace is for an end that went through a float: 0.1 as f32 is 0.10000000149.
        let in_range = value >= f64::from(lowest) - 1e-6 && value <= f64::from(highest) + 1e-6;
        if in_range { Ok(self.rounded(value)) } else { Err(OutOfRange { range: self.range_text() }) }
    }

    /// Lowest and highest value.
    pub fn range(&self) -> (f32, f32) {
        match *self {
            Self::Number { lowest, highest, .. } => (lowest, highest),
            Self::Switch => (0.0, 1.0),
            Self::Choice(words) => (0.0, (words.len() - 1) as f32),
        }
    }

    /// The range in words: `-20 to 0 dBTP`, `true or false`, `one of transparent, punchy`.
    pub fn range_text(&self) -> String {
        match *self {
            Self::Number { lowest, highest, unit, .. } => {
                let space = if unit.text().is_empty() { "" } else { " " };
                format!("{lowest} to {highest}{space}{}", unit.text())
            }
            Self::Switch => "true or false".to_owned(),
            Self::Choice(words) => format!("one of {}", words.join(", ")),
        }
    }

    /// A value as a chain file and the README write it, without unit.
    pub fn value_text(&self, value: f32) -> String {
        match *self {
            Self::Number { .. } => format!("{value}"),
            Self::Switch => (if value >= 0.5 { "true" } else { "false" }).to_owned(),
            Self::Choice(words) => words[(value.round().max(0.0) as usize).min(words.len() - 1)].to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_survives_a_hosts_float() {
        // Every step of the ceiling, through 0..1 in f32 and back, is the number in the file.
        let ceiling = linear(-20.0, 0.0, Step::Hundredth, Unit::Dbtp);
        for hundredths in -2000..=0 {
            let in_file = ceiling.rounded(f64::from(hundredths) / 100.0);
            let normalized = (in_file + 20.0) / 20.0;
            let from_host = normalized * 20.0 - 20.0;
            assert_eq!(ceiling.rounded(f64::from(from_host)).to_bits(), in_file.to_bits());
        }
    }

    #[test]
    fn frequencies_keep_five_digits() {
        let frequency = logarithmic(10.0, 30_000.0, Step::Frequency, Unit::Hz);
        assert_eq!(frequency.rounded(31.2345), 31.23);
        assert_eq!(frequency.rounded(999.996), 1000.0);
        assert_eq!(frequency.rounded(1234.56), 1234.6);
        assert_eq!(frequency.rounded(12_345.6), 12_346.0);
    }

    #[test]
    fn out_of_range_is_refused_and_says_the_range() {
        let ceiling = linear(-20.0, 0.0, Step::Hundredth, Unit::Dbtp);
        let refusal = ceiling.checked(3.0).unwrap_err();
        assert_eq!(refusal.to_string(), "must be -20 to 0 dBTP");
        assert!(ceiling.checked(f64::NAN).is_err());
        assert_eq!(ceiling.checked(0.0), Ok(0.0));
    }
}
