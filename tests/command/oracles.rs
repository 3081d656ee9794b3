//! Programs that are not ours.

use std::path::Path;
use std::process::Command;

/// Runs ffmpeg quietly with these arguments and returns what it prints on standard output.
pub fn ffmpeg<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> Vec<u8> {
    let output = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error", "-y"])
        .args(arguments)
        .output()
        .expect("these tests need ffmpeg as an oracle: install the package `ffmpeg`");
    assert!(output.status.success(), "ffmpeg: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Runs a program with these arguments and returns what it prints on standard output.
#[track_caller]
pub fn run<S: AsRef<std::ffi::OsStr>>(program: &str, arguments: &[S]) -> Vec<u8> {
    let output = Command::new(program).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("these tests need {program} as an oracle: {error}"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Every sample of a file as ffmpeg decodes it, planar.
pub fn decoded(path: &Path, channels: usize) -> Vec<Vec<f32>> {
    let path = path.to_str().expect("a test's path is text");
    let bytes = ffmpeg(&["-i", path, "-f", "f32le", "-c:a", "pcm_f32le", "-"]);
    planar(&bytes, channels)
}

/// Every sample of a file as sox decodes it, planar.
pub fn decoded_by_sox(path: &Path, channels: usize) -> Vec<Vec<f32>> {
    let output = Command::new("sox")
        .arg(path)
        .args(["-t", "f32", "-"])
        .output()
        .expect("these tests need sox as an oracle: install the packages `sox` and `libsox-fmt-all`");
    assert!(output.status.success(), "sox: {}", String::from_utf8_lossy(&output.stderr));
    planar(&output.stdout, channels)
}

/// Interleaved bytes of floats as planes.
fn planar(bytes: &[u8], channels: usize) -> Vec<Vec<f32>> {
    let samples: Vec<f32> = bytes.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    (0..channels).map(|channel| samples.iter().skip(channel).step_by(channels).copied().collect()).collect()
}
/// Integrated loudness (LUFS), loudness range (LU) and true peak (dBTP) by ffmpeg's ebur128.
pub fn ebur128(path: &Path) -> (f64, f64, f64) {
    let output = Command::new("ffmpeg")
        .args(["-nostdin", "-hide_banner", "-i"])
        .arg(path)
        .args(["-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"])
        .output()
        .expect("these tests need ffmpeg as an oracle: install the package `ffmpeg`");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let value = |name: &str| -> f64 {
        let line = text.lines().rev().find(|line| line.trim().starts_with(name));
        let line = line.unwrap_or_else(|| panic!("`{name}` in: {text}"));
        line.split_whitespace().find_map(|word| word.parse().ok()).expect("a number")
    };
    (value("I:"), value("LRA:"), value("Peak:"))
}
