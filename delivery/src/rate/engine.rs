//! The conversion itself, by rubato's synchronous converter.
//!
//! One block of the source is transformed with as many zeros behind it, multiplied by the filter's transform, cut (or
//! widened with zeros) to the other rate's length, transformed back and added to what the blocks before rang.

use rubato::audioadapter_buffers::direct::SequentialSliceOfVecs;
use rubato::{Fft, FixedSync, Resampler, ResamplerConstructionError, WindowFunction};
use runout_dsp_core::entrance::silence_invalid;
use runout_dsp_core::planar::with_buffers;

use super::converted_frames;
use crate::audio_source::AudioSource;
use crate::failure::Failure;

/// The least frames of a block at the lower rate, which are the zero crossings of the filter: its transition is 27.5 / 512
/// of the lower Nyquist frequency wide.
const LEAST_BLOCK_FRAMES: u32 = 512;
/// The squared window of Blackman and Harris: side lobes below -180 dB.
const WINDOW: WindowFunction = WindowFunction::BlackmanHarris2;

/// A converter between two rates, and where it is in its stream.
pub struct Engine {
    converter: Fft<f64>,
    from_hz: u32,
    to_hz: u32,
    /// One block as it was read.
    read: Vec<Vec<f32>>,
    /// One block into the converter and out of it, frames of each.
    input: Vec<Vec<f64>>,
    output: Vec<Vec<f64>>,
    /// The next frame of `output` to be given.
    next: usize,
    /// Frames still to be dropped: the filter's delay.
    to_trim: usize,
    /// Frames read and given so far.
    frames_read: u64,
    frames_given: u64,
    /// Frames in all, once the source has ended.
    frames: Option<u64>,
}

impl Engine {
    /// A converter between two different rates in Hz.
    ///
    /// # Errors
    /// The converter refuses the rates.
    pub fn new(from_hz: u32, to_hz: u32, channels: usize) -> Result<Self, ResamplerConstructionError> {
        let [from, _] = block_frames(from_hz, to_hz);
        let both = FixedSync::Both;
        let converter = Fft::new_custom(from_hz as usize, to_hz as usize, from, 1, channels, WINDOW, both)?;
        let (from, to) = (converter.input_frames_next(), converter.output_frames_next());
        Ok(Self {
            to_trim: converter.output_delay(),
            converter,
            from_hz,
            to_hz,
            read: vec![vec![0.0; from]; channels],
            input: vec![vec![0.0; from]; channels],
            output: vec![vec![0.0; to]; channels],
            next: to,
            frames_read: 0,
            frames_given: 0,
            frames: None,
        })
    }

    /// As [`AudioSource::read`], from this source at the other rate.
    ///
    /// # Errors
    /// Those of the source.
    pub fn read(&mut self, source: &mut dyn AudioSource, planes: &mut [&mut [f32]]) -> Result<usize, Failure> {
        let wanted = planes.first().map_or(0, |plane| plane.len());
        let mut filled = 0;
        while filled < wanted {
            let left = self.frames.map_or(u64::MAX, |frames| frames.saturating_sub(self.frames_given));
            let there = self.output.first().map_or(0, Vec::len) - self.next;
            let length = (wanted - filled).min(there).min(usize::try_from(left).unwrap_or(usize::MAX));
            if left == 0 {
                break;
            }
            if length == 0 {
                self.convert(source)?;
                continue;
            }
            for (plane, output) in planes.iter_mut().zip(&self.output) {
                let given = &output[self.next..self.next + length];
                plane[filled..filled + length].iter_mut().zip(given).for_each(|(to, from)| *to = *from as f32);
            }
            self.next += length;
            self.frames_given += length as u64;
            filled += length;
        }
        Ok(filled)
    }

    /// Converts the next block, with silence beyond the source's end.
    fn convert(&mut self, source: &mut dyn AudioSource) -> Result<(), Failure> {
        let block = self.read.first().map_or(0, Vec::len);
        let mut read = 0;
        if self.frames.is_none() {
            read = with_buffers(&mut self.read, block, |planes| source.read(planes))?;
            with_buffers(&mut self.read, read, silence_invalid);
            self.frames_read += read as u64;
            if read < block {
                self.frames = Some(converted_frames(self.frames_read, self.from_hz, self.to_hz));
            }
        }
        for (input, samples) in self.input.iter_mut().zip(&self.read) {
            input.iter_mut().zip(samples).for_each(|(to, from)| *to = f64::from(*from));
            input[read..].fill(0.0);
        }
        let channels = self.input.len();
        let frames = self.output.first().map_or(0, Vec::len);
        let refused =
            |error: &dyn std::fmt::Display| Failure::new(format!("the sample rate converter failed: {error}"));
        let input = SequentialSliceOfVecs::new(&self.input, channels, block).map_err(|error| refused(&error))?;
        let mut output =
            SequentialSliceOfVecs::new_mut(&mut self.output, channels, frames).map_err(|error| refused(&error))?;
        self.converter.process_into_buffer(&input, &mut output, None).map_err(|error| refused(&error))?;
        self.next = self.to_trim.min(frames);
        self.to_trim -= self.next;
        Ok(())
    }
}

/// Frames of one block at both rates: whole numbers in the ratio of the rates, both even, for half of each is the filter's
/// delay; no more than are needed.
fn block_frames(from_hz: u32, to_hz: u32) -> [usize; 2] {
    let unit = greatest_common_divisor(from_hz, to_hz);
    let (from, to) = (from_hz / unit, to_hz / unit);
    let repeats = LEAST_BLOCK_FRAMES.div_ceil(from.min(to)).next_multiple_of(2);
    [from, to].map(|frames| frames as usize * repeats as usize)
}

fn greatest_common_divisor(one: u32, other: u32) -> u32 {
    if other == 0 { one } else { greatest_common_divisor(other, one % other) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_even_and_in_the_ratio_of_the_rates() {
        assert_eq!(block_frames(96_000, 44_100), [1280, 588]);
        assert_eq!(block_frames(44_100, 88_200), [512, 1024]);
        assert_eq!(block_frames(44_056, 48_000), [11_014, 12_000]);
        for (from_hz, to_hz) in [(44_100, 48_000), (22_050, 384_000), (44_101, 48_000)] {
            let [from, to] = block_frames(from_hz, to_hz);
            assert_eq!(from as u64 * u64::from(to_hz), to as u64 * u64::from(from_hz));
            let converter = Engine::new(from_hz, to_hz, 1).unwrap().converter;
            assert_eq!([converter.input_frames_next(), converter.output_frames_next()], [from, to], "as it takes them");
        }
    }
}
