//! The chain file: one TOML text, diffable and versioned, that plugins and command read and write.
//!
//! Text in, settings out, and back: no file is touched here. Every field, range and default comes from the tables of
//! [`settings`](crate::settings).

mod read;
mod write;

use std::fmt;

pub use read::read;
pub use write::write;

/// The version that this program writes, and the only one there is.
pub const VERSION: i64 = 1;

/// Why a chain file cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainFileError {
    /// The line, counted from 1.
    pub line: usize,
    /// The field, what it holds and what would be right, on one line.
    pub message: String,
}

impl fmt::Display for ChainFileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for ChainFileError {}

#[cfg(test)]
mod tests;
