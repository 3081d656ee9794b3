//! The delivered files: parts of a stream -> word length and dither -> sink, measured as they are written or, of lossy
//! formats, as they decode.

use std::path::Path;

use runout_dsp_core::processor::Processor;
use runout_dsp_core::settings::{ChainSettings, Dither};
use runout_dsp_core::targets::{Target, Verdict};

use super::checks::Checked;
use super::file::{AlbumFile, TrackEntry};
use super::outcome::{DeliveredFile, Stored};
use super::outputs::FormatFiles;
use super::profile::Profile;
use super::proof::sum;
use super::stream::{Stream, StreamPart};
use super::track::RenderedTrack;
use super::workshop::Workshop;
use crate::audio_sink::{self, AudioSink, Existing, FileForm, FileFormat};
use crate::audio_source::{self, AudioSource};
use crate::deliver::Overshoot;
use crate::failure::Failure;
use crate::finish::Finished;
use crate::master::bit_depth;
use crate::measure::{Measurement, for_each_block, measure, prepared_meter};
use crate::progress::Progress;
use crate::tags::{Loudness, ReplayGain, Tags, TrackNumber};

/// What every file is made from.
pub struct Material<'a> {
    /// The album as its file describes it.
    pub album: &'a AlbumFile,
    /// The album as it was checked.
    pub checked: &'a Checked,
    /// The tracks as they were rendered.
    pub tracks: &'a [RenderedTrack],
    /// The rules that each track is judged by.
    pub targets: &'a [Option<Target>],
    /// Where it happens.
    pub workshop: &'a Workshop,
}

/// A file that is to be made: a track in a format, or an image.
#[derive(Clone, Copy)]
pub struct Piece<'a> {
    /// Its format.
    pub format: &'a FormatFiles,
    /// The stream that it is made from.
    pub stream: &'a Stream,
    /// Its track; `None` for an image.
    pub track: Option<usize>,
}

impl Piece<'_> {
    /// How many steps of progress it is: its frames, of a lossy format also as they decode.
    pub fn steps(&self) -> u64 {
        let frames = self.parts().iter().map(|part| part.frames.end - part.frames.start).sum::<u64>();
        frames * if self.form().format.is_lossy() { 2 } else { 1 }
    }

    fn parts(&self) -> &[StreamPart] {
        match self.track {
            Some(track) => std::slice::from_ref(&self.stream.parts[track]),
            None => &self.stream.parts,
        }
    }

    fn form(&self) -> FileForm {
        let Stream { sample_rate_hz, channels, .. } = *self.stream;
        FileForm { format: self.format.delivery.file_format(), sample_rate_hz, channels }
    }

    /// Its name relative to the delivery's folder.
    fn path(&self) -> &Path {
        &self.format.audio[self.track.unwrap_or(0)]
    }
}

