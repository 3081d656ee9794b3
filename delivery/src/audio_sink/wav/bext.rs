//! The chunk `bext` of Broadcast WAV, version 2 (EBU Tech 3285, 2011).

use crate::audio_sink::{WRITER, WavForm};
use crate::tags::codes::is_day;
use crate::tags::{Loudness, Tags};

/// Bytes before the coding history.
const FIXED_BYTES: usize = 602;
/// Bytes that are reserved after the loudness fields.
const RESERVED_BYTES: usize = 180;
/// A loudness field that says that nothing was measured.
const NOT_MEASURED: i16 = 0x7fff;

/// The body of the chunk. It holds no clock time: the date is that of the release, where that is a day.
pub fn body(tags: &Tags, loudness: Option<&Loudness>, form: &WavForm) -> Vec<u8> {
    let mut body = Vec::with_capacity(FIXED_BYTES + 64);
    let text = |body: &mut Vec<u8>, text: &str, length: usize| {
        let end = body.len() + length;
        body.extend(ascii(text).take(length));
        body.resize(end, 0);
    };
    let description: Vec<&str> = [&tags.artist, &tags.title].into_iter().flatten().map(String::as_str).collect();
    text(&mut body, &description.join(" - "), 256);
    text(&mut body, "Runout", 32);
    text(&mut body, tags.isrc.as_deref().unwrap_or(""), 32);
    text(&mut body, tags.date.as_deref().filter(|date| is_day(date)).unwrap_or(""), 10);
    // Time of origination, and the samples since midnight: none.
    text(&mut body, "", 8 + 8);
    body.extend(2u16.to_le_bytes());
    // No UMID.
    text(&mut body, "", 64);
    let loudness = loudness.or(tags.loudness.as_ref());
    let fields: [fn(&Loudness) -> f64; 5] = [
        |loudness| loudness.integrated_lufs,
        |loudness| loudness.range_lu,
        |loudness| loudness.true_peak_dbtp,
        |loudness| loudness.momentary_max_lufs,
        |loudness| loudness.short_term_max_lufs,
    ];
    for field in fields {
        body.extend(loudness.map_or(NOT_MEASURED, |loudness| hundredths(field(loudness))).to_le_bytes());
    }
    text(&mut body, "", RESERVED_BYTES);
    body.extend(coding_history(form).bytes());
    body
}

/// A level as a field holds it; what is not finite or beyond the field was not measured.
fn hundredths(level: f64) -> i16 {
    let hundredths = (level * 100.0).round();
    let fits = hundredths.abs() < f64::from(NOT_MEASURED);
    if fits { hundredths as i16 } else { NOT_MEASURED }
}

/// The one line of the history that is known (EBU R 98): how the file was coded, and by what.
fn coding_history(form: &WavForm) -> String {
    let mode = if form.channels == 1 { "mono" } else { "stereo" };
    let (rate_hz, bits) = (form.sample_rate_hz, 8 * form.depth.bytes());
    format!("A=PCM,F={rate_hz},W={bits},M={mode},T={WRITER}\r\n")
}

/// The field is ASCII: what is not becomes a question mark.
fn ascii(text: &str) -> impl Iterator<Item = u8> {
    text.chars().map(|character| if character.is_ascii() { character as u8 } else { b'?' })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_hundredths_and_the_rest_is_not_measured() {
        for (level, field) in [
            (-23.004, -2300),
            (-23.006, -2301),
            (0.0, 0),
            (-0.3, -30),
            (327.66, 32_766),
            (327.67, NOT_MEASURED),
            (-400.0, NOT_MEASURED),
            (f64::NEG_INFINITY, NOT_MEASURED),
            (f64::NAN, NOT_MEASURED),
        ] {
            assert_eq!(hundredths(level), field, "{level}");
        }
    }
}
