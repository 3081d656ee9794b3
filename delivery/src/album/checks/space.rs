//! Whether the disk holds it.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use super::folder::nearest_folder;
use crate::album::format::{CD_CHANNELS, CD_RATE_HZ};
use crate::album::outputs::FormatFiles;
use crate::album::timeline::Plan;
use crate::failure::Failure;

/// About how many bytes the delivery takes with the files on the way, which are 32-bit floats: the tracks at the working
/// rate, and all of them joined at each rate that is delivered.
pub fn needed_bytes(
    outputs: &[FormatFiles],
    plan: &Plan,
    image: Option<&Plan>,
    channels: usize,
    picture_bytes: u64,
) -> u64 {
    let sample_bytes = size_of::<f32>() as u64;
    let working: u64 = plan.tracks.iter().map(|track| track.frames * channels as u64 * sample_bytes).sum();
    let of_format = |format: &FormatFiles| -> u64 {
        let delivery = &format.delivery;
        if let Some(image) = image.filter(|_| delivery.is_image()) {
            return delivery.most_bytes(image.total_at(CD_RATE_HZ), CD_CHANNELS);
        }
        let rate = delivery.sample_rate_hz();
        let lengths = plan.tracks.iter().map(|track| plan.file_at(track, rate)).map(|file| file.end - file.start);
        // Vorbis keeps a picture as base64: four bytes for three.
        lengths.map(|frames| delivery.most_bytes(frames, channels) + picture_bytes.div_ceil(3) * 4).sum()
    };
    let rates: BTreeSet<u32> = outputs
        .iter()
        .filter(|format| !format.delivery.is_image())
        .map(|format| format.delivery.sample_rate_hz())
        .collect();
    let joined: u64 = rates.iter().map(|rate| plan.total_at(*rate) * channels as u64 * sample_bytes).sum();
    let image = image.map_or(0, |image| image.total_at(CD_RATE_HZ) * CD_CHANNELS as u64 * sample_bytes);
    working + joined + image + outputs.iter().map(of_format).sum::<u64>()
}

/// Whether `free` bytes of the disk of `folder` are enough. A disk that does not say is taken to be large enough.
///
/// # Errors
/// They are not.
pub fn check(folder: &Path, needed: u64, free: impl FnOnce(&Path) -> io::Result<u64>) -> Result<(), Failure> {
    let Ok(free) = free(nearest_folder(folder)) else { return Ok(()) };
    if free >= needed {
        return Ok(());
    }
    let megabytes = |bytes: u64| bytes.div_ceil(1_000_000);
    let (needed, free) = (megabytes(needed), free / 1_000_000);
    Err(Failure::about(
        folder,
        format_args!("the disk is too full: the album takes up to {needed} MB, {free} MB are free"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_is_full_by_one_byte() {
        let check = |needed, free| check(Path::new("/"), needed, |_| Ok(free));
        assert!(check(1_000_000, 1_000_000).is_ok());
        let message = check(1_000_000_001, 1_000_000_000).unwrap_err().to_string();
        assert_eq!(message, "/: the disk is too full: the album takes up to 1001 MB, 1000 MB are free");
    }

    #[test]
    fn the_disk_says_how_much_is_free() {
        let folder = tempfile::tempdir().unwrap();
        let free = fs4::available_space(folder.path()).unwrap();
        assert!(free > 0);
        let missing = folder.path().join("not yet");
        assert!(super::check(&missing, u64::MAX, |path| fs4::available_space(path)).is_err());
    }
}
