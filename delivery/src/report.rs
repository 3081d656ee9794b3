//! What came of it: JSON for programs, tables for people.

mod advice;
mod album;
mod json;
mod text;

pub use advice::advice;
pub use album::{album_json, album_text};
pub use json::{mastered_json, targets_json, write_measured_json};
pub use text::{level, mastered_text, measured_text, table};

/// A JSON document as it is printed and written to files.
pub fn pretty(document: &serde_json::Value) -> String {
    format!("{document:#}\n")
}
