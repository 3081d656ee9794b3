//! One delivered file whose samples come as a stream, and whose loudness is known only when it has ended.
//!
//! WAV is written as it comes: only its loudness fields wait. Other formats say their ReplayGain before the first sample, so
//! the stream is kept in a hidden folder beside the file until it has been measured. A lossy file is decoded and measured
//! there before it gets its name: an interruption leaves what was there before.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use runout_dsp_core::loudness::Readings;
use tempfile::TempDir;

use super::encode;
use crate::audio_sink::{
    self, AudioSink, Existing, FileForm, LARGEST_RIFF_BYTES, WavForm, WavSink, check_output, output_folder,
    put_in_place,
};
use crate::audio_source;
use crate::failure::{Failure, shown};
use crate::measure::{Measurement, measure};
use crate::progress::Progress;
use crate::tags::{Loudness, ReplayGain, Tags};

/// A file that is being delivered. Dropped before it is complete it leaves nothing behind.
pub struct Delivery {
    out: PathBuf,
    form: FileForm,
    tags: Tags,
    existing: Existing,
    sink: Box<dyn AudioSink>,
    /// Where the stream waits to be encoded.
    stage: Option<TempDir>,
}

impl Delivery {
    /// Begins the file that will be `out`. The tags need no loudness and no ReplayGain.
    ///
    /// # Errors
    /// As [`audio_sink::create`]: what the format cannot hold and what cannot be written is known here, before any work.
    pub fn begin(out: &Path, form: &FileForm, tags: Tags, existing: Existing) -> Result<Self, Failure> {
        form.check(out)?;
        check_output(out, existing)?;
        let (sink, stage): (Box<dyn AudioSink>, _) = if let audio_sink::FileFormat::Wav(_) = form.format {
            (audio_sink::create(out, form, &tags, existing)?, None)
        } else {
            let stage = stage(out)?;
            let path = staged(&stage);
            let FileForm { sample_rate_hz, channels, format } = *form;
            let wav = WavForm { sample_rate_hz, channels, depth: format.depth() };
            let sink = WavSink::create(&path, wav, Existing::Keep, LARGEST_RIFF_BYTES);
            (Box::new(sink.map_err(|failure| renamed(failure, &path, out))?), Some(stage))
        };
        Ok(Self { out: out.to_owned(), form: *form, tags, existing, sink, stage })
    }

    /// Adds one block: a slice a channel, all of one length.
    ///
    /// # Errors
    /// The disk is full or fails.
    pub fn write(&mut self, planes: &[&mut [f32]]) -> Result<(), Failure> {
        let staged = self.stage.as_ref().map(staged);
        self.sink.write(planes).map_err(|failure| match staged {
            Some(path) => renamed(failure, &path, &self.out),
            None => failure,
        })
    }

    /// Finishes the file and gives it its name. `rendered` is what was measured of the stream. Returns what was measured of
    /// a lossy file, decoded; nothing of others, which give back the stream.
    ///
    /// # Errors
    /// The disk is full or fails, the encoder refuses, or the user interrupts; then no file was made or changed.
    pub fn complete(self, rendered: &Readings, progress: &Progress) -> Result<Option<Measurement>, Failure> {
        let Self { out, form, mut tags, existing, sink, stage } = self;
        let Some(stage) = stage else {
            return sink.complete(Some(&Loudness::of(rendered))).map(|()| None);
        };
        let path = staged(&stage);
        sink.complete(None).map_err(|failure| renamed(failure, &path, &out))?;
        tags.replay_gain = Some(ReplayGain::of(rendered, None));
        progress.begin("encoding");
        let mut source = audio_source::open(&path).map_err(|failure| renamed(failure, &path, &out))?;
        if !form.format.is_lossy() {
            encode(source.as_mut(), &out, &form, &tags, existing, progress)?;
            return Ok(None);
        }
        let encoded = stage.path().join(out.file_name().unwrap_or_default());
        let in_words = |failure| renamed(failure, &encoded, &out);
        encode(source.as_mut(), &encoded, &form, &tags, Existing::Keep, progress).map_err(in_words)?;
        progress.begin("decoding");
        let (decoded, _) = measure(&encoded, None, progress).map_err(in_words)?;
        put_in_place(encoded, &out, existing)?;
        Ok(Some(Measurement { path: out, ..decoded }))
    }
}

/// A hidden folder beside a file.
fn stage(out: &Path) -> Result<TempDir, Failure> {
    let mut prefix = OsString::from(".");
    prefix.push(out.file_name().unwrap_or_default());
    let folder = tempfile::Builder::new().prefix(&prefix).suffix(".part").tempdir_in(output_folder(out));
    folder.map_err(|error| Failure::from_io(out, "write", &error))
}

/// The stream within it. A delivered file has another name: its format is not WAV, and it says so.
fn staged(stage: &TempDir) -> PathBuf {
    stage.path().join("rendered.part")
}

/// A failure of a file that the user does not know, told of the one that is being delivered.
fn renamed(failure: Failure, hidden: &Path, out: &Path) -> Failure {
    match failure {
        Failure::Refused(line) => match line.strip_prefix(&shown(hidden)) {
            Some(rest) => Failure::Refused(format!("{}{rest}", shown(out))),
            None => Failure::Refused(line),
        },
        Failure::Interrupted => Failure::Interrupted,
    }
}
