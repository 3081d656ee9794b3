//! Numbers as every editor writes them: a true minus, a sign where a value is relative, a fixed number of decimals.

/// The true minus, as wide as a figure.
pub const MINUS: char = '\u{2212}';

/// What stands where there is no reading.
pub const NONE: &str = "\u{2013}";

/// A number with its decimals: `−1.0`; silence is `−∞`, not a number is a dash, and what rounds to zero has no sign.
pub fn plain(value: f64, decimals: usize) -> String {
    if value.is_nan() {
        return NONE.to_owned();
    }
    let magnitude = if value.is_infinite() { "\u{221e}".to_owned() } else { format!("{:.decimals$}", value.abs()) };
    let is_zero = magnitude.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if value < 0.0 && !is_zero { format!("{MINUS}{magnitude}") } else { magnitude }
}

/// A number that is relative to something, with its sign: `+8.2`, `−0.04`, `0.0`.
pub fn signed(value: f64, decimals: usize) -> String {
    let text = plain(value, decimals);
    let has_plus = value > 0.0 && text.bytes().any(|byte| !matches!(byte, b'0' | b'.'));
    if has_plus { format!("+{text}") } else { text }
}

/// A number with at least `least` and at most `most` decimals: no more than it needs.
pub fn needed(value: f64, least: usize, most: usize) -> String {
    let mut text = plain(value, most);
    if let Some(point) = text.find('.') {
        let shortest = if least == 0 { point } else { point + 1 + least };
        while text.len() > shortest && text.ends_with('0') {
            text.pop();
        }
        if text.ends_with('.') {
            text.pop();
        }
    }
    text
}

/// A text of plain ASCII, as dsp-core writes ranges, with true minus signs before its figures.
pub fn typeset(text: &str) -> String {
    let mut result = String::with_capacity(text.len() + 4);
    let mut characters = text.chars().peekable();
    let mut before = ' ';
    while let Some(character) = characters.next() {
        let is_sign =
            character == '-' && !before.is_alphanumeric() && characters.peek().is_some_and(char::is_ascii_digit);
        result.push(if is_sign { MINUS } else { character });
        before = character;
    }
    result
}

/// A duration on a time axis or beside a programme: `0:30`, `3:42`, `1:02:05`.
pub fn clock(seconds: f64) -> String {
    let seconds = seconds.max(0.0).round() as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_true_and_zero_has_none() {
        assert_eq!(plain(-1.0, 1), "\u{2212}1.0");
        assert_eq!(plain(-0.04, 1), "0.0");
        assert_eq!(plain(f64::NEG_INFINITY, 1), "\u{2212}\u{221e}");
        assert_eq!(plain(f64::NAN, 2), NONE);
        assert_eq!(signed(8.2, 1), "+8.2");
        assert_eq!(signed(0.04, 1), "0.0");
        assert_eq!(signed(-0.04, 2), "\u{2212}0.04");
    }

    #[test]
    fn decimals_are_those_needed() {
        for (value, least, most, expected) in [
            (4.0, 1, 2, "4.0"),
            (4.13, 1, 2, "4.13"),
            (80.0, 0, 1, "80"),
            (100.0, 0, 1, "100"),
            (-1.25, 1, 2, "\u{2212}1.25"),
        ] {
            assert_eq!(needed(value, least, most), expected);
        }
    }

    #[test]
    fn only_signs_before_figures_become_a_minus() {
        assert_eq!(typeset("must be -20 to 0 dBTP"), "must be \u{2212}20 to 0 dBTP");
        assert_eq!(typeset("one of low-cut, A-1"), "one of low-cut, A-1");
    }

    #[test]
    fn clocks_count_in_sixties() {
        for (seconds, expected) in [(30.0, "0:30"), (222.4, "3:42"), (3725.0, "1:02:05"), (-1.0, "0:00")] {
            assert_eq!(clock(seconds), expected);
        }
    }
}
