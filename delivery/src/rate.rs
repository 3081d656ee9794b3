//! A stream at another sample rate.
//!
//! blocks of the source -> f64 -> transform, anti-alias filter and transform back (`rate/engine`) -> f32, the filter's
//! delay trimmed and the length kept.
//!
//! The filter is linear-phase and as long as its block. Its transition ends at the lower of the two Nyquist frequencies, so
//! that nothing folds back, and begins at 0.94 of it or higher, so that 20 kHz at a rate of 44.1 kHz is untouched. Blocks
//! always begin at the same frames of the source: the result does not depend on how it is read.

mod engine;

use std::path::Path;

use runout_dsp_core::processor::MASTERING_RATES_HZ;

use crate::audio_source::{AudioFormat, AudioSource, SampleDepth};
use crate::failure::Failure;
use engine::Engine;

/// A source at another rate: an impulse at its frame p appears at p * to / from; there are round(frames * to / from)
/// frames, and one at least. At the source's own rate it is the source, bit for bit.
pub struct Converted<'a> {
    source: Box<dyn AudioSource + 'a>,
    format: AudioFormat,
    /// `None` where the rate stays.
    engine: Option<Engine>,
}

impl<'a> Converted<'a> {
    /// Converts a source of any number of channels to a rate in Hz; `path` is what messages name. Both rates are 22.05 to
    /// 384 kHz. Samples that are not finite or are above +120 dBFS count as silence.
    ///
    /// # Errors
    /// [`Failure`] where a rate is out of range.
    pub fn new(path: &Path, source: Box<dyn AudioSource + 'a>, to_hz: u32) -> Result<Self, Failure> {
        let from = *source.format();
        if from.sample_rate_hz == to_hz {
            return Ok(Self { source, format: from, engine: None });
        }
        let (lowest, highest) = MASTERING_RATES_HZ;
        for rate_hz in [from.sample_rate_hz, to_hz] {
            if !(lowest..=highest).contains(&f64::from(rate_hz)) {
                return Err(Failure::about(
                    path,
                    format_args!("cannot be converted from or to {rate_hz} Hz: {lowest} to {highest} Hz can"),
                ));
            }
        }
        let engine = Engine::new(from.sample_rate_hz, to_hz, from.channels)
            .map_err(|error| Failure::about(path, format_args!("cannot be converted to {to_hz} Hz: {error}")))?;
        let format = AudioFormat {
            sample_rate_hz: to_hz,
            channels: from.channels,
            frames: from.frames.map(|frames| converted_frames(frames, from.sample_rate_hz, to_hz)),
            depth: SampleDepth::Float(32),
        };
        Ok(Self { source, format, engine: Some(engine) })
    }
}

impl AudioSource for Converted<'_> {
    fn format(&self) -> &AudioFormat {
        &self.format
    }

    fn read(&mut self, planes: &mut [&mut [f32]]) -> Result<usize, Failure> {
        match &mut self.engine {
            Some(engine) => engine.read(self.source.as_mut(), planes),
            None => self.source.read(planes),
        }
    }
}

/// How many frames there are after conversion: to the nearest, halves up; one at least of what holds any, for a file without
/// a frame is none.
pub fn converted_frames(frames: u64, from_hz: u32, to_hz: u32) -> u64 {
    let (from, to) = (u128::from(from_hz), u128::from(to_hz));
    let converted = (u128::from(frames) * to + from / 2) / from.max(1);
    u64::try_from(converted).unwrap_or(u64::MAX).max(frames.min(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_round_to_the_nearest_frame() {
        assert_eq!(converted_frames(0, 96_000, 44_100), 0);
        assert_eq!(converted_frames(1, 96_000, 44_100), 1, "0.46 frames are one all the same");
        assert_eq!(converted_frames(320, 96_000, 44_100), 147);
        assert_eq!(converted_frames(3, 96_000, 48_000), 2, "a half goes up");
        assert_eq!(converted_frames(u64::MAX, 22_050, 384_000), u64::MAX);
    }
}
