//! `runout measure` of folders: what is found, in which order, and how much memory many files take.

use std::path::Path;

use runout_tests::signals;
use serde_json::Value;

use crate::binary::runout;
use crate::files::{Store, folder, put, put_wav, wav};
use crate::measure::peak_kilobytes;

/// Writes a short tone whose level is its own.
fn put_tone(path: &Path, level: f64, frames: usize) {
    let tone = signals::sine(997.0, level, 0.0, 8_000.0, frames);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, wav(Store::Integer(16), 8_000, &[tone])).unwrap();
}

fn paths(document: &Value) -> Vec<String> {
    document["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_folder_is_its_audio_files_sorted_by_path() {
    let folder = folder();
    let root = folder.path();
    let names = ["a/2.wav", "a/10.WAV", "b.wave", "a b/1.wav", "z/y/x.bwf", "Z.rf64"];
    names.iter().enumerate().for_each(|(index, name)| put_tone(&root.join(name), 0.1 + 0.1 * index as f64, 4_000));
    for hidden in [".hidden.wav", ".git/x.wav", "a/._2.wav"] {
        put_tone(&root.join(hidden), 0.9, 4_000);
    }
    put(&folder, "notes.txt", b"not a sound");
    put(&folder, "cover.png", b"not a sound");
    // A link to a folder, which could lead around in circles; one to a file is a file.
    std::os::unix::fs::symlink(root, root.join("a/loop")).unwrap();
    std::os::unix::fs::symlink(root.join("b.wave"), root.join("z/link.wav")).unwrap();
    let document = runout(&["measure", "--json", root.to_str().unwrap()]).ends_with(0).json();
    let mut expected: Vec<_> = names.iter().chain(&["z/link.wav"]).map(|name| root.join(name)).collect();
    expected.sort();
    let expected: Vec<_> = expected.iter().map(|path| path.to_str().unwrap().to_owned()).collect();
    assert_eq!(paths(&document), expected);
    assert!(document["album"].is_object());
    // A folder is the same as its files named one by one.
    let mut named = vec!["measure", "--json"];
    named.extend(expected.iter().map(String::as_str));
    assert_eq!(runout(&named).ends_with(0).stdout, format!("{document:#}\n"));
}

#[test]
fn a_folder_without_audio_is_said_and_the_rest_is_measured() {
    let folder = folder();
    let empty = folder.path().join("empty");
    std::fs::create_dir_all(empty.join("deeper")).unwrap();
    std::fs::write(empty.join("deeper/notes.txt"), b"no sound").unwrap();
    let empty = empty.to_str().unwrap();
    let call = runout(&["measure", empty]).ends_with(2);
    call.complains(&["empty: is a folder without audio files", "wav", "ogg"]);
    let tone = put_wav(&folder, "tone.wav", Store::Integer(16), 8_000, &[vec![0.1; 800]]);
    let call = runout(&["measure", "--json", empty, tone.to_str().unwrap()]).ends_with(2);
    call.complains(&["empty: is a folder without audio files"]);
    assert_eq!(paths(&call.json()).len(), 1);
    assert_eq!(call.json()["errors"].as_array().unwrap().len(), 1);
}

#[test]
fn a_file_that_only_sounds_like_audio_is_named_and_the_rest_is_measured() {
    let folder = folder();
    put_tone(&folder.path().join("1.wav"), 0.5, 4_000);
    put(&folder, "2.wav", b"not a sound at all");
    put_tone(&folder.path().join("3.wav"), 0.5, 4_000);
    let call = runout(&["measure", "--json", folder.path().to_str().unwrap()]).ends_with(2);
    call.complains(&["2.wav: "]);
    let document = call.json();
    assert_eq!((paths(&document).len(), &document["album"]), (2, &Value::Null), "there is no album with a hole");
}

#[test]
fn memory_does_not_grow_with_the_number_of_files() {
    let folder = folder();
    let sizes = [("ten", 10), ("hundred", 100), ("thousand", 1000)];
    for index in 0..1000 {
        // A long one first, behind which the others must not pile up: 680 kB each.
        let frames = if index == 0 { 8_000_000 } else { 8_000 };
        let name = format!("{index:03}.wav");
        let original = folder.path().join("thousand").join(&name);
        put_tone(&original, 0.1 + 0.0008 * f64::from(index), frames);
        for (size, _) in sizes.iter().filter(|(size, count)| *size != "thousand" && index < *count) {
            let smaller = folder.path().join(size);
            std::fs::create_dir_all(&smaller).unwrap();
            std::fs::hard_link(&original, smaller.join(&name)).unwrap();
        }
    }
    let [ten, hundred, thousand] = sizes.map(|(size, _)| folder.path().join(size).to_str().unwrap().to_owned());
    let peak = |jobs, folder: &str| peak_kilobytes(&["measure", "--json", "--jobs", jobs, folder]);
    // The readings of a file are 1 kB, and its path. Ten files do not fill what may wait for its turn with eight jobs.
    for (jobs, few) in [("1", &ten), ("8", &hundred)] {
        let (of_few, of_many) = (peak(jobs, few), peak(jobs, &thousand));
        println!("{jobs} jobs: {few} {of_few} kB, a thousand {of_many} kB");
        // Beside 1.5 MB of readings: how threads share their heaps differs from run to run.
        let room = if jobs == "1" { 2_000 } else { 8_000 };
        assert!(of_many < of_few + room, "{jobs} jobs: {few} takes {of_few} kB, a thousand {of_many} kB");
    }
    let many = thousand.as_str();
    let alone = runout(&["measure", "--json", "--jobs", "1", many]).ends_with(0).stdout;
    let together = runout(&["measure", "--json", "--jobs", "8", many]).ends_with(0).stdout;
    assert!(alone == together, "the number of jobs changes nothing");
}
