//! Formats as users write them: `--format` of a file, `formats` of an album.

use super::{FileDepth, FileFormat, FlacDepth, MP3_KBPS, OGG_QUALITIES, USUAL_MP3_KBPS, USUAL_OGG_QUALITY};

/// The sample rate of lossy files of an album where none is named, Hz.
const USUAL_LOSSY_RATE_HZ: u32 = 44_100;
/// Sample rates that can be delivered, Hz: those that can be mastered.
const RATES_HZ: std::ops::RangeInclusive<u32> = 22_050..=384_000;

/// What `--format` says: a format whose depth another argument gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatWord {
    /// `wav`.
    Wav,
    /// `flac`.
    Flac,
    /// `mp3`, `mp3-KBPS`.
    Mp3 {
        /// Bit rate, kbit/s.
        kbps: u16,
    },
    /// `ogg`, `ogg-QUALITY`.
    Ogg {
        /// Quality.
        quality: i8,
    },
}

impl FormatWord {
    /// The format that the end of a file's name says, without the point and in whatever letters.
    pub fn of_extension(extension: &str) -> Option<Self> {
        match extension.to_lowercase().as_str() {
            "wav" | "wave" | "bwf" | "rf64" => Some(Self::Wav),
            "flac" => Some(Self::Flac),
            "mp3" => Some(Self::Mp3 { kbps: USUAL_MP3_KBPS }),
            "ogg" => Some(Self::Ogg { quality: USUAL_OGG_QUALITY }),
            _ => None,
        }
    }

    /// The format, with a depth where it has one; lossy formats take no notice of it.
    ///
    /// # Errors
    /// The format does not have the depth: the message says what would be right.
    pub fn with_depth(self, depth: FileDepth) -> Result<FileFormat, String> {
        Ok(match self {
            Self::Wav => FileFormat::Wav(depth),
            Self::Flac => FileFormat::Flac(FlacDepth::of(depth)?),
            Self::Mp3 { kbps } => FileFormat::Mp3 { kbps },
            Self::Ogg { quality } => FileFormat::Ogg { quality },
        })
    }
}

/// Reads the word of `--format`.
///
/// # Errors
/// It is none: the message says what would be right.
pub fn format_word(word: &str) -> Result<FormatWord, String> {
    match word.split_once('-') {
        None => FormatWord::of_extension(word).filter(|_| ["wav", "flac", "mp3", "ogg"].contains(&word)),
        Some(("mp3", kbps)) => return mp3(kbps),
        Some(("ogg", quality)) => return ogg(quality),
        Some(_) => None,
    }
    .ok_or_else(|| "use wav, flac, mp3, ogg, mp3-KBPS (32 to 320) or ogg-QUALITY (-1 to 10)".to_owned())
}

fn mp3(kbps: &str) -> Result<FormatWord, String> {
    let known = number::<u16>(kbps).filter(|kbps| MP3_KBPS.contains(kbps));
    let listed = || MP3_KBPS.map(|kbps| kbps.to_string()).join(", ");
    known.map(|kbps| FormatWord::Mp3 { kbps }).ok_or_else(|| format!("the bit rates of MP3 are {} kbit/s", listed()))
}

fn ogg(quality: &str) -> Result<FormatWord, String> {
    let known = match quality.strip_prefix('-') {
        Some(quality) => number::<i8>(quality).filter(|quality| *quality > 0).map(|quality| -quality),
        None => number::<i8>(quality),
    };
    known
        .filter(|quality| OGG_QUALITIES.contains(quality))
        .map(|quality| FormatWord::Ogg { quality })
        .ok_or_else(|| "the qualities of Ogg Vorbis are -1 to 10, whole numbers".to_owned())
}

/// A format of an album.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlbumFormat {
    /// A file a track.
    Files {
        /// The format.
        format: FileFormat,
        /// Sample rate, Hz.
        sample_rate_hz: u32,
    },
    /// One image with a cue sheet, by the rules of the CD.
    ImageCd,
}

/// Reads a word of an album's `formats`: `wav-{16,24,32f}-RATE`, `flac-{16,24}-RATE`, `mp3-KBPS`, `ogg-QUALITY`,
/// `image-cd`; lossy ones may name a rate too, and are at 44100 Hz without.
///
/// # Errors
/// It is none: the message names it and says what would be right.
pub fn album_format(word: &str) -> Result<AlbumFormat, String> {
    let wrong = |reason: &str| format!("`{}` is no format: {reason}", word.escape_debug());
    if word == "image-cd" {
        return Ok(AlbumFormat::ImageCd);
    }
    // The quality of Ogg Vorbis may be negative: its sign is no separator.
    let (kind, rest) = word.split_once('-').unwrap_or((word, ""));
    let sign = usize::from(rest.starts_with('-'));
    let (value, rate) = match rest[sign..].find('-') {
        Some(place) => (&rest[..sign + place], Some(&rest[sign + place + 1..])),
        None => (rest, None),
    };
    let format = match kind {
        "wav" => depth(value).map(FileFormat::Wav),
        "flac" => {
            let flac = depth(value).map(FlacDepth::of).transpose().map_err(|reason| wrong(&reason))?;
            flac.map(FileFormat::Flac)
        }
        "mp3" | "ogg" => {
            let lossy = if kind == "mp3" { mp3(value) } else { ogg(value) }.map_err(|reason| wrong(&reason))?;
            lossy.with_depth(FileDepth::Float32).ok()
        }
        _ => None,
    };
    let usual = "use wav-24-48000 (16, 24 or 32f, and a rate), flac-24-48000 (16 or 24), mp3-320, ogg-8 or image-cd";
    let format = format.ok_or_else(|| wrong(usual))?;
    let sample_rate_hz = match rate {
        Some(rate) => number::<u32>(rate)
            .filter(|rate| RATES_HZ.contains(rate))
            .ok_or_else(|| wrong("its sample rate must be 22050 to 384000 Hz"))?,
        None if format.is_lossy() => USUAL_LOSSY_RATE_HZ,
        None => return Err(wrong(usual)),
    };
    Ok(AlbumFormat::Files { format, sample_rate_hz })
}

