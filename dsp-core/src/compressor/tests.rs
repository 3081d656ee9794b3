//! Questions to the whole compressor, answered by definitions.

mod dynamic;
mod levels;
mod listening;
mod motion;
mod sound;
mod telling;
mod times;

use super::Compressor;
use crate::processor::{Processor, Spec};
use crate::settings::{CompressorBand, CompressorParams};

/// A sine of a linear amplitude.
pub(super) fn sine(frequency_hz: f64, amplitude: f64, sample_rate: f64, frames: usize) -> Vec<f32> {
    let turns = |frame: usize| (frame as f64 * frequency_hz / sample_rate).fract();
    (0..frames).map(|frame| (amplitude * (std::f64::consts::TAU * turns(frame)).sin()) as f32).collect()
}

/// A level in dB as a linear amplitude.
pub(super) fn amplitude(level_db: f64) -> f64 {
    10f64.powf(level_db / 20.0)
}

/// One band with the times that everything is measured at: attack 5 ms, release 50 ms.
pub(super) fn measured(band: CompressorBand) -> CompressorParams {
    let mut params = CompressorParams::default();
    params.band[0] = CompressorBand { attack_ms: 5.0, release_ms: 50.0, ..band };
    params
}

/// A compressor that is prepared.
pub(super) fn ready(params: &CompressorParams, sample_rate: f64, channels: usize) -> Compressor {
    let mut compressor = Compressor::default();
    compressor.set_params(params);
    compressor.prepare(&Spec { sample_rate, max_block: 512, channels }).unwrap();
    compressor
}

/// Plays channels in blocks.
pub(super) fn play(compressor: &mut Compressor, signal: &mut [Vec<f32>], block: usize) {
    let frames = signal[0].len();
    for start in (0..frames).step_by(block) {
        let end = (start + block).min(frames);
        let mut part: Vec<&mut [f32]> = signal.iter_mut().map(|channel| &mut channel[start..end]).collect();
        compressor.process(&mut part);
    }
}

/// What a compressor makes of one channel.
pub(super) fn played(params: &CompressorParams, sample_rate: f64, signal: &[f32]) -> Vec<f32> {
    let mut output = [signal.to_vec()];
    play(&mut ready(params, sample_rate, 1), &mut output, 512);
    let [output] = output;
    output
}

/// The amplitude of a frequency in a signal of whole periods, and all else as RMS.
pub(super) fn tone_and_rest(signal: &[f32], frequency_hz: f64, sample_rate: f64) -> (f64, f64) {
    let (mut sine, mut cosine, mut power) = (0.0, 0.0, 0.0);
    for (frame, &sample) in signal.iter().enumerate() {
        let angle = std::f64::consts::TAU * (frame as f64 * frequency_hz / sample_rate).fract();
        sine += f64::from(sample) * angle.sin();
        cosine += f64::from(sample) * angle.cos();
        power += f64::from(sample).powi(2);
    }
    let scale = 2.0 / signal.len() as f64;
    let tone = (sine * scale).hypot(cosine * scale);
    (tone, (power / signal.len() as f64 - tone * tone / 2.0).max(0.0).sqrt())
}
