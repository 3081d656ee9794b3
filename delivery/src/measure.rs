//! One file through the meter, in constant memory.

mod album;
mod folder;
mod log;

use std::path::{Path, PathBuf};

use runout_dsp_core::entrance::silence_invalid;
use runout_dsp_core::loudness::{Meter, Programme, Readings};
use runout_dsp_core::planar::{with_buffers, with_frames};
use runout_dsp_core::processor::{Processor, Spec};

use crate::audio_source::{self, AudioFormat, AudioSource, SampleDepth};
use crate::failure::Failure;
use crate::interrupt;
use crate::progress::Progress;
pub use album::{Album, measure_all};
pub use folder::{AUDIO_EXTENSIONS, with_folders_opened};
pub use log::LoudnessLog;

/// Frames read and measured at a time: two channels and what the meter keeps beside them stay in the first caches.
const BLOCK_FRAMES: usize = 2048;

/// What was measured of a file.
#[derive(Clone, Debug)]
pub struct Measurement {
    /// The file.
    pub path: PathBuf,
    /// What it holds; its number of frames is the one that was read.
    pub format: AudioFormat,
    /// Number of frames read.
    pub frames: u64,
    /// What the meter says.
    pub readings: Readings,
    /// Samples that were not finite or louder than +120 dBFS: measured as silence.
    pub silenced_samples: u64,
}

impl Measurement {
    /// Length, s.
    pub fn duration_s(&self) -> f64 {
        self.frames as f64 / f64::from(self.format.sample_rate_hz)
    }
}

/// Measures a file from its first frame to its last.
///
/// # Errors
/// [`Failure`] where the file cannot be read to its end, the log cannot be written, or the user interrupts.
pub fn measure(
    path: &Path,
    log: Option<&mut LoudnessLog>,
    progress: &Progress,
) -> Result<(Measurement, Programme), Failure> {
    measure_source(path, audio_source::open(path)?, log, progress)
}

/// Measures what a stream gives, under the name of its file.
///
/// # Errors
/// As [`measure`].
pub fn measure_source(
    path: &Path,
    mut source: Box<dyn AudioSource>,
    log: Option<&mut LoudnessLog>,
    progress: &Progress,
) -> Result<(Measurement, Programme), Failure> {
    let mut meter = prepared_meter(path, source.format())?;
    let integers = matches!(source.format().depth, SampleDepth::Integer(_));
    let mut silenced_samples = 0;
    let mut log = log;
    let frames = for_each_block(source.as_mut(), progress, |block| {
        if !integers {
            silenced_samples += silence_invalid(block);
        }
        match log.as_deref_mut() {
            Some(log) => log.process(&mut meter, block),
            None => {
                meter.process(block);
                Ok(())
            }
        }
    })?;
    let format = AudioFormat { frames: Some(frames), ..*source.format() };
    meter.finish();
    let readings = meter.readings();
    Ok((Measurement { path: path.to_owned(), format, frames, readings, silenced_samples }, meter.programme().clone()))
}

/// A meter for a file.
///
/// # Errors
/// [`Failure`] where its rate or channels cannot be measured.
pub fn prepared_meter(path: &Path, format: &AudioFormat) -> Result<Meter, Failure> {
    let mut meter = Meter::new();
    let spec = Spec {
        sample_rate: f64::from(format.sample_rate_hz),
        max_block: runout_dsp_core::offline::BLOCK_FRAMES,
        channels: format.channels,
    };
    meter.prepare(&spec).map_err(|error| Failure::about(path, error))?;
    Ok(meter)
}

/// Hands on a source's blocks up to its end, and returns how many frames they had.
///
/// # Errors
/// The source cannot be read to its end, `act` fails, or the user interrupts.
pub fn for_each_block(
    source: &mut dyn AudioSource,
    progress: &Progress,
    mut act: impl FnMut(&mut [&mut [f32]]) -> Result<(), Failure>,
) -> Result<u64, Failure> {
    let mut buffers = vec![vec![0f32; BLOCK_FRAMES]; source.format().channels];
    let mut frames = 0;
    loop {
        interrupt::check()?;
        let read = with_buffers(&mut buffers, BLOCK_FRAMES, |block| -> Result<usize, Failure> {
            let read = source.read(block)?;
            if read > 0 {
                with_frames(block, 0..read, &mut act)?;
            }
            Ok(read)
        })?;
        if read == 0 {
            return Ok(frames);
        }
        frames += read as u64;
        progress.advance(read as u64);
    }
}
