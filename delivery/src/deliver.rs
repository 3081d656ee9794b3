//! From rendered audio to delivered files of every format.
//!
//! [`encode`] writes a file from another; [`Delivery`] takes a stream whose tags are known only at its end, and measures
//! what a listener will get from a lossy file.

mod delivery;
mod overshoot;

use std::path::Path;

use runout_dsp_core::planar::{with_buffers, with_frames};

use crate::audio_sink::{self, Existing, FileForm};
use crate::audio_source::AudioSource;
use crate::failure::Failure;
use crate::interrupt;
use crate::progress::Progress;
use crate::tags::Tags;
pub use delivery::Delivery;
pub use overshoot::Overshoot;

/// Frames that are handed from a source to an encoder at a time.
const BLOCK_FRAMES: usize = 4096;

/// Writes everything that a source gives, from where it stands to its end, to the file `out`. The source has the rate and
/// the channels of `form`, and samples that its depth can hold, or they are rounded.
///
/// # Errors
/// The source cannot be read to its end, `out` cannot be written or cannot hold the form or the tags, or the user
/// interrupts; then no file was made or changed.
pub fn encode(
    source: &mut dyn AudioSource,
    out: &Path,
    form: &FileForm,
    tags: &Tags,
    existing: Existing,
    progress: &Progress,
) -> Result<(), Failure> {
    let mut sink = audio_sink::create(out, form, tags, existing)?;
    let mut buffers = vec![vec![0f32; BLOCK_FRAMES]; form.channels];
    loop {
        interrupt::check()?;
        let read = with_buffers(&mut buffers, BLOCK_FRAMES, |block| -> Result<usize, Failure> {
            let read = source.read(block)?;
            if read > 0 {
                with_frames(block, 0..read, |filled| sink.write(filled))?;
            }
            Ok(read)
        })?;
        if read == 0 {
            return sink.complete(None);
        }
        progress.advance(read as u64);
    }
}
