//! The equalizer: up to 24 bands, linear phase or without latency.
//!
//! [`prototype`] holds the analog responses that both modes answer to. Linear phase: [`kernel`] designs a kernel whose
//! magnitude is the product of the prototypes, the convolver convolves with it in hops, and the linear path moves from
//! kernel to kernel at fixed positions of the stream. Without latency: [`zero_latency`], minimum phase.

pub mod kernel;
mod linear;
pub mod prototype;
pub mod zero_latency;

use crate::dispatch::Instructions;
use crate::processor::{Processor, Spec, SpecError};
use crate::settings::{EqualizerParams, EqualizerPhase};
use linear::LinearPhase;
use zero_latency::ZeroLatency;

#[cfg(test)]
mod tests;

/// The equalizer. [`EqualizerParams::enabled`] is not its business: the chain switches it. Phase and resolution act from
/// the next [`prepare`](Processor::prepare) on, for they move the latency.
#[derive(Default)]
pub struct Equalizer {
    /// Set where a caller wants other instructions than the machine's best.
    instructions: Option<Instructions>,
    /// Whether a thread designs kernels while parameters move.
    threaded: bool,
    params: EqualizerParams,
    path: Option<Path>,
}

/// The way through the equalizer that was prepared.
enum Path {
    Linear(Box<LinearPhase>),
    ZeroLatency(Box<ZeroLatency>),
}

impl Equalizer {
    /// An equalizer that computes with these instructions, which must be available: to compare sets of instructions.
    pub fn on(instructions: Instructions) -> Self {
        Self { instructions: Some(instructions), ..Self::default() }
    }

    /// Designs kernels on a thread of its own from the next [`prepare`](Processor::prepare) on, so that the audio thread
    /// is spared; the result is the same bit for bit. For hosts that play in real time.
    pub fn use_worker(&mut self) {
        self.threaded = true;
    }
}

impl Processor for Equalizer {
    type Params = EqualizerParams;

    fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError> {
        let instructions = self.instructions.unwrap_or_else(Instructions::current);
        self.path = Some(match self.params.phase {
            EqualizerPhase::Linear => {
                Path::Linear(Box::new(LinearPhase::new(spec, &self.params, instructions, self.threaded)?))
            }
            EqualizerPhase::Minimum => {
                let mut path = Box::new(ZeroLatency::on(instructions));
                path.set_params(&self.params);
                path.prepare(spec)?;
                Path::ZeroLatency(path)
            }
        });
        Ok(())
    }

    fn reset(&mut self) {
        match &mut self.path {
            Some(Path::Linear(path)) => path.reset(),
            Some(Path::ZeroLatency(path)) => path.reset(),
            None => {}
        }
    }

    fn latency(&self) -> usize {
        match &self.path {
            Some(Path::Linear(path)) => path.latency(),
            Some(Path::ZeroLatency(_)) | None => 0,
        }
    }

    fn set_params(&mut self, params: &EqualizerParams) {
        if *params == self.params {
            return;
        }
        self.params = *params;
        match &mut self.path {
            Some(Path::Linear(path)) => path.set_params(params),
            Some(Path::ZeroLatency(path)) => path.set_params(params),
            None => {}
        }
    }

    fn process(&mut self, channels: &mut [&mut [f32]]) {
        match &mut self.path {
            Some(Path::Linear(path)) => path.process(channels),
            Some(Path::ZeroLatency(path)) => path.process(channels),
            None => {}
        }
    }
}
