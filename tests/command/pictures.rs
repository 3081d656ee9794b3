//! Is the cover in every format, byte for byte, and is a bad one refused?

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::binary::runout;
use crate::files::{Store, folder, names, put, put_wav, tone};
use crate::formats::deliver;
use crate::oracles::{ffmpeg, run};

/// A picture of a test pattern, by ffmpeg.
fn picture(folder: &TempDir, name: &str, size: &str, pixels: &str) -> PathBuf {
    let path = folder.path().join(name);
    let source = format!("testsrc2=size={size}");
    let arguments = ["-f", "lavfi", "-i", &source, "-frames:v", "1", "-pix_fmt", pixels, path.to_str().unwrap()];
    ffmpeg(&arguments);
    path
}

/// The attached picture of a file, as ffmpeg takes it out.
fn attached(path: &Path) -> Vec<u8> {
    ffmpeg(&["-i", path.to_str().unwrap(), "-map", "0:v", "-c", "copy", "-f", "image2pipe", "-"])
}

#[test]
fn the_cover_is_in_every_format_as_it_was() {
    let folder = folder();
    let mix = put_wav(&folder, "mix.wav", Store::Integer(16), 44_100, &tone(2, 44_100));
    for (name, size, pixels, kind, width, height, depth) in [
        ("rgb.png", "300x200", "rgb24", "image/png", "300", "200", "24"),
        ("alpha.png", "64x64", "rgba", "image/png", "64", "64", "32"),
        ("gray.png", "34x8", "gray", "image/png", "34", "8", "8"),
        ("color.jpg", "600x598", "yuvj420p", "image/jpeg", "600", "598", "24"),
    ] {
        let cover = picture(&folder, name, size, pixels);
        let bytes = std::fs::read(&cover).unwrap();
        for out in ["out.wav", "out.flac", "out.mp3", "out.ogg"] {
            let (call, out) = deliver(&folder, &mix, out, &["--picture", cover.to_str().unwrap()]);
            call.ends_with(0);
            assert!(attached(&out) == bytes, "{name} in {}", out.display());
        }
        let flac = folder.path().join("out.flac");
        let exported = folder.path().join("exported");
        let export = format!("--export-picture-to={}", exported.display());
        run("metaflac", &[export.as_str(), flac.to_str().unwrap()]);
        assert!(std::fs::read(&exported).unwrap() == bytes, "{name} by metaflac");
        let listed = run("metaflac", &["--list", "--block-type=PICTURE", flac.to_str().unwrap()]);
        let listed = String::from_utf8_lossy(&listed).into_owned();
        for line in [
            "type: 3 (Cover (front))".to_owned(),
            format!("MIME type: {kind}"),
            format!("width: {width}"),
            format!("height: {height}"),
            format!("depth: {depth}"),
            "colors: 0 (unindexed)".to_owned(),
        ] {
            assert!(listed.lines().any(|found| found.trim() == line), "{name}: `{line}` in {listed}");
        }
    }
}

#[test]
fn the_largest_picture_fits_every_format_and_one_more_byte_none() {
    let folder = folder();
    let mix = put_wav(&folder, "mix.wav", Store::Integer(16), 44_100, &tone(1, 44_100));
    let cover = picture(&folder, "cover.png", "8x8", "rgb24");
    let mut bytes = std::fs::read(cover).unwrap();
    bytes.resize(12_000_000, 0x55);
    let cover = put(&folder, "cover.png", &bytes);
    for name in ["out.wav", "out.flac", "out.mp3", "out.ogg"] {
        let (call, out) = deliver(&folder, &mix, name, &["--picture", cover.to_str().unwrap()]);
        call.ends_with(0);
        runout(&["measure".as_ref(), out.as_os_str()]).ends_with(0);
        let held = std::fs::read(out).unwrap();
        assert!(name == "out.ogg" || held.windows(bytes.len()).any(|window| window == bytes), "{name}");
    }
    run("flac", &["-t", "-s", folder.path().join("out.flac").to_str().unwrap()]);
    bytes.push(0);
    let cover = put(&folder, "cover.png", &bytes);
    let (call, _) = deliver(&folder, &mix, "out.flac", &["--picture", cover.to_str().unwrap()]);
    call.refuses(&["cover.png: has 12000001 bytes", "at most 12000000 bytes"]);
}

#[test]
fn a_bad_picture_is_one_line() {
    let folder = folder();
    let mix = put_wav(&folder, "mix.wav", Store::Integer(16), 44_100, &tone(1, 44_100));
    let whole = std::fs::read(picture(&folder, "whole.png", "64x64", "rgb24")).unwrap();
    let whole_jpeg = std::fs::read(picture(&folder, "whole.jpg", "64x64", "yuvj420p")).unwrap();
    put(&folder, "empty.png", b"");
    put(&folder, "text.png", b"this is no picture at all");
    put(&folder, "gif.png", b"GIF89a\x01\x00\x01\x00\x00\x00\x00");
    put(&folder, "short.png", &whole[..20]);
    put(&folder, "short.jpg", &whole_jpeg[..24]);
    let before = names(folder.path());
    for (name, part) in [
        ("missing.png", "missing.png: cannot open: no such file"),
        ("", "is not a file"),
        ("empty.png", "is empty: a picture is needed, PNG or JPEG"),
        ("text.png", "PNG or JPEG is needed"),
        ("gif.png", "PNG or JPEG is needed"),
        ("short.png", "damaged or truncated"),
        ("short.jpg", "damaged or truncated"),
    ] {
        let (cover, out) = (folder.path().join(name), folder.path().join("out.mp3"));
        let fixed = ["master", mix.to_str().unwrap(), "-o", out.to_str().unwrap(), "--picture"];
        runout(&[&fixed[..], &[cover.to_str().unwrap()]].concat()).refuses(&[part]);
        assert_eq!(names(folder.path()), before, "{name}");
    }
    // The picture is an input: it is never written over.
    let cover = folder.path().join("whole.png");
    let cover = cover.to_str().unwrap();
    let fixed = ["master", mix.to_str().unwrap(), "-o", cover, "--format", "wav", "--picture", cover, "--force"];
    runout(&fixed).refuses(&["whole.png: is the input"]);
}
