//! Small files of text that a user writes: chains and albums.

use std::path::Path;

use runout_dsp_core::settings::{ChainSettings, chain_file};

use crate::failure::{Failure, shown};

/// The largest that is read, bytes: a full chain has some 10 kB, an album of 99 tracks some 30 kB.
const LARGEST_BYTES: u64 = 1 << 20;

/// Reads a file of UTF-8 text. `what` it should be stands in messages: `a chain file`.
///
/// # Errors
/// [`Failure`] where it cannot be opened, is no file, is too large, or is not UTF-8; then with the line.
pub fn read(path: &Path, what: &str) -> Result<String, Failure> {
    let kind = path.metadata().map_err(|error| Failure::from_io(path, "open", &error))?;
    if !kind.is_file() || kind.len() > LARGEST_BYTES {
        return Err(Failure::about(path, format_args!("is not {what}: a TOML file of at most 1 MiB is needed")));
    }
    let bytes = std::fs::read(path).map_err(|error| Failure::from_io(path, "read", &error))?;
    String::from_utf8(bytes).map_err(|error| {
        let line =
            1 + error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        at_line(path, line, format_args!("is not {what}: TOML is UTF-8 text"))
    })
}

/// A refusal that concerns a line of a file.
pub fn at_line(path: &Path, line: usize, message: impl std::fmt::Display) -> Failure {
    Failure::new(format!("{}:{line}: {message}", shown(path)))
}

/// Reads a chain file.
///
/// # Errors
/// As [`read`]; or the text is no chain, and the line, field and value are named.
pub fn read_chain(path: &Path) -> Result<ChainSettings, Failure> {
    let text = read(path, "a chain file")?;
    chain_file::read(&text).map_err(|error| at_line(path, error.line, error.message))
}
