//! Processors with parameters that are what they are: those that act in `prepare` alone.

use std::marker::PhantomData;

use runout_dsp_core::processor::{Processor, Spec, SpecError};

/// What stays as it is.
pub trait Kind<Params>: 'static {
    /// The parameters as they come but for what stays.
    fn held(params: &Params) -> Params;
}

/// A processor of one kind, whatever parameters it is given.
pub struct Fixed<P, K>(P, PhantomData<K>);

impl<P, K> Fixed<P, K> {
    pub fn new(processor: P) -> Self {
        Self(processor, PhantomData)
    }
}

impl<P: Processor, K: Kind<P::Params>> Processor for Fixed<P, K> {
    type Params = P::Params;

    fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError> {
        self.0.prepare(spec)
    }
    fn reset(&mut self) {
        self.0.reset();
    }
    fn latency(&self) -> usize {
        self.0.latency()
    }
    fn set_params(&mut self, params: &P::Params) {
        self.0.set_params(&K::held(params));
    }
    fn process(&mut self, channels: &mut [&mut [f32]]) {
        self.0.process(channels);
    }
}
