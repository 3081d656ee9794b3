//! The hidden folder that an album is made in, beside the one it is delivered to.
//!
//! Whatever ends the work early, it goes with everything in it; a finished delivery takes its place in one step where there
//! is no folder of its name yet.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::audio_sink::{Existing, put_in_place};
use crate::failure::Failure;

/// The folder that is delivered, while it is being made.
const DELIVERY: &str = "delivery";

/// Where an album is made.
pub struct Workshop {
    /// Where it will be delivered.
    folder: PathBuf,
    hidden: TempDir,
}

impl Workshop {
    /// Opens a workshop beside `folder`, whose own folder is made where it is missing.
    ///
    /// # Errors
    /// The place cannot be written to.
    pub fn open(folder: &Path) -> Result<Self, Failure> {
        let refused = |error: io::Error| Failure::from_io(folder, "write", &error);
        let place = match folder.parent() {
            Some(place) if place != Path::new("") => place,
            _ => Path::new("."),
        };
        fs::create_dir_all(place).map_err(refused)?;
        let mut prefix = std::ffi::OsString::from(".");
        prefix.push(folder.file_name().unwrap_or_default());
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(".part");
        #[cfg(unix)]
        builder.permissions(usual_permissions());
        let hidden = builder.tempdir_in(place).map_err(refused)?;
        fs::create_dir(hidden.path().join(DELIVERY)).map_err(refused)?;
        Ok(Self { folder: folder.to_owned(), hidden })
    }

    /// Where a rendered track waits.
    pub fn track(&self, index: usize) -> PathBuf {
        self.hidden.path().join(format!("track-{index}.part"))
    }

    /// Where a track's part of a stream waits, of an image or of files.
    pub fn part(&self, is_image: bool, sample_rate_hz: u32, index: usize) -> PathBuf {
        let kind = if is_image { "image" } else { "files" };
        self.hidden.path().join(format!("{kind}-{sample_rate_hz}-{index}.part"))
    }

    /// Where a delivered file is made; its folder is there.
    ///
    /// # Errors
    /// The disk is full or fails.
    pub fn delivered(&self, path: &Path) -> Result<PathBuf, Failure> {
        let file = self.delivery().join(path);
        let folder = file.parent().unwrap_or(&file);
        fs::create_dir_all(folder).map_err(|error| Failure::from_io(&self.folder.join(path), "write", &error))?;
        Ok(file)
    }

    /// The folder that the delivery is made in.
    pub fn delivery(&self) -> PathBuf {
        self.hidden.path().join(DELIVERY)
    }

    /// A failure of a file in here, told of the one that the user will find.
    pub fn in_users_words(&self, failure: Failure) -> Failure {
        let hidden = crate::failure::shown(&self.delivery());
        match failure {
            Failure::Refused(line) => Failure::Refused(line.replace(&hidden, &crate::failure::shown(&self.folder))),
            Failure::Interrupted => Failure::Interrupted,
        }
    }

    /// Brings the delivery to its place: as a whole where the folder is missing or empty, else file by file.
    ///
    /// # Errors
    /// The disk fails, or, unless they may be replaced, files have come up there meanwhile.
    pub fn deliver(self, files: &[PathBuf], existing: Existing) -> Result<(), Failure> {
        let delivery = self.delivery();
        let is_there = fs::read_dir(&self.folder).is_ok_and(|mut entries| entries.next().is_some());
        if !is_there {
            // Not every system renames over an empty folder; where there is none, there is nothing to remove.
            let _ = fs::remove_dir(&self.folder);
            return fs::rename(&delivery, &self.folder)
                .map_err(|error| Failure::from_io(&self.folder, "write", &error));
        }
        for path in files {
            let file = self.folder.join(path);
            if let Some(folder) = file.parent() {
                fs::create_dir_all(folder).map_err(|error| Failure::from_io(&file, "write", &error))?;
            }
            put_in_place(delivery.join(path), &file, existing)?;
        }
        Ok(())
    }
}

/// Those of any new folder; the system takes away what the user's mask does.
#[cfg(unix)]
fn usual_permissions() -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    fs::Permissions::from_mode(0o777)
}
