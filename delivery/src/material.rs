//! What is rendered or measured, as often as needed: a whole file, or whatever else can be streamed anew for every pass.

use std::path::{Path, PathBuf};

use crate::audio_source::{self, AudioFormat, AudioSource};
use crate::failure::Failure;

/// Sound that can be streamed any number of times, each time the same.
pub trait Material: Send + Sync {
    /// The file that messages name.
    fn path(&self) -> &Path;

    /// What every stream holds: rate and channels as streamed; the depth is that of the samples, so that dither is settled
    /// by it.
    fn format(&self) -> &AudioFormat;

    /// Begins a stream from the first frame.
    ///
    /// # Errors
    /// [`Failure`] where it cannot be read any more.
    fn open(&self) -> Result<Box<dyn AudioSource>, Failure>;

    /// What happens to it after the chain, before it is measured or written: the fades of a track. `block` is planar, its
    /// first frame `first_frame` of the material. Nothing, unless a material says so; one that does is not converted.
    fn shape(&self, first_frame: u64, block: &mut [&mut [f32]]) {
        let _ = (first_frame, block);
    }
}

/// A file from its first frame to its last.
#[derive(Clone, Debug)]
pub struct WholeFile {
    path: PathBuf,
    format: AudioFormat,
}

impl WholeFile {
    /// A file that can be read.
    ///
    /// # Errors
    /// As [`audio_source::open`].
    pub fn new(path: &Path) -> Result<Self, Failure> {
        let format = *audio_source::open(path)?.format();
        Ok(Self { path: path.to_owned(), format })
    }
}

impl Material for WholeFile {
    fn path(&self) -> &Path {
        &self.path
    }

    fn format(&self) -> &AudioFormat {
        &self.format
    }

    fn open(&self) -> Result<Box<dyn AudioSource>, Failure> {
        let source = audio_source::open(&self.path)?;
        if *source.format() != self.format {
            return Err(Failure::about(&self.path, "has changed while it was being read"));
        }
        Ok(source)
    }
}
