//! Audio files that are written: planar blocks -> stored samples -> a pending file -> the name that was asked for.

mod encode;
mod pending_file;
mod wav;

pub use encode::FileDepth;
pub use pending_file::{Existing, PendingFile, check_output};
pub use wav::{LARGEST_RIFF_BYTES, WavForm, WavSink};
