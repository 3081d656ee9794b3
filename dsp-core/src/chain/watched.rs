//! A module in the chain: its switch, and whoever watches its spectrum.

use super::Switchable;
use crate::processor::{Processor, Spec, SpecError};
use crate::spectrum::{SpectrumReader, SpectrumTap};

/// A module with its switch, and what is told of its input and output.
pub(super) struct Watched<P> {
    module: Switchable<P>,
    tap: SpectrumTap,
    /// The reading end until someone takes it.
    reader: Option<SpectrumReader>,
}

impl<P: Processor + Default> Default for Watched<P> {
    fn default() -> Self {
        let (tap, reader) = SpectrumTap::new();
        Self { module: Switchable::new(P::default()), tap, reader: Some(reader) }
    }
}

impl<P: Processor> Watched<P> {
    /// The module inside, to set what is not among its parameters.
    pub fn module_mut(&mut self) -> &mut P {
        self.module.module_mut()
    }

    /// The reading end of the spectrum, once.
    pub fn take_spectrum(&mut self) -> Option<SpectrumReader> {
        self.reader.take()
    }

    /// Changes over those who watch the spectrum.
    pub fn swap_watchers(&mut self, other: &mut Self) {
        std::mem::swap(&mut self.tap, &mut other.tap);
        std::mem::swap(&mut self.reader, &mut other.reader);
    }

    /// See `Processor::prepare`.
    pub fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError> {
        self.module.prepare(spec)
    }

    /// See `Processor::reset`.
    pub fn reset(&mut self) {
        self.module.reset();
    }

    /// See `Processor::latency`.
    pub fn latency(&self) -> usize {
        self.module.latency()
    }

    /// See `Processor::set_params`; switches the module in or out.
    pub fn set_params(&mut self, params: &P::Params, enabled: bool) {
        self.module.set_params(params);
        self.module.set_enabled(enabled);
    }

    /// See [`Switchable::set_delta`].
    pub fn set_delta(&mut self, only_delta: bool) {
        self.module.set_delta(only_delta);
    }

    /// See `Processor::process`.
    pub fn process(&mut self, channels: &mut [&mut [f32]]) {
        self.tap.before(channels);
        self.module.process(channels);
        self.tap.after(channels);
    }
}
