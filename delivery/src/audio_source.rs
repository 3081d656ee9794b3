//! Audio files as streams of planar blocks: WAV and RF64 by a reader of our own, the rest by symphonia.
//!
//! bytes -> container -> samples -> one slice of `f32` a channel. The file's first bytes decide which reader takes it, never
//! its name. Integer full scale is 2^(n-1): the most negative sample reads exactly -1.

mod compressed;
mod excerpt;
mod riff;
mod samples;
mod wav;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use runout_dsp_core::processor::METERING_RATES_HZ;

use crate::failure::Failure;
pub use excerpt::{BothSides, Excerpt};

/// The channel counts that are read: mono, stereo, 5.1 and 7.1.4.
pub const CHANNEL_COUNTS: [usize; 4] = [1, 2, 6, 12];

/// How the samples of a file are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SampleDepth {
    /// Integers of this many bits.
    Integer(u32),
    /// Floating point of this many bits.
    Float(u32),
    /// The decoder of a lossy format makes them up: no word length.
    Lossy,
}

impl SampleDepth {
    /// Whether integers of `bits` bits hold every sample exactly.
    pub fn fits(self, bits: u32) -> bool {
        matches!(self, Self::Integer(own) if own <= bits)
    }

    /// As the tables show it: `24 bit`, `32 bit float`, `lossy`.
    pub fn text(self) -> String {
        match self {
            Self::Integer(bits) => format!("{bits} bit"),
            Self::Float(bits) => format!("{bits} bit float"),
            Self::Lossy => "lossy".to_owned(),
        }
    }
}

/// What is known of a file before its samples are read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AudioFormat {
    /// Sample rate, Hz.
    pub sample_rate_hz: u32,
    /// Number of channels, one of [`CHANNEL_COUNTS`].
    pub channels: usize,
    /// Number of frames; `None` where the file does not say.
    pub frames: Option<u64>,
    /// How the samples are stored.
    pub depth: SampleDepth,
}

/// A stream of planar blocks.
pub trait AudioSource: Send {
    /// What the file holds.
    fn format(&self) -> &AudioFormat;

    /// Fills the first frames of `planes`, one slice a channel and all of one length, and returns how many were filled:
    /// fewer than asked for only at the end, none after it.
    ///
    /// # Errors
    /// The file is damaged, truncated or cannot be read.
    fn read(&mut self, planes: &mut [&mut [f32]]) -> Result<usize, Failure>;
}

impl<Source: AudioSource + ?Sized> AudioSource for &mut Source {
    fn format(&self) -> &AudioFormat {
        (**self).format()
    }

    fn read(&mut self, planes: &mut [&mut [f32]]) -> Result<usize, Failure> {
        (**self).read(planes)
    }
}

/// Opens an audio file.
///
/// # Errors
/// [`Failure`] where the file is missing, empty, not a format that is read, damaged or truncated as far as its head
/// shows, or has a rate or a number of channels that cannot be measured.
pub fn open(path: &Path) -> Result<Box<dyn AudioSource>, Failure> {
    let mut file = open_regular(path)?;
    let mut head = [0; 12];
    let length = read_head(&mut file, &mut head).map_err(|error| Failure::from_io(path, "read", &error))?;
    let head = &head[..length];
    let source: Box<dyn AudioSource> = if head.is_empty() {
        return Err(Failure::about(path, "is empty: an audio file is needed"));
    } else if riff::is_wave(head) {
        Box::new(wav::WavSource::new(path, file)?)
    } else if compressed::is_known(head, path) {
        Box::new(compressed::CompressedSource::new(path, file)?)
    } else {
        return Err(Failure::about(
            path,
            "is not an audio file that runout reads: WAV, RF64, FLAC, MP3, AIFF or OGG Vorbis",
        ));
    };
    check(path, source.format())?;
    Ok(source)
}

/// Opens a file that is a file: a folder, a pipe or a device cannot be read twice.
fn open_regular(path: &Path) -> Result<File, Failure> {
    let cannot = |error: std::io::Error| Failure::from_io(path, "open", &error);
    let kind = std::fs::metadata(path).map_err(cannot)?;
    if kind.is_dir() {
        return Err(Failure::about(path, "is a folder: an audio file is needed"));
    }
    if !kind.is_file() {
        return Err(Failure::about(path, "is not a regular file: an audio file on disk is needed"));
    }
    File::open(path).map_err(cannot)
}

/// Reads up to `head.len()` bytes.
fn read_head(file: &mut File, head: &mut [u8]) -> std::io::Result<usize> {
    let mut length = 0;
    while length < head.len() {
        match file.read(&mut head[length..])? {
            0 => break,
            more => length += more,
        }
    }
    Ok(length)
}

/// Whether the meter can read this at all.
fn check(path: &Path, format: &AudioFormat) -> Result<(), Failure> {
    let (lowest, highest) = METERING_RATES_HZ;
    if !(lowest..=highest).contains(&f64::from(format.sample_rate_hz)) {
        return Err(Failure::about(
            path,
            format_args!("has a sample rate of {} Hz: {lowest} to {highest} Hz can be read", format.sample_rate_hz),
        ));
    }
    if !CHANNEL_COUNTS.contains(&format.channels) {
        return Err(Failure::about(
            path,
            format_args!("has {} channels: 1 (mono), 2 (stereo), 6 (5.1) or 12 (7.1.4) can be read", format.channels),
        ));
    }
    if format.frames == Some(0) {
        return Err(Failure::about(path, "holds no audio: there is not one frame in it"));
    }
    Ok(())
}
