//! Is nothing overwritten, and nothing left half-written?

use std::process::Stdio;
use std::time::Duration;

use crate::binary::{command, runout};
use crate::files::{Store, folder, names, put, put_music, put_wav, tone};

#[test]
fn an_existing_file_stays_unless_forced() {
    let folder = folder();
    let mix = put_wav(&folder, "mix.wav", Store::Integer(16), 48_000, &tone(2, 48_000));
    let mix = mix.to_str().unwrap();
    let (out, report) = (put(&folder, "out.wav", b"precious"), put(&folder, "report.json", b"precious"));
    let (out, report) = (out.to_str().unwrap(), report.to_str().unwrap());
    runout(&["master", mix, "-o", out]).refuses(&["out.wav: exists already", "--force"]);
    assert_eq!(std::fs::read(out).unwrap(), b"precious");
    let new = folder.path().join("new.wav");
    runout(&["master", mix, "-o", new.to_str().unwrap(), "--report", report]).refuses(&["report.json: exists already"]);
    runout(&["measure", mix, "--log", report]).refuses(&["report.json: exists already"]);
    assert_eq!(std::fs::read(report).unwrap(), b"precious");
    assert_eq!(names(folder.path()), ["mix.wav", "out.wav", "report.json"]);
    runout(&["master", mix, "-o", out, "--report", report, "--force"]).ends_with(0);
    assert!(hound::WavReader::open(out).is_ok());
    runout(&["measure", mix, "--log", report, "--force"]).ends_with(0);
    assert_eq!(names(folder.path()), ["mix.wav", "out.wav", "report.json"]);
}

#[test]
fn the_mix_is_never_the_output() {
    let folder = folder();
    let mix = put_wav(&folder, "mix.wav", Store::Integer(16), 48_000, &tone(2, 48_000));
    let before = std::fs::read(&mix).unwrap();
    let (soft, hard) = (folder.path().join("soft.wav"), folder.path().join("hard.wav"));
    std::os::unix::fs::symlink(&mix, &soft).unwrap();
    std::fs::hard_link(&mix, &hard).unwrap();
    let around = folder.path().join("../").join(folder.path().file_name().unwrap()).join("mix.wav");
    for out in [&mix, &soft, &hard, &around] {
        let arguments = ["master".as_ref(), mix.as_os_str(), "-o".as_ref(), out.as_os_str(), "--force".as_ref()];
        runout(&arguments).refuses(&["is the input", "another name"]);
    }
    let (mix, new) = (mix.to_str().unwrap(), folder.path().join("new.wav"));
    let new = new.to_str().unwrap();
    runout(&["master", mix, "-o", new, "--report", mix, "--force"]).refuses(&["is the input"]);
    runout(&["master", mix, "-o", new, "--report", new, "--force"]).refuses(&["two outputs"]);
    runout(&["measure", mix, "--log", mix, "--force"]).refuses(&["is the input"]);
    let chain = put(&folder, "chain.toml", b"version = 1\n");
    let chain = chain.to_str().unwrap();
    runout(&["master", mix, "-o", new, "--chain", chain, "--report", chain, "--force"]).refuses(&["is the input"]);
    assert_eq!(std::fs::read(mix).unwrap(), before);
    assert_eq!(names(folder.path()), ["chain.toml", "hard.wav", "mix.wav", "soft.wav"]);
}

#[test]
fn places_that_cannot_be_written_are_named() {
    let folder = folder();
    let mix = put_wav(&folder, "mix.wav", Store::Integer(16), 48_000, &tone(2, 48_000));
    let mix = mix.to_str().unwrap();
    let nowhere = folder.path().join("nowhere/out.wav");
    runout(&["master", mix, "-o", nowhere.to_str().unwrap()]).refuses(&["there is no folder", "nowhere"]);
    let sub = folder.path().join("sub.wav");
    std::fs::create_dir(&sub).unwrap();
    runout(&["master", mix, "-o", sub.to_str().unwrap(), "--force"]).refuses(&["sub.wav: is a folder"]);
    // What is no file would be lost if it were replaced: a pipe of our own stands for the devices of the system.
    let pipe = folder.path().join("pipe.wav");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    runout(&["master", mix, "-o", pipe.to_str().unwrap(), "--force"]).refuses(&["pipe.wav", "never replaced"]);
    // The kernel's own folder refuses even the superuser.
    runout(&["master", mix, "-o", "/proc/out.wav"]).refuses(&["/proc/out.wav: cannot write"]);
    assert_eq!(names(folder.path()), ["mix.wav", "pipe.wav", "sub.wav"]);
}

#[test]
fn a_disk_that_is_full_leaves_nothing_behind() {
    let folder = folder();
    let mix = put_wav(&folder, "mix.wav", Store::Integer(16), 48_000, &tone(2, 48_000));
    let out = folder.path().join("out.wav");
    // A limit on the size of files stands for the full disk: 64 blocks of 512 bytes, of 288 kB that are needed.
    let output = std::process::Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$0\" master \"$1\" -o \"$2\""])
        .args([runout_tests::command_binary::binary().as_os_str(), mix.as_os_str(), out.as_os_str()])
        .output()
        .unwrap();
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{complaint}");
    assert!(complaint.starts_with("runout: ") && complaint.contains("out.wav: cannot write: "), "{complaint}");
    assert_eq!(complaint.lines().count(), 1);
    assert_eq!(names(folder.path()), ["mix.wav"]);
}

#[test]
fn an_interrupted_master_leaves_nothing_behind() {
    let folder = folder();
    let mix = put_music(&folder, "mix.wav", 2.0, 0.0);
    // Sixty-four times the same two seconds, so that there is time to interrupt.
    let long = folder.path().join("long.wav");
    let mut reader = hound::WavReader::open(&mix).unwrap();
    let samples: Vec<i32> = reader.samples::<i32>().map(Result::unwrap).collect();
    let mut writer = hound::WavWriter::create(&long, reader.spec()).unwrap();
    samples.repeat(64).iter().for_each(|sample| writer.write_sample(*sample).unwrap());
    writer.finalize().unwrap();
    let out = folder.path().join("out.wav");
    let mut child = command()
        .args(["master".as_ref(), long.as_os_str(), "-o".as_ref(), out.as_os_str()])
        .args(["--target", "spotify"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The pending file stands from the beginning of the work on.
    while names(folder.path()).len() < 3 {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it began");
        std::thread::sleep(Duration::from_millis(1));
    }
    let status = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(status.success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "runout: interrupted; nothing was written\n");
    assert_eq!(names(folder.path()), ["long.wav", "mix.wav"]);
}

#[test]
fn a_delivered_file_has_the_permissions_of_any_new_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let mix = put_wav(&folder, "mix.wav", Store::Integer(16), 48_000, &tone(2, 48_000));
    let out = folder.path().join("out.wav");
    runout(&["master".as_ref(), mix.as_os_str(), "-o".as_ref(), out.as_os_str()]).ends_with(0);
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode();
    assert_eq!(mode(&out), mode(&mix));
}
