//! Where every track lies, in whole frames at one rate: the album's working rate.
//!
//! Nothing but integers: a time in seconds is rounded to a frame once, a position at another rate is the nearest one, and
//! from then on files are ranges that partition one stream.

mod cd;

use std::ops::Range;

pub use cd::{
    CD_FRAME_SAMPLES, CD_FRAMES_PER_S, CD_LEAD_FRAMES, LONGEST_CD_FRAMES, MOST_CD_TRACKS, Marks,
    SHORTEST_TRACK_CD_FRAMES,
};

/// The frame nearest to a time of 0 or more: the one rounding of seconds.
pub fn frames_of(seconds: f64, sample_rate_hz: u32) -> u64 {
    (seconds * f64::from(sample_rate_hz)).round() as u64
}

/// The position of a stream of rate `to_hz` that is nearest to a position of one of `from_hz`; halves go up. It never
/// descends, so that consecutive ranges stay consecutive.
pub fn position_at(position: u64, from_hz: u32, to_hz: u32) -> u64 {
    let (from, to) = (u128::from(from_hz.max(1)), u128::from(to_hz));
    let nearest = (2 * u128::from(position) * to + from) / (2 * from);
    u64::try_from(nearest).unwrap_or(u64::MAX)
}

/// What the trims leave of a file; `None` where that is nothing.
pub fn excerpt(frames: u64, sample_rate_hz: u32, trim_start_s: f64, trim_end_s: f64) -> Option<Range<u64>> {
    let start = frames_of(trim_start_s, sample_rate_hz);
    let end = frames.checked_sub(frames_of(trim_end_s, sample_rate_hz))?;
    (start < end).then_some(start..end)
}

/// A track before it has a place. All in frames at the working rate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Length of its rendered excerpt.
    pub frames: u64,
    /// Silence before it. The first track's stands in an image only; a crossfade out of the track before takes its place.
    pub gap_before_frames: u64,
    /// How much of its end sounds together with the next track's start; 0 for the last.
    pub crossfade_frames: u64,
}

/// What the timeline is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A file a track: the first begins with its audio, gaps are as long as they were asked for.
    Files,
    /// One image of a CD: the first track begins at 2 s or later, gaps and the end are padded to CD frames.
    Image,
}

/// A track in its place. All in frames at the working rate, from the start of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Where its audio starts.
    pub start: u64,
    /// Length of its audio.
    pub frames: u64,
    /// Its part of the stream: from its start to that of the next track's audio, the last one's to the stream's end. The
    /// gap before the next track is its end; the rest of its audio in a crossfade is the start of the next track's part.
    pub file: Range<u64>,
    /// Its marks; of an image only.
    pub marks: Option<Marks>,
}

impl Placement {
    /// The first frame after its audio.
    pub fn end(&self) -> u64 {
        self.start.saturating_add(self.frames)
    }
}

/// All tracks in their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What it is for.
    pub layout: Layout,
    /// The rate that all frames are counted at, Hz.
    pub sample_rate_hz: u32,
    /// The tracks, in order.
    pub tracks: Vec<Placement>,
    /// Length of the stream, frames.
    pub total_frames: u64,
    /// Length of an image, CD frames.
    pub cd_frames: Option<u64>,
}

/// A track whose crossfades do not fit into it, or into the track after it; or there is none after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CrossfadeTooLong {
    /// Index of the track, from 0.
    pub track: usize,
}

