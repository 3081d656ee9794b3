//! All tracks on their timeline at one rate: rendered tracks -> sum -> rate -> ceiling -> a file on the way, measured.
//!
//! Tracks that join without a gap are converted as one stream, which is then cut, so that nothing happens at the cut; the
//! ceilings hold after the conversion and in crossfades.

use std::collections::VecDeque;
use std::ops::Range;
use std::path::PathBuf;

use runout_dsp_core::planar::with_frames;
use runout_dsp_core::settings::ChainSettings;

use super::grid::Grid;
use super::guard::{ceilings, guard};
use super::join_peaks::{JoinPeaks, around_cut};
use super::profile::{Profile, Profiler};
use super::sequence::{Opener, Sequence};
use super::timeline::{Layout, Placement, Plan, position_at};
use super::track::RenderedTrack;
use super::workshop::Workshop;
use crate::audio_sink::{AudioSink, Existing, FileDepth, LARGEST_RIFF_BYTES, WavForm, WavSink};
use crate::audio_source;
use crate::failure::Failure;
use crate::measure::for_each_block;
use crate::progress::Progress;
use crate::rate::Converted;

/// The album at one rate, complete but for the word length.
pub struct Stream {
    /// Whether it is a CD image's.
    pub is_image: bool,
    /// Its rate, Hz.
    pub sample_rate_hz: u32,
    /// Its channels.
    pub channels: usize,
    /// What is delivered of each track, in order: together all of the stream but for the silence before the first.
    pub parts: Vec<StreamPart>,
    /// The true peak where each track meets the one before it, dBTP, from the second track on.
    pub join_peaks_dbtp: Vec<f64>,
}

/// A track's part of the stream.
pub struct StreamPart {
    /// Its frames of the stream.
    pub frames: Range<u64>,
    /// Where it waits: 32-bit float.
    pub file: PathBuf,
    /// What was gathered of it.
    pub profile: Profile,
    /// The word lengths that hold it exactly.
    pub grid: Grid,
}

impl Stream {
    /// Renders the stream of a plan.
    ///
    /// # Errors
    /// What was rendered cannot be read again, the disk is full, or the user interrupts.
    pub fn render(
        plan: &Plan,
        sample_rate_hz: u32,
        channels: usize,
        tracks: &[RenderedTrack],
        workshop: &Workshop,
        progress: &Progress,
    ) -> Result<Self, Failure> {
        let is_image = plan.layout == Layout::Image;
        let openers = tracks.iter().map(|track| {
            let file = track.file.clone();
            Box::new(move || audio_source::open(&file)) as Opener<'static>
        });
        let sequence = Box::new(Sequence::new(plan, channels, openers.collect())?);
        let name = workshop.delivery();
        let converted = Box::new(Converted::new(&name, sequence, sample_rate_hz)?);
        let mut ranges: Vec<Range<u64>> = plan.tracks.iter().map(|track| plan.file_at(track, sample_rate_hz)).collect();
        if let Some(last) = ranges.last_mut() {
            last.end = last.end.min(plan.total_at(sample_rate_hz));
        }
        let chains: Vec<ChainSettings> = tracks.iter().map(|track| track.settings).collect();
        let mut source = guard(&name, converted, &ceilings(&chains, &ranges, sample_rate_hz))?;

        let form = WavForm { sample_rate_hz, channels, depth: FileDepth::Float32 };
        let files = (0..ranges.len()).map(|index| workshop.part(is_image, sample_rate_hz, index));
        let mut cutter =
            Cutter { form, ranges: ranges.iter().cloned().zip(files).collect(), current: None, parts: vec![] };
        let mut joins = JoinPeaks::new(channels, &joins(plan, sample_rate_hz));
        let mut position = 0;
        for_each_block(source.as_mut(), progress, |block| {
            joins.push(position, block);
            cutter.take(position, block)?;
            position += block.first().map_or(0, |plane| plane.len()) as u64;
            Ok(())
        })?;
        let parts = cutter.finish()?;
        Ok(Self { is_image, sample_rate_hz, channels, parts, join_peaks_dbtp: joins.finish() })
    }
}

/// Where tracks meet: around a cut, or all of a crossfade.
fn joins(plan: &Plan, sample_rate_hz: u32) -> Vec<Range<u64>> {
    let at = |position| position_at(position, plan.sample_rate_hz, sample_rate_hz);
    let join = |pair: &[Placement]| {
        let (end, start) = (at(pair[0].end()), at(pair[1].start));
        if end > start { start..end } else { around_cut(start, f64::from(sample_rate_hz)) }
    };
    plan.tracks.windows(2).map(join).collect()
}

/// Cuts the stream into its parts and listens to each.
struct Cutter {
    form: WavForm,
    /// The parts to come, in order, and where they go.
    ranges: VecDeque<(Range<u64>, PathBuf)>,
    current: Option<OpenPart>,
    parts: Vec<StreamPart>,
}

/// The part that is passing.
struct OpenPart {
    frames: Range<u64>,
    file: PathBuf,
    sink: WavSink,
    profiler: Profiler,
    grid: Grid,
}

impl Cutter {
    /// Takes frames of the stream that begin at a position.
    fn take(&mut self, position: u64, block: &mut [&mut [f32]]) -> Result<(), Failure> {
        let end = position + block.first().map_or(0, |plane| plane.len()) as u64;
        while self.open(end)? {
            let Some(part) = &mut self.current else { break };
            let (from, to) = (part.frames.start.max(position), part.frames.end.min(end));
            with_frames(block, (from - position) as usize..(to - position) as usize, |frames| {
                part.grid.take(frames);
                part.profiler.process(frames);
                part.sink.write(frames)
            })?;
            if part.frames.end > end {
                break;
            }
            self.close()?;
        }
        Ok(())
    }

    /// Whether a part is open that begins before a frame; it opens the next where none is.
    fn open(&mut self, before: u64) -> Result<bool, Failure> {
        if self.current.is_some() {
            return Ok(true);
        }
        let Some((frames, file)) = self.ranges.pop_front_if(|(frames, _)| frames.start < before) else {
            return Ok(false);
        };
        let WavForm { sample_rate_hz, channels, .. } = self.form;
        let sink = WavSink::create(&file, self.form, Existing::Keep, LARGEST_RIFF_BYTES)?;
        let profiler = Profiler::new(f64::from(sample_rate_hz), channels)
            .map_err(|error| Failure::new(format!("{sample_rate_hz} Hz of {channels} channels: {error}")))?;
        self.current = Some(OpenPart { frames, file, sink, profiler, grid: Grid::default() });
        Ok(true)
    }

    fn close(&mut self) -> Result<(), Failure> {
        if let Some(OpenPart { frames, file, sink, profiler, grid }) = self.current.take() {
            Box::new(sink).complete(None)?;
            self.parts.push(StreamPart { frames, file, profile: profiler.finish(), grid });
        }
        Ok(())
    }

    /// The parts, once the stream has ended.
    fn finish(mut self) -> Result<Vec<StreamPart>, Failure> {
        let missing = self.ranges.len() + usize::from(self.current.is_some());
        self.close()?;
        if missing > 0 {
            return Err(Failure::new(format!("the timeline ended before the last {missing} of its tracks did")));
        }
        Ok(self.parts)
    }
}
