//! Audio files that are written: planar blocks -> stored samples -> a pending file -> the name that was asked for.

mod encode;
mod flac;
mod format;
#[cfg(feature = "mp3")]
mod mp3;
#[cfg(not(feature = "mp3"))]
#[path = "audio_sink/no_mp3.rs"]
mod mp3;
mod ogg;
mod outlet;
mod pending_file;
mod wav;
mod words;

use std::path::Path;

pub use encode::FileDepth;
pub use flac::FlacSink;
pub use format::{FileForm, FileFormat, FlacDepth, MP3_KBPS, OGG_QUALITIES, USUAL_MP3_KBPS, USUAL_OGG_QUALITY};
#[cfg(feature = "mp3")]
pub use mp3::Mp3Sink;
pub use ogg::OggSink;
pub use pending_file::{Existing, PendingFile, check_output, folder as output_folder, put_in_place};
pub use wav::{LARGEST_RIFF_BYTES, WavForm, WavSink};
pub use words::{AlbumFormat, FormatWord, album_format, format_word};

use crate::failure::Failure;
use crate::tags::{Loudness, Tags};

/// What delivered files name as the program that wrote them.
const WRITER: &str = concat!("Runout ", env!("CARGO_PKG_VERSION"));

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
    form.check(path)?;
    let FileForm { sample_rate_hz, channels, .. } = *form;
    Ok(match form.format {
        FileFormat::Wav(depth) => {
            let form = WavForm { sample_rate_hz, channels, depth };
            Box::new(WavSink::with_tags(path, form, tags, existing, LARGEST_RIFF_BYTES)?)
        }
        FileFormat::Flac(depth) => Box::new(FlacSink::create(path, depth, sample_rate_hz, channels, tags, existing)?),
        #[cfg(feature = "mp3")]
        FileFormat::Mp3 { kbps } => Box::new(Mp3Sink::create(path, kbps, sample_rate_hz, channels, tags, existing)?),
        // Refused above.
        #[cfg(not(feature = "mp3"))]
        FileFormat::Mp3 { .. } => return Err(Failure::about(path, "cannot be written: there is no MP3")),
        FileFormat::Ogg { quality } => {
            Box::new(OggSink::create(path, quality, sample_rate_hz, channels, tags, existing)?)
        }
    })
}
