//! Ogg Vorbis by libvorbis (aoTuV).
//!
//! The encoder works on a thread of its own: what the library keeps may not move to another one. Blocks go there through
//! a short queue, and their buffers come back.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use vorbis_rs::{VorbisBitrateManagementStrategy, VorbisEncoder, VorbisEncoderBuilder, VorbisError};

use super::outlet::{self, Outlet, Return};
use super::{AudioSink, Existing, OGG_QUALITIES, PendingFile};
use crate::failure::Failure;
use crate::tags::{Loudness, Tags, vorbis_comments};

/// Blocks that wait for the encoder.
const QUEUED_BLOCKS: usize = 4;

/// Planar samples of one block.
type Planes = Vec<Vec<f32>>;

/// Whether Vorbis of this quality can be written at this rate.
///
/// # Errors
/// It cannot: the message says what would be right.
pub fn check(quality: i8, sample_rate_hz: u32, channels: usize) -> Result<(), String> {
    if !OGG_QUALITIES.contains(&quality) {
        return Err(format!("Ogg Vorbis has no quality {quality}: -1 to 10 is right"));
    }
    let form = Form { quality, sample_rate_hz, channels, comments: Vec::new(), serial: 0 };
    match form.encoder(std::io::sink()) {
        Ok(_) => Ok(()),
        Err(_) => Err(format!("Ogg Vorbis has no sample rate of {sample_rate_hz} Hz: 44100 or 48000 Hz is right")),
    }
}

/// An Ogg Vorbis file that is being written.
pub struct OggSink {
    path: PathBuf,
    file: Return,
    blocks: Option<SyncSender<Planes>>,
    spares: Receiver<Planes>,
    worker: Option<JoinHandle<Result<(), VorbisError>>>,
}

impl OggSink {
    /// Begins the file that will be `path`, of a form that `check` allows.
    ///
    /// # Errors
    /// As [`PendingFile::create`]; or the encoder cannot be started.
    pub fn create(
        path: &Path,
        quality: i8,
        sample_rate_hz: u32,
        channels: usize,
        tags: &Tags,
        existing: Existing,
    ) -> Result<Self, Failure> {
        let mut comments = vorbis_comments(tags);
        // Of the tags alone, so that two runs give the same bytes and the tracks of an album differ.
        let serial = serial(&comments);
        comments.extend(tags.picture.as_ref().map(|picture| ("METADATA_BLOCK_PICTURE", base64(&picture.block()))));
        let form = Form { quality, sample_rate_hz, channels, comments, serial };
        let (outlet, file) = outlet::outlet(PendingFile::create(path, existing)?);
        let (blocks, queue) = sync_channel::<Planes>(QUEUED_BLOCKS);
        let (back, spares) = sync_channel::<Planes>(QUEUED_BLOCKS + 1);
        let work = move || encode(&form, outlet, &queue, &back);
        let worker = std::thread::Builder::new().name("ogg".to_owned()).spawn(work);
        let worker = worker.map_err(|error| Failure::from_io(path, "start its encoder", &error))?;
        Ok(Self { path: path.to_owned(), file, blocks: Some(blocks), spares, worker: Some(worker) })
    }

    /// Lets the encoder come to its end.
    fn finish(&mut self) -> Result<(), Failure> {
        self.blocks = None;
        let Some(worker) = self.worker.take() else { return Ok(()) };
        match worker.join() {
            Ok(Ok(())) => Ok(()),
            Ok(Err(VorbisError::Io(error))) => Err(outlet::failure(&self.path, error)),
            Ok(Err(error)) => Err(Failure::about(&self.path, format_args!("cannot be encoded: {error}"))),
            Err(_) => Err(Failure::about(&self.path, "cannot be encoded: libvorbis gave up")),
        }
    }
}

