//! What comes last, at the rate of what is delivered: the ceiling and the word length.
//!
//! A limited signal that is converted to another rate overshoots its ceiling, by a few hundredths to tenths of a dB where it
//! is loud: what the filter took away had held the rest down, and samples lie elsewhere. The limiter runs again, without
//! gain: where nothing is over the ceiling it gives back its input bit for bit.

mod rendering;

use std::path::Path;

use runout_dsp_core::chain::{ChainMonitor, MasteringChain};
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{BitDepth, ChainSettings, Dither, LimiterParams, Module};

use crate::audio_source::{AudioFormat, AudioSource, SampleDepth};
use crate::failure::Failure;
pub use rendering::Rendering;

/// A source held under a chain's ceiling and quantized as its output stage says: latency trimmed, length kept.
pub struct Finished<'a> {
    rendering: Rendering<'a, MasteringChain>,
}

impl<'a> Finished<'a> {
    /// Finishes a mono or stereo source at 22.05 to 384 kHz; `path` is what messages name. Of the settings the limiter acts
    /// if it is enabled, as it is set but without input gain, and the output stage with its bit depth and its dither, which
    /// must be settled (`auto` rounds).
    ///
    /// # Errors
    /// [`Failure`] where the chain does not take the rate or the channels.
    pub fn new(path: &Path, source: Box<dyn AudioSource + 'a>, settings: &ChainSettings) -> Result<Self, Failure> {
        let limiter = LimiterParams { input_gain_db: 0.0, ..settings.limiter };
        let settings = ChainSettings { limiter, output: settings.output, ..ChainSettings::default() };
        if limiter.enabled {
            return Self::with_limiter(path, source, &settings);
        }
        Self::with_modules(&[], path, source, &settings)
    }

    fn with_limiter(path: &Path, source: Box<dyn AudioSource + 'a>, settings: &ChainSettings) -> Result<Self, Failure> {
        Self::with_modules(&[Module::Limiter], path, source, settings)
    }

    fn with_modules(
        modules: &[Module],
        path: &Path,
        source: Box<dyn AudioSource + 'a>,
        settings: &ChainSettings,
    ) -> Result<Self, Failure> {
        let format = *source.format();
        let mut chain = MasteringChain::of(modules);
        chain.set_params(settings);
        let spec = Spec {
            sample_rate: f64::from(format.sample_rate_hz),
            max_block: rendering::BLOCK_FRAMES,
            channels: format.channels,
        };
        chain.prepare(&spec).map_err(|error| Failure::about(path, error))?;
        let depth = settings.output.bit_depth.bits().map_or(SampleDepth::Float(32), SampleDepth::Integer);
        Ok(Self { rendering: Rendering::new(source, chain, AudioFormat { depth, ..format }) })
    }

    /// Holds a source under limiters that change along its way: `changes` are the limiters as they are set, without input
    /// gain, and the frames from which they act, ascending, the first from 0.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn under(
        path: &Path,
        source: Box<dyn AudioSource + 'a>,
        changes: &[(u64, LimiterParams)],
    ) -> Result<Self, Failure> {
        let settings = |limiter: LimiterParams| {
            let mut settings = ChainSettings { limiter, ..ChainSettings::default() };
            (settings.output.bit_depth, settings.output.dither) = (BitDepth::Float, Dither::None);
            settings
        };
        let first = changes.first().map_or_else(LimiterParams::default, |(_, limiter)| *limiter);
        let mut finished = Self::with_limiter(path, source, &settings(first))?;
        finished
            .rendering
            .change(changes.iter().skip(1).map(|(frame, limiter)| (*frame, settings(*limiter))).collect());
        Ok(finished)
    }

    /// The reader of what the limiter takes away; there is one, so a second call returns `None`.
    pub fn take_monitor(&mut self) -> Option<ChainMonitor> {
        self.rendering.chain_mut().take_monitor()
    }
}

impl AudioSource for Finished<'_> {
    fn format(&self) -> &AudioFormat {
        self.rendering.format()
    }

    fn read(&mut self, planes: &mut [&mut [f32]]) -> Result<usize, Failure> {
        self.rendering.read(planes)
    }
}
