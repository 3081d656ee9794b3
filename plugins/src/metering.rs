//! What is measured of an insert: loudness of what is heard, after the chain, bypassed or not.

use runout_dsp_core::loudness::Meter;
use runout_dsp_core::processor::{Processor, Spec, SpecError};

/// The measuring side of an insert; it never changes the sound.
#[derive(Default)]
pub struct Metering {
    meter: Meter,
    /// Whether the host's transport ran in the last block.
    was_playing: bool,
}

impl Metering {
    /// Allocates for `spec` and starts a new measurement. Not for the audio thread.
    ///
    /// # Errors
    /// Those of the meter.
    pub fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError> {
        self.meter.prepare(spec)
    }

    /// Notes whether the host's transport runs; where it starts, a new measurement begins if `resets`. To be called
    /// before a block. Audio thread.
    pub fn follow_transport(&mut self, is_playing: bool, resets: bool) {
        if is_playing && !self.was_playing && resets {
            self.meter.controls().reset();
        }
        self.was_playing = is_playing;
    }

    /// Measures what has just been processed. Audio thread.
    pub fn measure(&mut self, output: &mut [&mut [f32]]) {
        self.meter.process(output);
    }
}
