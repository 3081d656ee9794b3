//! The frames of a CD, of which there are 75 a second whatever the working rate.

/// CD frames in a second.
pub const CD_FRAMES_PER_S: u64 = 75;

/// Samples of a channel in a CD frame, at 44.1 kHz.
pub const CD_FRAME_SAMPLES: u64 = 588;

/// The earliest INDEX 01 of an image: 2 s.
pub const CD_LEAD_FRAMES: u64 = 2 * CD_FRAMES_PER_S;

/// The shortest track: 4 s, without the pause before it.
pub const SHORTEST_TRACK_CD_FRAMES: u64 = 4 * CD_FRAMES_PER_S;

/// The longest image: 79:57.74, in CD frames.
pub const LONGEST_CD_FRAMES: u64 = (79 * 60 + 57) * CD_FRAMES_PER_S + 74;

/// The most tracks.
pub const MOST_CD_TRACKS: usize = 99;

/// A track's marks in an image, in CD frames from its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    /// Where the pause before it begins; `None` where there is none.
    pub index_00: Option<u64>,
    /// Where the track begins.
    pub index_01: u64,
}

/// The first CD frame that does not begin before a position.
pub fn at_or_after(position: u64, sample_rate_hz: u32) -> u64 {
    (position * CD_FRAMES_PER_S).div_ceil(u64::from(sample_rate_hz.max(1)))
}

/// The CD frame that begins nearest to a position; halves go up.
pub fn nearest(position: u64, sample_rate_hz: u32) -> u64 {
    let rate = u64::from(sample_rate_hz.max(1));
    (2 * position * CD_FRAMES_PER_S + rate) / (2 * rate)
}

/// The first position that is not before a CD frame: exactly at it where the rate is a multiple of 75.
pub fn position(cd_frame: u64, sample_rate_hz: u32) -> u64 {
    (cd_frame * u64::from(sample_rate_hz)).div_ceil(CD_FRAMES_PER_S)
}
