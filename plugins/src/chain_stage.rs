//! The mastering chain as a stage: switched out by the host's bypass without moving the latency, and moved to another
//! latency as the host allows it.

#[cfg(test)]
mod tests;

use runout_dsp_core::processor::{Spec, SpecError};
use runout_dsp_core::settings::{ChainSettings, Module};
use runout_dsp_core::timeline::Activity;

use crate::hand_over::{Chain, HandOver, HostValues, made};
use crate::latency_settings::LatencySettings;
use crate::stage::{LatencyChange, Readers, Stage};
use crate::tail::ring_frames;

/// A product's chain.
pub struct ChainStage {
    modules: &'static [Module],
    chain: Box<Chain>,
    values: HostValues,
    /// What the chain was prepared for.
    prepared: LatencySettings,
    /// What the host was last asked to activate anew for.
    asked: LatencySettings,
    /// Set where the host goes on instead.
    hand_over: Option<HandOver>,
    sample_rate: f64,
    /// What the chain remembers beyond its latency.
    ring_frames: usize,
}

impl ChainStage {
    /// Looks how long what is set rings.
    fn take_ring(&mut self) {
        self.ring_frames = ring_frames(self.modules, &self.values.settings, self.sample_rate);
    }

    /// Starts or ends the thread that prepares chains; where the system has none left, the latency stays until the next
    /// activation. Not for the audio thread.
    fn keep_hand_over(&mut self, change: LatencyChange) {
        if change == LatencyChange::ByRestart || !LatencySettings::are_of(self.modules) {
            self.hand_over = None;
        } else if self.hand_over.is_none() {
            self.hand_over = HandOver::start(self.modules);
        }
    }
}

impl Stage for ChainStage {
    fn new(modules: &'static [Module]) -> Self {
        let values = HostValues::default();
        let standing = values.latency_settings();
        Self {
            modules,
            chain: made(modules),
            values,
            prepared: standing,
            asked: standing,
            hand_over: None,
            sample_rate: 0.0,
            ring_frames: 0,
        }
    }

    fn take_readers(&mut self) -> Readers {
        let chain = self.chain.module_mut();
        Readers { spectrum: chain.take_spectrum(), compressor: chain.take_compressor() }
    }

    fn prepare(&mut self, spec: &Spec, change: LatencyChange) -> Result<(), SpecError> {
        self.chain.prepare(spec)?;
        self.prepared = self.values.latency_settings();
        self.asked = self.prepared;
        self.sample_rate = spec.sample_rate;
        self.take_ring();
        self.keep_hand_over(change);
        if let Some(hand_over) = &mut self.hand_over {
            hand_over.prepare(spec, self.prepared);
        }
        Ok(())
    }

    fn reset(&mut self) {
        if let Some(hand_over) = &mut self.hand_over {
            hand_over.arrive(&mut self.chain, &self.values);
        }
        self.chain.reset();
    }

    fn latency(&self) -> usize {
        self.chain.latency()
    }

    fn tail(&self) -> usize {
        self.chain.latency() + self.ring_frames
    }

    fn set(&mut self, settings: &ChainSettings, is_bypassed: bool) {
        let before = &self.values.settings;
        let rings_anew = settings.equalizer != before.equalizer || settings.compressor != before.compressor;
        self.values = HostValues { settings: *settings, is_bypassed };
        if rings_anew {
            self.take_ring();
        }
        self.values.apply(&mut self.chain);
        if let Some(hand_over) = &mut self.hand_over {
            hand_over.set(&self.values);
        }
    }

    fn take_restart(&mut self) -> bool {
        let wanted = self.values.latency_settings();
        if self.hand_over.is_some() || wanted == self.asked {
            return false;
        }
        self.asked = wanted;
        // Back at what it was prepared for there is nothing to ask for.
        wanted != self.prepared
    }

    fn process(&mut self, channels: &mut [&mut [f32]]) {
        match &mut self.hand_over {
            Some(hand_over) => hand_over.process(&mut self.chain, &self.values, channels),
            None => self.chain.process(channels),
        }
    }

    fn take_activity(&mut self) -> Activity {
        self.chain.take_activity()
    }
}
