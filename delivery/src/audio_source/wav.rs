//! The samples of a WAV or RF64 file, block by block.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::riff::{WaveHead, read_head};
use super::{AudioFormat, AudioSource};
use crate::failure::Failure;

/// Bytes read and converted at a time: one piece and its samples stay in the first caches.
const PIECE_BYTES: usize = 24 * 1024;

/// A WAV or RF64 file that is being read.
pub struct WavSource {
    /// For messages.
    path: PathBuf,
    file: File,
    head: WaveHead,
    format: AudioFormat,
    /// Frames not yet delivered.
    left: u64,
    /// One piece as it stands in the file.
    piece: Vec<u8>,
}

impl WavSource {
    /// Reads the head and goes to the first sample.
    ///
    /// # Errors
    /// As [`read_head`].
    pub fn new(path: &Path, mut file: File) -> Result<Self, Failure> {
        let head = read_head(path, &mut file)?;
        file.seek(SeekFrom::Start(head.start)).map_err(|error| Failure::from_io(path, "read", &error))?;
        let format = AudioFormat {
            sample_rate_hz: head.sample_rate_hz,
            channels: head.channels,
            frames: Some(head.frames),
            depth: head.depth,
        };
        Ok(Self { path: path.to_owned(), file, head, format, left: head.frames, piece: Vec::new() })
    }
}

impl AudioSource for WavSource {
    fn format(&self) -> &AudioFormat {
        &self.format
    }

    fn read(&mut self, planes: &mut [&mut [f32]]) -> Result<usize, Failure> {
        let wanted = planes.first().map_or(0, |plane| plane.len());
        let total = usize::try_from(self.left).unwrap_or(usize::MAX).min(wanted);
        let frame_bytes = self.head.coding.bytes() * self.head.channels;
        let piece_frames = (PIECE_BYTES / frame_bytes).max(1);
        let mut done = 0;
        while done < total {
            let frames = piece_frames.min(total - done);
            self.piece.resize(frames * frame_bytes, 0);
            // The size was checked at opening: an end that comes early now means that the file has changed since.
            self.file.read_exact(&mut self.piece).map_err(|error| Failure::from_io(&self.path, "read", &error))?;
            let mut rest: Vec<&mut [f32]> = planes.iter_mut().map(|plane| &mut plane[done..done + frames]).collect();
            self.head.coding.spread(&self.piece, &mut rest);
            done += frames;
        }
        self.left -= total as u64;
        Ok(total)
    }
}
