//! Codes of recordings and releases.

/// An International Standard Recording Code (ISO 3901), without hyphens: country and registrant (two letters, three letters
/// or digits), two digits of the year, five of the recording. The hyphens that are usual in print are taken out.
///
/// # Errors
/// What would be right. There is no check digit: only the form can be wrong.
pub fn isrc(text: &str) -> Result<String, &'static str> {
    const RIGHT: &str =
        "must be an ISRC of 12 characters, two capitals, three capitals or digits, seven digits: QZABC2600001";
    let plain = match text.split('-').collect::<Vec<_>>().as_slice() {
        [plain] => (*plain).to_owned(),
        parts @ [country, registrant, year, _] if (country.len(), registrant.len(), year.len()) == (2, 3, 2) => {
            parts.concat()
        }
        _ => return Err(RIGHT),
    };
    let fits = |(place, byte): (usize, u8)| match place {
        0 | 1 => byte.is_ascii_uppercase(),
        2..=4 => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
        _ => byte.is_ascii_digit(),
    };
    if plain.len() == 12 && plain.bytes().enumerate().all(fits) { Ok(plain) } else { Err(RIGHT) }
}

/// A UPC-A of 12 digits or an EAN-13 of 13, its last digit the check digit (GS1 General Specifications, 7.9).
///
/// # Errors
/// What would be right.
pub fn upc(text: &str) -> Result<String, String> {
    if !matches!(text.len(), 12 | 13) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("must be a UPC of 12 or an EAN of 13 digits, the check digit at the end".to_owned());
    }
    let (body, last) = text.split_at(text.len() - 1);
    let right = check_digit(body);
    if last == right.to_string() {
        Ok(text.to_owned())
    } else {
        Err(format!("has the wrong check digit {last}: after {body} comes {right}"))
    }
}

/// The check digit of the digits before it: from the right they weigh 3, 1, 3, and the sum with it is a multiple of ten.
fn check_digit(body: &str) -> u32 {
    let weigh = |(place, byte): (usize, u8)| u32::from(byte - b'0') * if place % 2 == 0 { 3 } else { 1 };
    let sum: u32 = body.bytes().rev().enumerate().map(weigh).sum();
    (10 - sum % 10) % 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_those_on_real_covers() {
        // The example of GS1's page on check digits, and a UPC-A with and without the zero that makes it an EAN.
        assert!(upc("6291041500213").is_ok());
        assert!(upc("036000291452").is_ok() && upc("0036000291452").is_ok());
        assert_eq!(upc("0123456789012").unwrap(), "0123456789012");
        let message = upc("0123456789013").unwrap_err();
        assert!(message.contains("wrong check digit 3") && message.ends_with("012345678901 comes 2"), "{message}");
        for wrong in ["", "12345678901", "12345678901234", "01234567890a2", "０123456789012"] {
            assert!(upc(wrong).unwrap_err().contains("12 or an EAN of 13"), "{wrong}");
        }
    }

    #[test]
    fn one_wrong_digit_is_always_seen() {
        for place in 0..13 {
            for digit in b'0'..=b'9' {
                let mut text = *b"6291041500213";
                let right = text[place] == digit;
                text[place] = digit;
                assert_eq!(upc(std::str::from_utf8(&text).unwrap()).is_ok(), right);
            }
        }
    }

    #[test]
    fn an_isrc_has_its_form() {
        assert_eq!(isrc("QZABC2600001").unwrap(), "QZABC2600001");
        assert_eq!(isrc("US-S1Z-99-00001").unwrap(), "USS1Z9900001");
        for wrong in
            ["", "QZABC260001", "QZABC26000011", "qzabc2600001", "Q1ABC2600001", "QZABC26O0001", "QZAB-C26-00-001"]
        {
            assert!(isrc(wrong).is_err(), "{wrong}");
        }
    }
}
