//! A folder as the audio files in it and in all folders below it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The extensions of names that are taken for audio files, in any case. A file's content is looked at when it is opened.
pub const AUDIO_EXTENSIONS: [&str; 10] = ["wav", "wave", "bwf", "rf64", "flac", "mp3", "aif", "aiff", "aifc", "ogg"];

/// Puts what each folder holds in its place: audio files by their names' extensions, sorted by path. Hidden names (that begin
/// with a point) and links to folders are passed over. Beside the files there is a failure for each folder that cannot be
/// read or holds no audio file.
pub fn with_folders_opened(arguments: &[PathBuf]) -> (Vec<PathBuf>, Vec<Failure>) {
    let (mut files, mut failures) = (Vec::new(), Vec::new());
    for argument in arguments {
        if !argument.is_dir() {
            files.push(argument.clone());
            continue;
        }
        let (mut found, failed_before) = (Vec::new(), failures.len());
        collect(argument, &mut found, &mut failures);
        if found.is_empty() && failures.len() == failed_before {
            let known = AUDIO_EXTENSIONS.join(", ");
            failures
                .push(Failure::about(argument, format_args!("is a folder without audio files: none ends in {known}")));
        }
        found.sort();
        files.append(&mut found);
    }
    (files, failures)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>, failures: &mut Vec<Failure>) {
    let mut cannot = |error: std::io::Error| failures.push(Failure::from_io(folder, "list", &error));
    let entries = match folder.read_dir() {
        Ok(entries) => entries,
        Err(error) => return cannot(error),
    };
    let mut folders = Vec::new();
    for entry in entries {
        match entry.and_then(|entry| Ok((entry.path(), entry.file_type()?))) {
            Err(error) => cannot(error),
            Ok((path, _)) if is_hidden(&path) => {}
            Ok((path, kind)) if kind.is_dir() => folders.push(path),
            Ok((path, kind)) => {
                let links_to_folder = kind.is_symlink() && path.is_dir();
                if is_audio(&path) && !links_to_folder {
                    found.push(path);
                }
            }
        }
    }
    // What cannot be read is named in the order of the names.
    folders.sort();
    folders.iter().for_each(|folder| collect(folder, found, failures));
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

fn is_audio(path: &Path) -> bool {
    let extension = path.extension().and_then(OsStr::to_str);
    extension.is_some_and(|extension| AUDIO_EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)))
}
