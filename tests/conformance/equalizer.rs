//! The equalizer against the analog formulas, in motion, and one band alone.

mod analog;
mod latency;
mod motion;
mod parts;
mod response;
mod solo;

use runout_dsp_core::equalizer::Equalizer;
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{BandChannel, BandShape, EqualizerBand, EqualizerParams, EqualizerPhase};
use rustfft::{FftPlanner, num_complex::Complex};

/// Frames of one call, as a host makes it.
const BLOCK_FRAMES: usize = 512;

const PHASES: [EqualizerPhase; 2] = [EqualizerPhase::Linear, EqualizerPhase::Minimum];

/// An enabled band on stereo.
fn band(shape: BandShape, frequency_hz: f32, gain_db: f32, q: f32) -> EqualizerBand {
    EqualizerBand { enabled: true, shape, frequency_hz, gain_db, q, ..EqualizerBand::default() }
}

/// Bands in the first slots.
fn with(phase: EqualizerPhase, bands: &[EqualizerBand]) -> EqualizerParams {
    let mut params = EqualizerParams { phase, ..EqualizerParams::default() };
    params.bands[..bands.len()].copy_from_slice(bands);
    params
}

fn prepared(params: &EqualizerParams, sample_rate: f64, channels: usize) -> Equalizer {
    let mut equalizer = Equalizer::default();
    equalizer.set_params(params);
    equalizer.prepare(&Spec { sample_rate, max_block: BLOCK_FRAMES, channels }).unwrap();
    equalizer
}

/// A signal through an equalizer in blocks, with parameters that change at frames.
fn played(
    equalizer: &mut Equalizer,
    input: &[Vec<f32>],
    block_frames: usize,
    changes: &[(usize, EqualizerParams)],
) -> Vec<Vec<f32>> {
    let mut output = input.to_vec();
    let frames = output[0].len();
    let mut start = 0;
    while start < frames {
        if let Some((_, params)) = changes.iter().find(|(frame, _)| *frame == start) {
            equalizer.set_params(params);
        }
        let next = changes.iter().map(|(frame, _)| *frame).filter(|frame| *frame > start).min().unwrap_or(frames);
        let end = next.min(frames).min(start + block_frames);
        let mut block: Vec<&mut [f32]> = output.iter_mut().map(|channel| &mut channel[start..end]).collect();
        equalizer.process(&mut block);
        start = end;
    }
    output
}

/// The response of left and right to an impulse in one of two channels, its delay taken out, at `points` frequencies of
/// the circle: at least as many as the response is long.
fn responses(params: &EqualizerParams, sample_rate: f64, into: usize, points: usize) -> [Vec<Complex<f64>>; 2] {
    let mut equalizer = prepared(params, sample_rate, 2);
    let latency = equalizer.latency();
    let frames = if latency > 0 { 2 * latency } else { points };
    let mut input = vec![vec![0.0; frames]; 2];
    input[into][0] = 1.0;
    let output = played(&mut equalizer, &input, BLOCK_FRAMES, &[]);
    let transform = FftPlanner::new().plan_fft_forward(points);
    [0, 1].map(|channel| {
        let mut bins = vec![Complex::default(); points];
        for (frame, sample) in output[channel].iter().enumerate() {
            bins[(points + frame - latency) % points].re = f64::from(*sample);
        }
        transform.process(&mut bins);
        bins
    })
}

/// The same of a band on stereo, or on left, in the left channel.
fn response(params: &EqualizerParams, sample_rate: f64, points: usize) -> Vec<Complex<f64>> {
    let [left, _] = responses(params, sample_rate, 0, points);
    left
}

/// What a channel's part of left and right is made of: `[[left of left, left of right], [right of left, ...]]`.
fn part_of(channel: BandChannel) -> [[f64; 2]; 2] {
    match channel {
        BandChannel::Stereo => [[1.0, 0.0], [0.0, 1.0]],
        BandChannel::Mid => [[0.5, 0.5], [0.5, 0.5]],
        BandChannel::Side => [[0.5, -0.5], [-0.5, 0.5]],
        BandChannel::Left => [[1.0, 0.0], [0.0, 0.0]],
        BandChannel::Right => [[0.0, 0.0], [0.0, 1.0]],
    }
}

fn decibels(gain: f64) -> f64 {
    20.0 * gain.log10()
}
