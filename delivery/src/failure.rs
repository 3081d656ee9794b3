//! Why a call ends without its result: always one line that names what, where and what would be right.

use std::fmt;
use std::io;
use std::path::Path;

/// The end of a call that could not do its work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Bad usage, bad input or a device that refuses: one line of text. Exit status 2.
    Refused(String),
    /// The user asked to stop; whatever was begun is taken back. Exit status 130, as shells have it.
    Interrupted,
}

impl Failure {
    /// A refusal with this line.
    pub fn new(line: impl Into<String>) -> Self {
        Self::Refused(line.into())
    }

    /// A refusal that concerns a file: the line begins with its name.
    pub fn about(path: &Path, what: impl fmt::Display) -> Self {
        Self::Refused(format!("{}: {what}", shown(path)))
    }

    /// A failed operation of the system on a file, in words.
    pub fn from_io(path: &Path, doing: &str, error: &io::Error) -> Self {
        Self::about(path, format_args!("cannot {doing}: {}", reason(error)))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(line) => formatter.write_str(line),
            Self::Interrupted => formatter.write_str("interrupted; nothing was written"),
        }
    }
}

impl std::error::Error for Failure {}

/// A path as messages show it: one line whatever its name holds; bytes that are no text become U+FFFD.
pub fn shown(path: &Path) -> String {
    let mut text = String::new();
    for character in path.to_string_lossy().chars() {
        if character.is_control() {
            text.extend(character.escape_default());
        } else {
            text.push(character);
        }
    }
    text
}

/// What the system says, in the words of a user; the system's own where there are none better.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::FileTooLarge => "the file would be larger than the system allows".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_a_line_break_still_makes_one_line() {
        let failure = Failure::about(Path::new("a\nb.wav"), "is empty");
        assert_eq!(failure.to_string(), "a\\nb.wav: is empty");
    }
}
