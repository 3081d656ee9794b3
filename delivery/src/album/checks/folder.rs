//! The folder that is delivered to.

use std::fs;
use std::path::{Path, PathBuf};

use crate::album::file::AlbumFile;
use crate::audio_sink::Existing;
use crate::failure::{Failure, shown};
use crate::paths::same_file;

/// The folder itself, or the one that it will stand in.
pub fn nearest_folder(folder: &Path) -> &Path {
    if folder.is_dir() {
        return folder;
    }
    match folder.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// Whether `files`, paths from `folder` on, can be written.
pub fn check(album: &AlbumFile, folder: &Path, files: &[PathBuf], existing: Existing, problems: &mut Vec<Failure>) {
    match check_folder(folder, existing) {
        Ok(()) => {}
        Err(problem) => return problems.push(problem),
    }
    let inputs = inputs(album);
    if let Some(input) = held(folder, &inputs) {
        let what = format!("holds {}, which the album is made from: give a folder of its own", shown(input));
        return problems.push(Failure::about(folder, what));
    }
    if folder.is_dir() {
        check_files(folder, files, &inputs, problems);
    }
}

/// Whether it is, or can become, a folder that may be written to.
fn check_folder(folder: &Path, existing: Existing) -> Result<(), Failure> {
    let refuse = |what: &str| Err(Failure::about(folder, what));
    if folder.is_dir() {
        let cannot = |error: std::io::Error| Failure::from_io(folder, "read", &error);
        let is_empty = fs::read_dir(folder).map_err(cannot)?.next().is_none();
        if !is_empty && existing == Existing::Keep {
            return refuse("is not empty: give another folder, or --force to replace the files of the album in it");
        }
    } else if folder.symlink_metadata().is_ok() {
        return refuse("is not a folder: the name of a folder is needed");
    } else if folder.file_name().is_none() {
        return refuse("there is no such folder: the name of one that exists, or a new one, is needed");
    } else if !nearest_folder(folder).is_dir() {
        let what = format!("cannot write: there is no folder {}", shown(nearest_folder(folder)));
        return refuse(&what);
    }
    // Only a try tells: rights, read-only disks and quotas are many. The file has no name where the system allows that,
    // and is gone at once.
    let tried = tempfile::tempfile_in(nearest_folder(folder));
    tried.map(drop).map_err(|error| Failure::from_io(folder, "write", &error))
}

/// Every file that the album is made from.
fn inputs(album: &AlbumFile) -> Vec<&Path> {
    let tracks = album.tracks.iter().flat_map(|track| [Some(track.file.as_path()), track.chain.as_deref()]);
    [Some(album.path.as_path()), album.picture.as_deref()].into_iter().chain(tracks).flatten().collect()
}

/// An input that lies in the folder or below it.
fn held<'a>(folder: &Path, inputs: &[&'a Path]) -> Option<&'a Path> {
    let folder = folder.canonicalize().ok()?;
    let lies_within = |input: &&&Path| input.canonicalize().is_ok_and(|input| input.starts_with(&folder));
    inputs.iter().find(lies_within).copied()
}

/// Whether what is there already can be replaced, and is no input under another name.
fn check_files(folder: &Path, files: &[PathBuf], inputs: &[&Path], problems: &mut Vec<Failure>) {
    let mut refused_folder = None;
    for file in files {
        let path = folder.join(file);
        let format_folder = path.parent().filter(|parent| *parent != folder);
        if let Some(format_folder) =
            format_folder.filter(|parent| parent.symlink_metadata().is_ok() && !parent.is_dir())
        {
            if refused_folder.as_deref() != Some(format_folder) {
                problems.push(Failure::about(format_folder, "is not a folder: the files of a format go there"));
                refused_folder = Some(format_folder.to_owned());
            }
        } else if let Some(input) = inputs.iter().find(|input| path.exists() && same_file(input, &path)) {
            let what = format!("is the input {} itself: give another folder", shown(input));
            problems.push(Failure::about(&path, what));
        } else if path.symlink_metadata().is_ok() && path.exists() && !path.is_file() {
            problems.push(Failure::about(&path, "is not a regular file: it is never replaced"));
        }
    }
}
