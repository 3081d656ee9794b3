//! The contract of a processor: what every module of the chain promises to the audio thread.
//!
//! `prepare` allocates, everything after it neither allocates nor waits. The clauses are those of the design; the battery
//! in `tests/properties` asks each of them of every processor, over rates, block sizes and channel counts.

use std::fmt;

/// Latencies are multiples of this many frames at every rate, so that a grid of this many frames lies the same on the
/// signal in a module alone and in the chain.
pub const GRID_FRAMES: usize = 64;

/// Lowest and highest sample rate that a module which changes the sound accepts, Hz.
pub const MASTERING_RATES_HZ: (f64, f64) = (22_050.0, 384_000.0);

/// Lowest and highest sample rate that the meter accepts, Hz.
pub const METERING_RATES_HZ: (f64, f64) = (8_000.0, 384_000.0);

/// The most channels that any processor handles: 7.1.4.
pub const MAX_CHANNELS: usize = 12;

/// What a processor is prepared for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spec {
    /// Sample rate, Hz.
    pub sample_rate: f64,
    /// The most frames that one call of [`Processor::process`] brings; at least 1.
    pub max_block: usize,
    /// The number of channels that every call brings, 1 to [`MAX_CHANNELS`].
    pub channels: usize,
}

impl Spec {
    /// Checks this specification against the rates (Hz, inclusive) and the channel counts that a processor handles.
    ///
    /// # Errors
    /// [`SpecError`] names the first value that is out of range, and the range.
    pub fn check(&self, rates_hz: (f64, f64), channels: &[usize]) -> Result<(), SpecError> {
        if !(rates_hz.0..=rates_hz.1).contains(&self.sample_rate) {
            return Err(SpecError::SampleRate { found: self.sample_rate, lowest: rates_hz.0, highest: rates_hz.1 });
        }
        if self.max_block == 0 {
            return Err(SpecError::EmptyBlock);
        }
        if !channels.contains(&self.channels) {
            return Err(SpecError::Channels { found: self.channels, allowed: channels.to_vec() });
        }
        Ok(())
    }
}

/// Why a processor cannot be prepared.
#[derive(Clone, Debug, PartialEq)]
pub enum SpecError {
    /// The sample rate is out of range; all values in Hz.
    SampleRate {
        /// The rate asked for.
        found: f64,
        /// The lowest rate possible.
        lowest: f64,
        /// The highest rate possible.
        highest: f64,
    },
    /// The longest block has no frames.
    EmptyBlock,
    /// The number of channels is not one that the processor handles.
    Channels {
        /// The number asked for.
        found: usize,
        /// The numbers possible.
        allowed: Vec<usize>,
    },
}

impl fmt::Display for SpecError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SampleRate { found, lowest, highest } => {
                write!(formatter, "a sample rate of {found} Hz is out of range: {lowest} to {highest} Hz")
            }
            Self::EmptyBlock => write!(formatter, "the longest block must have at least 1 frame"),
            Self::Channels { found, allowed } => {
                let allowed: Vec<String> = allowed.iter().map(ToString::to_string).collect();
                write!(formatter, "{found} channels are not possible here: {}", allowed.join(", "))
            }
        }
    }
}

impl std::error::Error for SpecError {}

/// One module of the chain, or the chain itself.
///
/// Thread: `prepare` belongs to the thread that sets up, never to the audio thread; all else may be called on the audio
/// thread and never allocates, frees, locks, waits, logs, does input or output, or panics.
pub trait Processor {
    /// Plain musical values: dB, ms, Hz, ratios.
    type Params: Clone + Default + PartialEq + Send + 'static;

    /// Allocates and designs for `spec`, and ends as after [`reset`](Self::reset).
    ///
    /// # Errors
    /// [`SpecError`] if the rate, the block size or the number of channels is not possible; the processor is then as
    /// before.
    fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError>;

    /// Forgets the signal and keeps the parameters. Afterwards the processor cannot be told from a fresh one that was
    /// prepared alike and given the same parameters.
    fn reset(&mut self);

    /// The delay through the processor, in frames: a multiple of [`GRID_FRAMES`] that moves only in `prepare`.
    fn latency(&self) -> usize;

    /// Takes new parameters. Before the first frame after `prepare` or `reset` they act at once, later smoothed.
    fn set_params(&mut self, params: &Self::Params);

    /// Processes 0 to `max_block` frames in place. `channels` holds one slice a channel, all of one length. The result
    /// does not depend on how the stream is cut into calls.
    fn process(&mut self, channels: &mut [&mut [f32]]);
}
