//! EBU Tech 3341 cases 15 to 23: true peak.

use super::bench::{measure, outcome};
use super::{Case, Check, Outcome};
use std::f64::consts::{PI, TAU};

/// The signals of cases 20 to 23 are made at this many times the rate.
const OVERSAMPLING: usize = 4;

/// Length of every signal.
const SECONDS: f64 = 1.0;

/// Length of the fades at both ends.
const FADE_SECONDS: f64 = 0.01;

/// The cases in the order of the table.
pub const CASES: &[Case] = &[
    Case {
        name: "EBU Tech 3341 case 15",
        signal: "sine of fs/4, 0.50 of full scale, 0 degrees: -6.0 dBTP",
        check: |rate| sine(-6.0, 4.0, 0.50, 0.0, rate),
    },
    Case {
        name: "EBU Tech 3341 case 16",
        signal: "sine of fs/4, 0.50 of full scale, 45 degrees: -6.0 dBTP",
        check: |rate| sine(-6.0, 4.0, 0.50, 45.0, rate),
    },
    Case {
        name: "EBU Tech 3341 case 17",
        signal: "sine of fs/6, 0.50 of full scale, 60 degrees: -6.0 dBTP",
        check: |rate| sine(-6.0, 6.0, 0.50, 60.0, rate),
    },
    Case {
        name: "EBU Tech 3341 case 18",
        signal: "sine of fs/8, 0.50 of full scale, 67.5 degrees: -6.0 dBTP",
        check: |rate| sine(-6.0, 8.0, 0.50, 67.5, rate),
    },
    Case {
        name: "EBU Tech 3341 case 19",
        signal: "sine of fs/4, 1.41 of full scale, 45 degrees: +3.0 dBTP",
        check: |rate| sine(3.0, 4.0, 1.41, 45.0, rate),
    },
    Case {
        name: "EBU Tech 3341 case 20",
        signal: "fs/6 at 0.50 with one period of fs/4 at 1.00, made at 4 fs, every fourth sample from 0 on: 0.0 dBTP",
        check: |rate| burst(0, rate),
    },
    Case {
        name: "EBU Tech 3341 case 21",
        signal: "fs/6 at 0.50 with one period of fs/4 at 1.00, made at 4 fs, every fourth sample from 1 on: 0.0 dBTP",
        check: |rate| burst(1, rate),
    },
    Case {
        name: "EBU Tech 3341 case 22",
        signal: "fs/6 at 0.50 with one period of fs/4 at 1.00, made at 4 fs, every fourth sample from 2 on: 0.0 dBTP",
        check: |rate| burst(2, rate),
    },
    Case {
        name: "EBU Tech 3341 case 23",
        signal: "fs/6 at 0.50 with one period of fs/4 at 1.00, made at 4 fs, every fourth sample from 3 on: 0.0 dBTP",
        check: |rate| burst(3, rate),
    },
];

/// A steady sine of `period` frames.
fn sine(expected_dbtp: f64, period: f64, amplitude: f64, phase_deg: f64, rate: f64) -> Outcome {
    let frames = (SECONDS * rate) as usize;
    let signal: Vec<f32> = (0..frames)
        .map(|frame| {
            let turns = (frame as f64 / period).fract() + phase_deg / 360.0;
            (amplitude * fade(frame, frames, FADE_SECONDS * rate) * (TAU * turns).sin()) as f32
        })
        .collect();
    check(expected_dbtp, &signal, rate)
}

/// A sine that holds one louder period of another, phase-continuous, low-passed at the new Nyquist frequency and
/// decimated from `offset` on.
fn burst(offset: usize, rate: f64) -> Outcome {
    let frames = OVERSAMPLING * (SECONDS * rate) as usize;
    let (period, loud_period) = (OVERSAMPLING * 6, OVERSAMPLING * 4);
    let loud = frames / 2 / period * period;
    let fine: Vec<f64> = (0..frames)
        .map(|frame| {
            let (amplitude, turns) = match frame {
                before if before < loud => (0.5, before as f64 / period as f64),
                during if during < loud + loud_period => (1.0, (during - loud) as f64 / loud_period as f64),
                after => (0.5, (after - loud - loud_period) as f64 / period as f64),
            };
            amplitude * fade(frame, frames, FADE_SECONDS * rate * OVERSAMPLING as f64) * (TAU * turns.fract()).sin()
        })
        .collect();
    let filter = low_pass();
    let reach = filter.len() / 2;
    let signal: Vec<f32> = (offset..frames)
        .step_by(OVERSAMPLING)
        .map(|place| {
            let taps = filter.iter().enumerate();
            taps.filter_map(|(tap, factor)| Some(factor * fine.get((place + tap).checked_sub(reach)?)?)).sum::<f64>()
                as f32
        })
        .collect();
    check(0.0, &signal, rate)
}

/// 401 taps of a low-pass at an eighth of the rate under a Blackman window, with gain 1 at 0 Hz.
fn low_pass() -> Vec<f64> {
    const REACH: i32 = 200;
    let taps: Vec<f64> = (-REACH..=REACH)
        .map(|tap| {
            let turns = f64::from(tap) / f64::from(REACH + 1);
            let window = 0.42 + 0.5 * (PI * turns).cos() + 0.08 * (TAU * turns).cos();
            let angle = PI * f64::from(tap) / OVERSAMPLING as f64;
            window * if tap == 0 { 1.0 } else { angle.sin() / angle }
        })
        .collect();
    let sum: f64 = taps.iter().sum();
    taps.iter().map(|tap| tap / sum).collect()
}

/// The gain of raised-cosine fades at both ends.
fn fade(frame: usize, frames: usize, fade_frames: f64) -> f64 {
    let from_end = frame.min(frames - 1 - frame) as f64;
    0.5 - 0.5 * (PI * (from_end / fade_frames).min(1.0)).cos()
}

fn check(expected_dbtp: f64, signal: &[f32], rate: f64) -> Outcome {
    let readings = measure(signal, rate);
    outcome(readings.map(|readings| vec![Check::true_peak(expected_dbtp, readings.true_peak_max_dbtp())]))
}
