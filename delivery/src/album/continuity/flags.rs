//! What a listener would stumble over, in the words of an engineer.

use super::{Distances, Heard, Passage};

/// The most that a track may be louder than the album, and its beginning than the end of the one before it, LU. Listeners let
/// up to 2.4 dB more and 5.4 dB less pass before they reach for the volume (Riedmiller, Lyman, Robinson, "Intelligent program
/// loudness measurement and control: what satisfies listeners?", AES 115, 2003); the rest, here and in [`SOFTER_LU`], is what
/// two readings over 3 s may differ by.
pub const LOUDER_LU: f64 = 3.0;

/// The most that a track may be softer than the album, and its beginning than the end of the one before it, LU: a soft
/// beginning after a loud end is how songs are made.
pub const SOFTER_LU: f64 = 6.0;

/// The most that the tone of a track may be off the album's in any octave, dB: songs of one mix and one master differ by up
/// to 3 dB there by their keys and instruments; 4 dB is what one would turn an equalizer for.
pub const ALBUM_BAND_DB: f64 = 4.0;

/// The most that it may be off the track's before, dB: two songs differ from each other by more than from their middle.
pub const JOIN_BAND_DB: f64 = 6.0;

/// The most that the tilt of a spectrum may be off the album's, dB an octave: over the seven octaves from 63 Hz to 10 kHz
/// that is 2.8 dB at each end, which no octave alone shows.
pub const ALBUM_TILT_DB_PER_OCT: f64 = 0.8;

/// The most that the width of a track may be off the album's, dB of side over middle: a width of 1.6 or of 0.63.
pub const ALBUM_WIDTH_DB: f64 = 4.0;

/// The most that it may be off the track's before, dB: a width of 2 or of 0.5.
pub const JOIN_WIDTH_DB: f64 = 6.0;

/// The most that the peak to loudness ratio of a track may be off the album's, LU: the distance of an open master (12) from a
/// loud one (8).
pub const ALBUM_PLR_LU: f64 = 4.0;

/// The most that the loudness range of a track may be off the album's, LU: verse and chorus of one song, and a piece that is
/// dense from end to end, are 5 LU apart on one record and belong together.
pub const ALBUM_RANGE_LU: f64 = 6.0;

/// What a flag is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlagKind {
    /// Loudness.
    Loudness,
    /// The balance of the spectrum.
    Tone,
    /// Width.
    Width,
    /// Peak to loudness ratio or loudness range.
    Dynamics,
}

impl FlagKind {
    /// As JSON has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Loudness => "loudness",
            Self::Tone => "tone",
            Self::Width => "width",
            Self::Dynamics => "dynamics",
        }
    }
}

/// One thing to hear again.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    /// What it is about.
    pub kind: FlagKind,
    /// The numbers of the track, or of the two that follow each other.
    pub tracks: Vec<usize>,
    /// One sentence.
    pub text: String,
}

/// All flags, in the order of the album: of each track the passage to it, then itself.
pub(super) fn flags(tracks: &[Heard], distances: &[Distances], passages: &[Passage]) -> Vec<Flag> {
    let of_tracks: Vec<Vec<Flag>> =
        tracks.iter().zip(distances).map(|(track, distances)| of_track(track, distances)).collect();
    let mut flags = Vec::new();
    for (index, own) in of_tracks.iter().enumerate() {
        if let Some(before) = index.checked_sub(1) {
            // What a track is off the album by, it is off its neighbors by too: once is enough.
            let known = |kind: FlagKind| own.iter().chain(&of_tracks[before]).any(|flag| flag.kind == kind);
            flags.extend(of_passage([&tracks[before], &tracks[index]], &passages[before], known));
        }
        flags.extend(own.iter().cloned());
    }
    flags
}

/// `3 'Low'`
fn name(track: &Heard) -> String {
    let mut title = String::new();
    for character in track.title.chars() {
        if character.is_control() {
            title.extend(character.escape_default());
        } else {
            title.push(character);
        }
    }
    format!("{} '{title}'", track.number)
}