fn depth(word: &str) -> Option<FileDepth> {
    let depths = [FileDepth::Integer16, FileDepth::Integer24, FileDepth::Float32];
    depths.into_iter().find(|depth| depth.word() == word)
}

/// A number as it is written: digits alone, without a leading zero.
fn number<Number: std::str::FromStr>(text: &str) -> Option<Number> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    text.parse().ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_file_are_read() {
        assert_eq!(format_word("wav"), Ok(FormatWord::Wav));
        assert_eq!(format_word("flac"), Ok(FormatWord::Flac));
        assert_eq!(format_word("mp3"), Ok(FormatWord::Mp3 { kbps: 320 }));
        assert_eq!(format_word("ogg"), Ok(FormatWord::Ogg { quality: 8 }));
        for kbps in MP3_KBPS {
            assert_eq!(format_word(&format!("mp3-{kbps}")), Ok(FormatWord::Mp3 { kbps }));
        }
        for quality in OGG_QUALITIES {
            assert_eq!(format_word(&format!("ogg-{quality}")), Ok(FormatWord::Ogg { quality }));
        }
        for word in ["", "aac", "WAV", "wave", "wav-24", "flac-16", "-", "mp4-320"] {
            assert!(format_word(word).is_err_and(|message| message.contains("wav, flac, mp3, ogg")), "{word}");
        }
        for word in ["mp3-", "mp3-100", "mp3-0320", "mp3--320", "mp3-+320", "mp3-320-44100"] {
            assert!(format_word(word).is_err_and(|message| message.contains("256, 320 kbit/s")), "{word}");
        }
        for word in ["ogg-", "ogg-11", "ogg--2", "ogg--0", "ogg-8.5", "ogg-+8", "ogg---1"] {
            assert!(format_word(word).is_err_and(|message| message.contains("-1 to 10")), "{word}");
        }
    }

    #[test]
    fn words_of_an_album_are_read() {
        let files = |format, sample_rate_hz| Ok(AlbumFormat::Files { format, sample_rate_hz });
        assert_eq!(album_format("image-cd"), Ok(AlbumFormat::ImageCd));
        assert_eq!(album_format("wav-32f-96000"), files(FileFormat::Wav(FileDepth::Float32), 96_000));
        assert_eq!(album_format("wav-16-44100"), files(FileFormat::Wav(FileDepth::Integer16), 44_100));
        assert_eq!(album_format("flac-24-48000"), files(FileFormat::Flac(FlacDepth::Integer24), 48_000));
        assert_eq!(album_format("mp3-320"), files(FileFormat::Mp3 { kbps: 320 }, 44_100));
        assert_eq!(album_format("mp3-192-48000"), files(FileFormat::Mp3 { kbps: 192 }, 48_000));
        assert_eq!(album_format("ogg-8"), files(FileFormat::Ogg { quality: 8 }, 44_100));
        assert_eq!(album_format("ogg--1"), files(FileFormat::Ogg { quality: -1 }, 44_100));
        assert_eq!(album_format("ogg--1-48000"), files(FileFormat::Ogg { quality: -1 }, 48_000));
        for (word, part) in [
            ("", "wav-24-48000"),
            ("wav", "wav-24-48000"),
            ("wav-24", "wav-24-48000"),
            ("wav-20-48000", "wav-24-48000"),
            ("flac-32f-48000", "FLAC holds integers"),
            ("flac-24", "wav-24-48000"),
            ("wav-24-8000", "22050 to 384000"),
            ("wav-24-48000-2", "22050 to 384000"),
            ("wav-24-048000", "22050 to 384000"),
            ("mp3", "bit rates of MP3"),
            ("mp3-100", "bit rates of MP3"),
            ("ogg-x", "-1 to 10"),
            ("image-dvd", "image-cd"),
            ("mp3-320-", "22050 to 384000"),
        ] {
            let message = album_format(word).unwrap_err();
            assert!(message.starts_with(&format!("`{word}` is no format: ")) && message.contains(part), "{message}");
        }
    }
}
