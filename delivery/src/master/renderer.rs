//! The chain over all of a material, as often as needed.
//!
//! material -> chain, and where another rate is wanted: -> float -> converter -> limiter again and output stage at that rate.

use std::path::Path;
use std::sync::Arc;

use runout_dsp_core::chain::{ChainMonitor, MasteringChain};
use runout_dsp_core::offline::{self, BLOCK_FRAMES, RenderError};
use runout_dsp_core::planar::{with_buffers, with_frames};
use runout_dsp_core::processor::{MASTERING_RATES_HZ, Processor, Spec};
use runout_dsp_core::settings::{BitDepth, ChainSettings, Module, OutputParams};

use crate::audio_source::{self, AudioFormat, AudioSource};
use crate::failure::Failure;
use crate::finish::{Finished, Rendering};
use crate::interrupt;
use crate::material::Material;
use crate::progress::Progress;
use crate::rate::Converted;

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
    /// What comes out: the material's rate and channels, or another rate.
    delivered: AudioFormat,
    spec: Spec,
    chain: MasteringChain,
    monitor: Option<ChainMonitor>,
    /// Of the limiter after the conversion.
    finishing: Option<ChainMonitor>,
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
        Ok(Self { delivered: *format, material, spec, chain, monitor, finishing: None, passes: 0 })
    }

    /// Converts what the chain gives to a rate in Hz, 22.05 to 384 kHz, and keeps its ceiling there. The material's own rate
    /// changes nothing.
    pub fn at_rate(mut self, to_hz: u32) -> Self {
        self.delivered.sample_rate_hz = to_hz;
        self
    }

    /// What is rendered.
    pub fn material(&self) -> &dyn Material {
        self.material.as_ref()
    }

    /// The rate and the channels of what comes out.
    pub fn delivered(&self) -> &AudioFormat {
        &self.delivered
    }

    /// Whether what comes out has another rate than the material.
    pub fn converts(&self) -> bool {
        self.delivered.sample_rate_hz != self.material.format().sample_rate_hz
    }

    /// The chain's latency, frames.
    pub fn latency_frames(&self) -> usize {
        self.chain.latency()
    }

    /// The deepest gain reduction of the limiter since this was last asked, dB, 0 or below.
    pub fn take_gain_reduction_db(&self) -> f64 {
        self.monitor.as_ref().map_or(0.0, |monitor| f64::from(monitor.take_gain_reduction_db()))
    }

    /// The same of the limiter after the conversion, in the last pass; `None` where it does not run.
    pub fn take_finishing_reduction_db(&self) -> Option<f64> {
        self.finishing.as_ref().map(|monitor| f64::from(monitor.take_gain_reduction_db()))
    }

    /// How many passes over the whole material were made.
    pub fn passes(&self) -> u32 {
        self.passes
    }

    /// Renders from the chain's fresh state: `sink` gets as many frames as the material has, or as many as
    /// take as long at the other rate, the latency trimmed. Returns their number.
    ///
    /// # Errors
    /// The material cannot be read again, `sink` refuses, or the user interrupts.
    pub fn run(
        &mut self,
        settings: &ChainSettings,
        progress: &Progress,
        mut sink: impl FnMut(&mut [&mut [f32]]) -> Result<(), Failure>,
    ) -> Result<u64, Failure> {
        if self.converts() {
            let frames = self.run_converted(settings, progress, sink)?;
            self.passes += 1;
            return Ok(frames);
        }
        let mut source = Counted { source: self.material.open()?, progress };
        self.chain.reset();
        self.chain.set_params(settings);
        let pull = |block: &mut [&mut [f32]]| source.read(block);
        let (material, mut position) = (self.material.as_ref(), 0);
        let shaped = |block: &mut [&mut [f32]]| {
            material.shape(position, block);
            position += block.first().map_or(0, |plane| plane.len()) as u64;
            sink(block)
        };
        let frames = offline::render(&mut self.chain, &self.spec, pull, shaped).map_err(|error| match error {
            RenderError::Source(failure) | RenderError::Sink(failure) => failure,
        })?;
        self.passes += 1;
        Ok(frames)
    }

    /// As [`Self::run`], at another rate.
    fn run_converted(
        &mut self,
        settings: &ChainSettings,
        progress: &Progress,
        mut sink: impl FnMut(&mut [&mut [f32]]) -> Result<(), Failure>,
    ) -> Result<u64, Failure> {
        let path = self.material.path();
        let counted = Counted { source: self.material.open()?, progress };
        // Quantized once, at the end.
        let output = OutputParams { bit_depth: BitDepth::Float, ..settings.output };
        self.chain.reset();
        self.chain.set_params(&ChainSettings { output, ..*settings });
        let chained = Rendering::new(Box::new(counted), &mut self.chain, *self.material.format());
        let converted = Converted::new(path, Box::new(chained), self.delivered.sample_rate_hz)?;
        let mut finished = Finished::new(path, Box::new(converted), settings)?;
        self.finishing = finished.take_monitor().filter(|_| settings.limiter.enabled);
        let mut buffers = vec![vec![0f32; BLOCK_FRAMES]; self.spec.channels];
        let mut frames = 0;
        loop {
            let read = with_buffers(&mut buffers, BLOCK_FRAMES, |block| -> Result<usize, Failure> {
                let read = finished.read(block)?;
                if read > 0 {
                    with_frames(block, 0..read, &mut sink)?;
                }
                Ok(read)
            })?;
            if read == 0 {
                return Ok(frames);
            }
            frames += read as u64;
        }
    }
}

/// A source that tells how far it is, and ends when the user wants to.
struct Counted<'a> {
    source: Box<dyn AudioSource>,
    progress: &'a Progress,
}

impl AudioSource for Counted<'_> {
    fn format(&self) -> &AudioFormat {
        self.source.format()
    }

    fn read(&mut self, planes: &mut [&mut [f32]]) -> Result<usize, Failure> {
        interrupt::check()?;
        let read = self.source.read(planes)?;
        self.progress.advance(read as u64);
        Ok(read)
    }
}
