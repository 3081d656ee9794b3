//! The multiband compressor.
//!
//! crossover -> each band: detector -> curve -> ballistics -> what its gain changes of it -> sum -> whole mix -> output gain
//!
//! The output is `(whole + mix * sum of (gain - 1) * band) * output gain`, where the whole is what the bands sum to: so at
//! rest it is the whole bit for bit, and a dry share needs no other path. With lookahead everything waits for 20 ms, and a
//! band's gains for as much less as its lookahead says.
//!
//! The dynamic kind has no crossovers in what is heard: see `dynamic`.
//!
//! Work is done in runs that do not cross the stream's grid of 64 frames, and parameters act from the next slot of the grid
//! on, so the result does not depend on how the stream is cut.

mod apply;
mod ballistics;
mod band;
mod boxcar;
mod computer;
mod config;
mod course;
mod crest;
mod detector;
mod dynamic;
mod engine;
mod hold;
mod hop;
mod key;
mod listening;
mod lookahead;
mod makeup;
mod motion;
pub mod picture;
mod telling;
#[cfg(test)]
mod tests;
mod voice;

pub use hop::{BandHop, BandHops, CAPACITY, CompressorReader};

use crate::dispatch::Instructions;
use crate::processor::{MASTERING_RATES_HZ, Processor, Spec, SpecError};
use crate::settings::CompressorParams;
use crate::telemetry::{HistoryReader, HistoryWriter, history};
use engine::Engine;

/// The numbers of channels that are mastered.
const CHANNELS: [usize; 2] = [1, 2];

/// Frames that are processed at once.
#[derive(Clone, Copy, Debug)]
struct Run {
    instructions: Instructions,
    /// How many, and where the first stands in the slot of the grid.
    frames: usize,
    place: usize,
    /// Whether someone watches what the bands do.
    is_watched: bool,
}

/// The compressor. [`CompressorParams::enabled`] is not its business: the chain switches it. Phase and lookahead act from
/// the next [`prepare`](Processor::prepare) on, for they move the latency.
pub struct Compressor {
    /// Set where a caller wants other instructions than the machine's best.
    instructions: Option<Instructions>,
    params: CompressorParams,
    engine: Option<Box<Engine>>,
    bands: HistoryWriter<BandHops>,
    /// The reading end until someone takes it.
    reader: Option<HistoryReader<BandHops>>,
}

impl Default for Compressor {
    fn default() -> Self {
        let (bands, reader) = history(CAPACITY);
        Self { instructions: None, params: CompressorParams::default(), engine: None, bands, reader: Some(reader) }
    }
}

impl Compressor {
    /// A compressor that computes with these instructions, which must be available: to compare sets of instructions.
    pub fn on(instructions: Instructions) -> Self {
        Self { instructions: Some(instructions), ..Self::default() }
    }

    /// The reading end of what the bands do; there is one, so a second call returns `None`.
    pub fn take_bands(&mut self) -> Option<HistoryReader<BandHops>> {
        self.reader.take()
    }

    /// Has those who watch this compressor watch `other`, and those who watch `other` this one. Never allocates. Audio
    /// thread.
    pub fn swap_watchers(&mut self, other: &mut Self) {
        std::mem::swap(&mut self.bands, &mut other.bands);
        std::mem::swap(&mut self.reader, &mut other.reader);
    }
}

impl Processor for Compressor {
    type Params = CompressorParams;

    fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError> {
        spec.check(MASTERING_RATES_HZ, &CHANNELS)?;
        let instructions = self.instructions.unwrap_or_else(Instructions::current);
        let mut engine = Box::new(Engine::new(spec, &self.params, instructions)?);
        engine.reset(&self.params);
        self.engine = Some(engine);
        Ok(())
    }

    fn reset(&mut self) {
        if let Some(engine) = &mut self.engine {
            engine.reset(&self.params);
        }
    }

    fn latency(&self) -> usize {
        self.engine.as_ref().map_or(0, |engine| engine.latency())
    }

    fn set_params(&mut self, params: &CompressorParams) {
        if *params == self.params {
            return;
        }
        self.params = *params;
        if let Some(engine) = &mut self.engine {
            engine.want(params);
        }
    }

    fn process(&mut self, channels: &mut [&mut [f32]]) {
        if let Some(engine) = &mut self.engine {
            engine.process(channels, &mut self.bands);
        }
    }
}
