//! The equalizer in the chain: its switch, and whoever watches its spectrum.

use super::Switchable;
use crate::equalizer::Equalizer;
use crate::processor::{Spec, SpecError};
use crate::settings::EqualizerParams;
use crate::spectrum::{SpectrumReader, SpectrumTap};

/// The equalizer with its switch, and what is told of its input and output.
pub(super) struct Equalizing {
    module: Switchable<Equalizer>,
    tap: SpectrumTap,
    /// The reading end until someone takes it.
    reader: Option<SpectrumReader>,
}

impl Default for Equalizing {
    fn default() -> Self {
        let (tap, reader) = SpectrumTap::new();
        Self { module: Switchable::new(Equalizer::default()), tap, reader: Some(reader) }
    }
}

impl Equalizing {
    /// See [`Equalizer::use_worker`].
    pub fn use_worker(&mut self) {
        self.module.module_mut().use_worker();
    }

    /// The reading end of the spectrum, once.
    pub fn take_spectrum(&mut self) -> Option<SpectrumReader> {
        self.reader.take()
    }

    /// Changes over those who watch.
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

    /// See `Processor::set_params`; switches the module as they say.
    pub fn set_params(&mut self, params: &EqualizerParams) {
        self.module.set_params(params);
        self.module.set_enabled(params.enabled);
    }

    /// See `Processor::process`.
    pub fn process(&mut self, channels: &mut [&mut [f32]]) {
        self.tap.before(channels);
        self.module.process(channels);
        self.tap.after(channels);
    }
}
