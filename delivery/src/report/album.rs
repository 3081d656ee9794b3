//! What is said of a delivered album: `report.json`, and a table with what to hear again for people.

mod document;
mod summary;

pub use document::album_json;
pub use summary::album_text;
