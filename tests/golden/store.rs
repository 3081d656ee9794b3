//! The file of figures, and how two of them differ.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::figures::{Figures, NAMES};

type Sounds = BTreeMap<String, Figures>;

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden/sounds.tsv")
}

/// Writes the file anew.
pub fn write(sounds: &Sounds) {
    let mut text = format!("sound\thash\t{}\n", NAMES.join("\t"));
    for (name, figures) in sounds {
        text += &format!("{name}\t{:016x}\t{}\n", figures.hash, figures.levels.join("\t"));
    }
    fs::write(path(), text).expect("sounds.tsv can be written");
}

/// Reads the file.
pub fn read() -> Sounds {
    let text = fs::read_to_string(path()).expect("tests/golden/sounds.tsv is there");
    text.lines().skip(1).map(line).collect()
}

fn line(line: &str) -> (String, Figures) {
    let mut cells = line.split('\t');
    let name = cells.next().expect("a name").to_owned();
    let hash = cells.next().expect("a hash");
    let hash = u64::from_str_radix(hash, 16).unwrap_or_else(|error| panic!("{name}: the hash {hash}: {error}"));
    let levels: Vec<String> = cells.map(str::to_owned).collect();
    assert_eq!(levels.len(), NAMES.len(), "{name}: levels in sounds.tsv");
    (name, Figures { hash, levels })
}

/// Every sound that is not what it was, in words.
pub fn differences(before: &Sounds, after: &Sounds) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for (name, was) in before {
        match after.get(name) {
            None => told.push(format!("{name}: gone")),
            Some(is) if is.hash != was.hash => told.push(format!("{name}: {}", changed(was, is))),
            Some(_) => {}
        }
    }
    told.extend(after.keys().filter(|name| !before.contains_key(*name)).map(|name| format!("{name}: new")));
    told
}

fn changed(was: &Figures, is: &Figures) -> String {
    let cells = NAMES.iter().zip(was.levels.iter().zip(&is.levels));
    let moved: Vec<String> =
        cells.filter(|(_, (was, is))| was != is).map(|(name, (was, is))| format!("{name} {was} -> {is}")).collect();
    if moved.is_empty() { "only bits differ, every level stays within 0.01 dB".to_owned() } else { moved.join(", ") }
}