/// The value where it is further off than a limit.
fn beyond(value: Option<f64>, limit: f64) -> Option<f64> {
    value.filter(|value| value.abs() > limit)
}

/// A loudness that is further off than it may be.
fn unlike(loudness_lu: Option<f64>) -> Option<f64> {
    loudness_lu.filter(|above| *above > LOUDER_LU || *above < -SOFTER_LU)
}

/// The word for what is above, or that for what is below.
fn either(value: f64, above: &'static str, below: &'static str) -> &'static str {
    if value > 0.0 { above } else { below }
}

fn of_track(track: &Heard, distances: &Distances) -> Vec<Flag> {
    let mut flags = Vec::new();
    let mut flag = |kind: FlagKind, what: String| {
        flags.push(Flag { kind, tracks: vec![track.number], text: format!("Track {}: {what}.", name(track)) });
    };
    if let Some(above) = unlike(distances.loudness_lu) {
        let word = either(above, "louder", "softer");
        flag(FlagKind::Loudness, format!("{:.1} LU {word} than the album", above.abs()));
    }
    let groups = distances.tone.as_ref().map_or(&[][..], |tone| &tone.groups);
    for group in groups {
        let word = either(group.above_db, "above", "below");
        flag(FlagKind::Tone, format!("{} {:.1} dB {word} the album", group.name(), group.above_db.abs()));
    }
    if let Some(above) = beyond(distances.tilt_db_per_oct, ALBUM_TILT_DB_PER_OCT).filter(|_| groups.is_empty()) {
        let word = either(above, "brighter", "darker");
        flag(FlagKind::Tone, format!("{:.1} dB an octave {word} than the album", above.abs()));
    }
    if let Some(above) = beyond(distances.width_db, ALBUM_WIDTH_DB) {
        let word = either(above, "wider", "narrower");
        flag(FlagKind::Width, format!("{:.1} dB {word} than the album (side over middle)", above.abs()));
    }
    if let Some(above) = beyond(distances.plr_lu, ALBUM_PLR_LU) {
        let word = either(above, "more", "less");
        flag(FlagKind::Dynamics, format!("{:.1} LU {word} peak over loudness (PLR) than the album", above.abs()));
    }
    if let Some(above) = beyond(distances.loudness_range_lu, ALBUM_RANGE_LU) {
        let word = either(above, "more", "less");
        flag(FlagKind::Dynamics, format!("{:.1} LU {word} loudness range than the album", above.abs()));
    }
    flags
}

fn of_passage([first, second]: [&Heard; 2], passage: &Passage, known: impl Fn(FlagKind) -> bool) -> Vec<Flag> {
    let mut flags = Vec::new();
    let mut flag = |kind: FlagKind, what: String| {
        let text = format!("From track {} to track {}: {what}.", name(first), name(second));
        flags.push(Flag { kind, tracks: passage.tracks.to_vec(), text });
    };
    if let Some(jump) = unlike(passage.jump_lu) {
        let word = either(jump, "louder", "softer");
        flag(FlagKind::Loudness, format!("it begins {:.1} LU {word} than the one before ends", jump.abs()));
    }
    let distances = &passage.distances;
    for group in distances.tone.iter().flat_map(|tone| &tone.groups).filter(|_| !known(FlagKind::Tone)) {
        let word = either(group.above_db, "rises", "falls");
        flag(FlagKind::Tone, format!("{} {word} by {:.1} dB", group.name(), group.above_db.abs()));
    }
    if let Some(wider) = beyond(distances.width_db, JOIN_WIDTH_DB).filter(|_| !known(FlagKind::Width)) {
        let word = either(wider, "widens", "narrows");
        flag(FlagKind::Width, format!("the image {word} by {:.1} dB (side over middle)", wider.abs()));
    }
    flags
}
