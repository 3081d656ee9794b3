//! What the compressor tells an editor: level and gain of each band, slot by slot.

use crate::settings::COMPRESSOR_BANDS;
use crate::spectrum::SpectrumReader;
use crate::telemetry::HistoryReader;

/// Slots on their way: 1.4 s at 48 kHz, 0.17 s at 384 kHz.
pub const CAPACITY: usize = 1024;

/// What a band did in a slot of 64 frames: while another voice takes over, the one that is still heard.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BandHop {
    /// The highest level that its curve was asked for, of what its detector hears in the louder channel, dBFS; negative
    /// infinity for silence and where the band does nothing.
    pub level_dbfs: f32,
    /// The gain that is farthest from none, before make-up and mix, dB: below 0 where it reduces. With lookahead it is the
    /// gain of what leaves, and so belongs to a level that was told as much earlier as gains wait.
    pub gain_db: f32,
}

impl Default for BandHop {
    fn default() -> Self {
        Self { level_dbfs: f32::NEG_INFINITY, gain_db: 0.0 }
    }
}

/// What every band did in a slot of 64 frames.
pub type BandHops = [BandHop; COMPRESSOR_BANDS];

/// An editor's end. Starts closed.
pub struct CompressorReader {
    /// What goes into the compressor and leaves it.
    pub spectrum: SpectrumReader,
    /// What the bands did, in the order of the stream.
    pub bands: HistoryReader<BandHops>,
}

impl CompressorReader {
    /// Starts to listen: what came before is thrown away.
    pub fn open(&mut self) {
        self.spectrum.open();
        self.bands.open();
    }

    /// Stops listening.
    pub fn close(&mut self) {
        self.spectrum.close();
        self.bands.close();
    }
}
