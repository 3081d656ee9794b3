//! The words that name the formats of a delivered album.

use crate::audio_sink::FileDepth;

/// Rates that files are delivered at, Hz: those that the chain masters.
pub const RATES_HZ: (u32, u32) = (22_050, 384_000);

/// Sample rate of a CD, Hz.
pub const CD_RATE_HZ: u32 = 44_100;

/// The bit rates of MPEG-1 Layer III, kbit/s (ISO/IEC 11172-3, table of `bitrate_index`).
pub const MP3_KBPS: [u32; 14] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];

/// One format of a delivered album. Each has a folder of its own, named as the word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// `wav-DEPTH-RATE`.
    Wav {
        /// How samples are stored.
        depth: FileDepth,
        /// Sample rate, Hz.
        sample_rate_hz: u32,
    },
    /// `flac-BITS-RATE`.
    Flac {
        /// How samples are stored: integers.
        depth: FileDepth,
        /// Sample rate, Hz.
        sample_rate_hz: u32,
    },
    /// `mp3-KBPS`: a constant bit rate.
    Mp3 {
        /// Bit rate, kbit/s.
        kbps: u32,
    },
    /// `ogg-QUALITY`: Vorbis.
    Ogg {
        /// Quality, -1 to 10.
        quality: i8,
    },
    /// `image-cd`: one file of the whole album with a cue sheet.
    ImageCd,
}

impl Delivery {
    /// What the words look like, for messages.
    pub const WORDS: &'static str =
        "wav-16, wav-24, wav-32f, flac-16 or flac-24 with -RATE in Hz, mp3-KBPS, ogg-QUALITY or image-cd";

    /// Reads a word.
    ///
    /// # Errors
    /// What would be right.
    pub fn parse(word: &str) -> Result<Self, String> {
        let parts: Vec<&str> = word.split('-').collect();
        match parts.as_slice() {
            ["image", "cd"] => Ok(Self::ImageCd),
            ["wav", depth, rate] => {
                let depth = depth_of(depth).ok_or("WAV has 16, 24 or 32f bits: wav-24-48000")?;
                Ok(Self::Wav { depth, sample_rate_hz: rate_of(rate)? })
            }
            ["flac", depth, rate] => {
                let depth = depth_of(depth)
                    .filter(|depth| depth.integer_bits().is_some())
                    .ok_or("FLAC has 16 or 24 bits: flac-24-48000")?;
                Ok(Self::Flac { depth, sample_rate_hz: rate_of(rate)? })
            }
            ["mp3", kbps] => match whole(kbps).filter(|kbps| MP3_KBPS.contains(kbps)) {
                Some(kbps) => Ok(Self::Mp3 { kbps }),
                None => {
                    let known: Vec<String> = MP3_KBPS.iter().map(u32::to_string).collect();
                    Err(format!("MP3 has one of {} kbit/s: mp3-320", known.join(", ")))
                }
            },
            ["ogg", "", "1"] => Ok(Self::Ogg { quality: -1 }),
            ["ogg", quality] => match whole(quality).and_then(|quality| i8::try_from(quality).ok()) {
                Some(quality @ 0..=10) => Ok(Self::Ogg { quality }),
                _ => Err("Vorbis has a quality of -1 to 10, whole: ogg-6".to_owned()),
            },
            _ => Err(format!("must be {}", Self::WORDS)),
        }
    }

    /// The word, which is the name of its folder too.
    pub fn folder_name(self) -> String {
        match self {
            Self::Wav { depth, sample_rate_hz } => format!("wav-{}-{sample_rate_hz}", depth.word()),
            Self::Flac { depth, sample_rate_hz } => format!("flac-{}-{sample_rate_hz}", depth.word()),
            Self::Mp3 { kbps } => format!("mp3-{kbps}"),
            Self::Ogg { quality } => format!("ogg-{quality}"),
            Self::ImageCd => "image-cd".to_owned(),
        }
    }

