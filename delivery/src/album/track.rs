//! One track from its mix to the timeline: excerpt -> album's rate and channels -> chain -> fades -> a file on the way.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use runout_dsp_core::settings::{BitDepth, ChainSettings, Dither};
use runout_dsp_core::targets::Target;

use super::checks::{Checked, CheckedTrack};
use super::fade::Envelope;
use super::file::{AlbumFile, Levels};
use super::workshop::Workshop;
use crate::audio_sink::{AudioSink, Existing, FileDepth, LARGEST_RIFF_BYTES, WavForm, WavSink};
use crate::audio_source::{self, AudioFormat, AudioSource, BothSides, Excerpt, SampleDepth};
use crate::failure::Failure;
use crate::master::{Renderer, loudness_of, tune};
use crate::material::Material;
use crate::measure::{Measurement, measure_source};
use crate::progress::Progress;
use crate::rate::Converted;

/// How many passes over a track a gain usually takes to be found: what the progress bar reckons with.
const USUAL_SEARCH_PASSES: u64 = 4;

/// What the trims leave of a mix, at the rate and with the channels of the album.
struct TrackMaterial {
    path: PathBuf,
    /// What the file holds.
    stored: AudioFormat,
    excerpt: Range<u64>,
    /// What is streamed.
    format: AudioFormat,
    envelope: Envelope,
}

impl Material for TrackMaterial {
    fn path(&self) -> &Path {
        &self.path
    }

    fn format(&self) -> &AudioFormat {
        &self.format
    }

    fn open(&self) -> Result<Box<dyn AudioSource>, Failure> {
        let source = audio_source::open(&self.path)?;
        if source.format().frames.is_some() && *source.format() != self.stored {
            return Err(Failure::about(&self.path, "has changed while the album was being rendered"));
        }
        let Range { start, end } = self.excerpt;
        let excerpt = Box::new(Excerpt::new(source, start, end - start));
        let converted = Box::new(Converted::new(&self.path, excerpt, self.format.sample_rate_hz)?);
        Ok(if self.format.channels == 2 { BothSides::of(converted) } else { converted })
    }

    fn shape(&self, first_frame: u64, block: &mut [&mut [f32]]) {
        self.envelope.apply(first_frame, block);
    }
}

/// A track that is being rendered.
pub struct Track {
    index: usize,
    steps: u64,
    material: Arc<TrackMaterial>,
    settings: ChainSettings,
    /// The mix as it came, or what the trims leave of it.
    pub input: Measurement,
    /// What it reads through its chain as it is, LUFS; known only where levels need it.
    pub rendered_lufs: f64,
}

/// A track as it stands on the timeline.
pub struct RenderedTrack {
    /// The mix as it came, or what the trims left of it.
    pub input: Measurement,
    /// The chain as rendered.
    pub settings: ChainSettings,
    /// Why it is not as loud as it was to be, where it is not.
    pub shortfall: Option<String>,
    /// The limiter's deepest gain reduction, dB, 0 or below.
    pub gain_reduction_db: f64,
    /// Where it waits: 32-bit float at the album's rate.
    pub file: PathBuf,
}

/// How many steps of progress the tracks are, each a frame in one pass.
pub fn steps(album: &AlbumFile, checked: &Checked) -> u64 {
    checked.tracks.iter().map(|track| begin_steps(album, track) + finish_steps(album, track)).sum()
}

fn begin_steps(album: &AlbumFile, track: &CheckedTrack) -> u64 {
    track.part.frames * if needs_rehearsal(album) { 2 } else { 1 }
}

fn finish_steps(album: &AlbumFile, track: &CheckedTrack) -> u64 {
    track.part.frames * if searches(album) { 1 + USUAL_SEARCH_PASSES } else { 1 }
}

/// Whether a gain is looked for that gives a loudness.
fn searches(album: &AlbumFile) -> bool {
    album.levels != Levels::AsIs && album.target.is_some_and(|target| target.integrated_lufs.is_some())
}

/// Whether the tracks' loudness through their chains decides on their levels.
fn needs_rehearsal(album: &AlbumFile) -> bool {
    album.levels == Levels::Album && searches(album)
}

/// The chain that a track is rendered with but for the gain that is looked for. A target's ceiling holds whatever the
/// levels; words are cut off where files are written.
fn settings_of(track: &CheckedTrack, target: Option<&Target>) -> ChainSettings {
    let mut settings = track.settings;
    settings.output.bit_depth = BitDepth::Float;
    settings.output.dither = Dither::None;
    if let Some(target) = target {
        settings.limiter.enabled = true;
        settings.limiter.ceiling_dbtp = settings.limiter.ceiling_dbtp.min(target.ceiling_dbtp as f32);
    }
    settings
}

impl Track {
    /// Measures a track's mix, and where the album's levels ask for it, what its chain makes of it.
    ///
    /// # Errors
    /// The mix cannot be read to its end, or the user interrupts.
    pub fn begin(album: &AlbumFile, checked: &Checked, index: usize, progress: &Progress) -> Result<Self, Failure> {
        let (entry, track) = (&album.tracks[index], &checked.tracks[index]);
        let progress = progress.share(begin_steps(album, track));
        let is_as_stored = track.format.sample_rate_hz == checked.sample_rate_hz;
        let format = AudioFormat {
            sample_rate_hz: checked.sample_rate_hz,
            channels: checked.channels,
            frames: Some(track.part.frames),
            depth: if is_as_stored { track.format.depth } else { SampleDepth::Float(32) },
        };
        let material = Arc::new(TrackMaterial {
            path: entry.file.clone(),
            stored: track.format,
            excerpt: track.excerpt.clone(),
            format,
            envelope: track.envelope,
        });
        let settings = settings_of(track, album.target.as_ref());
        let stored = audio_source::open(&entry.file)?;
        let Range { start, end } = track.excerpt;
        let excerpt = Box::new(Excerpt::new(stored, start, end - start));
        let (input, _) = measure_source(&entry.file, excerpt, None, &progress)?;
        let rendered_lufs = if needs_rehearsal(album) {
            loudness_of(&settings, &mut Renderer::new(material.clone(), &settings)?, &progress)?
        } else {
            f64::NEG_INFINITY
        };
        Ok(Self { index, steps: finish_steps(album, track), material, settings, input, rendered_lufs })
    }

    /// Brings the track to the loudness of its rule, if it has one, and renders it.
    ///
    /// # Errors
    /// The mix cannot be read again, the disk is full, or the user interrupts.
    pub fn finish(
        &self,
        target: Option<&Target>,
        workshop: &Workshop,
        progress: &Progress,
    ) -> Result<RenderedTrack, Failure> {
        let progress = progress.share(self.steps);
        let mut settings = self.settings;
        let mut renderer = Renderer::new(self.material.clone(), &settings)?;
        let shortfall = match target.filter(|target| target.integrated_lufs.is_some()) {
            Some(target) => tune(target, &self.input, &mut settings, &mut renderer, &progress)?,
            None => None,
        };
        let file = workshop.track(self.index);
        let AudioFormat { sample_rate_hz, channels, .. } = self.material.format;
        let form = WavForm { sample_rate_hz, channels, depth: FileDepth::Float32 };
        let mut sink = WavSink::create(&file, form, Existing::Keep, LARGEST_RIFF_BYTES)?;
        let _ = renderer.take_gain_reduction_db();
        renderer.run(&settings, &progress, |block| sink.write(block))?;
        Box::new(sink).complete(None)?;
        let gain_reduction_db = renderer.take_gain_reduction_db();
        Ok(RenderedTrack { input: self.input.clone(), settings, shortfall, gain_reduction_db, file })
    }
}
