//! The formats of delivered files, and what each can hold.

use std::path::Path;

use super::FileDepth;
use super::{flac, mp3, ogg};
use crate::failure::Failure;

/// Formats of delivered files, with what each leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// WAV; RF64 beyond 4 GiB.
    Wav(FileDepth),
    /// FLAC.
    Flac(FlacDepth),
    /// MPEG-1 Layer III (MPEG-2 at 24 kHz and below) of constant bit rate.
    Mp3 {
        /// Bit rate, kbit/s: one of [`MP3_KBPS`].
        kbps: u16,
    },
    /// Ogg Vorbis of variable bit rate.
    Ogg {
        /// Quality, one of [`OGG_QUALITIES`].
        quality: i8,
    },
}

/// The word lengths of FLAC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlacDepth {
    /// 16 bits.
    Integer16,
    /// 24 bits.
    Integer24,
}

/// The bit rates of MP3 that LAME's Rust interface names, kbit/s.
pub const MP3_KBPS: [u16; 13] = [32, 40, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
/// The bit rate of MP3 where none is asked for, kbit/s.
pub const USUAL_MP3_KBPS: u16 = 320;
/// The qualities of Ogg Vorbis.
pub const OGG_QUALITIES: std::ops::RangeInclusive<i8> = -1..=10;
/// The quality of Ogg Vorbis where none is asked for: transparent by most listening tests, some 256 kbit/s in stereo.
pub const USUAL_OGG_QUALITY: i8 = 8;

impl From<FlacDepth> for FileDepth {
    fn from(depth: FlacDepth) -> Self {
        match depth {
            FlacDepth::Integer16 => Self::Integer16,
            FlacDepth::Integer24 => Self::Integer24,
        }
    }
}

impl FlacDepth {
    /// The FLAC of a depth.
    ///
    /// # Errors
    /// It is float: the message is the end of a sentence.
    pub fn of(depth: FileDepth) -> Result<Self, String> {
        match depth {
            FileDepth::Integer16 => Ok(Self::Integer16),
            FileDepth::Integer24 => Ok(Self::Integer24),
            FileDepth::Float32 => Err("FLAC holds integers: 16 or 24 bits, or 32f in WAV".to_owned()),
        }
    }
}

impl FileFormat {
    /// What samples are quantized to before they are written: a lossy encoder takes floats.
    pub fn depth(self) -> FileDepth {
        match self {
            Self::Wav(depth) => depth,
            Self::Flac(depth) => depth.into(),
            Self::Mp3 { .. } | Self::Ogg { .. } => FileDepth::Float32,
        }
    }

    /// Whether the file gives back other samples than it was given.
    pub fn is_lossy(self) -> bool {
        matches!(self, Self::Mp3 { .. } | Self::Ogg { .. })
    }

    /// As the tables show it: `24 bit`, `FLAC, 24 bit`, `MP3, 320 kbit/s`, `Ogg Vorbis, quality 8`.
    pub fn text(self) -> String {
        let depth = self.depth().integer_bits().map_or("32 bit float".to_owned(), |bits| format!("{bits} bit"));
        match self {
            Self::Wav(_) => depth,
            Self::Flac(_) => format!("FLAC, {depth}"),
            Self::Mp3 { kbps } => format!("MP3, {kbps} kbit/s"),
            Self::Ogg { quality } => format!("Ogg Vorbis, quality {quality}"),
        }
    }

    /// The end of a file's name, without the point.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Wav(_) => "wav",
            Self::Flac(_) => "flac",
            Self::Mp3 { .. } => "mp3",
            Self::Ogg { .. } => "ogg",
        }
    }
}

/// What a delivered file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileForm {
    /// Its format.
    pub format: FileFormat,
    /// Sample rate, Hz.
    pub sample_rate_hz: u32,
    /// Number of channels, 1 or 2.
    pub channels: usize,
}

impl FileForm {
    /// Whether the format can hold this rate: asked before any work is done.
    ///
    /// # Errors
    /// [`Failure`] about `path` says what would be right.
    pub fn check(&self, path: &Path) -> Result<(), Failure> {
        let reason = match self.format {
            FileFormat::Wav(_) => Ok(()),
            FileFormat::Flac(_) => flac::check_rate(self.sample_rate_hz),
            FileFormat::Mp3 { kbps } => mp3::check(kbps, self.sample_rate_hz, self.channels),
            FileFormat::Ogg { quality } => ogg::check(quality, self.sample_rate_hz, self.channels),
        };
        reason.map_err(|reason| Failure::about(path, format_args!("cannot be written: {reason}")))
    }
}
