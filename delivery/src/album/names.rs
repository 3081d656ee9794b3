//! Names of delivered files, which every usual file system takes.
//!
//! What Windows, macOS or Linux refuses in a name becomes `_`; the title in the tags stays as it is. The stricter rules are
//! Windows' ("Naming Files, Paths, and Namespaces", Microsoft Learn), so that a delivery can be copied anywhere.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The most bytes of a file's name: 255, as ext4, APFS and NTFS have it, less the 12 that the hidden name has more while the
/// file is being written.
pub const MOST_BYTES: usize = 243;

/// Names that Windows keeps for devices, with any extension.
const RESERVED: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

/// A title as a part of a name: characters that a file system refuses are replaced by `_`, spaces and points at the end are
/// cut, and so are spaces at the start. What is left empty is `_`.
pub fn sanitized(title: &str) -> String {
    let usable = |character: char| match character {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
        other if other.is_control() => '_',
        other => other,
    };
    let replaced: String = title.chars().map(usable).collect();
    let cut = replaced.trim_start().trim_end_matches(|character: char| character.is_whitespace() || character == '.');
    if cut.is_empty() { "_".to_owned() } else { cut.to_owned() }
}

/// The name of a track's file: `01 First.wav`; from 100 tracks on the number has three digits.
pub fn track_name(number: usize, tracks: usize, title: &str, extension: &str) -> String {
    let width = if tracks > 99 { 3 } else { 2 };
    format!("{number:0width$} {}.{extension}", sanitized(title))
}

/// The name of a file of the whole album, of its title alone: a point at its start would hide it, and a device's name is
/// followed by `_`.
pub fn album_name(title: &str, extension: &str) -> String {
    let mut name = sanitized(title);
    if name.starts_with('.') {
        name.replace_range(..1, "_");
    }
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let is_port = |device: &str| {
        let number = stem.strip_prefix(device).and_then(|rest| {
            let mut characters = rest.chars();
            characters.next().filter(|_| characters.next().is_none())
        });
        number.is_some_and(|number| matches!(number, '0'..='9' | '¹' | '²' | '³'))
    };
    if RESERVED.contains(&stem.as_str()) || is_port("COM") || is_port("LPT") {
        name.insert(name.find('.').unwrap_or(name.len()), '_');
    }
    format!("{name}.{extension}")
}

/// Whether a name is too long, with the reason.
///
/// # Errors
/// How long it is and may be.
pub fn check_length(name: &str) -> Result<(), String> {
    if name.len() <= MOST_BYTES {
        return Ok(());
    }
    Err(format!("makes a file name of {} bytes: at most {MOST_BYTES} can be written, so shorten the title", name.len()))
}

/// Paths that are one file where capitals do not count, each with the one before it.
pub fn duplicates(paths: &[PathBuf]) -> Vec<(&Path, &Path)> {
    let mut seen: BTreeMap<String, &Path> = BTreeMap::new();
    let mut found = Vec::new();
    for path in paths {
        match seen.entry(path.to_string_lossy().to_lowercase()) {
            std::collections::btree_map::Entry::Occupied(first) => found.push((*first.get(), path.as_path())),
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(path);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_system_refuses_is_replaced() {
        for (title, name) in [
            ("First", "07 First.wav"),
            ("AC/DC: \"Why?\" <live> | 5*5\\2", "07 AC_DC_ _Why__ _live_ _ 5_5_2.wav"),
            ("Wait...", "07 Wait.wav"),
            ("  to the end . ", "07 to the end.wav"),
            ("...", "07 _.wav"),
            ("..and then", "07 ..and then.wav"),
            ("a\u{0}b\tc\u{85}", "07 a_b_c_.wav"),
            ("Ночь 夜", "07 Ночь 夜.wav"),
            ("CON", "07 CON.wav"),
        ] {
            assert_eq!(track_name(7, 12, title, "wav"), name);
        }
        assert_eq!(track_name(7, 100, "First", "wav"), "007 First.wav");
    }

    #[test]
    fn an_album_of_a_devices_name_is_no_device() {
        for (title, name) in [
            ("Night Cut", "Night Cut.cue"),
            ("con", "con_.cue"),
            ("Aux.2", "Aux_.2.cue"),
            ("COM1", "COM1_.cue"),
            ("lpt³", "lpt³_.cue"),
            ("COM", "COM.cue"),
            ("COM12", "COM12.cue"),
            ("Console", "Console.cue"),
            (".hidden", "_hidden.cue"),
        ] {
            assert_eq!(album_name(title, "cue"), name);
        }
    }

    #[test]
    fn a_name_may_be_as_long_as_its_hidden_one_can_be() {
        let longest = track_name(1, 9, &"é".repeat(118), "flac");
        assert_eq!(longest.len(), 244);
        assert!(check_length(&longest).unwrap_err().contains("244 bytes"));
        let folder = tempfile::tempdir().unwrap();
        let name = track_name(1, 9, &"é".repeat(118), "wav");
        assert_eq!(name.len(), MOST_BYTES);
        check_length(&name).unwrap();
        let path = folder.path().join(name);
        let file = crate::audio_sink::PendingFile::create(&path, crate::audio_sink::Existing::Keep).unwrap();
        file.complete().unwrap();
        assert!(path.is_file());
    }

    #[test]
    fn names_that_differ_in_capitals_are_one() {
        let paths = ["a/One.wav", "b/one.wav", "a/one.WAV", "a/two.wav"].map(PathBuf::from);
        assert_eq!(duplicates(&paths), [(Path::new("a/One.wav"), Path::new("a/one.WAV"))]);
    }
}