impl Material<'_> {
    /// Makes a file.
    ///
    /// # Errors
    /// What was rendered cannot be read again, the disk is full, the encoder refuses, or the user interrupts.
    pub fn make(&self, piece: Piece<'_>, progress: &Progress) -> Result<DeliveredFile, Failure> {
        let progress = progress.share(piece.steps());
        let path = self.workshop.delivered(piece.path())?;
        let form = piece.form();
        let mut sink = audio_sink::create(&path, &form, &self.tags(piece), Existing::Keep)?;
        let written = self.write(piece, &path, sink.as_mut(), &progress)?;
        sink.complete(Some(&Loudness::of(&written.readings)))?;
        let delivered = if form.format.is_lossy() { measure(&path, None, &progress)?.0 } else { written };
        self.outcome(piece, &form, &delivered)
    }

    /// Writes a file's parts one after another, and measures them.
    fn write(
        &self,
        piece: Piece<'_>,
        path: &Path,
        sink: &mut dyn AudioSink,
        progress: &Progress,
    ) -> Result<Measurement, Failure> {
        let form = piece.form();
        let first = audio_source::open(&piece.parts()[0].file)?;
        let mut meter = prepared_meter(path, first.format())?;
        let mut frames = 0;
        let mut pour = |source: &mut dyn AudioSource| {
            for_each_block(source, progress, |block| {
                meter.process(block);
                frames += block.first().map_or(0, |plane| plane.len()) as u64;
                sink.write(block)
            })
        };
        if piece.track.is_none() {
            let silence = piece.stream.parts[0].frames.start;
            pour(&mut Silence { format: *first.format(), left: silence })?;
        }
        for (offset, part) in piece.parts().iter().enumerate() {
            let settings = self.output_of(piece.track.unwrap_or(offset), part, form.format);
            let source = audio_source::open(&part.file)?;
            pour(&mut Finished::new(&part.file, source, &settings)?)?;
        }
        meter.finish();
        let format = audio_source::AudioFormat { frames: Some(frames), ..*first.format() };
        Ok(Measurement { path: path.to_owned(), format, frames, readings: meter.readings(), silenced_samples: 0 })
    }

    /// The output stage of a track's chain for a format, and nothing else. What fits the word length as it is needs no
    /// dither unless it was asked for; lossy formats have no word length.
    fn output_of(&self, track: usize, part: &StreamPart, format: FileFormat) -> ChainSettings {
        let mut output = self.checked.tracks[track].settings.output;
        output.bit_depth = bit_depth(format.depth());
        output.dither = match (output.dither, format.depth().integer_bits()) {
            (_, None) => Dither::None,
            (Dither::Auto, Some(bits)) if part.grid.fits(bits) => Dither::None,
            (Dither::Auto, Some(_)) => Dither::Tpdf,
            (asked, Some(_)) => asked,
        };
        let mut settings = ChainSettings { output, ..ChainSettings::default() };
        settings.limiter.enabled = false;
        settings
    }

    fn outcome(&self, piece: Piece<'_>, form: &FileForm, delivered: &Measurement) -> Result<DeliveredFile, Failure> {
        let path = piece.path().iter().map(|name| name.to_string_lossy()).collect::<Vec<_>>().join("/");
        let proof = sum(&self.workshop.delivery(), &path)?;
        let readings = delivered.readings;
        let (target, ceiling_dbtp) = match piece.track {
            Some(track) => (self.targets[track], self.ceiling_dbtp(track)),
            None => (self.album.target.map(ceiling_only), self.highest_ceiling_dbtp()),
        };
        let verdict = target
            .map(|target| Verdict::new(&target, ceiling_dbtp, readings.integrated_lufs, readings.true_peak_max_dbtp()));
        let overshoot = ceiling_dbtp.filter(|_| form.format.is_lossy());
        Ok(DeliveredFile {
            path,
            format: piece.format.delivery.folder_name(),
            sample_rate_hz: form.sample_rate_hz,
            channels: form.channels,
            stored: stored(form.format),
            frames: delivered.frames,
            bytes: proof.bytes,
            sha256: proof.sha256,
            readings,
            verdict,
            overshoot: overshoot.and_then(|ceiling_dbtp| Overshoot::of(&readings, ceiling_dbtp)),
        })
    }

    /// The ceiling that a track was rendered under, dBTP; `None` without a limiter.
    fn ceiling_dbtp(&self, track: usize) -> Option<f64> {
        let limiter = &self.tracks[track].settings.limiter;
        limiter.enabled.then_some(f64::from(limiter.ceiling_dbtp))
    }

    /// The highest ceiling of the tracks, dBTP: what an image of all of them keeps. `None` where one has no limiter.
    fn highest_ceiling_dbtp(&self) -> Option<f64> {
        let ceilings: Option<Vec<f64>> = (0..self.tracks.len()).map(|track| self.ceiling_dbtp(track)).collect();
        ceilings?.into_iter().reduce(f64::max)
    }

    fn tags(&self, piece: Piece<'_>) -> Tags {
        let album = self.album;
        let of_album = Tags {
            artist: Some(album.artist.clone()),
            album: Some(album.title.clone()),
            album_artist: Some(album.artist.clone()),
            date: album.date.clone(),
            genre: album.genre.clone(),
            upc: album.upc.clone(),
            copyright: album.copyright.clone(),
            composer: album.composer.clone(),
            picture: self.checked.picture.clone(),
            ..Tags::default()
        };
        let profiles = piece.stream.parts.iter().map(|part| &part.profile);
        let whole = Profile::merged(profiles).map(|profile| profile.readings);
        match piece.track {
            None => Tags { title: Some(album.title.clone()), ..of_album },
            Some(index) => {
                let entry: &TrackEntry = &album.tracks[index];
                let readings = &piece.stream.parts[index].profile.readings;
                Tags {
                    title: Some(entry.title.clone()),
                    artist: Some(album.artist_of(entry).to_owned()),
                    track: Some(TrackNumber { number: index as u32 + 1, total: Some(album.tracks.len() as u32) }),
                    genre: album.genre_of(entry).map(str::to_owned),
                    composer: album.composer_of(entry).map(str::to_owned),
                    isrc: entry.isrc.clone(),
                    replay_gain: Some(ReplayGain::of(readings, whole.as_ref())),
                    loudness: Some(Loudness::of(readings)),
                    ..of_album
                }
            }
        }
    }
}

/// A rule without its loudness.
pub fn ceiling_only(target: Target) -> Target {
    Target { integrated_lufs: None, ..target }
}

fn stored(format: FileFormat) -> Stored {
    match format {
        FileFormat::Mp3 { kbps } => Stored::Bitrate(u32::from(kbps)),
        FileFormat::Ogg { quality } => Stored::Quality(f64::from(quality)),
        _ => format.depth().integer_bits().map_or(Stored::Float(32), Stored::Integer),
    }
}

/// So many frames of silence.
struct Silence {
    format: audio_source::AudioFormat,
    left: u64,
}

impl AudioSource for Silence {
    fn format(&self) -> &audio_source::AudioFormat {
        &self.format
    }

    fn read(&mut self, planes: &mut [&mut [f32]]) -> Result<usize, Failure> {
        let wanted = planes.first().map_or(0, |plane| plane.len());
        let frames = usize::try_from(self.left).unwrap_or(wanted).min(wanted);
        planes.iter_mut().for_each(|plane| plane[..frames].fill(0.0));
        self.left -= frames as u64;
        Ok(frames)
    }
}

/// The pieces of all formats, in their order.
pub fn pieces<'a>(checked: &'a Checked, streams: &'a [Stream]) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    for format in &checked.outputs {
        let sample_rate_hz = format.delivery.sample_rate_hz();
        let is_image = format.delivery.is_image();
        let Some(stream) =
            streams.iter().find(|stream| stream.is_image == is_image && stream.sample_rate_hz == sample_rate_hz)
        else {
            continue;
        };
        if is_image {
            pieces.push(Piece { format, stream, track: None });
        } else {
            pieces.extend((0..checked.tracks.len()).map(|track| Piece { format, stream, track: Some(track) }));
        }
    }
    pieces
}
