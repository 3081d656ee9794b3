//! What an editor is fed with: the reading ends of one insert.

mod status;

pub use status::Status;

use std::sync::Arc;

use runout_dsp_core::compressor::CompressorReader;
use runout_dsp_core::loudness::{LogReader, MeterControls, MeterMonitor};
use runout_dsp_core::spectrum::SpectrumReader;
use runout_dsp_core::telemetry::HistoryReader;
use runout_dsp_core::timeline::TimelineFrame;

/// The reading ends of one insert. There is one of each, so a plugin hands them to its editor once; the editor keeps them
/// while its window opens and closes.
pub struct Feed {
    /// The loudness that is heard.
    pub meter: MeterMonitor,
    /// The buttons of the meter.
    pub controls: MeterControls,
    /// The whole programme since the last reset.
    pub log: LogReader,
    /// What leaves the insert, hop by hop; closed until an editor opens it.
    pub timeline: HistoryReader<TimelineFrame>,
    /// What goes into the equalizer and leaves it, where there is one; closed until an editor opens it.
    pub spectrum: Option<SpectrumReader>,
    /// What the compressor tells of itself, where there is one; closed until an editor opens it.
    pub compressor: Option<CompressorReader>,
    /// What goes into the imager and leaves it, where there is one; closed until an editor opens it.
    pub imager: Option<SpectrumReader>,
    /// The plugin's state in its host.
    pub status: Arc<Status>,
}
