//! How the tracks of an album hold together: each against the album and against the one before it.
//!
//! Loudness is held against that of the album read as one. Tone, width and dynamics are held against the middle of the
//! tracks, their median: one track that falls out must not make the others look wrong, as it would in a mean.

mod flags;
mod tone;

pub use flags::{
    ALBUM_BAND_DB, ALBUM_PLR_LU, ALBUM_RANGE_LU, ALBUM_TILT_DB_PER_OCT, ALBUM_WIDTH_DB, Flag, FlagKind, JOIN_BAND_DB,
    JOIN_WIDTH_DB, LOUDER_LU, SOFTER_LU,
};
pub use tone::{Difference, Group};

use super::profile::{BANDS, Profile};
use tone::Tone;

/// The bands in which width is compared: from 200 Hz up. Below, a mix is all but mono, and so loud that the level of its bass
/// would read as its width.
const WIDTH_BANDS: [usize; 2] = [10, BANDS - 1];

/// A side that is so far below the middle, dB, is not heard: narrower is not told apart.
const NARROWEST_DB: f64 = -40.0;

/// A track as it is held against the others.
#[derive(Clone, Copy)]
pub struct Heard<'a> {
    /// Its number on the album.
    pub number: usize,
    /// Its title.
    pub title: &'a str,
    /// What was gathered of it.
    pub profile: &'a Profile,
}

/// By how much a track is above the album, or above the track before it; `None` where one of both has no such reading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Distances {
    /// Integrated loudness, LU.
    pub loudness_lu: Option<f64>,
    /// Tone in thirds of an octave, dB, from 20 Hz on.
    pub tone: Option<Difference>,
    /// Tilt of the spectrum, dB an octave.
    pub tilt_db_per_oct: Option<f64>,
    /// Side over middle from 200 Hz up, dB.
    pub width_db: Option<f64>,
    /// Peak to loudness ratio, LU.
    pub plr_lu: Option<f64>,
    /// Loudness range, LU.
    pub loudness_range_lu: Option<f64>,
}

/// Two tracks that follow each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// The numbers of the two.
    pub tracks: [usize; 2],
    /// By how much the beginning of the second is louder than the end of the first, LU.
    pub jump_lu: Option<f64>,
    /// The second against the first.
    pub distances: Distances,
}

/// The whole comparison.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Continuity {
    /// Each track against the album, in order.
    pub tracks: Vec<Distances>,
    /// Each track against the one before it, from the second on.
    pub passages: Vec<Passage>,
    /// What a listener would stumble over.
    pub flags: Vec<Flag>,
}

/// What is compared of a track.
struct Traits {
    tone: Option<Tone>,
    tilt_db_per_oct: Option<f64>,
    width_db: Option<f64>,
    plr_lu: Option<f64>,
    loudness_range_lu: Option<f64>,
}

impl Traits {
    fn of(profile: &Profile) -> Self {
        let is_stereo = profile.readings.channels > 1;
        Self {
            tone: profile.spectrum.shares().map(|shares| Tone::of(&shares)),
            tilt_db_per_oct: profile.spectrum.tilt_db_per_oct(),
            // A file of one channel is as narrow as can be.
            width_db: profile
                .spectrum
                .width_db_between(WIDTH_BANDS)
                .map(|width_db| if is_stereo { width_db } else { NARROWEST_DB }),
            plr_lu: profile.readings.plr_lu,
            loudness_range_lu: profile.loudness_range_lu().filter(|_| profile.readings.loudness_range.settled),
        }
    }

    /// The middle of some tracks.
    fn median(tracks: &[Self]) -> Self {
        let middle = |of: fn(&Self) -> Option<f64>| median(tracks.iter().filter_map(of).collect());
        let tones: Vec<&Tone> = tracks.iter().filter_map(|track| track.tone.as_ref()).collect();
        Self {
            tone: Tone::median(&tones),
            tilt_db_per_oct: middle(|track| track.tilt_db_per_oct),
            width_db: middle(|track| track.width_db.map(|width_db| width_db.max(NARROWEST_DB))),
            plr_lu: middle(|track| track.plr_lu),
            loudness_range_lu: middle(|track| track.loudness_range_lu),
        }
    }

    /// By how much this is above another.
    fn above(&self, other: &Self, loudness_lu: Option<f64>, limit_db: f64) -> Distances {
        let above = |of: fn(&Self) -> Option<f64>| Some(of(self)? - of(other)?);
        Distances {
            loudness_lu: loudness_lu.filter(|loudness_lu| loudness_lu.is_finite()),
            tone: self.tone.as_ref().zip(other.tone.as_ref()).map(|(tone, other)| tone.above(other, limit_db)),
            tilt_db_per_oct: above(|track| track.tilt_db_per_oct),
            width_db: above(|track| track.width_db.map(|width_db| width_db.max(NARROWEST_DB))),
            plr_lu: above(|track| track.plr_lu),
            loudness_range_lu: above(|track| track.loudness_range_lu),
        }
    }
}

/// Compares the tracks of an album, in order.
pub fn continuity(tracks: &[Heard]) -> Continuity {
    let Some(album) = Profile::merged(tracks.iter().map(|track| track.profile)) else { return Continuity::default() };
    let traits: Vec<Traits> = tracks.iter().map(|track| Traits::of(track.profile)).collect();
    let middle = Traits::median(&traits);
    let integrated_lufs = |track: &Heard| track.profile.readings.integrated_lufs;
    let of_tracks: Vec<Distances> = tracks
        .iter()
        .zip(&traits)
        .map(|(track, traits)| {
            let loudness_lu = integrated_lufs(track) - album.readings.integrated_lufs;
            traits.above(&middle, Some(loudness_lu), ALBUM_BAND_DB)
        })
        .collect();
    let passages: Vec<Passage> = tracks
        .windows(2)
        .zip(traits.windows(2))
        .filter_map(|(tracks, traits)| match (tracks, traits) {
            ([first, second], [before, after]) => {
                let loudness_lu = integrated_lufs(second) - integrated_lufs(first);
                let jump_lu = second.profile.beginning_lufs.zip(first.profile.ending_lufs);
                Some(Passage {
                    tracks: [first.number, second.number],
                    jump_lu: jump_lu.map(|(beginning, end)| beginning - end).filter(|jump_lu| jump_lu.is_finite()),
                    distances: after.above(before, Some(loudness_lu), JOIN_BAND_DB),
                })
            }
            _ => None,
        })
        .collect();
    let flags = flags::flags(tracks, &of_tracks, &passages);
    Continuity { tracks: of_tracks, passages, flags }
}

/// The middle of some numbers, of an even count the mean of the two in the middle; `None` of none.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    Some(if values.len().is_multiple_of(2) { 0.5 * (upper + values[middle - 1]) } else { upper })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_one_in_the_middle() {
        assert_eq!(median(vec![3.0, f64::NEG_INFINITY, 9.0]), Some(3.0));
        assert_eq!(median(vec![4.0, 1.0]), Some(2.5));
        assert_eq!(median(Vec::new()), None);
    }
}
