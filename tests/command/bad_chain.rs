//! Does a wrong chain file get the line, the field, its value and its range?

use crate::binary::runout;
use crate::files::{Store, folder, names, put, put_wav, tone};

/// A chain with this text is refused with these parts, and nothing is written.
#[track_caller]
fn refused(text: &[u8], parts: &[&str]) {
    let folder = folder();
    let mix = put_wav(&folder, "mix.wav", Store::Integer(16), 48_000, &tone(2, 48_000));
    let chain = put(&folder, "my.chain.toml", text);
    let out = folder.path().join("out.wav");
    let arguments = ["master".as_ref(), mix.as_os_str(), "-o".as_ref(), out.as_os_str(), "--chain".as_ref()];
    runout(&[&arguments[..], &[chain.as_os_str()]].concat()).refuses(&[&["my.chain.toml:"], parts].concat());
    assert_eq!(names(folder.path()), ["mix.wav", "my.chain.toml"]);
}

#[test]
fn a_wrong_chain_names_line_field_value_and_range() {
    refused(b"version = 1\n[limiter]\nceiling_dbtp = 3.0\n", &[":3: ", "ceiling_dbtp", "3", "-20 to 0 dBTP"]);
    refused(b"version = 1\n[limiter]\nceiling_dbtp = nan\n", &[":3: ", "ceiling_dbtp", "-20 to 0"]);
    refused(b"version = 1\n\n[limiter]\ncieling_dbtp = -1\n", &[":4: ", "cieling_dbtp"]);
    refused(b"version = 1\n[limitter]\n", &[":2: ", "limitter"]);
    refused(b"version = 1\n[limiter]\nstyle = \"warm\"\n", &[":3: ", "style", "warm", "transparent", "safe"]);
    refused(b"version = 1\n[limiter]\nenabled = \"yes\"\n", &[":3: ", "enabled", "true"]);
    refused(b"version = 1\n[limiter]\nceiling_dbtp = \"-1\"\n", &[":3: ", "ceiling_dbtp"]);
}

#[test]
fn a_wrong_head_or_syntax_is_named() {
    refused(b"version = 2\n", &[":1: ", "version", "2"]);
    refused(b"[limiter]\n", &["version"]);
    refused(b"version = 1\n[limiter\nceiling_dbtp = -1\n", &[":2: "]);
    refused(b"version = 1\nversion = 1\n", &[":2: "]);
    refused(b"version = 1\norder = [\"limiter\", \"equalizer\", \"imager\"]\n", &[":2: ", "order"]);
    refused(b"version = 1\n# \xff\n", &[":2: ", "UTF-8"]);
}

#[test]
fn too_many_bands_are_refused() {
    let bands = "[[equalizer.band]]\n".repeat(25);
    refused(format!("version = 1\n{bands}").as_bytes(), &["band", "24"]);
    refused(b"version = 1\n[compressor]\ncrossover_hz = [100, 200, 300, 400, 500, 600]\n", &[":3: ", "crossover_hz"]);
}

#[test]
fn what_is_no_chain_file_is_named() {
    let folder = folder();
    let mix = put_wav(&folder, "mix.wav", Store::Integer(16), 48_000, &tone(2, 48_000));
    let mix = mix.to_str().unwrap();
    let (out, missing) = (folder.path().join("out.wav"), folder.path().join("missing.toml"));
    let out = out.to_str().unwrap();
    runout(&["master", mix, "-o", out, "--chain", missing.to_str().unwrap()])
        .refuses(&["missing.toml", "no such file"]);
    let here = folder.path().to_str().unwrap();
    runout(&["master", mix, "-o", out, "--chain", here]).refuses(&[here, "not a chain file"]);
    runout(&["master", mix, "-o", out, "--chain", mix]).refuses(&["mix.wav:", "not a chain file"]);
}
