//! Signals through the limiter, and what its styles do, as the README's table.

use std::f64::consts::TAU;
use std::fmt::Write as _;

use runout_dsp_core::limiter::Limiter;
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{LimiterParams, LimiterStyle};
use runout_dsp_core::units::{db_from_gain, frames_from_ms, gain_from_db};

use crate::signals::sine;

/// Frames of one call, as a host makes it.
const BLOCK_FRAMES: usize = 512;

/// The signal through a limiter at rest: delay taken off, length kept.
pub fn limited(signal: &[Vec<f32>], sample_rate: f64, params: &LimiterParams) -> Vec<Vec<f32>> {
    limited_in_motion(signal, sample_rate, |_| *params)
}

/// The signal through a limiter whose parameters are set before each block of 512 frames, from the block's first frame:
/// delay taken off, length kept.
pub fn limited_in_motion(
    signal: &[Vec<f32>],
    sample_rate: f64,
    mut params: impl FnMut(usize) -> LimiterParams,
) -> Vec<Vec<f32>> {
    let spec = Spec { sample_rate, max_block: BLOCK_FRAMES, channels: signal.len() };
    let mut limiter = Limiter::default();
    if let Err(error) = limiter.prepare(&spec) {
        panic!("{error}");
    }
    let latency = limiter.latency();
    let frames = signal[0].len() + latency;
    let mut output = signal.to_vec();
    output.iter_mut().for_each(|channel| channel.resize(frames, 0.0));
    for start in (0..frames).step_by(BLOCK_FRAMES) {
        limiter.set_params(&params(start));
        let end = (start + BLOCK_FRAMES).min(frames);
        let mut block: Vec<&mut [f32]> = output.iter_mut().map(|channel| &mut channel[start..end]).collect();
        limiter.process(&mut block);
    }
    output.into_iter().map(|channel| channel[latency..].to_vec()).collect()
}

/// What one style does, with all other parameters at their defaults, at 48 kHz.
#[derive(Clone, Copy, Debug)]
pub struct StyleRow {
    /// The style.
    pub style: LimiterStyle,
    /// Time from the end of a burst of 10 ms, 12 dB over the ceiling, on a tone of 1 kHz at -20 dBFS, until the gain is back
    /// within 1 dB, ms.
    pub return_ms: f64,
    /// Distortion of a tone of 100 Hz that is reduced by 6 dB, after 2 s, dB: all but the tone relative to it.
    pub distortion_db: f64,
}

/// What every style does.
pub fn style_rows() -> Vec<StyleRow> {
    LimiterStyle::ALL
        .iter()
        .map(|&style| {
            let params = LimiterParams { style, ..LimiterParams::default() };
            StyleRow { style, return_ms: return_ms(&params), distortion_db: distortion_db(&params, 100.0, 48_000.0) }
        })
        .collect()
}

/// The README's table of styles.
pub fn style_table() -> String {
    let mut table = String::from(
        "| style | gain back within 1 dB after a 10 ms burst 12 dB over | THD+N of 100 Hz at 6 dB of reduction |\n|---|---|---|\n",
    );
    for row in style_rows() {
        // To 1 ms and 1 dB, but nothing below what 32-bit samples resolve.
        let distortion_db = row.distortion_db.max(-140.0);
        let limit = if row.distortion_db < -140.0 { "below " } else { "" };
        // A String takes whatever is written.
        let _ = writeln!(table, "| {} | {:.0} ms | {limit}{distortion_db:.0} dB |", row.style.word(), row.return_ms);
    }
    table
}

fn return_ms(params: &LimiterParams) -> f64 {
    const RATE: f64 = 48_000.0;
    let (start, length) = (frames_from_ms(500.0, RATE), frames_from_ms(10.0, RATE));
    let mut signal = sine(1000.0, gain_from_db(-20.0), 0.0, RATE, frames_from_ms(2500.0, RATE));
    let over = gain_from_db(f64::from(params.ceiling_dbtp) + 12.0 + 20.0) as f32;
    signal[start..start + length].iter_mut().for_each(|sample| *sample *= over);
    let output = limited(&[signal.clone()], RATE, params).remove(0);
    let reduced = signal.iter().zip(&output).rposition(|(input, output)| {
        // Where the tone is near 0 its rounding would count as gain.
        input.abs() > 0.01 && db_from_gain(f64::from(output / input)) < -1.0
    });
    reduced.map_or(0.0, |last| (last as f64 - (start + length) as f64) / RATE * 1e3)
}

/// All but the tone in a tone that is reduced by 6 dB, relative to it, dB, from 2 to 3 s after its start.
pub fn distortion_db(params: &LimiterParams, frequency_hz: f64, sample_rate: f64) -> f64 {
    let amplitude = gain_from_db(f64::from(params.ceiling_dbtp) + 6.0);
    let second = sample_rate as usize;
    let signal = sine(frequency_hz, amplitude, 0.0, sample_rate, 3 * second + 4800);
    let output = limited(&[signal], sample_rate, params).remove(0);
    residual_db(&output[2 * second..3 * second], &[frequency_hz], sample_rate)
}

/// What is left of a signal of whole periods without the tones given, relative to them, dB.
pub fn residual_db(signal: &[f32], tones_hz: &[f64], sample_rate: f64) -> f64 {
    let mut rest: Vec<f64> = signal.iter().map(|&sample| f64::from(sample)).collect();
    let length = rest.len() as f64;
    let mut tones_power = 0.0;
    for &tone_hz in tones_hz {
        let angle = |frame: usize| TAU * (frame as f64 * tone_hz / sample_rate).fract();
        let (mut cosine, mut sine) = (0.0, 0.0);
        for (frame, sample) in rest.iter().enumerate() {
            cosine += 2.0 / length * sample * angle(frame).cos();
            sine += 2.0 / length * sample * angle(frame).sin();
        }
        for (frame, sample) in rest.iter_mut().enumerate() {
            *sample -= cosine * angle(frame).cos() + sine * angle(frame).sin();
        }
        tones_power += (cosine * cosine + sine * sine) / 2.0;
    }
    let rest_power = rest.iter().map(|sample| sample * sample).sum::<f64>() / length;
    10.0 * (rest_power / tones_power).log10()
}
