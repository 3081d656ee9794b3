//! Another latency while the plugin plays, for hosts that do not activate anew for it (VST3).
//!
//! A thread of the instance prepares a second chain with the new settings. The audio thread feeds it beside the first
//! until it remembers all that it would, fades to it, lets it take the first one's place, and gives that back to the
//! thread to be freed. At most one chain is on its way; settings that change meanwhile are looked at again when it has
//! come. Frames of both are counted, so that nothing but the moment in which the second chain comes depends on the thread.

mod builder;
mod heir;
mod settling;
#[cfg(test)]
mod tests;

use runout_dsp_core::chain::{MasteringChain, Switchable};
use runout_dsp_core::planar::with_frames;
use runout_dsp_core::processor::Spec;
use runout_dsp_core::settings::{ChainSettings, Module};

use crate::latency_settings::LatencySettings;
use builder::{Builder, Plan};
use heir::Heir;

/// A product's chain behind the host's bypass.
pub type Chain = Switchable<MasteringChain>;

/// A chain of these modules. Allocates.
pub fn made(modules: &[Module]) -> Box<Chain> {
    let mut chain = MasteringChain::of(modules);
    chain.use_workers();
    Box::new(Switchable::new(chain))
}

/// What the host has set.
#[derive(Clone, Copy, Debug, Default)]
pub struct HostValues {
    /// The chain's parameters.
    pub settings: ChainSettings,
    /// Whether the host bypasses the plugin.
    pub is_bypassed: bool,
}

impl HostValues {
    /// Hands the values to a chain.
    pub fn apply(&self, chain: &mut Chain) {
        chain.set_params(&self.settings);
        chain.set_enabled(!self.is_bypassed);
    }

    /// Those that act where a chain is prepared.
    pub fn latency_settings(&self) -> LatencySettings {
        LatencySettings::of(&self.settings)
    }
}

/// The way from one chain to the next. Thread: `start`, `prepare` and the drop belong to the thread that sets up, all else
/// is the audio thread's, which neither allocates nor frees nor waits here.
pub struct HandOver {
    builder: Builder,
    spec: Spec,
    /// What the chain in force was prepared for.
    in_force: LatencySettings,
    /// Counts preparations: a chain that was asked for before the last one is of no use.
    generation: u64,
    /// Whether a chain is on its way.
    is_building: bool,
    /// The chain that is to take over.
    heir: Option<Box<Heir>>,
    /// What waits for its way back to the thread.
    spent: Option<Box<Heir>>,
}

impl HandOver {
    /// Starts the thread that prepares chains of these modules; `None` where the system has no thread left.
    pub fn start(modules: &'static [Module]) -> Option<Self> {
        let builder = Builder::start(modules)?;
        let spec = Spec { sample_rate: 0.0, max_block: 0, channels: 0 };
        let in_force = HostValues::default().latency_settings();
        Some(Self { builder, spec, in_force, generation: 0, is_building: false, heir: None, spent: None })
    }

    /// Begins anew with a chain that was prepared for this.
    pub fn prepare(&mut self, spec: &Spec, in_force: LatencySettings) {
        self.spec = *spec;
        self.in_force = in_force;
        self.generation += 1;
        self.heir = None;
    }

    /// Takes what the host has set.
    pub fn set(&mut self, values: &HostValues) {
        if let Some(heir) = &mut self.heir {
            heir.set(values);
        }
    }

    /// Processes a block with the chain in force, and with the next one where there is one.
    pub fn process(&mut self, chain: &mut Box<Chain>, values: &HostValues, channels: &mut [&mut [f32]]) {
        self.steer(values);
        let frames = channels.first().map_or(0, |channel| channel.len());
        let mut start = 0;
        while start < frames {
            let left = self.heir.as_ref().map_or(usize::MAX, |heir| heir.frames_until_change());
            let end = frames.min(start.saturating_add(left));
            with_frames(channels, start..end, |part| match &mut self.heir {
                Some(heir) => heir.process(chain, values, part),
                None => chain.process(part),
            });
            start = end;
            if self.heir.as_ref().is_some_and(|heir| heir.has_arrived()) {
                self.take_over(chain);
            }
        }
    }

    /// Before a reset, which ends the sound anyway: the next chain takes over at once, if it is the one wanted.
    pub fn arrive(&mut self, chain: &mut Box<Chain>, values: &HostValues) {
        self.steer(values);
        if let Some(heir) = &mut self.heir {
            heir.begin(values);
            self.take_over(chain);
        }
    }

    /// Takes what the thread has made, sends away what nobody wants, asks for what is wanted.
    fn steer(&mut self, values: &HostValues) {
        self.spent = self.spent.take().and_then(|spent| self.builder.give_back(spent));
        if self.spent.is_some() {
            return;
        }
        let wanted = values.latency_settings();
        if self.is_building
            && let Some(heir) = self.builder.take()
        {
            self.is_building = false;
            self.heir = Some(heir);
        }
        let is_stale = |heir: &mut Box<Heir>| {
            let is_of_use = heir.latency_settings == wanted && heir.generation == self.generation;
            // What is heard already is heard to the end of its fade.
            !is_of_use && !heir.is_heard()
        };
        if let Some(stale) = self.heir.take_if(is_stale) {
            self.spent = self.builder.give_back(stale);
        }
        if wanted != self.in_force && self.heir.is_none() && self.spent.is_none() && !self.is_building {
            let plan = Plan { generation: self.generation, spec: self.spec, values: *values };
            self.is_building = self.builder.ask(plan);
        }
    }

    /// Puts the next chain in the place of the one in force.
    fn take_over(&mut self, chain: &mut Box<Chain>) {
        let Some(mut heir) = self.heir.take() else { return };
        chain.module_mut().swap_watchers(heir.chain.module_mut());
        std::mem::swap(chain, &mut heir.chain);
        self.in_force = heir.latency_settings;
        self.spent = self.builder.give_back(heir);
    }
}
