//! The chain over all of a material, as often as needed.

use std::path::Path;
use std::sync::Arc;

use runout_dsp_core::chain::{ChainMonitor, MasteringChain};
use runout_dsp_core::offline::{self, BLOCK_FRAMES, RenderError};
use runout_dsp_core::processor::{MASTERING_RATES_HZ, Processor, Spec};
use runout_dsp_core::settings::{ChainSettings, Module};

use crate::audio_source::{self, AudioFormat};
use crate::failure::Failure;
use crate::interrupt;
use crate::material::Material;
use crate::progress::Progress;

/// The format of a mix that can be mastered.
///
/// # Errors
/// [`Failure`] where the file cannot be read, or has a rate or a number of channels that the chain does not take.
pub fn checked_format(mix: &Path) -> Result<AudioFormat, Failure> {
    let format = *audio_source::open(mix)?.format();
    let (lowest, highest) = MASTERING_RATES_HZ;
    if !(lowest..=highest).contains(&f64::from(format.sample_rate_hz)) {
        return Err(Failure::about(
            mix,
            format_args!("has a sample rate of {} Hz: {lowest} to {highest} Hz can be mastered", format.sample_rate_hz),
        ));
    }
    if format.channels > 2 {
        return Err(Failure::about(
            mix,
            format_args!("has {} channels: mono and stereo can be mastered, more only measured", format.channels),
        ));
    }
    Ok(format)
}

/// A chain that is prepared for a material.
pub struct Renderer {
    material: Arc<dyn Material>,
    spec: Spec,
    chain: MasteringChain,
    monitor: Option<ChainMonitor>,
    passes: u32,
}

impl Renderer {
    /// Prepares a chain for a material, mono or stereo at 22.05 to 384 kHz, and for these settings: some, such as the
    /// equalizer's resolution, act only from here on.
    ///
    /// # Errors
    /// [`Failure`] where the chain does not take the rate or the channels.
    pub fn new(material: Arc<dyn Material>, settings: &ChainSettings) -> Result<Self, Failure> {
        let format = material.format();
        let spec =
            Spec { sample_rate: f64::from(format.sample_rate_hz), max_block: BLOCK_FRAMES, channels: format.channels };
        // A module at rest would only delay, and with it the place where the dither's noise begins: without it a render is
        // that of the plugins which have none, to the last bit of the file.
        let is_at_work = |module: &Module| match module {
            Module::Equalizer => !settings.equalizer.is_neutral(),
            Module::Compressor => !settings.compressor.is_neutral(),
            Module::Imager => !settings.imager.is_neutral(),
            Module::Input | Module::Limiter | Module::Output => true,
        };
        let modules: Vec<Module> = Module::ALL.into_iter().filter(is_at_work).collect();
        let mut chain = MasteringChain::of(&modules);
        chain.set_params(settings);
        chain.prepare(&spec).map_err(|error| Failure::about(material.path(), error))?;
        let monitor = chain.take_monitor();
        Ok(Self { material, spec, chain, monitor, passes: 0 })
    }

    /// What is rendered.
    pub fn material(&self) -> &dyn Material {
        self.material.as_ref()
    }

    /// The chain's latency, frames.
    pub fn latency_frames(&self) -> usize {
        self.chain.latency()
    }

    /// The deepest gain reduction of the limiter since this was last asked, dB, 0 or below.
    pub fn take_gain_reduction_db(&self) -> f64 {
        self.monitor.as_ref().map_or(0.0, |monitor| f64::from(monitor.take_gain_reduction_db()))
    }

    /// How many passes over the whole material were made.
    pub fn passes(&self) -> u32 {
        self.passes
    }

    /// Renders from the chain's fresh state: `sink` gets as many frames as the material has, the latency trimmed.
    /// Returns their number.
    ///
    /// # Errors
    /// The material cannot be read again, `sink` refuses, or the user interrupts.
    pub fn run(
        &mut self,
        settings: &ChainSettings,
        progress: &Progress,
        sink: impl FnMut(&mut [&mut [f32]]) -> Result<(), Failure>,
    ) -> Result<u64, Failure> {
        let mut source = self.material.open()?;
        self.chain.reset();
        self.chain.set_params(settings);
        let pull = |block: &mut [&mut [f32]]| {
            interrupt::check()?;
            let read = source.read(block)?;
            progress.advance(read as u64);
            Ok(read)
        };
        let frames = offline::render(&mut self.chain, &self.spec, pull, sink).map_err(|error| match error {
            RenderError::Source(failure) | RenderError::Sink(failure) => failure,
        })?;
        self.passes += 1;
        Ok(frames)
    }
}
