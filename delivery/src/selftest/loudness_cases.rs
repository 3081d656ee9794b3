//! EBU Tech 3341 cases 1 to 6 and 9 to 14: momentary, short-term and integrated loudness.

use super::bench::{SILENCE, Tone, outcome, play, tone};
use super::{Case, Check, Outcome};
use runout_dsp_core::loudness::{Meter, Readings};

/// What all steady cases read, LUFS.
const TARGET_LUFS: f64 = -23.0;

/// Signals in one case of many.
const SIGNALS: usize = 20;

/// The cases in the order of the table, without EBU's own recordings.
pub const CASES: &[Case] = &[
    Case {
        name: "EBU Tech 3341 case 1",
        signal: "20 s at -23 dBFS: M, S and I are -23 LUFS",
        check: |rate| steady(-23.0, rate),
    },
    Case {
        name: "EBU Tech 3341 case 2",
        signal: "20 s at -33 dBFS: M, S and I are -33 LUFS",
        check: |rate| steady(-33.0, rate),
    },
    Case {
        name: "EBU Tech 3341 case 3",
        signal: "10 s at -36, 60 s at -23, 10 s at -36 dBFS: I is -23 LUFS",
        check: |rate| integrated(&[tone(10.0, -36.0), tone(60.0, -23.0), tone(10.0, -36.0)], rate),
    },
    Case {
        name: "EBU Tech 3341 case 4",
        signal: "10 s at -72 and -36, 60 s at -23, 10 s at -36 and -72 dBFS: I is -23 LUFS",
        check: |rate| {
            let quiet = [tone(10.0, -72.0), tone(10.0, -36.0)];
            integrated(&[quiet[0], quiet[1], tone(60.0, -23.0), quiet[1], quiet[0]], rate)
        },
    },
    Case {
        name: "EBU Tech 3341 case 5",
        signal: "20 s at -26, 20.1 s at -20, 20 s at -26 dBFS: I is -23 LUFS",
        check: |rate| integrated(&[tone(20.0, -26.0), tone(20.1, -20.0), tone(20.0, -26.0)], rate),
    },
    Case {
        name: "EBU Tech 3341 case 6",
        signal: "20 s in 5 channels, L and R at -28, C at -24, surrounds at -30 dBFS: I is -23 LUFS",
        check: |rate| {
            let levels_dbfs = [-28.0, -28.0, -24.0, SILENCE, -30.0, -30.0];
            integrated(&[Tone { seconds: 20.0, levels_dbfs }], rate)
        },
    },
    Case {
        name: "EBU Tech 3341 case 9",
        signal: "1.34 s at -20 and 1.66 s at -30 dBFS, five times: S is -23 LUFS and constant after 3 s",
        check: |rate| {
            let turns = [tone(1.34, -20.0), tone(1.66, -30.0)].repeat(5);
            constant("S", &turns, 3.0, |readings| readings.short_term_lufs, rate)
        },
    },
    Case {
        name: "EBU Tech 3341 case 10",
        signal: "20 signals, i x 0.15 s of silence, 3 s at -23 dBFS, 1 s of silence: highest S is -23 LUFS",
        check: |rate| each_highest("S", 0.15, 3.0, |readings| readings.short_term_max_lufs, rate),
    },
    Case {
        name: "EBU Tech 3341 case 11",
        signal: "20 bursts of 3 s at -38 to -19 dBFS, each 0.15 s later in its 6 s: highest S is -38 to -19 LUFS in turn",
        check: |rate| highest_in_turn("S", 0.15, 3.0, |readings| readings.short_term_max_lufs, rate),
    },
    Case {
        name: "EBU Tech 3341 case 12",
        signal: "0.18 s at -20 and 0.22 s at -30 dBFS, 25 times: M is -23 LUFS and constant after 1 s",
        check: |rate| {
            let turns = [tone(0.18, -20.0), tone(0.22, -30.0)].repeat(25);
            constant("M", &turns, 1.0, |readings| readings.momentary_lufs, rate)
        },
    },
    Case {
        name: "EBU Tech 3341 case 13",
        signal: "20 signals, i x 20 ms of silence, 400 ms at -23 dBFS, 1 s of silence: highest M is -23 LUFS",
        check: |rate| each_highest("M", 0.02, 0.4, |readings| readings.momentary_max_lufs, rate),
    },
    Case {
        name: "EBU Tech 3341 case 14",
        signal: "20 bursts of 400 ms at -38 to -19 dBFS, each 20 ms later in its 0.8 s: highest M is -38 to -19 LUFS in turn",
        check: |rate| highest_in_turn("M", 0.02, 0.4, |readings| readings.momentary_max_lufs, rate),
    },
];

