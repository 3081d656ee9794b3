//! WAV, and RF64 (EBU Tech 3306) where a file outgrows 4 GiB.
//!
//! The head is the plain one: format tag 1 (integers, also of 24 bits) or 3 (float), not WAVE_FORMAT_EXTENSIBLE. For mono
//! and stereo the two say the same; tag 1 is what Broadcast WAV (EBU Tech 3285) is defined on and what the oldest players
//! and the strictest delivery portals read, where some stop at tag 0xfffe.
//!
//! Room for the 64-bit sizes is kept by a `JUNK` chunk from the start, so that a file that stays small is a plain WAV and
//! one that grows becomes RF64 by rewriting its head alone.
//!
//! With tags there are also `bext` before `fmt `, as EBU Tech 3285 has it, `LIST` before the samples, where readers that
//! stop at them find it, and `id3 ` with the picture and the rest after them.

mod bext;
mod info;

use std::path::Path;

use super::{AudioSink, Existing, FileDepth, PendingFile};
use crate::failure::Failure;
use crate::tags::{Loudness, Tags, id3};

/// The most bytes that a plain RIFF file can count after its first eight.
pub const LARGEST_RIFF_BYTES: u64 = u32::MAX as u64;
/// Bytes in the body of `ds64`, and of the `JUNK` that keeps its room.
const DS64_BYTES: u32 = 28;
/// In RF64: the size stands in `ds64`.
const SIZE_ELSEWHERE: u32 = u32::MAX;

/// What a WAV file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WavForm {
    /// Sample rate, Hz.
    pub sample_rate_hz: u32,
    /// Number of channels, 1 or 2.
    pub channels: usize,
    /// How samples are stored.
    pub depth: FileDepth,
}

/// A WAV file that is being written.
pub struct WavSink {
    file: PendingFile,
    form: WavForm,
    frames: u64,
    largest_riff_bytes: u64,
    /// Tags, where there are any, and what was measured at the end.
    tags: Option<Tags>,
    loudness: Option<Loudness>,
    /// The chunk after the samples.
    tail: Vec<u8>,
    /// One block as it will stand in the file.
    block: Vec<u8>,
}

impl WavSink {
    /// Begins the file that will be `path`, without tags; it turns into RF64 beyond `largest_riff_bytes`
    /// ([`LARGEST_RIFF_BYTES`]).
    ///
    /// # Errors
    /// As [`PendingFile::create`].
    pub fn create(path: &Path, form: WavForm, existing: Existing, largest_riff_bytes: u64) -> Result<Self, Failure> {
        Self::with_tags(path, form, &Tags::default(), existing, largest_riff_bytes)
    }

    /// The same with tags, if there are any.
    ///
    /// # Errors
    /// As [`PendingFile::create`]; or the tags do not fit.
    pub fn with_tags(
        path: &Path,
        form: WavForm,
        tags: &Tags,
        existing: Existing,
        largest_riff_bytes: u64,
    ) -> Result<Self, Failure> {
        let id3 = id3(tags).map_err(|reason| Failure::about(path, format_args!("cannot be written: {reason}")))?;
        let mut tail = Vec::new();
        if !id3.is_empty() {
            add_chunk(&mut tail, b"id3 ", &id3);
        }
        // The picture is in the tail: once is enough.
        let tags = (*tags != Tags::default()).then(|| Tags { picture: None, ..tags.clone() });
        let file = PendingFile::create(path, existing)?;
        let block = Vec::new();
        let mut sink = Self { file, form, frames: 0, largest_riff_bytes, tags, loudness: None, tail, block };
        let head = sink.head();
        sink.file.write(&head)?;
        Ok(sink)
    }

    fn frame_bytes(&self) -> usize {
        self.form.channels * self.form.depth.bytes()
    }

    fn data_bytes(&self) -> u64 {
        self.frames * self.frame_bytes() as u64
    }

