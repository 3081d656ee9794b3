//! What the chain tells of itself to one reader in another thread: the command's report.

use crate::telemetry::LevelReader;

/// The reading end.
pub struct ChainMonitor {
    gain_reduction: LevelReader,
}

impl ChainMonitor {
    pub(super) fn new(gain_reduction: LevelReader) -> Self {
        Self { gain_reduction }
    }

    /// The deepest gain reduction since the last call, dB, 0 or below. Never waits.
    pub fn take_gain_reduction_db(&self) -> f32 {
        self.gain_reduction.take()
    }
}
