//! The compressor against its definitions: levels, curves, times, sums of bands, and what is heard while they work.

mod curve;
mod listening;
mod onset;
mod sound;
mod sums;
mod times;

use runout_dsp_core::compressor::Compressor;
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{CompressorBand, CompressorParams, CompressorPhase};
use runout_tests::signals::sine;
use rustfft::{FftPlanner, num_complex::Complex};

const PHASES: [CompressorPhase; 3] = [CompressorPhase::Minimum, CompressorPhase::Linear, CompressorPhase::Dynamic];

/// Frames of one call, as a host makes it.
const BLOCK_FRAMES: usize = 512;

/// One band with the times that everything is measured at: attack 5 ms, release 50 ms.
fn measured(band: CompressorBand) -> CompressorParams {
    let mut params = CompressorParams::default();
    params.band[0] = CompressorBand { attack_ms: 5.0, release_ms: 50.0, ..band };
    params
}

/// Several bands of a kind, all alike, meeting at these frequencies.
fn divided(phase: CompressorPhase, crossovers_hz: &[f32], band: CompressorBand) -> CompressorParams {
    let mut params = CompressorParams { phase, bands: crossovers_hz.len() as u32 + 1, ..CompressorParams::default() };
    params.crossover_hz[..crossovers_hz.len()].copy_from_slice(crossovers_hz);
    params.band = [CompressorBand { attack_ms: 5.0, release_ms: 50.0, ..band }; 6];
    params
}

fn prepared(params: &CompressorParams, sample_rate: f64, channels: usize) -> Compressor {
    let mut compressor = Compressor::default();
    compressor.set_params(params);
    compressor.prepare(&Spec { sample_rate, max_block: BLOCK_FRAMES, channels }).unwrap();
    compressor
}

fn play(compressor: &mut Compressor, signal: &mut [Vec<f32>], block_frames: usize) {
    let frames = signal[0].len();
    for start in (0..frames).step_by(block_frames) {
        let end = frames.min(start + block_frames);
        let mut block: Vec<&mut [f32]> = signal.iter_mut().map(|channel| &mut channel[start..end]).collect();
        compressor.process(&mut block);
    }
}

/// What a compressor makes of channels.
fn played(params: &CompressorParams, sample_rate: f64, input: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let mut output = input.to_vec();
    play(&mut prepared(params, sample_rate, input.len()), &mut output, BLOCK_FRAMES);
    output
}

/// What it makes of one channel.
fn played_mono(params: &CompressorParams, sample_rate: f64, input: &[f32]) -> Vec<f32> {
    played(params, sample_rate, &[input.to_vec()]).remove(0)
}

fn amplitude(level_db: f64) -> f64 {
    10f64.powf(level_db / 20.0)
}

fn decibels(amplitude: f64) -> f64 {
    20.0 * amplitude.log10()
}

/// The amplitudes of all bins up to half the rate, of a signal of whole periods.
fn amplitudes(signal: &[f32]) -> Vec<f64> {
    let mut bins: Vec<Complex<f64>> = signal.iter().map(|sample| Complex::from(f64::from(*sample))).collect();
    let length = bins.len();
    FftPlanner::new().plan_fft_forward(length).process(&mut bins);
    bins[..length / 2].iter().map(|bin| bin.norm() * 2.0 / length as f64).collect()
}

/// The gain of a steady tone of whole Hz, dB: of the second half second of one.
fn gain_db(params: &CompressorParams, sample_rate: f64, frequency_hz: f64, level_db: f64) -> f64 {
    let input = sine(frequency_hz, amplitude(level_db), 0.0, sample_rate, sample_rate as usize);
    let output = played_mono(params, sample_rate, &input);
    let [of_output, of_input] =
        [&output, &input].map(|signal| tone(&signal[signal.len() / 2..], frequency_hz, sample_rate));
    decibels(of_output / of_input)
}

/// The amplitude of one frequency in a signal of whole periods.
fn tone(signal: &[f32], frequency_hz: f64, sample_rate: f64) -> f64 {
    let turn = |frame: usize| std::f64::consts::TAU * (frame as f64 * frequency_hz / sample_rate).fract();
    let parts = signal.iter().enumerate().map(|(frame, sample)| Complex::from_polar(f64::from(*sample), turn(frame)));
    2.0 * parts.sum::<Complex<f64>>().norm() / signal.len() as f64
}

/// A moment at which the filters of every kind have died away, frames.
const SETTLED_FRAMES: usize = 32_768;

/// The answer to an impulse of a steady compressor, as long as all that recurs in it.
fn answer(params: &CompressorParams, sample_rate: f64) -> (Vec<f32>, usize) {
    let mut compressor = prepared(params, sample_rate, 1);
    let latency = compressor.latency();
    let mut signal = [vec![0.0; SETTLED_FRAMES + latency.next_power_of_two()]];
    signal[0][0] = 1.0;
    play(&mut compressor, &mut signal, BLOCK_FRAMES);
    let [signal] = signal;
    (signal, latency)
}
