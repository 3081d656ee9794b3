//! Is the album delivered to any folder that can take it, and to no other?

use std::path::Path;
use std::process::Command;

use runout_tests::command_binary::binary;
use runout_tests::signals;

use super::{Stage, album, track, tree};
use crate::binary::{command, runout};
use crate::files::names;

/// An album of two short tracks.
fn stage() -> Stage {
    let stage = Stage::new();
    std::fs::create_dir(stage.path("in")).unwrap();
    stage.mix("in/0.wav", 44_100, &vec![signals::noise(1, 0.1, 22_050); 2]);
    let tracks = [track("0.wav", "One", ""), track("0.wav", "Two", "")];
    stage.text("in/ALBUM.toml", &album(&["wav-16-44100"], "", &tracks));
    stage
}

const DELIVERED: [&str; 5] =
    ["checksums.sha256", "manifest.json", "report.json", "wav-16-44100/01 One.wav", "wav-16-44100/02 Two.wav"];

/// The arguments that deliver it somewhere.
fn arguments<'a>(album: &'a Path, out: &'a Path, more: &[&'a str]) -> Vec<&'a str> {
    [&["album", album.to_str().unwrap(), "-o", out.to_str().unwrap()], more].concat()
}

#[test]
fn a_new_folder_an_empty_one_and_a_link_to_one_take_it() {
    let stage = stage();
    let album = stage.path("in/ALBUM.toml");
    std::fs::create_dir(stage.path("empty")).unwrap();
    std::fs::create_dir(stage.path("linked")).unwrap();
    std::os::unix::fs::symlink(stage.path("linked"), stage.path("link")).unwrap();
    for name in ["new", "empty", "link", "in/beside", "slash/"] {
        runout(&arguments(&album, &stage.path(name), &[])).ends_with(0);
        assert_eq!(tree(&stage.path(name)), DELIVERED, "{name}");
    }
    assert_eq!(names(stage.root()), ["empty", "in", "link", "linked", "new", "slash"]);
    assert_eq!(names(&stage.path("in")), ["0.wav", "ALBUM.toml", "beside"]);
    assert!(stage.path("link").is_symlink(), "the link stays");
    // The folder that one is in, empty, by its shortest name.
    std::fs::create_dir(stage.path("here")).unwrap();
    let status =
        command().args(arguments(&album, Path::new("."), &[])).current_dir(stage.path("here")).output().unwrap();
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
    assert_eq!(tree(&stage.path("here")), DELIVERED);
    // By relative names of both.
    let status = command().args(["album", "ALBUM.toml", "-o", "there"]).current_dir(stage.path("in")).output().unwrap();
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
    assert_eq!(tree(&stage.path("in/there")), DELIVERED);
}

#[test]
fn a_folder_with_something_in_it_is_kept_unless_forced() {
    let stage = stage();
    let (album, out) = (stage.path("in/ALBUM.toml"), stage.path("out"));
    std::fs::create_dir_all(out.join("wav-16-44100")).unwrap();
    for name in ["wav-16-44100/01 One.wav", "wav-16-44100/notes.txt", "report.json"] {
        std::fs::write(out.join(name), "precious").unwrap();
    }
    let precious = |name: &str| std::fs::read(out.join(name)).unwrap() == b"precious";
    runout(&arguments(&album, &out, &[])).refuses(&["out: is not empty", "--force"]);
    assert!(tree(&out).iter().all(|name| precious(name)));
    assert_eq!(names(stage.root()), ["in", "out"]);
    runout(&arguments(&album, &out, &["--force"])).ends_with(0);
    let left: Vec<String> = tree(&out).into_iter().filter(|name| precious(name)).collect();
    assert_eq!(left, ["wav-16-44100/notes.txt"], "what is not the album's stays");
    assert_eq!((tree(&out).len(), names(stage.root())), (6, vec!["in".to_owned(), "out".to_owned()]));
    let summed =
        Command::new("sha256sum").args(["-c", "--quiet", "checksums.sha256"]).current_dir(&out).status().unwrap();
    assert!(summed.success());
}

