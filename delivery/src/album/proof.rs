//! What a receiver can check an album's files against: SHA-256 sums and a manifest.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::outcome::{AlbumOutcome, DeliveredFile, Stored, TrackOutcome};
use crate::audio_sink::{Existing, PendingFile};
use crate::failure::Failure;
use crate::interrupt;

/// Bytes read at a time.
const PIECE_BYTES: usize = 64 * 1024;

/// The name of the list of sums in the album's folder.
pub const CHECKSUMS: &str = "checksums.sha256";

/// The name of the manifest in the album's folder.
pub const MANIFEST: &str = "manifest.json";

/// What a file is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// Its name relative to the album's folder, with forward slashes.
    pub path: String,
    /// Its length, bytes.
    pub bytes: u64,
    /// Its SHA-256, 64 hexadecimal digits.
    pub sha256: String,
}

/// Reads a file of an album through and sums it; `path` is its name relative to the album's folder, with forward slashes.
///
/// # Errors
/// The file cannot be read, or the user interrupts.
pub fn sum(folder: &Path, path: &str) -> Result<Sum, Failure> {
    let whole = folder.join(path);
    let mut file = File::open(&whole).map_err(|error| Failure::from_io(&whole, "open", &error))?;
    let mut sum = Sha256::new();
    let mut piece = vec![0; PIECE_BYTES];
    let mut bytes = 0;
    loop {
        interrupt::check()?;
        let read = file.read(&mut piece).map_err(|error| Failure::from_io(&whole, "read", &error))?;
        if read == 0 {
            break;
        }
        sum.update(&piece[..read]);
        bytes += read as u64;
    }
    let sha256 = sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Sum { path: path.to_owned(), bytes, sha256 })
}

/// The list of sums as `sha256sum -c` reads it in the album's folder, in the order of the paths.
pub fn checksums(sums: &[Sum]) -> String {
    let mut sums: Vec<&Sum> = sums.iter().collect();
    sums.sort_by(|one, other| one.path.cmp(&other.path));
    sums.into_iter().map(line).collect()
}

/// One line; a name that would break it is escaped as GNU's program does, with a backslash before the sum to say so.
fn line(sum: &Sum) -> String {
    let Sum { path, sha256, .. } = sum;
    if path.contains(['\\', '\n', '\r']) {
        let escaped = path.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r");
        format!("\\{sha256}  {escaped}\n")
    } else {
        format!("{sha256}  {path}\n")
    }
}

/// The manifest: what was delivered, file by file in the order of their paths.
pub fn manifest(album: &AlbumOutcome) -> Value {
    let of_tracks = album.tracks.iter().flat_map(|track| track.delivered.iter().map(move |file| (file, Some(track))));
    let mut files: Vec<(&DeliveredFile, Option<&TrackOutcome>)> =
        of_tracks.chain(album.images.iter().map(|file| (file, None))).collect();
    files.sort_by(|(one, _), (other, _)| one.path.cmp(&other.path));
    json!({
        "title": album.title,
        "artist": album.artist,
        "upc": album.upc,
        "program": { "name": "runout", "version": env!("CARGO_PKG_VERSION") },
        "formats": album.formats,
        "files": files.into_iter().map(|(file, track)| file_json(file, track)).collect::<Vec<_>>(),
    })
}

fn file_json(file: &DeliveredFile, track: Option<&TrackOutcome>) -> Value {
    let (bits, is_float) = match file.stored {
        Stored::Integer(bits) => (Some(bits), Some(false)),
        Stored::Float(bits) => (Some(bits), Some(true)),
        Stored::Bitrate(_) | Stored::Quality(_) => (None, None),
    };
    let (bitrate_kbps, quality) = match file.stored {
        Stored::Bitrate(kbps) => (Some(kbps), None),
        Stored::Quality(quality) => (None, Some(quality)),
        Stored::Integer(_) | Stored::Float(_) => (None, None),
    };
    json!({
        "path": file.path,
        "track": track.map(|track| track.number),
        "title": track.map(|track| track.title.as_str()),
        "isrc": track.and_then(|track| track.isrc.as_deref()),
        "format": file.format,
        "sample_rate": file.sample_rate_hz,
        "channels": file.channels,
        "bits": bits,
        "float": is_float,
        "bitrate_kbps": bitrate_kbps,
        "quality": quality,
        "frames": file.frames,
        "duration_s": (file.duration_s() * 1e6).round() / 1e6,
        "bytes": file.bytes,
        "sha256": file.sha256,
    })
}

/// Writes a text of the album's folder under its name.
///
/// # Errors
/// As [`PendingFile::create`] and [`PendingFile::complete`].
pub fn write(folder: &Path, name: &str, text: &str, existing: Existing) -> Result<(), Failure> {
    let mut file = PendingFile::create(&folder.join(name), existing)?;
    file.write(text.as_bytes())?;
    file.complete()
}
