//! Automation: what is not the expected modulation is not heard.

use rustfft::FftPlanner;
use rustfft::num_complex::Complex;

use super::{Change, Divided, crossover, divide, noise, sum_error};
use crate::crossover::CrossoverPhase;
use crate::dispatch::Instructions;
use crate::units::db_from_gain;

const SAMPLE_RATE: f64 = 48_000.0;

const PHASES: [CrossoverPhase; 2] = [CrossoverPhase::Minimum, CrossoverPhase::Linear];

/// One second, and what comes before it.
const FRAMES: usize = 48_000;
const BEFORE: usize = 24_000;

const TONE_HZ: f64 = 1000.0;

/// How far from a tone its modulation may reach, Hz: a crossover that glides over it in a few hundredths of a second.
const WIDE_HZ: f64 = 300.0;

/// What is farther away lies below this, beside the tone.
const MOST_DBC: f64 = -80.0;

/// The second that is looked at, of a signal or a sum.
fn looked_at(signal: &[f32]) -> Vec<f64> {
    signal[BEFORE..].iter().map(|sample| f64::from(*sample)).collect()
}

/// The highest line of the spectrum of one second that is more than [`WIDE_HZ`] from the tone, dB beside a tone of 0.25.
fn highest_beside_dbc(signal: &[f64]) -> f64 {
    let frames = signal.len();
    let mut sum_of_window = 0.0;
    let windowed = |(frame, sample): (usize, &f64)| {
        // Nuttall's window of four terms whose slope is continuous: side lobes below -93 dB, falling by 18 dB an octave.
        let angle = std::f64::consts::TAU * (frame as f64 + 0.5) / frames as f64;
        let harmonics = [(0.355_768, 0.0), (-0.487_396, 1.0), (0.144_232, 2.0), (-0.012_604, 3.0)];
        let window: f64 = harmonics.iter().map(|(share, order)| share * (order * angle).cos()).sum();
        sum_of_window += window;
        Complex::new(window * sample, 0.0)
    };
    let mut spectrum: Vec<Complex<f64>> = signal.iter().enumerate().map(windowed).collect();
    FftPlanner::new().plan_fft_forward(frames).process(&mut spectrum);
    let lines = spectrum[..frames / 2].iter().enumerate();
    let beside = lines.filter(|(hz, _)| (*hz as f64 - TONE_HZ).abs() > WIDE_HZ).map(|(_, line)| line.norm());
    20.0 * (beside.fold(0.0, f64::max) / (0.25 * sum_of_window / 2.0)).log10()
}

/// A sine on the left and its cosine on the right, through changes.
fn tone(phase: CrossoverPhase, changes: &[Change]) -> Divided {
    let step = std::f64::consts::TAU * TONE_HZ / SAMPLE_RATE;
    let turned = |turn: fn(f64) -> f64| -> Vec<f32> {
        (0..BEFORE + FRAMES).map(|frame| (0.25 * turn(step * frame as f64)) as f32).collect()
    };
    let mut crossover = crossover(phase, SAMPLE_RATE, Instructions::current(), &changes[0].1);
    divide(&mut crossover, &[turned(f64::sin), turned(f64::cos)], &[64], changes)
}

/// The lowest and the highest level of the whole's tone in the second that is looked at, dB beside the input's.
fn levels_db(divided: &Divided) -> [f64; 2] {
    let [left, right] = &divided.whole;
    let levels = looked_at(left).into_iter().zip(looked_at(right)).map(|(left, right)| left.hypot(right) / 0.25);
    let levels: Vec<f64> = levels.map(db_from_gain).collect();
    [levels.iter().copied().fold(0.0, f64::min), levels.iter().copied().fold(0.0, f64::max)]
}