    /// Extension of its files, without the point.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Wav { .. } | Self::ImageCd => "wav",
            Self::Flac { .. } => "flac",
            Self::Mp3 { .. } => "mp3",
            Self::Ogg { .. } => "ogg",
        }
    }

    /// The rate of its files for an album of a working rate, Hz. A lossy format without a rate of its own keeps the working
    /// rate where every decoder takes it (32, 44.1 and 48 kHz); else it takes the one of the same family.
    pub fn sample_rate_hz(self, working_rate_hz: u32) -> u32 {
        match self {
            Self::Wav { sample_rate_hz, .. } | Self::Flac { sample_rate_hz, .. } => sample_rate_hz,
            Self::ImageCd => CD_RATE_HZ,
            Self::Mp3 { .. } | Self::Ogg { .. } => match working_rate_hz {
                32_000 | 44_100 | 48_000 => working_rate_hz,
                other if other % 11_025 == 0 => 44_100,
                _ => 48_000,
            },
        }
    }

    /// Whether all tracks are one file.
    pub fn is_image(self) -> bool {
        self == Self::ImageCd
    }

    /// The most bytes that a stream of `frames` frames at the format's own rate takes, without tags. Of FLAC: as plain
    /// samples and its frames' heads, which it never exceeds by more. Of Vorbis: its highest nominal rate, 500 kbit/s, for
    /// the highest quality, and in proportion below.
    pub fn most_bytes(self, frames: u64, channels: usize, sample_rate_hz: u32) -> u64 {
        let samples = frames.saturating_mul(channels as u64);
        let of_bit_rate = |kbps: u64| frames.saturating_mul(kbps * 125) / u64::from(sample_rate_hz.max(1));
        let audio = match self {
            Self::Wav { depth, .. } => samples.saturating_mul(depth.bytes() as u64),
            Self::Flac { depth, .. } => samples.saturating_mul(depth.bytes() as u64) / 256 * 257,
            Self::ImageCd => samples.saturating_mul(2),
            Self::Mp3 { kbps } => of_bit_rate(u64::from(kbps)),
            Self::Ogg { quality } => of_bit_rate(100 + 40 * u64::from(quality.max(0).unsigned_abs())),
        };
        audio.saturating_add(HEAD_BYTES)
    }
}

/// Heads and padding of a file, bytes: more than any of the formats needs.
const HEAD_BYTES: u64 = 64 << 10;

fn depth_of(word: &str) -> Option<FileDepth> {
    [FileDepth::Integer16, FileDepth::Integer24, FileDepth::Float32].into_iter().find(|depth| depth.word() == word)
}

/// A whole number as it is usually written: one word, one number.
fn whole(word: &str) -> Option<u32> {
    word.parse().ok().filter(|number: &u32| number.to_string() == word)
}

fn rate_of(word: &str) -> Result<u32, String> {
    let (lowest, highest) = RATES_HZ;
    whole(word)
        .filter(|rate| (lowest..=highest).contains(rate))
        .ok_or_else(|| format!("the rate must be {lowest} to {highest} Hz, in Hz: wav-24-48000"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_its_own_folder() {
        for word in [
            "wav-16-44100",
            "wav-24-48000",
            "wav-32f-384000",
            "flac-16-22050",
            "flac-24-96000",
            "mp3-320",
            "mp3-32",
            "ogg--1",
            "ogg-10",
            "image-cd",
        ] {
            assert_eq!(Delivery::parse(word).unwrap().folder_name(), word);
        }
    }

    #[test]
    fn what_is_no_format_is_told_what_is() {
        for (word, told) in [
            ("wav", "wav-16"),
            ("wav-20-48000", "16, 24 or 32f"),
            ("flac-32f-48000", "16 or 24"),
            ("wav-24-48", "22050 to 384000"),
            ("wav-24-48000-2", "image-cd"),
            ("wav-24-048000", "22050 to 384000"),
            ("mp3-300", "256, 320"),
            ("mp3-+320", "256, 320"),
            ("ogg-11", "-1 to 10"),
            ("ogg--2", "must be"),
            ("WAV-24-48000", "wav-16"),
            ("", "wav-16"),
        ] {
            let message = Delivery::parse(word).unwrap_err();
            assert!(message.contains(told), "{word}: {message}");
        }
    }

    #[test]
    fn a_lossy_format_keeps_a_rate_that_every_decoder_takes() {
        let mp3 = Delivery::Mp3 { kbps: 320 };
        for (working, delivered) in
            [(44_100, 44_100), (88_200, 44_100), (96_000, 48_000), (22_050, 44_100), (32_000, 32_000), (50_000, 48_000)]
        {
            assert_eq!(mp3.sample_rate_hz(working), delivered);
        }
    }
}
