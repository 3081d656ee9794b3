//! The cover.

use std::fs::File;
use std::io::Read;

use crate::album::file::AlbumFile;
use crate::failure::Failure;

/// The largest cover, bytes. It stands in every file; FLAC's block for it ends below 16 MiB (RFC 9639, 8.1).
pub const MOST_PICTURE_BYTES: u64 = 10 << 20;

/// Whether the cover can be put into files; its size in bytes, 0 where there is none.
///
/// # Errors
/// It is missing, unreadable, too large, or neither PNG nor JPEG.
pub fn check(album: &AlbumFile) -> Result<u64, Failure> {
    let Some(path) = &album.picture else { return Ok(0) };
    let refuse = |what: Failure| album.about("picture", what);
    let cannot = |error: std::io::Error| refuse(Failure::from_io(path, "open", &error));
    let kind = path.metadata().map_err(cannot)?;
    if !kind.is_file() {
        return Err(refuse(Failure::about(path, "is not a file: a PNG or JPEG picture is needed")));
    }
    if kind.len() > MOST_PICTURE_BYTES {
        let what = format!("has {} bytes: a cover of at most {MOST_PICTURE_BYTES} is put into files", kind.len());
        return Err(refuse(Failure::about(path, what)));
    }
    let mut head = Vec::new();
    File::open(path).and_then(|file| file.take(8).read_to_end(&mut head)).map_err(cannot)?;
    let is_png = head == *b"\x89PNG\r\n\x1a\n";
    let is_jpeg = head.starts_with(b"\xFF\xD8\xFF");
    if is_png || is_jpeg { Ok(kind.len()) } else { Err(refuse(Failure::about(path, "is neither PNG nor JPEG"))) }
}
