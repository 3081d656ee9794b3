//! What came of an album: facts that the rendering fills in and that reports, manifest and checksums are written from.

use runout_dsp_core::loudness::Readings;
use runout_dsp_core::settings::ChainSettings;
use runout_dsp_core::targets::Verdict;

use super::continuity::{Continuity, Heard, continuity};
use super::profile::Profile;
use super::streaming::{Playback, playback};
use crate::deliver::Overshoot;
use crate::measure::Measurement;

/// A whole album.
#[derive(Clone)]
pub struct AlbumOutcome {
    /// Its title.
    pub title: String,
    /// Who it is by.
    pub artist: String,
    /// Its EAN or UPC.
    pub upc: Option<String>,
    /// The formats delivered, as the album file names them.
    pub formats: Vec<String>,
    /// Its tracks in order.
    pub tracks: Vec<TrackOutcome>,
    /// Files that hold the whole album: the image of a CD.
    pub images: Vec<DeliveredFile>,
    /// Where tracks meet, in order.
    pub joins: Vec<JoinOutcome>,
    /// The album against its target, where it has one: what the levels were made for.
    pub verdict: Option<Verdict>,
    /// What was decided on the way, one sentence each: a converted rate, a picture that was left out.
    pub notices: Vec<String>,
}

/// One track.
#[derive(Clone)]
pub struct TrackOutcome {
    /// Its number, from 1.
    pub number: usize,
    /// Its title.
    pub title: String,
    /// Its ISRC.
    pub isrc: Option<String>,
    /// The mix as the album file names it: relative to that.
    pub file: String,
    /// The mix as it came. Its path is not reported.
    pub input: Measurement,
    /// The chain as rendered.
    pub settings: ChainSettings,
    /// The limiter's input gain that was found, dB; `None` where none was looked for.
    pub input_gain_db: Option<f64>,
    /// Why the loudness looked for was not met, where it was not.
    pub reason: Option<String>,
    /// The limiter's deepest gain reduction, dB, 0 or below.
    pub gain_reduction_db: f64,
    /// The track as it stands on the album, before it is stored in any format.
    pub profile: Profile,
    /// Its files.
    pub delivered: Vec<DeliveredFile>,
}

/// How a delivered file stores what it holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stored {
    /// Integers of this many bits.
    Integer(u32),
    /// Floating point of this many bits.
    Float(u32),
    /// Lossy at a constant rate, kbit/s.
    Bitrate(u32),
    /// Lossy at a quality of its encoder.
    Quality(f64),
}

/// One file as it was delivered.
#[derive(Clone, Debug)]
pub struct DeliveredFile {
    /// Its name relative to the album's folder, with forward slashes.
    pub path: String,
    /// Its format as the album file names it.
    pub format: String,
    /// Sample rate, Hz.
    pub sample_rate_hz: u32,
    /// Number of channels.
    pub channels: usize,
    /// How it stores its samples.
    pub stored: Stored,
    /// Number of frames.
    pub frames: u64,
    /// Its length, bytes.
    pub bytes: u64,
    /// Its SHA-256, hexadecimal.
    pub sha256: String,
    /// What was measured of what it holds; of a lossy one, as decoded.
    pub readings: Readings,
    /// The file against its target.
    pub verdict: Option<Verdict>,
    /// Of a lossy file that peaks above the ceiling, by how much.
    pub overshoot: Option<Overshoot>,
}

impl DeliveredFile {
    /// Length, s.
    pub fn duration_s(&self) -> f64 {
        self.frames as f64 / f64::from(self.sample_rate_hz)
    }
}

/// How two tracks meet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum JoinKind {
    /// With so much silence between them, s; 0 where they follow without a gap.
    Gap(f64),
    /// Over each other for so long, s.
    Crossfade(f64),
}

/// Where two tracks meet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JoinOutcome {
    /// The numbers of the two.
    pub tracks: [usize; 2],
    /// How they meet.
    pub kind: JoinKind,
    /// The true peak around the cut or in the crossfade, dBTP; see [`super::join_peaks`].
    pub true_peak_dbtp: f64,
}

impl AlbumOutcome {
    /// All tracks read as one; `None` of none.
    pub fn profile(&self) -> Option<Profile> {
        Profile::merged(self.tracks.iter().map(|track| &track.profile))
    }

    /// The tracks held against each other.
    pub fn continuity(&self) -> Continuity {
        let tracks = self.tracks.iter();
        let tracks: Vec<Heard> =
            tracks.map(|track| Heard { number: track.number, title: &track.title, profile: &track.profile }).collect();
        continuity(&tracks)
    }

    /// What platforms will play it at.
    pub fn playback(&self) -> Vec<Playback> {
        let tracks: Vec<Readings> = self.tracks.iter().map(|track| track.profile.readings).collect();
        self.profile().map_or_else(Vec::new, |album| playback(&album.readings, &tracks))
    }
}
