//! What a call reads and what it writes must be different files.

use std::path::Path;

use crate::failure::{Failure, shown};

/// Refuses a call whose output is one of its inputs, or twice the same file; through links, too.
///
/// # Errors
/// [`Failure`] names both.
pub fn check_distinct(inputs: &[&Path], outputs: &[&Path]) -> Result<(), Failure> {
    for (index, output) in outputs.iter().enumerate() {
        if let Some(input) = inputs.iter().find(|input| same_file(input, output)) {
            return Err(Failure::about(
                output,
                format_args!("is the input {} itself: give the output another name", shown(input)),
            ));
        }
        if outputs[..index].iter().any(|other| same_file(other, output)) {
            return Err(Failure::about(output, "is named for two outputs: give each its own name"));
        }
    }
    Ok(())
}

/// Whether two paths are one file. Of files that do not exist yet, whether they will be.
pub fn same_file(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    if let (Ok(one), Ok(other)) = (one.metadata(), other.metadata()) {
        use std::os::unix::fs::MetadataExt;
        return (one.dev(), one.ino()) == (other.dev(), other.ino());
    }
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        (Err(_), Err(_)) => in_real_folder(one) == in_real_folder(other),
        _ => false,
    }
}

/// The path with its folder resolved.
fn in_real_folder(path: &Path) -> std::path::PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    folder.join(path.file_name().unwrap_or_default())
}