/// Asks whether only the tone is heard, modulated, in the whole and in every band.
fn ask(name: &str, phase: CrossoverPhase, changes: &[Change]) -> Divided {
    let divided = tone(phase, changes);
    // 1e-6 of the peak: roundings of f32.
    assert!(sum_error(&divided) < 1e-6, "{name}: the bands' sum is {} from the whole", sum_error(&divided));
    let highest = |signal: &Vec<f32>| highest_beside_dbc(&looked_at(signal));
    let whole_dbc = highest(&divided.whole[0]);
    let band_dbc = divided.bands.iter().map(|band| highest(&band[0])).fold(f64::NEG_INFINITY, f64::max);
    let [lowest_db, highest_db] = levels_db(&divided);
    println!(
        "{phase:?}, {name}: {whole_dbc:.1} dBc beside the tone, {band_dbc:.1} in the bands, {lowest_db:.3} to {highest_db:.3} dB"
    );
    assert!(whole_dbc < MOST_DBC && band_dbc < MOST_DBC, "{name}: {whole_dbc} dBc, {band_dbc} dBc in the bands");
    let steepest = 2.0 * (std::f64::consts::PI * TONE_HZ / SAMPLE_RATE).sin();
    for signal in divided.all() {
        let step = looked_at(signal).windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f64::max);
        // A rise of phase adds to the tone's frequency: an all-pass that leaps over it turns by 4 pi in 40 ms.
        assert!(
            step / 0.25 < 1.15 * steepest,
            "{phase:?}, {name}: {} of the tone's steepest step",
            step / 0.25 / steepest
        );
    }
    divided
}

#[test]
fn crossovers_that_leap_glide() {
    let leaps: [(&str, &[f32], &[f32]); 8] = [
        ("over the tone", &[500.0], &[2000.0]),
        ("from end to end", &[20.0], &[20_000.0]),
        ("from the tone a little", &[1000.0], &[1100.0]),
        ("all of three", &[100.0, 500.0, 8000.0], &[300.0, 2000.0, 12_000.0]),
        ("together", &[100.0, 900.0, 8000.0], &[1000.0, 1000.0, 1000.0]),
        ("one over another", &[200.0, 700.0, 3000.0], &[200.0, 3000.0, 5000.0]),
        ("five up", &[50.0, 100.0, 200.0, 400.0, 800.0], &[1500.0, 3000.0, 6000.0, 9000.0, 12_000.0]),
        ("in order and not", &[300.0, 1200.0], &[1300.0, 310.0]),
    ];
    for phase in PHASES {
        for (name, from, to) in leaps {
            for (name, from, to) in [(name.into(), from, to), (format!("{name}, back"), to, from)] {
                let divided = ask(&name, phase, &[(0, from.to_vec()), (BEFORE + 24_000, to.to_vec())]);
                let [lowest_db, highest_db] = levels_db(&divided);
                // An all-pass that turns while a tone goes through it is one of another frequency meanwhile.
                assert!(lowest_db > -0.5 && highest_db < 0.5, "{phase:?}, {name}");
            }
        }
    }
}

#[test]
fn the_number_of_bands_changes_without_a_click() {
    let hz = [120.0, 500.0, 1000.0, 2000.0, 9000.0];
    for phase in PHASES {
        for from in 0..6 {
            for to in (0..6).filter(|to| *to != from) {
                let changes = [(0, hz[..from].to_vec()), (BEFORE + 24_000, hz[..to].to_vec())];
                ask(&format!("{} bands to {}", from + 1, to + 1), phase, &changes);
            }
        }
    }
}

#[test]
fn a_sweep_leaves_nothing_beside_the_tone() {
    let changes: Vec<Change> = (0..BEFORE + FRAMES)
        .step_by(64)
        .map(|frame| {
            let place = (frame.saturating_sub(BEFORE) as f32 / FRAMES as f32).min(1.0);
            (frame, vec![100.0 * 50f32.powf(place), 300.0 * 30f32.powf(place), 12_000.0 / 6f32.powf(place)])
        })
        .collect();
    for phase in PHASES {
        ask("sweep", phase, &changes);
    }
}

#[test]
fn what_has_moved_arrives_where_it_would_have_been() {
    let input = noise(BEFORE + FRAMES, 8);
    let others: [&[f32]; 5] =
        [&[300.0, 3000.0], &[100.0], &[], &[500.0, 500.0], &[50.0, 400.0, 5000.0, 8000.0, 9000.0]];
    for phase in PHASES {
        for hz in others {
            let played = |changes: &[Change]| {
                divide(
                    &mut crossover(phase, SAMPLE_RATE, Instructions::current(), &changes[0].1),
                    &input,
                    &[64],
                    changes,
                )
            };
            let moved = played(&[(0, vec![120.0, 1500.0]), (5000, hz.to_vec())]);
            let fresh = played(&[(0, hz.to_vec())]);
            let late =
                moved.all().zip(fresh.all()).map(|(moved, fresh)| super::distance(&moved[60_000..], &fresh[60_000..]));
            // Roundings of f32, of what has come by another way.
            assert!(late.fold(0.0, f32::max) < 1e-6, "{phase:?} {hz:?}");
        }
    }
}
