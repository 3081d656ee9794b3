//! The codes of recordings and releases, and dates: what they must look like, and the one way that they are written.

/// Characters of an ISRC.
const ISRC_LENGTH: usize = 12;

/// An ISRC (ISO 3901) as it is written in files: two letters, three letters or digits, seven digits; hyphens are removed and
/// letters made capital.
///
/// # Errors
/// It is none: the message says what would be right.
pub fn isrc(text: &str) -> Result<String, String> {
    let code: String = text.trim().chars().filter(|character| *character != '-').collect();
    let code = code.to_ascii_uppercase();
    let fits = |(place, character): (usize, char)| match place {
        0..2 => character.is_ascii_uppercase(),
        2..5 => character.is_ascii_uppercase() || character.is_ascii_digit(),
        _ => character.is_ascii_digit(),
    };
    if code.chars().count() == ISRC_LENGTH && code.chars().enumerate().all(fits) {
        return Ok(code);
    }
    Err(format!(
        "`{}` is no ISRC: 12 characters are needed, 2 letters, 3 letters or digits and 7 digits, such as QZABC2600001",
        text.escape_debug()
    ))
}

/// A UPC-A of 12 or an EAN of 13 digits (GS1), with its check digit.
///
/// # Errors
/// It is none, or its last digit is not the one that follows from the others: the message names the right one.
pub fn upc(text: &str) -> Result<String, String> {
    let code = text.trim();
    let digits: Option<Vec<u32>> = code.chars().map(|character| character.to_digit(10)).collect();
    let (Some(digits), 12 | 13) = (digits, code.len()) else {
        return Err(format!("`{}` is no UPC or EAN: 12 or 13 digits are needed", text.escape_debug()));
    };
    let (payload, last) = digits.split_at(code.len() - 1);
    let right = check_digit(payload);
    if last == [right] {
        return Ok(code.to_owned());
    }
    Err(format!("`{code}` is no UPC or EAN: its last digit must be {right}"))
}

/// Seen from the check digit, every other digit counts three times, and all of them sum to a multiple of ten.
fn check_digit(payload: &[u32]) -> u32 {
    let weighted =
        payload.iter().rev().enumerate().map(|(place, digit)| if place % 2 == 0 { 3 * digit } else { *digit });
    (10 - weighted.sum::<u32>() % 10) % 10
}

/// A date of release: a year, or a day that exists as `YYYY-MM-DD`.
///
/// # Errors
/// It is neither: the message says so.
pub fn date(text: &str) -> Result<String, String> {
    let date = text.trim();
    if is_year(date) || is_day(date) {
        return Ok(date.to_owned());
    }
    Err(format!("`{}` is no date: a year or YYYY-MM-DD is needed, such as 2026-11-20", text.escape_debug()))
}

/// Whether this is a year of four digits.
fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether this is a day of the calendar, `YYYY-MM-DD`.
pub fn is_day(text: &str) -> bool {
    let mut parts = text.split('-');
    let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let two = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() == 2 && !part.starts_with('+'));
    let (true, Ok(year), Some(month), Some(day)) = (is_year(year), year.parse::<u32>(), two(month), two(day)) else {
        return false;
    };
    let leap = (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_isrc_is_read_with_hyphens_and_written_without() {
        for text in ["QZABC2600001", "QZ-ABC-26-00001", " qz-abc-26-00001 ", "QZA1C2600001"] {
            assert!(isrc(text).is_ok_and(|code| code.len() == 12 && !code.contains(['-', ' '])), "{text}");
        }
        assert_eq!(isrc("us-s1z-99-00001"), Ok("USS1Z9900001".to_owned()));
        for text in ["", "QZABC260000", "QZABC26000011", "1ZABC2600001", "QZABC26000O1", "QZÄBC2600001", "QZ_BC2600001"]
        {
            assert!(isrc(text).is_err_and(|message| message.contains("12 characters")), "{text}");
        }
    }

    #[test]
    fn only_the_right_check_digit_passes_and_is_named() {
        // Codes as printed: GS1's own examples and an EAN in wide use.
        for code in ["036000291452", "4006381333931", "0036000291452", "9780306406157"] {
            assert_eq!(upc(code), Ok(code.to_owned()));
            let (payload, last) = code.split_at(code.len() - 1);
            for digit in ('0'..='9').filter(|digit| !last.starts_with(*digit)) {
                let message = upc(&format!("{payload}{digit}")).unwrap_err();
                assert!(message.ends_with(&format!("its last digit must be {last}")), "{message}");
            }
        }
        for text in ["", "12345678901", "12345678901234", "03600029145x", "٠٣٦٠٠٠٢٩١٤٥٢"] {
            assert!(upc(text).is_err_and(|message| message.contains("12 or 13 digits")), "{text}");
        }
    }

    #[test]
    fn dates_exist() {
        for text in ["2026", "2026-11-20", "2024-02-29", "2000-02-29", "0001-01-01"] {
            assert_eq!(date(text), Ok(text.to_owned()));
        }
        for text in
            ["", "26", "2026-11", "2026-13-01", "2026-00-01", "2026-04-31", "2025-02-29", "1900-02-29", "2026-1-1"]
        {
            assert!(date(text).is_err_and(|message| message.contains("YYYY-MM-DD")), "{text}");
        }
        assert!(date("2026-11-+1").is_err() && date("2026-11-20-1").is_err() && date("20.11.2026").is_err());
    }
}
