//! Is an album delivered as its file says? Real files through the built binary, read back by programs that are not ours.

mod ceilings;
mod delivered;
mod described;
mod determinism;
mod edges;
mod gapless;
mod image;
mod interruption;
mod levels;
mod mixtures;
mod places;
mod refusals;

use std::path::{Path, PathBuf};

use runout_tests::{music, signals};
use serde_json::Value;
use tempfile::TempDir;

use crate::binary::{Call, runout};
use crate::files::{Store, folder, put_wav};
use crate::oracles::decoded;

/// Fields that every album needs, but for its formats and tracks.
pub const HEAD: &str = "version = 1\ntitle = \"Night Cut\"\nartist = \"The Example\"\n";

/// A folder with an album file and its mixes, and beside them the folder `out` that it is delivered to.
pub struct Stage {
    folder: TempDir,
}

impl Stage {
    pub fn new() -> Self {
        Self { folder: folder() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The folder that everything is in.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a text of the album's.
    pub fn text(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    /// A mix of 32-bit floats.
    pub fn mix(&self, name: &str, rate_hz: u32, planes: &[Vec<f32>]) {
        put_wav(&self.folder, name, Store::Float(32), rate_hz, planes);
    }

    /// A mix of stereo music, its highest sample at a level.
    pub fn music(&self, name: &str, seed: u64, rate_hz: u32, seconds: f64, peak_dbfs: f64) {
        let music = music::music(seed, f64::from(rate_hz), seconds, 2);
        self.mix(name, rate_hz, &signals::driven(&music, peak_dbfs - music::PEAK_DBFS));
    }

    /// Delivers an album with these formats, fields of its own and tracks, with further arguments.
    pub fn deliver(&self, formats: &[&str], fields: &str, tracks: &[String], more: &[&str]) -> Call {
        self.text("ALBUM.toml", &album(formats, fields, tracks));
        self.call(&[&["--json"], more].concat())
    }

    /// Calls `runout album` of the album file that is there.
    pub fn call(&self, more: &[&str]) -> Call {
        let (album, out) = (self.path("ALBUM.toml"), self.path("out"));
        runout(&[&["album", album.to_str().unwrap(), "-o", out.to_str().unwrap()], more].concat())
    }

    /// Every sample of a delivered file, by ffmpeg.
    pub fn heard(&self, name: &str) -> Vec<Vec<f32>> {
        self.heard_in(name, 2)
    }

    pub fn heard_in(&self, name: &str, channels: usize) -> Vec<Vec<f32>> {
        decoded(&self.path("out").join(name), channels)
    }

    /// The delivered files of a format, in the order of the tracks, each with every sample.
    pub fn tracks_of(&self, format: &str) -> Vec<Vec<Vec<f32>>> {
        let names = crate::files::names(&self.path("out").join(format));
        names.iter().map(|name| self.heard(&format!("{format}/{name}"))).collect()
    }
}

/// The text of an album file.
pub fn album(formats: &[&str], fields: &str, tracks: &[String]) -> String {
    format!("{HEAD}formats = {formats:?}\n{fields}\n{}", tracks.concat())
}

/// The text of a track: its file, a title and further fields.
pub fn track(file: &str, title: &str, fields: &str) -> String {
    format!("[[track]]\nfile = {file:?}\ntitle = {title:?}\n{fields}\n")
}

/// Parts one after another.
pub fn joined(parts: &[Vec<Vec<f32>>]) -> Vec<Vec<f32>> {
    (0..parts[0].len()).map(|channel| parts.iter().flat_map(|part| part[channel].iter().copied()).collect()).collect()
}

/// Some frames of all channels.
pub fn cut(planes: &[Vec<f32>], frames: std::ops::Range<usize>) -> Vec<Vec<f32>> {
    planes.iter().map(|plane| plane[frames.clone()].to_vec()).collect()
}

/// The largest difference of two signals of one length, linear.
#[track_caller]
pub fn difference(one: &[Vec<f32>], other: &[Vec<f32>]) -> f64 {
    let lengths = |planes: &[Vec<f32>]| planes.iter().map(Vec::len).collect::<Vec<_>>();
    assert_eq!(lengths(one), lengths(other), "frames of each channel");
    let pairs = one.iter().flatten().zip(other.iter().flatten());
    pairs.map(|(one, other)| (f64::from(*one) - f64::from(*other)).abs()).fold(0.0, f64::max)
}

#[track_caller]
pub fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

/// Every file in a folder and below, by its path from there, sorted.
pub fn tree(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for name in crate::files::names(folder) {
        let path = folder.join(&name);
        if path.is_dir() {
            found.extend(tree(&path).iter().map(|below| format!("{name}/{below}")));
        } else {
            found.push(name);
        }
    }
    found.sort();
    found
}
