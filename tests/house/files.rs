//! Files are short, finished and placed as the house has it; dsp-core knows no files and no system.

use std::fs;
use std::path::{Path, PathBuf};

use crate::metadata::workspace;

/// The most lines of a source file.
const MOST_LINES: usize = 400;

/// Words that say that something is not finished; in halves, so that this list is not found itself.
const UNFINISHED: [&str; 7] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X:"),
    concat!("to", "do!("),
    concat!("unimple", "mented!("),
    concat!("#[ig", "nore"),
    concat!("dbg", "!("),
];

/// What a file of dsp-core may not name: it runs on the audio thread and is handed everything.
const OUTSIDE: [&str; 4] = ["std::fs", "std::net", "std::env", "std::process"];

/// Whether a word stands in a line, and not as the end of a longer one: a frame of ID3 is no note.
fn stands_alone(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(place, _)| !line[..place].ends_with(|before: char| before.is_ascii_uppercase()))
}

/// What is wrong with a file, by its path from the workspace.
fn complaints(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lines = text.lines().count();
    if path.ends_with(".rs") && lines > MOST_LINES {
        found.push(format!("{path} has {lines} lines, {MOST_LINES} at most"));
    }
    if path.ends_with("/mod.rs") {
        found.push(format!("{path}: a module with parts is x.rs beside x/"));
    }
    let words = UNFINISHED.iter().chain(if path.starts_with("dsp-core/src") { &OUTSIDE[..] } else { &[] });
    for word in words {
        if let Some(line) = text.lines().position(|line| stands_alone(line, word)) {
            found.push(format!("{path}:{}: {word}", line + 1));
        }
    }
    found
}

/// Every source and text of ours below a folder.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the workspace can be listed") {
        let path = entry.expect("the workspace can be listed").path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() {
            // Beside the build's folder, only what starts with a point is not ours.
            if name != "target" && (!name.starts_with('.') || name == ".ci") {
                sources(&path, found);
            }
        } else if path.extension().is_some_and(|extension| ["rs", "toml", "md"].iter().any(|ours| extension == *ours)) {
            found.push(path);
        }
    }
}

#[test]
fn every_file_is_short_finished_and_in_its_place() {
    let mut files = Vec::new();
    sources(workspace(), &mut files);
    assert!(files.len() > 60, "only {} files were found", files.len());
    let complaints: Vec<String> = files
        .iter()
        .flat_map(|file| {
            let path = file.strip_prefix(workspace()).expect("it lies in the workspace");
            let path = path.to_string_lossy().replace('\\', "/");
            complaints(&path, &fs::read_to_string(file).expect("sources are text"))
        })
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn every_fault_of_a_file_is_seen() {
    assert!(complaints("gui/src/lib.rs", "fn finished() {}\n").is_empty());
    assert_eq!(complaints("gui/src/lib.rs", &"\n".repeat(401)).len(), 1);
    assert!(complaints("gui/src/lib.rs", &"\n".repeat(400)).is_empty());
    assert_eq!(complaints("gui/src/editor/mod.rs", "").len(), 1);
    for word in UNFINISHED {
        assert_eq!(complaints("README.md", &format!("line\n{word} later\n")).len(), 1, "{word}");
    }
    assert!(complaints("README.md", concat!("TX", "XX:BARCODE\n")).is_empty());
    assert_eq!(complaints("dsp-core/src/limiter.rs", "use std::fs;\n").len(), 1);
    assert!(complaints("delivery/src/lib.rs", "use std::fs;\n").is_empty());
}
