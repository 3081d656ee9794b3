//! All tracks as one stream: what was rendered, summed on the timeline.

use super::timeline::{Placement, Plan};
use crate::audio_source::{AudioFormat, AudioSource, SampleDepth};
use crate::failure::Failure;

/// Frames that are summed at once.
const PIECE_FRAMES: usize = 4096;

/// Opens a rendered track from its start.
pub type Opener<'a> = Box<dyn FnMut() -> Result<Box<dyn AudioSource>, Failure> + Send + 'a>;

/// The tracks of a plan as one stream, with silence in the gaps.
///
/// Each track is opened when its audio comes, and closed with its last frame, so that at most the tracks of one crossfade
/// are open. They are trimmed, faded and at the plan's rate: samples are only added up. A track of one channel stands in
/// every channel of the stream.
pub struct Sequence<'a> {
    format: AudioFormat,
    tracks: Vec<Placement>,
    openers: Vec<Opener<'a>>,
    /// The next frame of the stream.
    position: u64,
    /// The next track to open.
    next: usize,
    open: Vec<OpenTrack>,
    piece: Vec<Vec<f32>>,
}

struct OpenTrack {
    index: usize,
    source: Box<dyn AudioSource>,
    /// Frames not yet read.
    left: u64,
}

impl<'a> Sequence<'a> {
    /// The stream of a plan, of `channels` channels, at least 1. `openers` has one for each track of the plan.
    ///
    /// # Errors
    /// There are more or fewer openers than tracks.
    pub fn new(plan: &Plan, channels: usize, openers: Vec<Opener<'a>>) -> Result<Self, Failure> {
        let tracks = plan.tracks.clone();
        if openers.len() != tracks.len() {
            let (given, planned) = (openers.len(), tracks.len());
            return Err(Failure::new(format!("{given} tracks were rendered where {planned} are planned")));
        }
        let format = AudioFormat {
            sample_rate_hz: plan.sample_rate_hz,
            channels,
            frames: Some(plan.total_frames),
            depth: SampleDepth::Float(32),
        };
        let piece = vec![vec![0.0; PIECE_FRAMES]; channels];
        Ok(Self { format, tracks, openers, position: 0, next: 0, open: Vec::new(), piece })
    }

    /// Opens every track whose audio begins before `end`.
    fn open_until(&mut self, end: u64) -> Result<(), Failure> {
        while let (Some(track), Some(opener)) = (self.tracks.get(self.next), self.openers.get_mut(self.next)) {
            if track.start >= end {
                break;
            }
            let index = self.next;
            self.next += 1;
            if track.frames == 0 {
                continue;
            }
            let source = opener()?;
            check(index, source.format(), &self.format, track.frames)?;
            self.open.push(OpenTrack { index, source, left: track.frames });
        }
        Ok(())
    }

    /// Adds what the open tracks hold of the next frames to `planes`, which are silent.
    fn sum(&mut self, planes: &mut [&mut [f32]]) -> Result<(), Failure> {
        let frames = planes.first().map_or(0, |plane| plane.len());
        self.open_until(self.position + frames as u64)?;
        for track in &mut self.open {
            let start = self.tracks[track.index].start;
            let offset = usize::try_from(start.saturating_sub(self.position)).unwrap_or(frames).min(frames);
            let count = usize::try_from(track.left).unwrap_or(frames).min(frames - offset);
            let own_channels = track.source.format().channels;
            let mut piece: Vec<&mut [f32]> =
                self.piece.iter_mut().take(own_channels).map(|plane| &mut plane[..count]).collect();
            if track.source.read(&mut piece)? != count {
                return Err(Failure::new(format!("track {}: what was rendered of it ends early", track.index + 1)));
            }
            for (channel, plane) in planes.iter_mut().enumerate() {
                let own = &piece[channel.min(own_channels - 1)];
                for (sum, sample) in plane[offset..offset + count].iter_mut().zip(own.iter()) {
                    *sum += sample;
                }
            }
            track.left -= count as u64;
        }
        self.open.retain(|track| track.left > 0);
        self.position += frames as u64;
        Ok(())
    }
}

/// Whether what was rendered is what was planned.
fn check(index: usize, found: &AudioFormat, stream: &AudioFormat, frames: u64) -> Result<(), Failure> {
    let fits = found.sample_rate_hz == stream.sample_rate_hz
        && (found.channels == 1 || found.channels == stream.channels)
        && found.frames.is_none_or(|found| found == frames);
    if fits {
        return Ok(());
    }
    let length = found.frames.map_or_else(|| "unknown".to_owned(), |frames| frames.to_string());
    Err(Failure::new(format!(
        "track {}: {length} frames of {} channels at {} Hz were rendered, {frames} of {} at {} Hz are planned",
        index + 1,
        found.channels,
        found.sample_rate_hz,
        stream.channels,
        stream.sample_rate_hz,
    )))
}

impl AudioSource for Sequence<'_> {
    fn format(&self) -> &AudioFormat {
        &self.format
    }

    fn read(&mut self, planes: &mut [&mut [f32]]) -> Result<usize, Failure> {
        let wanted = planes.first().map_or(0, |plane| plane.len());
        let left = self.format.frames.unwrap_or(0) - self.position;
        let total = usize::try_from(left).unwrap_or(usize::MAX).min(wanted);
        let mut done = 0;
        while done < total {
            let frames = PIECE_FRAMES.min(total - done);
            let mut part: Vec<&mut [f32]> = planes.iter_mut().map(|plane| &mut plane[done..done + frames]).collect();
            for plane in &mut part {
                plane.fill(0.0);
            }
            self.sum(&mut part)?;
            done += frames;
        }
        Ok(total)
    }
}

#[cfg(test)]
mod tests;
