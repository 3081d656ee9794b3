//! Is a misuse answered by one line that says what would be right?

use crate::binary::{command, runout};
use crate::files::{Store, folder, names, put_wav, tone};

#[test]
fn a_misuse_is_one_line_and_exit_status_2() {
    runout::<&str>(&[]).refuses(&["a command is needed: master, measure, album, targets or selftest", "--help"]);
    runout(&["polish"]).refuses(&["unrecognized subcommand 'polish'", "--help"]);
    runout(&["measure"]).refuses(&["<FILE>"]);
    runout(&["measure", "--jobs", "0", "x.wav"]).refuses(&["'0'", "--jobs", "1..=256"]);
    runout(&["master", "x.wav"]).refuses(&["--output <OUT>"]);
    runout(&["master", "x.wav", "-o", "y.wav", "--depth", "20"]).refuses(&["'20'", "16, 24, 32f"]);
    runout(&["master", "x.wav", "-o", "y.wav", "--format", "aac"]).refuses(&["'aac'", "wav, flac, mp3, ogg"]);
    runout(&["selftest", "--rate", "7999"]).refuses(&["7999", "--rate", "8000..=384000"]);
    runout(&["targets", "--jsn"]).refuses(&["'--jsn'"]);
}

#[test]
fn help_and_version_are_no_errors() {
    for arguments in [&["--help"][..], &["--version"], &["master", "--help"], &["measure", "--help"]] {
        let call = runout(arguments).ends_with(0);
        assert!(call.stdout.contains("runout") && call.stderr.is_empty());
    }
    let help = runout(&["master", "--help"]).stdout;
    for option in ["--output", "--chain", "--target", "--format", "--depth", "--rate", "--report", "--json", "--force"]
    {
        assert!(help.contains(option), "{option} in {help}");
    }
}

#[test]
fn an_unknown_target_is_told_the_known_ones() {
    let folder = folder();
    let mix = put_wav(&folder, "mix.wav", Store::Integer(16), 48_000, &tone(2, 48_000));
    let mix = mix.to_str().unwrap();
    let known = ["`sputify`", "spotify, apple-music", "vinyl"];
    runout(&["measure", mix, "--target", "sputify"]).refuses(&known);
    let out = folder.path().join("out.wav");
    runout(&["master", mix, "-o", out.to_str().unwrap(), "--target", "sputify"]).refuses(&known);
    assert_eq!(names(folder.path()), ["mix.wav"]);
}

#[test]
fn an_output_needs_a_format_and_a_rate_that_is_known() {
    let folder = folder();
    let mix = put_wav(&folder, "mix.wav", Store::Integer(16), 48_000, &tone(2, 48_000));
    let mix = mix.to_str().unwrap();
    let out = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    runout(&["master", mix, "-o", &out("out")]).refuses(&["does not say its format", ".flac", "--format wav"]);
    runout(&["master", mix, "-o", &out("out.aac")]).refuses(&["out.aac: does not say its format"]);
    for rate in ["22049", "384001", "0"] {
        let call = runout(&["master", mix, "-o", &out("out.wav"), "--rate", rate]);
        call.refuses(&[&format!("--rate {rate}"), "22050 to 384000 Hz"]);
    }
    assert_eq!(names(folder.path()), ["mix.wav"]);
    runout(&["master", mix, "-o", &out("out.wav"), "--rate", "48000", "--format", "wav"]).ends_with(0);
}

#[test]
fn a_log_is_of_one_file() {
    let folder = folder();
    let mix = put_wav(&folder, "mix.wav", Store::Integer(16), 48_000, &tone(2, 48_000));
    let (mix, log) = (mix.to_str().unwrap(), folder.path().join("log.csv"));
    let call = runout(&["measure", mix, mix, "--log", log.to_str().unwrap()]);
    call.refuses(&["--log is of one FILE, not of 2"]);
}

#[test]
fn a_reader_that_has_had_enough_is_no_error_and_a_full_disk_is() {
    // A pipe that nobody reads any more.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = command().arg("targets").stdout(writer).output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = command().arg("targets").stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert!(complaint.starts_with("runout: cannot write to standard output") && complaint.lines().count() == 1);
}
