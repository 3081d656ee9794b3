//! Input files, made by hand or by hound, and what can be wrong with them.

use std::path::{Path, PathBuf};

use runout_tests::{music, signals};
use tempfile::TempDir;

/// A folder that is gone after the test.
pub fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for a test")
}

/// How a hand-made WAV stores its samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Store {
    /// Integers of 16, 24 or 32 bits.
    Integer(u16),
    /// Floats of 32 or 64 bits.
    Float(u16),
}

impl Store {
    /// Bits of one sample.
    pub fn bits(self) -> u16 {
        match self {
            Self::Integer(bits) | Self::Float(bits) => bits,
        }
    }

    fn tag(self) -> u16 {
        if matches!(self, Self::Integer(_)) { 1 } else { 3 }
    }

    /// Stores a sample, integers to the nearest.
    fn bytes(self, sample: f64) -> Vec<u8> {
        match self {
            Self::Integer(bits) => {
                let full_scale = 2f64.powi(i32::from(bits) - 1);
                let value = (sample * full_scale).round().clamp(-full_scale, full_scale - 1.0) as i64;
                value.to_le_bytes()[..usize::from(bits / 8)].to_vec()
            }
            Self::Float(32) => (sample as f32).to_le_bytes().to_vec(),
            Self::Float(_) => sample.to_le_bytes().to_vec(),
        }
    }
}

/// One RIFF chunk, padded to an even length.
pub fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut chunk = name.to_vec();
    chunk.extend((body.len() as u32).to_le_bytes());
    chunk.extend(body);
    chunk.extend(vec![0; body.len() % 2]);
    chunk
}

/// The body of a `fmt ` chunk.
pub fn form(store: Store, channels: u16, rate_hz: u32) -> Vec<u8> {
    let frame_bytes = channels * (store.bits() / 8);
    let mut body = store.tag().to_le_bytes().to_vec();
    body.extend(channels.to_le_bytes());
    body.extend(rate_hz.to_le_bytes());
    body.extend(rate_hz.wrapping_mul(u32::from(frame_bytes)).to_le_bytes());
    body.extend(frame_bytes.to_le_bytes());
    body.extend(store.bits().to_le_bytes());
    body
}

/// A WAVE_FORMAT_EXTENSIBLE `fmt ` body.
pub fn extensible_form(store: Store, channels: u16, rate_hz: u32, valid_bits: u16, mask: u32) -> Vec<u8> {
    let mut body = form(store, channels, rate_hz);
    body[..2].copy_from_slice(&0xfffeu16.to_le_bytes());
    body.extend(22u16.to_le_bytes());
    body.extend(valid_bits.to_le_bytes());
    body.extend(mask.to_le_bytes());
    body.extend(store.tag().to_le_bytes());
    body.extend([0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71]);
    body
}

/// A RIFF file of chunks.
pub fn riff(chunks: &[Vec<u8>]) -> Vec<u8> {
    let body = chunks.concat();
    let mut file = b"RIFF".to_vec();
    file.extend((body.len() as u32 + 4).to_le_bytes());
    file.extend(b"WAVE");
    file.extend(body);
    file
}

/// Planar samples as they stand in a `data` chunk.
pub fn interleaved(store: Store, planes: &[Vec<f32>]) -> Vec<u8> {
    let frames = planes.first().map_or(0, Vec::len);
    (0..frames).flat_map(|frame| planes.iter().flat_map(move |plane| store.bytes(f64::from(plane[frame])))).collect()
}

/// A plain WAV of planar samples.
pub fn wav(store: Store, rate_hz: u32, planes: &[Vec<f32>]) -> Vec<u8> {
    let channels = planes.len() as u16;
    riff(&[chunk(b"fmt ", &form(store, channels, rate_hz)), chunk(b"data", &interleaved(store, planes))])
}

/// Writes bytes to a file of the folder.
pub fn put(folder: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a test can write its input");
    path
}

/// Writes a plain WAV to the folder.
pub fn put_wav(folder: &TempDir, name: &str, store: Store, rate_hz: u32, planes: &[Vec<f32>]) -> PathBuf {
    put(folder, name, &wav(store, rate_hz, planes))
}

/// A WAV of synthesized music, 24 bit, stereo, 48 kHz, scaled by a gain in dB.
pub fn put_music(folder: &TempDir, name: &str, seconds: f64, gain_db: f64) -> PathBuf {
    let music = signals::driven(&music::music(7, 48_000.0, seconds, 2), gain_db);
    put_wav(folder, name, Store::Integer(24), 48_000, &music)
}

/// A second of a tone, the same in so many channels.
pub fn tone(channels: usize, rate_hz: u32) -> Vec<Vec<f32>> {
    let tone = signals::sine(997.0, 0.25, 0.0, f64::from(rate_hz), rate_hz as usize);
    signals::in_channels(&tone, channels)
}

/// The names in a folder, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = folder.read_dir().expect("a folder can be listed");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