#[test]
fn places_that_cannot_take_it_are_named_before_any_work() {
    let stage = stage();
    let album = stage.path("in/ALBUM.toml");
    std::fs::write(stage.path("file"), "precious").unwrap();
    let before = tree(stage.root());
    for (out, more, parts) in [
        (stage.path("file"), &[][..], &["file: is not a folder"][..]),
        (stage.path("file"), &["--force"], &["file: is not a folder"]),
        (stage.path("no/out"), &[], &["no/out: cannot write: there is no folder"]),
        // The kernel's own folder refuses even the superuser.
        ("/proc/out".into(), &[], &["/proc/out: cannot write"]),
        (stage.path("in"), &["--force"], &["in: holds", "a folder of its own"]),
    ] {
        runout(&arguments(&album, &out, more)).refuses(parts);
        assert_eq!(tree(stage.root()), before, "{}", out.display());
    }
    // A format's file and folder in the way.
    std::fs::create_dir_all(stage.path("out")).unwrap();
    std::fs::write(stage.path("out/wav-16-44100"), "precious").unwrap();
    runout(&arguments(&album, &stage.path("out"), &["--force"])).refuses(&["wav-16-44100: is not a folder"]);
}

#[test]
fn a_disk_that_fills_up_leaves_nothing_behind_and_the_line_names_the_album() {
    let stage = stage();
    let (album, out) = (stage.path("in/ALBUM.toml"), stage.path("out"));
    // A limit on the size of files stands for the full disk: 64 and 360 blocks of 512 bytes. The tracks on the way are 176 kB
    // each, the first joined one 882 kB with its gap.
    for blocks in [64, 360] {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" album \"$1\" -o \"$2\" --jobs 1");
        let limited = Command::new("sh").args(["-c", &script]).args([binary(), &album, &out]).output().unwrap();
        let complaint = String::from_utf8(limited.stderr).unwrap();
        assert_eq!((limited.status.code(), complaint.lines().count()), (Some(2), 1), "{blocks} blocks: {complaint}");
        assert!(complaint.starts_with(&format!("runout: {}", out.display())), "{blocks} blocks: {complaint}");
        assert!(!complaint.contains(".part"), "no name that is gone: {complaint}");
        assert_eq!(names(stage.root()), ["in"]);
    }
}

/// A disk of its own in a folder, for as long as it is held.
struct Disk<'a>(&'a Path);

impl<'a> Disk<'a> {
    /// `None`, with the reason printed, where the system refuses to mount one.
    fn mounted(folder: &'a Path, options: &str) -> Option<Self> {
        std::fs::create_dir(folder).unwrap();
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(folder).output();
        match mount {
            Ok(output) if output.status.success() => Some(Self(folder)),
            Ok(output) => {
                println!("not asked: mount refuses: {}", String::from_utf8_lossy(&output.stderr).trim());
                None
            }
            Err(error) => {
                println!("not asked: there is no mount: {error}");
                None
            }
        }
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

#[test]
fn a_disk_that_is_too_small_is_told_and_one_of_its_own_takes_it() {
    let stage = stage();
    let (album, place) = (stage.path("in/ALBUM.toml"), stage.path("disk"));
    if let Some(disk) = Disk::mounted(&place, "size=600k") {
        for out in [place.join("out"), place.clone()] {
            runout(&arguments(&album, &out, &[])).refuses(&["the disk is too full", "MB"]);
            assert_eq!(names(&place), [""; 0]);
        }
        drop(disk);
    }
    let place = stage.path("large");
    if let Some(disk) = Disk::mounted(&place, "size=16m") {
        // The mounted folder itself cannot be renamed over.
        runout(&arguments(&album, &place, &[])).ends_with(0);
        assert_eq!(tree(&place), DELIVERED);
        runout(&arguments(&album, &place.join("out"), &[])).ends_with(0);
        assert_eq!(tree(&place.join("out")), DELIVERED);
        drop(disk);
    }
}
