//! Values in the plugin's own state within an Ardour session: Ardour 7 shows its scripts no parameter that cannot be
//! automated, and so what moves the latency is set where the session keeps it.

use runout_dsp_core::settings::{Kind, Parameter};

/// What stands around the state: a VST3 preset in Base64.
const OPENS: &str = "<chunk>";
const CLOSES: &str = "</chunk>";

/// The session with these values in the state of its one plugin.
///
/// # Errors
/// There is not one state, or it does not hold a parameter, or not in as many letters as the value needs.
pub fn with_values(session: &str, values: &[(&Parameter, f32)]) -> Result<String, String> {
    let (Some((before, rest)), 1) = (session.split_once(OPENS), session.matches(OPENS).count()) else {
        return Err(format!("the session has {} states, one is expected", session.matches(OPENS).count()));
    };
    let (state, after) = rest.split_once(CLOSES).ok_or("the session's state has no end")?;
    let mut state = decoded(state)?;
    for (parameter, value) in values {
        set(&mut state, &parameter.id, &written(parameter.kind, *value))?;
    }
    Ok(format!("{before}{OPENS}{}{CLOSES}{after}", encoded(&state)))
}

/// A value as the framework writes it: tagged with its type.
fn written(kind: Kind, value: f32) -> String {
    match kind {
        Kind::Switch => format!("{{\"bool\":{}}}", value >= 0.5),
        Kind::Choice(_) | Kind::Number { .. } => format!("{{\"i32\":{value}}}"),
    }
}

/// Puts a value in the place of another, with spaces up to the same length: the preset around it counts its bytes.
fn set(state: &mut [u8], id: &str, value: &str) -> Result<(), String> {
    let name = format!("\"{id}\":");
    let place = state.windows(name.len()).position(|bytes| bytes == name.as_bytes());
    let start = place.ok_or_else(|| format!("the state holds no {id}"))? + name.len();
    let length = state[start..].iter().position(|byte| *byte == b'}').ok_or("the state is cut off")? + 1;
    let room = &mut state[start..start + length];
    if value.len() > room.len() {
        return Err(format!("the state has no room for {id}: {value}"));
    }
    // Before the closing brace.
    let padded = format!("{}{}}}", &value[..value.len() - 1], " ".repeat(room.len() - value.len()));
    room.copy_from_slice(padded.as_bytes());
    Ok(())
}

/// The alphabet of Base64, RFC 4648.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn decoded(text: &str) -> Result<Vec<u8>, String> {
    let letters: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let mut bytes = Vec::with_capacity(letters.len() / 4 * 3);
    for four in letters.chunks(4) {
        let filled = four.iter().take_while(|letter| **letter != b'=').count();
        let mut bits = 0u32;
        for letter in &four[..filled] {
            let place = LETTERS.iter().position(|known| known == letter).ok_or("the state is not in Base64")?;
            bits = bits << 6 | place as u32;
        }
        bits <<= 6 * (4 - filled);
        bytes.extend_from_slice(&bits.to_be_bytes()[1..][..filled.saturating_sub(1)]);
    }
    Ok(bytes)
}

fn encoded(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = (0..3).fold(0u32, |bits, place| bits << 8 | u32::from(three.get(place).copied().unwrap_or(0)));
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= three.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use runout_dsp_core::settings::parameters;

    use super::*;

    #[test]
    fn base_64_is_that_of_the_standard() {
        // RFC 4648, section 10.
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(encoded(bytes.as_bytes()), text);
            assert_eq!(decoded(text).as_deref(), Ok(bytes.as_bytes()));
        }
        assert!(decoded("Zm9*").is_err());
    }

    #[test]
    fn a_value_takes_the_place_of_another_of_at_least_its_length() {
        let known = parameters();
        let find = |id: &str| known.iter().find(|parameter| parameter.id == id).unwrap();
        let (phase, lookahead) = (find("compressor.phase"), find("compressor.lookahead"));
        let session = |state: &str| format!("<a><chunk>{}</chunk></a>", encoded(state.as_bytes()));
        let fresh = session(r#"..{"compressor.lookahead":{"bool":false},"compressor.phase":{"i32":0}}.."#);
        let set = session(r#"..{"compressor.lookahead":{"bool":true },"compressor.phase":{"i32":2}}.."#);
        assert_eq!(with_values(&fresh, &[(phase, 2.0), (lookahead, 1.0)]), Ok(set.clone()));
        assert!(with_values(&set, &[(lookahead, 0.0)]).is_ok());
        assert!(with_values(&session(r#"{"compressor.lookahead":{"bool":true}}"#), &[(lookahead, 0.0)]).is_err());
        assert!(with_values(&session("{}"), &[(phase, 1.0)]).unwrap_err().contains("compressor.phase"));
        assert!(with_values("<a/>", &[]).is_err() && with_values(&fresh.repeat(2), &[]).is_err());
    }
}