    /// The head for what has been written so far: always of one length.
    fn head(&self) -> Vec<u8> {
        let rest = self.rest_of_head();
        let (data_bytes, tail_bytes) = (self.data_bytes(), self.tail.len() as u64);
        let riff_bytes =
            4 + 8 + u64::from(DS64_BYTES) + rest.len() as u64 + 8 + data_bytes + data_bytes % 2 + tail_bytes;
        let short = if riff_bytes > self.largest_riff_bytes { None } else { u32::try_from(riff_bytes).ok() };
        let mut head = Vec::new();
        match short {
            Some(riff_bytes) => {
                head.extend(b"RIFF");
                head.extend(riff_bytes.to_le_bytes());
                head.extend(b"WAVEJUNK");
                head.extend(DS64_BYTES.to_le_bytes());
                head.extend([0; DS64_BYTES as usize]);
            }
            None => {
                head.extend(b"RF64");
                head.extend(SIZE_ELSEWHERE.to_le_bytes());
                head.extend(b"WAVEds64");
                head.extend(DS64_BYTES.to_le_bytes());
                head.extend(riff_bytes.to_le_bytes());
                head.extend(data_bytes.to_le_bytes());
                head.extend(self.frames.to_le_bytes());
                head.extend(0u32.to_le_bytes());
            }
        }
        head.extend(rest);
        head.extend(b"data");
        let data_size =
            if short.is_some() { u32::try_from(data_bytes).unwrap_or(SIZE_ELSEWHERE) } else { SIZE_ELSEWHERE };
        head.extend(data_size.to_le_bytes());
        head
    }

    /// The chunks between the sizes and the samples: `fmt `, and for float `fact`; those of the tags around them.
    fn rest_of_head(&self) -> Vec<u8> {
        let WavForm { sample_rate_hz, channels, depth } = self.form;
        let float = depth == FileDepth::Float32;
        let frame_bytes = self.frame_bytes();
        let mut rest = Vec::new();
        if let Some(tags) = &self.tags {
            add_chunk(&mut rest, b"bext", &bext::body(tags, self.loudness.as_ref(), &self.form));
        }
        rest.extend(b"fmt ");
        rest.extend(if float { 18u32 } else { 16 }.to_le_bytes());
        rest.extend(if float { 3u16 } else { 1 }.to_le_bytes());
        rest.extend((channels as u16).to_le_bytes());
        rest.extend(sample_rate_hz.to_le_bytes());
        rest.extend((sample_rate_hz * frame_bytes as u32).to_le_bytes());
        rest.extend((frame_bytes as u16).to_le_bytes());
        rest.extend((8 * depth.bytes() as u16).to_le_bytes());
        if float {
            rest.extend(0u16.to_le_bytes());
            rest.extend(b"fact");
            rest.extend(4u32.to_le_bytes());
            rest.extend(u32::try_from(self.frames).unwrap_or(u32::MAX).to_le_bytes());
        }
        if let Some(list) = self.tags.as_ref().and_then(info::body) {
            add_chunk(&mut rest, b"LIST", &list);
        }
        rest
    }
}

/// Adds a chunk, padded to an even length.
fn add_chunk(bytes: &mut Vec<u8>, name: &[u8; 4], body: &[u8]) {
    bytes.extend(name);
    bytes.extend((body.len() as u32).to_le_bytes());
    bytes.extend(body);
    bytes.resize(bytes.len() + body.len() % 2, 0);
}

impl AudioSink for WavSink {
    fn write(&mut self, planes: &[&mut [f32]]) -> Result<(), Failure> {
        self.form.depth.interleave(planes, &mut self.block);
        self.frames += planes.first().map_or(0, |plane| plane.len()) as u64;
        self.file.write(&self.block)
    }

    fn complete(mut self: Box<Self>, loudness: Option<&Loudness>) -> Result<(), Failure> {
        if self.data_bytes() % 2 == 1 {
            self.file.write(&[0])?;
        }
        self.file.write(&self.tail)?;
        self.loudness = loudness.copied();
        let head = self.head();
        self.file.write_at(0, &head)?;
        self.file.complete()
    }
}
