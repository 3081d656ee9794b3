//! The chain that is to take another's place: fed, then faded in.

use runout_dsp_core::planar::with_buffers;
use runout_dsp_core::processor::{Spec, SpecError};
use runout_dsp_core::settings::Module;
use runout_dsp_core::smooth::Fade;
use runout_dsp_core::units::frames_from_ms;

use super::builder::Plan;
use super::settling::settling_ms;
use super::{Chain, HostValues, made};
use crate::latency_settings::LatencySettings;

/// A chain on its way.
pub(super) struct Heir {
    /// The preparation that it was asked for in.
    pub generation: u64,
    /// What it was prepared for.
    pub latency_settings: LatencySettings,
    pub chain: Box<Chain>,
    /// The sound of the chain in force, one buffer a channel of `max_block` frames.
    sound: Vec<Vec<f32>>,
    /// Frames until it is heard.
    warm_up_frames: usize,
    /// From the chain in force to this one.
    fade: Fade,
    /// Whether it has processed a frame.
    has_begun: bool,
}

impl Heir {
    /// Makes and prepares one, to be fed for twice its latency, in which a kernel and a lookahead are full, and as long
    /// beyond that as it settles. Allocates.
    ///
    /// # Errors
    /// Those of the chain.
    pub fn new(modules: &[Module], plan: &Plan) -> Result<Box<Self>, SpecError> {
        let Spec { sample_rate, max_block, channels } = plan.spec;
        let mut chain = made(modules);
        plan.values.apply(&mut chain);
        chain.prepare(&plan.spec)?;
        let mut fade = Fade::new(false);
        fade.prepare(sample_rate);
        fade.aim(true);
        let settling_frames = frames_from_ms(settling_ms(&plan.values.settings.compressor), sample_rate);
        Ok(Box::new(Self {
            generation: plan.generation,
            latency_settings: plan.values.latency_settings(),
            sound: vec![vec![0.0; max_block]; channels],
            warm_up_frames: 2 * chain.latency() + settling_frames,
            chain,
            fade,
            has_begun: false,
        }))
    }

    /// Takes what the host has set. Before its first frame a chain would design a kernel for it at once, on the audio
    /// thread: it goes on from what it was prepared with instead.
    pub fn set(&mut self, values: &HostValues) {
        if self.has_begun {
            values.apply(&mut self.chain);
        }
    }

    /// Takes what the host has set since it was asked for.
    pub fn begin(&mut self, values: &HostValues) {
        if !self.has_begun {
            self.has_begun = true;
            values.apply(&mut self.chain);
        }
    }

    /// Whether it is heard.
    pub fn is_heard(&self) -> bool {
        self.warm_up_frames == 0
    }

    /// Whether it alone is heard.
    pub fn has_arrived(&self) -> bool {
        self.fade.is_at_second()
    }

    /// How many frames may pass before it is heard, or heard alone.
    pub fn frames_until_change(&self) -> usize {
        if self.is_heard() { self.fade.frames_left() } else { self.warm_up_frames }
    }

    /// Processes frames within one state with the chain in force, and fades.
    pub fn process(&mut self, in_force: &mut Chain, values: &HostValues, channels: &mut [&mut [f32]]) {
        let frames = channels.first().map_or(0, |channel| channel.len());
        for (sound, channel) in self.sound.iter_mut().zip(channels.iter()) {
            sound[..frames].copy_from_slice(channel);
        }
        self.chain.process(channels);
        let (is_heard, fade) = (self.is_heard(), &mut self.fade);
        with_buffers(&mut self.sound, frames, |sound| {
            in_force.process(sound);
            if is_heard {
                fade.mix(sound, channels);
            } else {
                channels.iter_mut().zip(sound).for_each(|(channel, sound)| channel.copy_from_slice(sound));
            }
        });
        self.begin(values);
        self.warm_up_frames = self.warm_up_frames.saturating_sub(frames);
    }
}
