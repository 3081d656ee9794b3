//! Advice in the two lines that a panel keeps for it.

use super::judgement::split;

/// Breaks the first of `texts` that has room into two lines of a width in points, at the end of its first sentence if
/// that fits. Where none has room the last is broken all the same.
pub fn in_two(texts: &[String], width: f32, width_of: impl Fn(&str) -> f32) -> [String; 2] {
    let mut broken = Default::default();
    for text in texts {
        let (first, second) = split(text);
        if width_of(first) <= width && width_of(second) <= width {
            return [first.to_owned(), second.to_owned()];
        }
        broken = wrapped(text, width, &width_of);
        if width_of(&broken[1]) <= width {
            return broken;
        }
    }
    broken
}

/// A text with as many words in its first line as fit.
fn wrapped(text: &str, width: f32, width_of: impl Fn(&str) -> f32) -> [String; 2] {
    let ends = text.match_indices(' ').map(|(at, _)| at);
    let end = ends.take_while(|end| width_of(&text[..*end]) <= width).last().unwrap_or(0);
    [text[..end].to_owned(), text[end..].trim_start().to_owned()]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines for letters of 5 points each.
    fn lines(texts: &[&str], width: f32) -> [String; 2] {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        in_two(&texts, width, |text| 5.0 * text.chars().count() as f32)
    }

    #[test]
    fn sentences_that_fit_have_a_line_each() {
        let advice = "Over by 0.6 LU. Lower input gain 0.6 dB.";
        assert_eq!(lines(&[advice], 150.0), ["Over by 0.6 LU.", "Lower input gain 0.6 dB."]);
        assert_eq!(lines(&[""], 150.0), ["", ""]);
    }

    #[test]
    fn what_is_too_long_is_told_shorter_and_wrapped() {
        let (full, short) =
            ("0.31 dB over. Lower the level 0.31 dB, or limit it to 1 dBTP.", "Lower the level, or limit it.");
        assert_eq!(lines(&[full, short], 100.0), ["Lower the level, or", "limit it."]);
        assert_eq!(lines(&[full, short], 200.0), ["0.31 dB over. Lower the level 0.31 dB,", "or limit it to 1 dBTP."]);
        assert_eq!(lines(&[short], 20.0)[0], "", "no word fits");
    }
}