impl AudioSink for OggSink {
    fn write(&mut self, planes: &[&mut [f32]]) -> Result<(), Failure> {
        // A block without frames would tell the encoder that the stream ends.
        if planes.first().is_none_or(|plane| plane.is_empty()) {
            return Ok(());
        }
        let mut block = self.spares.try_recv().unwrap_or_default();
        block.resize_with(planes.len(), Vec::new);
        for (copy, plane) in block.iter_mut().zip(planes) {
            copy.clear();
            copy.extend_from_slice(plane);
        }
        match self.blocks.as_ref().map(|blocks| blocks.send(block)) {
            Some(Ok(())) => Ok(()),
            // The encoder has ended before its time: it says why.
            _ => self.finish().and(Err(Failure::about(&self.path, "cannot be encoded: libvorbis gave up"))),
        }
    }

    fn complete(mut self: Box<Self>, _loudness: Option<&Loudness>) -> Result<(), Failure> {
        self.finish()?;
        self.file.take(&self.path)?.complete()
    }
}

impl Drop for OggSink {
    /// Waits for the encoder, which holds the pending file: nothing stays behind.
    fn drop(&mut self) {
        let _ = self.finish();
    }
}

/// What a stream holds.
struct Form {
    quality: i8,
    sample_rate_hz: u32,
    channels: usize,
    comments: Vec<(&'static str, String)>,
    serial: i32,
}

impl Form {
    fn encoder<W: std::io::Write>(&self, sink: W) -> Result<VorbisEncoder<W>, VorbisError> {
        let rate = NonZero::<u32>::try_from(self.sample_rate_hz)?;
        let channels = NonZero::<u8>::try_from(u8::try_from(self.channels)?)?;
        let target_quality = f32::from(self.quality) / 10.0;
        let mut builder = VorbisEncoderBuilder::new_with_serial(rate, channels, sink, self.serial);
        builder.bitrate_management_strategy(VorbisBitrateManagementStrategy::QualityVbr { target_quality });
        builder.comment_tags(self.comments.iter().map(|(name, value)| (*name, value.as_str())))?;
        builder.build()
    }
}

/// The encoder's thread, from the stream's head to its last page.
fn encode(form: &Form, outlet: Outlet, queue: &Receiver<Planes>, back: &SyncSender<Planes>) -> Result<(), VorbisError> {
    let mut encoder = form.encoder(outlet)?;
    for block in queue {
        encoder.encode_audio_block(&block)?;
        // Where nobody waits for it any more it is no loss.
        let _ = back.try_send(block);
    }
    encoder.finish().map(drop)
}

/// A stream's number: FNV-1a of its comments.
fn serial(comments: &[(&str, String)]) -> i32 {
    let bytes = comments.iter().flat_map(|(name, value)| name.bytes().chain([b'=']).chain(value.bytes()).chain([0]));
    let hash = bytes.fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash.cast_signed()
}

/// Base64 (RFC 4648), which comments want for a picture.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let number = (0..3).fold(0, |number, place| number << 8 | usize::from(group.get(place).copied().unwrap_or(0)));
        for place in 0..4 {
            let letter = LETTERS[number >> (18 - 6 * place) & 0x3f];
            text.push(if place <= group.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
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
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xbf]), "+/+/");
    }

    #[test]
    fn rates_and_qualities_are_checked() {
        for (quality, rate_hz, channels) in [(8, 44_100, 2), (-1, 48_000, 1), (10, 96_000, 2), (3, 22_050, 1)] {
            assert_eq!(check(quality, rate_hz, channels), Ok(()), "{quality} at {rate_hz}");
        }
        assert!(check(11, 44_100, 2).unwrap_err().contains("-1 to 10"));
        assert!(check(8, 384_000, 2).unwrap_err().contains("384000 Hz"));
    }

    #[test]
    fn serials_follow_the_tags() {
        let title = |title: &str| serial(&[("TITLE", title.to_owned())]);
        assert_eq!(title("a"), title("a"));
        assert_ne!(title("a"), title("b"));
    }
}
