//! The formats of an album, each with a folder of its own.

use std::path::Path;

use crate::audio_sink::{AlbumFormat, FileDepth, FileForm, FileFormat, album_format};
use crate::failure::Failure;

/// Sample rate of a CD, Hz.
pub const CD_RATE_HZ: u32 = 44_100;

/// Channels of a CD.
pub const CD_CHANNELS: usize = 2;

/// One format of a delivered album.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// As the album file names it; its folder has the same name.
    pub word: String,
    /// What it is.
    pub format: AlbumFormat,
}

impl Delivery {
    /// Reads a word.
    ///
    /// # Errors
    /// As [`album_format`].
    pub fn parse(word: &str) -> Result<Self, String> {
        album_format(word).map(|format| Self { word: word.to_owned(), format })
    }

    /// The name of its folder: the word.
    pub fn folder_name(&self) -> String {
        self.word.clone()
    }

    /// How its files are written.
    pub fn file_format(&self) -> FileFormat {
        match self.format {
            AlbumFormat::Files { format, .. } => format,
            AlbumFormat::ImageCd => FileFormat::Wav(FileDepth::Integer16),
        }
    }

    /// Whether all tracks are one file.
    pub fn is_image(&self) -> bool {
        self.format == AlbumFormat::ImageCd
    }

    /// Extension of its audio files, without the point.
    pub fn extension(&self) -> &'static str {
        self.file_format().extension()
    }

    /// Sample rate of its files, Hz.
    pub fn sample_rate_hz(&self) -> u32 {
        match self.format {
            AlbumFormat::Files { sample_rate_hz, .. } => sample_rate_hz,
            AlbumFormat::ImageCd => CD_RATE_HZ,
        }
    }

    /// Whether it can hold tracks of so many channels at its rate; `path` is what messages name.
    ///
    /// # Errors
    /// As [`FileForm::check`].
    pub fn check(&self, path: &Path, channels: usize) -> Result<(), Failure> {
        FileForm { format: self.file_format(), sample_rate_hz: self.sample_rate_hz(), channels }.check(path)
    }

    /// About the most bytes of a file of `frames` frames at its rate, without tags. Of FLAC: its samples as they are, with
    /// the heads of its blocks. Of Vorbis: 100 kbit/s and 40 more for each step of quality, above the nominal rates of
    /// stereo, which are 64 to 500.
    pub fn most_bytes(&self, frames: u64, channels: usize) -> u64 {
        let samples = frames.saturating_mul(channels as u64);
        let of_bit_rate =
            |kbps: u64| frames.saturating_mul(kbps * 125).div_ceil(u64::from(self.sample_rate_hz().max(1)));
        let format = self.file_format();
        let audio = match format {
            FileFormat::Wav(depth) => samples.saturating_mul(depth.bytes() as u64),
            FileFormat::Flac(_) => samples.saturating_mul(format.depth().bytes() as u64) / 256 * 257,
            FileFormat::Mp3 { kbps } => of_bit_rate(u64::from(kbps)),
            FileFormat::Ogg { quality } => of_bit_rate(100 + 40 * u64::from(quality.max(0).unsigned_abs())),
        };
        audio.saturating_add(HEAD_BYTES)
    }
}

/// Heads and padding of a file, bytes: more than any of the formats needs.
const HEAD_BYTES: u64 = 64 << 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_says_folder_extension_and_rate() {
        for (word, extension, rate, bytes_of_a_second) in [
            ("wav-16-44100", "wav", 44_100, 176_400),
            ("wav-32f-96000", "wav", 96_000, 768_000),
            ("flac-24-48000", "flac", 48_000, 289_125),
            ("mp3-320", "mp3", 44_100, 40_000),
            ("ogg-10-48000", "ogg", 48_000, 62_500),
            ("ogg--1", "ogg", 44_100, 12_500),
            ("image-cd", "wav", 44_100, 176_400),
        ] {
            let delivery = Delivery::parse(word).unwrap();
            assert_eq!(
                (delivery.word.as_str(), delivery.extension(), delivery.sample_rate_hz()),
                (word, extension, rate)
            );
            assert_eq!(delivery.most_bytes(u64::from(rate), 2), bytes_of_a_second + HEAD_BYTES, "{word}");
            assert_eq!(delivery.is_image(), word == "image-cd");
        }
        assert!(Delivery::parse("mp3-320-96000").unwrap().check(Path::new("a"), 2).is_err());
        assert!(Delivery::parse("image-cd").unwrap().check(Path::new("a"), 1).is_ok());
    }
}
