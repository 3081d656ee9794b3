//! The stereo imager.
//!
//! crossover -> each band: width, what is decorrelated -> side: high-passes, gain -> mid: gain -> rotation -> balance
//!
//! The output is the whole, which is what the bands sum to, plus what is changed of its middle and of its sides; so at rest
//! it is the whole bit for bit. Width, decorrelation, mono bass and the side's own settings touch only the side,
//! so the sum of both channels stays what it was. A mono signal is all middle: of the settings only the middle's gain acts.
//!
//! Work is done in runs that do not cross the stream's grid of 64 frames, and parameters act from the next slot of the grid
//! on, so the result does not depend on how the stream is cut.

mod decorrelator;
mod engine;
mod high_pass;
mod motion;
mod section;
mod shape;
#[cfg(test)]
mod tests;

pub use decorrelator::RING_MS;

use crate::dispatch::Instructions;
use crate::processor::{MASTERING_RATES_HZ, Processor, Spec, SpecError};
use crate::settings::ImagerParams;
use engine::Engine;

/// The numbers of channels that are mastered.
const CHANNELS: [usize; 2] = [1, 2];

/// The imager. [`ImagerParams::enabled`] is not its business: the chain switches it. The phase acts from the next
/// [`prepare`](Processor::prepare) on, for it moves the latency.
#[derive(Default)]
pub struct Imager {
    /// Set where a caller wants other instructions than the machine's best.
    instructions: Option<Instructions>,
    params: ImagerParams,
    engine: Option<Box<Engine>>,
}

impl Imager {
    /// An imager that computes with these instructions, which must be available: to compare sets of instructions.
    pub fn on(instructions: Instructions) -> Self {
        Self { instructions: Some(instructions), ..Self::default() }
    }
}

impl Processor for Imager {
    type Params = ImagerParams;

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

    fn set_params(&mut self, params: &ImagerParams) {
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
            engine.process(channels);
        }
    }
}