impl Plan {
    /// Lays the tracks out.
    ///
    /// # Errors
    /// The crossfade into a track and the one out of it are together longer than the track: three tracks would sound at
    /// once.
    pub fn new(layout: Layout, sample_rate_hz: u32, parts: &[Part]) -> Result<Self, CrossfadeTooLong> {
        check_crossfades(parts)?;
        let mut tracks: Vec<Placement> = Vec::with_capacity(parts.len());
        let mut before: Option<(u64, u64)> = None;
        for part in parts {
            let place = match before {
                None => first_place(layout, sample_rate_hz, part.gap_before_frames),
                Some((end, 0)) => next_place(layout, sample_rate_hz, end, part.gap_before_frames),
                Some((end, crossfade)) => next_place(layout, sample_rate_hz, end - crossfade, 0),
            };
            let (start, marks) = place;
            before = Some((start + part.frames, part.crossfade_frames));
            tracks.push(Placement { start, frames: part.frames, file: start..start, marks });
        }
        let end = before.map_or(0, |(end, _)| end);
        let cd_frames = (layout == Layout::Image).then(|| cd::at_or_after(end, sample_rate_hz));
        let total_frames = cd_frames.map_or(end, |mark| cd::position(mark, sample_rate_hz));
        let ends: Vec<u64> = tracks.iter().skip(1).map(|next| next.start).chain([total_frames]).collect();
        for (track, end) in tracks.iter_mut().zip(ends) {
            track.file.end = end;
        }
        Ok(Self { layout, sample_rate_hz, tracks, total_frames, cd_frames })
    }

    /// The part of a track of the stream converted to another rate. Parts of consecutive tracks are consecutive.
    pub fn file_at(&self, track: &Placement, sample_rate_hz: u32) -> Range<u64> {
        let at = |position| position_at(position, self.sample_rate_hz, sample_rate_hz);
        at(track.file.start)..at(track.file.end)
    }

    /// Length of the stream converted to another rate, frames. An image has whole CD frames where the rate has them: its
    /// last frame is padding, of which the conversion may give one sample more.
    pub fn total_at(&self, sample_rate_hz: u32) -> u64 {
        match self.cd_frames {
            Some(frames) if u64::from(sample_rate_hz) % CD_FRAMES_PER_S == 0 => cd::position(frames, sample_rate_hz),
            _ => position_at(self.total_frames, self.sample_rate_hz, sample_rate_hz),
        }
    }

    /// CD frames from a track's INDEX 01 to what follows its audio: the next track's INDEX 00 or 01, or the image's end. The
    /// pause before the next track does not count. 0 for a plan of files.
    pub fn cd_frames_of(&self, index: usize) -> u64 {
        let marks = |index: usize| self.tracks.get(index).and_then(|track| track.marks);
        let Some(own) = marks(index) else { return 0 };
        let end = marks(index + 1).map(|next| next.index_00.unwrap_or(next.index_01)).or(self.cd_frames);
        end.unwrap_or(0).saturating_sub(own.index_01)
    }
}

fn check_crossfades(parts: &[Part]) -> Result<(), CrossfadeTooLong> {
    let mut into = 0;
    for (track, part) in parts.iter().enumerate() {
        let last = track + 1 == parts.len();
        if into + part.crossfade_frames > part.frames || (last && part.crossfade_frames > 0) {
            return Err(CrossfadeTooLong { track });
        }
        into = part.crossfade_frames;
    }
    Ok(())
}

/// Where the first track starts.
fn first_place(layout: Layout, sample_rate_hz: u32, gap_frames: u64) -> (u64, Option<Marks>) {
    match layout {
        Layout::Files => (0, None),
        Layout::Image => {
            let index_01 = cd::at_or_after(gap_frames, sample_rate_hz).max(CD_LEAD_FRAMES);
            (cd::position(index_01, sample_rate_hz), Some(Marks { index_00: Some(0), index_01 }))
        }
    }
}

/// Where a track starts whose gap begins at `end`; without a gap that is its start.
fn next_place(layout: Layout, sample_rate_hz: u32, end: u64, gap_frames: u64) -> (u64, Option<Marks>) {
    match (layout, gap_frames) {
        (Layout::Files, _) => (end + gap_frames, None),
        (Layout::Image, 0) => (end, Some(Marks { index_00: None, index_01: cd::nearest(end, sample_rate_hz) })),
        (Layout::Image, _) => {
            let index_01 = cd::at_or_after(end + gap_frames, sample_rate_hz);
            let index_00 = Some(cd::at_or_after(end, sample_rate_hz)).filter(|pause| *pause < index_01);
            (cd::position(index_01, sample_rate_hz), Some(Marks { index_00, index_01 }))
        }
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