/// One level: all three loudnesses.
fn steady(level_dbfs: f64, rate: f64) -> Outcome {
    let checks = play(&[tone(20.0, level_dbfs)], rate, |_, _| {}).map(|readings| {
        vec![
            Check::loudness("M", level_dbfs, readings.momentary_lufs),
            Check::loudness("S", level_dbfs, readings.short_term_lufs),
            Check::loudness("I", level_dbfs, readings.integrated_lufs),
        ]
    });
    outcome(checks)
}

/// Levels in turn: integrated loudness.
fn integrated<const CHANNELS: usize>(tones: &[Tone<CHANNELS>], rate: f64) -> Outcome {
    let readings = play(tones, rate, |_, _| {});
    outcome(readings.map(|readings| vec![Check::loudness("I", TARGET_LUFS, readings.integrated_lufs)]))
}

/// A reading that must not move after some seconds: its least and its highest value.
fn constant(name: &str, tones: &[Tone<2>], after_s: f64, read: fn(&Readings) -> f64, rate: f64) -> Outcome {
    let (mut least, mut highest) = (f64::INFINITY, f64::NEG_INFINITY);
    let look = |time_s: f64, meter: &Meter| {
        // A hop of 64 frames may still be on its way: half a step later the window lies behind the start.
        if time_s > after_s + 0.015 {
            let value = read(&meter.readings());
            (least, highest) = (least.min(value), highest.max(value));
        }
    };
    let played = play(tones, rate, look);
    outcome(played.map(|_| {
        vec![
            Check::loudness(format!("{name} after {after_s} s, least"), TARGET_LUFS, least),
            Check::loudness(format!("{name} after {after_s} s, highest"), TARGET_LUFS, highest),
        ]
    }))
}

/// Signals that begin ever later: the highest reading of each.
fn each_highest(name: &str, later_s: f64, burst_s: f64, read: fn(&Readings) -> f64, rate: f64) -> Outcome {
    let check = |index: usize| {
        let signal = [tone(index as f64 * later_s, SILENCE), tone(burst_s, TARGET_LUFS), tone(1.0, SILENCE)];
        let readings = play(&signal, rate, |_, _| {})?;
        Ok(Check::loudness(format!("highest {name} of signal {index}"), TARGET_LUFS, read(&readings)))
    };
    outcome((0..SIGNALS).map(check).collect())
}

/// Bursts that grow by 1 dB, each `later_s` later in its own stretch: the highest reading after each.
fn highest_in_turn(name: &str, later_s: f64, burst_s: f64, read: fn(&Readings) -> f64, rate: f64) -> Outcome {
    let level_dbfs = |index: usize| -38.0 + index as f64;
    let tones: Vec<Tone<2>> = (0..SIGNALS)
        .flat_map(|index| {
            let before_s = index as f64 * later_s;
            [tone(before_s, SILENCE), tone(burst_s, level_dbfs(index)), tone(burst_s - before_s, SILENCE)]
        })
        .collect();
    let mut checks = Vec::new();
    let played = play(&tones, rate, |time_s, meter| {
        // The next burst is louder and begins in its turn: until then the highest reading is this one's.
        if time_s >= 2.0 * burst_s * (checks.len() + 1) as f64 - 1e-9 {
            let index = checks.len();
            let label = format!("highest {name} after burst {index}");
            checks.push(Check::loudness(label, level_dbfs(index), read(&meter.readings())));
        }
    });
    outcome(played.map(|_| checks))
}
