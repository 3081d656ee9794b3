//! Audio files that are written: planar blocks -> stored samples -> a pending file -> the name that was asked for.

mod encode;
mod pending_file;
mod wav;

use std::path::Path;

pub use encode::FileDepth;
pub use pending_file::{Existing, PendingFile, check_output};
pub use wav::{LARGEST_RIFF_BYTES, WavForm, WavSink};

use crate::failure::Failure;
use crate::tags::{Loudness, Tags};

/// Formats of delivered files, with what each leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// WAV; RF64 beyond 4 GiB.
    Wav(FileDepth),
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

/// A file that is being written. Dropped before it is complete it leaves nothing behind.
pub trait AudioSink: Send {
    /// Adds one block: a slice a channel, all of one length.
    ///
    /// # Errors
    /// The disk is full or fails.
    fn write(&mut self, planes: &[&mut [f32]]) -> Result<(), Failure>;

    /// Writes what is known only at the end and gives the file its name. `loudness` is what was measured of what was written,
    /// for formats that say it (`bext` of WAV); it stands for that of the tags.
    ///
    /// # Errors
    /// As [`PendingFile::complete`].
    fn complete(self: Box<Self>, loudness: Option<&Loudness>) -> Result<(), Failure>;
}

/// Begins the file that will be `path`.
///
/// # Errors
/// As [`PendingFile::create`]; or the format cannot hold the rate or the tags.
pub fn create(path: &Path, form: &FileForm, tags: &Tags, existing: Existing) -> Result<Box<dyn AudioSink>, Failure> {
    let _ = tags;
    match form.format {
        FileFormat::Wav(depth) => {
            let form = WavForm { sample_rate_hz: form.sample_rate_hz, channels: form.channels, depth };
            Ok(Box::new(WavSink::create(path, form, existing, LARGEST_RIFF_BYTES)?))
        }
    }
}
