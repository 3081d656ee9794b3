//! A file that appears under its name only when it is complete.
//!
//! It is written beside its name under a hidden one, so that the last step is a rename within one disk, and is removed
//! when it is dropped before that: on an error, a panic, or when the user interrupts.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use crate::failure::{Failure, shown};

/// What happens to a file that has the name already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and the work is refused.
    Keep,
    /// `--force`: it is replaced.
    Replace,
}

/// A file that is being written.
pub struct PendingFile {
    path: PathBuf,
    existing: Existing,
    file: NamedTempFile,
}

impl PendingFile {
    /// Begins a file that will be `path`.
    ///
    /// # Errors
    /// [`check_output`] refuses, or the folder cannot be written to.
    pub fn create(path: &Path, existing: Existing) -> Result<Self, Failure> {
        check_output(path, existing)?;
        let mut prefix = OsString::from(".");
        prefix.push(path.file_name().unwrap_or_default());
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(".part");
        #[cfg(unix)]
        builder.permissions(usual_permissions());
        let file = builder.tempfile_in(folder(path)).map_err(|error| cannot_write(path, &error))?;
        Ok(Self { path: path.to_owned(), existing, file })
    }

    /// Adds bytes at the end.
    ///
    /// # Errors
    /// The disk is full or fails.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.file.as_file_mut().write_all(bytes).map_err(|error| cannot_write(&self.path, &error))
    }

    /// Writes bytes over those at a place, and returns to the end.
    ///
    /// # Errors
    /// The disk is full or fails.
    pub fn write_at(&mut self, place: u64, bytes: &[u8]) -> Result<(), Failure> {
        let write = |file: &mut File| -> io::Result<()> {
            file.seek(SeekFrom::Start(place))?;
            file.write_all(bytes)?;
            file.seek(SeekFrom::End(0))?;
            Ok(())
        };
        write(self.file.as_file_mut()).map_err(|error| cannot_write(&self.path, &error))
    }

    /// Brings the file to the disk and gives it its name.
    ///
    /// # Errors
    /// The disk is full or fails, or, unless it may be replaced, a file of that name has come up meanwhile.
    pub fn complete(self) -> Result<(), Failure> {
        self.file.as_file().sync_all().map_err(|error| cannot_write(&self.path, &error))?;
        rename(self.file.into_temp_path(), &self.path, self.existing)
    }
}

/// Gives a finished file that lies elsewhere on the same disk its name; where that fails the file is removed.
///
/// # Errors
/// [`check_output`] refuses, or the disk does.
pub fn put_in_place(finished: PathBuf, path: &Path, existing: Existing) -> Result<(), Failure> {
    check_output(path, existing)?;
    let finished = TempPath::try_from_path(finished).map_err(|error| cannot_write(path, &error))?;
    rename(finished, path, existing)
}

fn rename(file: TempPath, path: &Path, existing: Existing) -> Result<(), Failure> {
    let renamed = match existing {
        Existing::Keep => file.persist_noclobber(path),
        Existing::Replace => file.persist(path),
    };
    renamed.map_err(|failed| match failed.error.kind() {
        io::ErrorKind::AlreadyExists => exists(path),
        _ => cannot_write(path, &failed.error),
    })
}

/// Whether a file may get this name: asked before any work is done.
///
/// # Errors
/// [`Failure`] where the folder is missing, the name is that of a folder or a device, or the file exists and stays.
pub fn check_output(path: &Path, existing: Existing) -> Result<(), Failure> {
    if path.file_name().is_none() {
        return Err(Failure::about(path, "is a folder: the name of a file is needed"));
    }
    let folder = folder(path);
    if !folder.is_dir() {
        return Err(Failure::about(path, format_args!("cannot write: there is no folder {}", shown(folder))));
    }
    // Through links, for what they lead to; of the name itself, for links that lead nowhere.
    match (path.metadata(), path.symlink_metadata()) {
        (Ok(found), _) if found.is_dir() => Err(Failure::about(path, "is a folder: the name of a file is needed")),
        (Ok(found), _) if !found.is_file() => Err(Failure::about(path, "is not a regular file: it is never replaced")),
        (_, Ok(_)) if existing == Existing::Keep => Err(exists(path)),
        _ => Ok(()),
    }
}

/// The folder that a file stands in.
pub fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

fn exists(path: &Path) -> Failure {
    Failure::about(path, "exists already: give another name, or --force to replace it")
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    Failure::from_io(path, "write", error)
}

/// Those of any new file; the system takes away what the user's mask does.
#[cfg(unix)]
fn usual_permissions() -> std::fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    std::fs::Permissions::from_mode(0o666)
}
