//! Is a converted stream the same sound at another rate? Judged by the converter's whole impulse response, by tones, and
//! by another converter.

mod invariance;
mod prototype;
mod tones;

use std::path::Path;

use runout_delivery::audio_source::{AudioFormat, AudioSource, SampleDepth};
use runout_delivery::failure::Failure;
use runout_delivery::rate::Converted;

/// The rates that are asked for, Hz.
const RATES_HZ: [u32; 9] = [22_050, 32_000, 44_100, 48_000, 88_200, 96_000, 176_400, 192_000, 384_000];

/// A rate of NTSC video recorders: nothing in common with the others.
const ODD_HZ: u32 = 44_056;

/// A source that makes its samples up: of a channel and a frame.
struct Synthesized<F> {
    format: AudioFormat,
    next: u64,
    sample: F,
}

impl<F: Fn(usize, u64) -> f32 + Send + 'static> Synthesized<F> {
    /// Frames of some channels at a rate in Hz.
    fn boxed(sample_rate_hz: u32, channels: usize, frames: u64, sample: F) -> Box<dyn AudioSource> {
        let format = AudioFormat { sample_rate_hz, channels, frames: Some(frames), depth: SampleDepth::Float(32) };
        Box::new(Self { format, next: 0, sample })
    }
}

impl<F: Fn(usize, u64) -> f32 + Send> AudioSource for Synthesized<F> {
    fn format(&self) -> &AudioFormat {
        &self.format
    }

    fn read(&mut self, planes: &mut [&mut [f32]]) -> Result<usize, Failure> {
        let left = self.format.frames.unwrap_or(0) - self.next;
        let frames = (planes[0].len() as u64).min(left) as usize;
        for (channel, plane) in planes.iter_mut().enumerate() {
            for (frame, sample) in plane[..frames].iter_mut().enumerate() {
                *sample = (self.sample)(channel, self.next + frame as u64);
            }
        }
        self.next += frames as u64;
        Ok(frames)
    }
}

/// All frames of a source at another rate, read in blocks of these sizes by turns.
fn converted_in(source: Box<dyn AudioSource>, to_hz: u32, blocks: &[usize]) -> Vec<Vec<f32>> {
    let mut converted = Converted::new(Path::new("synthesized"), source, to_hz).unwrap();
    assert_eq!(converted.format().sample_rate_hz, to_hz);
    let said = converted.format().frames;
    let mut planes = vec![Vec::new(); converted.format().channels];
    for block in blocks.iter().cycle() {
        let mut buffers = vec![vec![f32::NAN; *block]; planes.len()];
        let mut slices: Vec<&mut [f32]> = buffers.iter_mut().map(Vec::as_mut_slice).collect();
        let read = converted.read(&mut slices).unwrap();
        planes.iter_mut().zip(&buffers).for_each(|(plane, buffer)| plane.extend_from_slice(&buffer[..read]));
        if read < *block {
            let again = converted.read(&mut buffers.iter_mut().map(Vec::as_mut_slice).collect::<Vec<_>>()).unwrap();
            assert_eq!(again, 0, "nothing comes after the end");
            break;
        }
    }
    assert_eq!(said, Some(planes[0].len() as u64), "the length is known before");
    planes
}

/// All frames of a source at another rate.
fn converted(source: Box<dyn AudioSource>, to_hz: u32) -> Vec<Vec<f32>> {
    converted_in(source, to_hz, &[65_536])
}

fn decibels(gain: f64) -> f64 {
    20.0 * gain.log10()
}
