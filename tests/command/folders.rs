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
fn a_thousand_files_take_the_memory_of_ten() {
    let folder = folder();
    let (few, many) = (folder.path().join("few"), folder.path().join("many"));
    for index in 0..1000 {
        // A long one first, behind which the others must not pile up.
        let frames = if index == 0 { 8_000_000 } else { 8_000 };
        let name = format!("{:03}.wav", index);
        put_tone(&many.join(&name), 0.1 + 0.0008 * f64::from(index), frames);
        if index < 10 {
            std::fs::create_dir_all(&few).unwrap();
            std::fs::hard_link(many.join(&name), few.join(&name)).unwrap();
        }
    }
    let (few, many) = (few.to_str().unwrap(), many.to_str().unwrap());
    for jobs in ["1", "8"] {
        let peak = |folder| peak_kilobytes(&["measure", "--json", "--jobs", jobs, folder]);
        let (of_few, of_many) = (peak(few), peak(many));
        println!("{jobs} jobs: ten files {of_few} kB, a thousand {of_many} kB");
        // What is kept of a file, its readings, is 1 kB; and with eight jobs ten files do not fill what may wait: 680 kB each.
        let room = 2_500 + if jobs == "8" { 8 * 700 } else { 0 };
        assert!(of_many < of_few + room, "{jobs} jobs: ten files take {of_few} kB, a thousand {of_many} kB");
    }
    let alone = runout(&["measure", "--json", "--jobs", "1", many]).ends_with(0).stdout;
    let together = runout(&["measure", "--json", "--jobs", "8", many]).ends_with(0).stdout;
    assert!(alone == together, "the number of jobs changes nothing");
}
