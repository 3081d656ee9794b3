//! Tones in turn, as the tables describe them, played to a meter in steps of 10 ms.

use super::Outcome;
use runout_dsp_core::loudness::{Meter, Readings};
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::units::gain_from_db;
use std::f64::consts::TAU;

/// Silence as a level.
pub const SILENCE: f64 = f64::NEG_INFINITY;

/// Frequency of the tables' tones, Hz.
const TONE_HZ: f64 = 1000.0;

/// Steps in which a signal is played and looked at.
const STEPS_PER_SECOND: f64 = 100.0;

/// A stretch of the tone, in phase in all channels.
#[derive(Clone, Copy, Debug)]
pub struct Tone<const CHANNELS: usize> {
    pub seconds: f64,
    /// Peak level of each channel, dBFS.
    pub levels_dbfs: [f64; CHANNELS],
}

/// A stretch of the tone at one level in both channels of a stereo pair.
pub const fn tone(seconds: f64, level_dbfs: f64) -> Tone<2> {
    Tone { seconds, levels_dbfs: [level_dbfs; 2] }
}

/// Plays tones one after the other and shows the time in seconds and the readings after each 10 ms to `look`; returns the
/// readings at the end. An error says why the meter cannot measure at this rate.
pub fn play<const CHANNELS: usize>(
    tones: &[Tone<CHANNELS>],
    sample_rate: f64,
    mut look: impl FnMut(f64, &Meter),
) -> Result<Readings, String> {
    let mut meter = prepared(sample_rate, CHANNELS)?;
    let step_frames = sample_rate / STEPS_PER_SECOND;
    let mut planes: [Vec<f32>; CHANNELS] = std::array::from_fn(|_| Vec::with_capacity(step_frames as usize + 1));
    let (mut position, mut steps, mut tone_ends_s) = (0, 0, 0.0);
    for tone in tones {
        tone_ends_s += tone.seconds;
        let tone_end = frames(tone_ends_s, sample_rate);
        let gains = tone.levels_dbfs.map(gain_from_db);
        while position < tone_end {
            let step_end = (f64::from(steps + 1) * step_frames).round() as usize;
            for frame in position..step_end.min(tone_end) {
                let wave = (TAU * (TONE_HZ * frame as f64 / sample_rate).fract()).sin();
                for (plane, gain) in planes.iter_mut().zip(gains) {
                    plane.push((gain * wave) as f32);
                }
            }
            position = step_end.min(tone_end);
            if position == step_end {
                meter.process(&mut planes.each_mut().map(Vec::as_mut_slice));
                planes.iter_mut().for_each(Vec::clear);
                steps += 1;
                look(position as f64 / sample_rate, &meter);
            }
        }
    }
    meter.process(&mut planes.each_mut().map(Vec::as_mut_slice));
    meter.finish();
    Ok(meter.readings())
}

/// Measures one signal in both channels of a stereo pair.
pub fn measure(signal: &[f32], sample_rate: f64) -> Result<Readings, String> {
    let mut meter = prepared(sample_rate, 2)?;
    let (mut left, mut right) = (signal.to_vec(), signal.to_vec());
    meter.process(&mut [&mut left, &mut right]);
    meter.finish();
    Ok(meter.readings())
}

/// The outcome of checks that may not have been possible.
pub fn outcome(checks: Result<Vec<super::Check>, String>) -> Outcome {
    checks.map_or_else(Outcome::Broken, Outcome::Checked)
}

fn prepared(sample_rate: f64, channels: usize) -> Result<Meter, String> {
    let mut meter = Meter::new();
    let spec = Spec { sample_rate, max_block: sample_rate as usize, channels };
    meter.prepare(&spec).map_err(|error| error.to_string())?;
    Ok(meter)
}

fn frames(time_s: f64, sample_rate: f64) -> usize {
    (time_s * sample_rate).round() as usize
}
