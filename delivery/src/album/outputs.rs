//! What is delivered, by name: paths from the delivery's folder on.

use std::path::{Path, PathBuf};

use super::file::AlbumFile;
use super::format::Delivery;
use super::names::{album_name, track_name};

/// Files of the delivery as a whole.
pub const CHECKSUMS: &str = "checksums.sha256";
/// What there is.
pub const MANIFEST: &str = "manifest.json";
/// Every reading.
pub const REPORT: &str = "report.json";

/// The files of one format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatFiles {
    /// The format.
    pub delivery: Delivery,
    /// Its folder.
    pub folder: PathBuf,
    /// A file for each track, in order; of an image one.
    pub audio: Vec<PathBuf>,
    /// The cue sheet of an image.
    pub cue: Option<PathBuf>,
}

/// The files of every format of an album, in its order.
pub fn outputs(album: &AlbumFile) -> Vec<FormatFiles> {
    album.formats.iter().map(|delivery| format_files(album, delivery)).collect()
}

fn format_files(album: &AlbumFile, delivery: &Delivery) -> FormatFiles {
    let folder = PathBuf::from(&delivery.word);
    let extension = delivery.extension();
    if delivery.is_image() {
        let file = |extension| folder.join(album_name(&album.title, extension));
        return FormatFiles {
            delivery: delivery.clone(),
            audio: vec![file(extension)],
            cue: Some(file("cue")),
            folder,
        };
    }
    let tracks = album.tracks.len();
    let name = |index: usize, title: &str| folder.join(track_name(index + 1, tracks, title, extension));
    let audio = album.tracks.iter().enumerate().map(|(index, track)| name(index, &track.title)).collect();
    FormatFiles { delivery: delivery.clone(), audio, cue: None, folder }
}

/// Every file that is delivered.
pub fn every_file(formats: &[FormatFiles]) -> Vec<PathBuf> {
    let of_formats = formats.iter().flat_map(|format| format.audio.iter().chain(&format.cue).cloned());
    of_formats.chain([CHECKSUMS, MANIFEST, REPORT].map(|name| Path::new(name).to_owned())).collect()
}
