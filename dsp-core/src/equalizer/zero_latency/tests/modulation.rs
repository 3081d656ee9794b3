//! Automation: what is not the expected modulation is not heard.

use rustfft::FftPlanner;
use rustfft::num_complex::Complex;

use super::{Stereo, band, noise, params, played};
use crate::dispatch::Instructions;
use crate::settings::{BandChannel, BandShape, CutSlope, EqualizerBand, EqualizerParams};

const SAMPLE_RATE: f64 = 48_000.0;

/// One second, and what comes before it.
const FRAMES: usize = 48_000;
const BEFORE: usize = 24_000;

/// How far from a tone its modulation may reach, Hz: a bell that glides over it in a few hundredths of a second.
const WIDE_HZ: f64 = 300.0;

/// What is farther away lies below this, beside the tone.
const MOST_DBC: f64 = -80.0;

/// A sine through changes of parameters, from before the second that is looked at.
fn tone(tone_hz: f64, changes: &[(usize, EqualizerParams)]) -> Vec<f32> {
    let step = std::f64::consts::TAU * tone_hz / SAMPLE_RATE;
    let sine: Vec<f32> = (0..BEFORE + FRAMES).map(|frame| (0.25 * (step * frame as f64).sin()) as f32).collect();
    let [left, _] = played(SAMPLE_RATE, Instructions::current(), &[sine.clone(), sine], &[64], changes);
    left[BEFORE..].to_vec()
}

/// The highest line of the spectrum of one second that is more than [`WIDE_HZ`] from the tone, dB beside it.
fn highest_beside_dbc(signal: &[f32], tone_hz: f64) -> f64 {
    let frames = signal.len();
    let windowed = |(frame, sample): (usize, &f32)| {
        // Nuttall's window of four terms whose slope is continuous: side lobes below -93 dB, falling by 18 dB an octave.
        let angle = std::f64::consts::TAU * (frame as f64 + 0.5) / frames as f64;
        let harmonics = [(0.355_768, 0.0), (-0.487_396, 1.0), (0.144_232, 2.0), (-0.012_604, 3.0)];
        let window: f64 = harmonics.iter().map(|(share, order)| share * (order * angle).cos()).sum();
        Complex::new(window * f64::from(*sample), 0.0)
    };
    let mut spectrum: Vec<Complex<f64>> = signal.iter().enumerate().map(windowed).collect();
    FftPlanner::new().plan_fft_forward(frames).process(&mut spectrum);
    let carrier = spectrum[tone_hz as usize].norm();
    let lines = spectrum[..frames / 2].iter().enumerate();
    let beside = lines.filter(|(hz, _)| (*hz as f64 - tone_hz).abs() > WIDE_HZ).map(|(_, line)| line.norm());
    20.0 * (beside.fold(0.0, f64::max) / carrier).log10()
}

/// Asks whether only the tone is heard, modulated, and no step that a sine as loud as the loudest would not make.
fn ask(name: &str, tone_hz: f64, changes: &[(usize, EqualizerParams)]) {
    let signal = tone(tone_hz, changes);
    let beside_dbc = highest_beside_dbc(&signal, tone_hz);
    let largest = |values: &mut dyn Iterator<Item = f32>| values.fold(0f32, |most, value| most.max(value.abs()));
    let peak = largest(&mut signal.iter().copied());
    let step = largest(&mut signal.windows(2).map(|pair| pair[1] - pair[0]));
    let steepest = 2.0 * (std::f64::consts::PI * tone_hz / SAMPLE_RATE).sin();
    let steps = f64::from(step / peak) / steepest;
    println!("{name}: {beside_dbc:.1} dBc beside the tone, {steps:.3} of its steepest step");
    assert!(beside_dbc < MOST_DBC, "{name}: {beside_dbc} dBc");
    // The peak is that of samples, which a sine's own may miss by a little, and grows within its period; a bell that passes
    // over the tone turns its phase, by 2 % of its frequency.
    assert!(steps < 1.04, "{name}: {steps}");
}

fn around(start: EqualizerBand) -> Vec<(&'static str, EqualizerBand)> {
    let frequency = |frequency_hz| EqualizerBand { frequency_hz, ..start };
    let gain = |gain_db| EqualizerBand { gain_db, ..start };
    let q = |q| EqualizerBand { q, ..start };
    let shape = |shape| EqualizerBand { shape, ..start };
    let steep = |shape| EqualizerBand { slope_db_per_oct: CutSlope::NinetySix, shape, ..start };
    let channel = |channel| EqualizerBand { channel, ..start };
    vec![
        ("10 Hz", frequency(10.0)),
        ("100 Hz", frequency(100.0)),
        ("2 kHz", frequency(2000.0)),
        ("30 kHz", frequency(30_000.0)),
        ("-30 dB", gain(-30.0)),
        ("0 dB", gain(0.0)),
        ("+12 dB", gain(12.0)),
        ("+30 dB", gain(30.0)),
        ("Q 0.025", q(0.025)),
        ("Q 10", q(10.0)),
        ("Q 40", q(40.0)),
        ("disabled", EqualizerBand { enabled: false, ..start }),
        ("side", channel(BandChannel::Side)),
        ("right", channel(BandChannel::Right)),
        ("low shelf", shape(BandShape::LowShelf)),
        ("high shelf", shape(BandShape::HighShelf)),
        ("low cut", shape(BandShape::LowCut)),
        ("high cut", shape(BandShape::HighCut)),
        ("steep low cut", steep(BandShape::LowCut)),
        ("steep high cut", steep(BandShape::HighCut)),
        ("notch", shape(BandShape::Notch)),
        ("band-pass", shape(BandShape::BandPass)),
        ("tilt", shape(BandShape::Tilt)),
    ]
}

#[test]
fn a_jump_of_any_value_is_a_glide() {
    let start = band(BandShape::Bell, 700.0, 6.0, 1.0);
    for (name, other) in around(start) {
        ask(&format!("to {name}"), 1000.0, &[(0, params(&[start])), (BEFORE + 24_000, params(&[other]))]);
        ask(&format!("from {name}"), 1000.0, &[(0, params(&[other])), (BEFORE + 24_000, params(&[start]))]);
    }
    // Over the tone, from one end of the range to the other.
    let [lowest, highest] = [10.0, 30_000.0].map(|frequency_hz| EqualizerBand { frequency_hz, gain_db: 12.0, ..start });
    for (name, from, to) in [("up", lowest, highest), ("down", highest, lowest)] {
        ask(name, 1000.0, &[(0, params(&[from])), (BEFORE + 20_000, params(&[to]))]);
    }
    let louder = EqualizerParams { output_gain_db: 12.0, ..params(&[start]) };
    ask("output gain", 1000.0, &[(0, params(&[start])), (BEFORE + 24_000, louder)]);
}

/// Values that move all the time, as automation brings them: every 64 frames.
fn sweep(of: impl Fn(f64) -> EqualizerBand) -> Vec<(usize, EqualizerParams)> {
    let place = |frame: usize| (frame.saturating_sub(BEFORE) as f64 / FRAMES as f64).min(1.0);
    (0..BEFORE + FRAMES).step_by(64).map(|frame| (frame, params(&[of(place(frame))]))).collect()
}

#[test]
fn sweeps_of_all_values_leave_nothing_beside_the_tone() {
    let between = |from: f64, to: f64, place: f64| (from * (to / from).powf(place)) as f32;
    for shape in BandShape::ALL {
        let start = band(*shape, 700.0, 6.0, 1.0);
        let frequency = |place| EqualizerBand { frequency_hz: between(100.0, 10_000.0, place), ..start };
        ask(&format!("{shape:?}, frequency"), 1000.0, &sweep(frequency));
        let gain = |place| EqualizerBand { gain_db: (24.0 * place - 12.0) as f32, ..start };
        ask(&format!("{shape:?}, gain"), 1000.0, &sweep(gain));
        let q = |place| EqualizerBand { q: between(0.1, 20.0, place), ..start };
        ask(&format!("{shape:?}, Q"), 1000.0, &sweep(q));
    }
}

/// Near Nyquist the two sections of a band may change places, which is where a design could jump.
#[test]
fn sweeps_near_nyquist_leave_nothing_beside_the_tone() {
    for (shape, q) in
        [(BandShape::Bell, 1.0), (BandShape::Bell, 1.8), (BandShape::HighShelf, 1.3), (BandShape::HighCut, 1.2)]
    {
        // Around, so that it comes by on both sides.
        let around = |place: f64| {
            let (sine, cosine) = (std::f64::consts::TAU * place).sin_cos();
            EqualizerBand {
                q: (q * (0.8 * sine).exp()) as f32,
                ..band(shape, (20_000.0 + 3500.0 * cosine) as f32, 9.0, 1.0)
            }
        };
        ask(&format!("{shape:?} around Q {q}"), 15_000.0, &sweep(around));
    }
}

#[test]
fn changes_in_the_middle_of_changes_make_no_step() {
    let start = band(BandShape::Bell, 700.0, 6.0, 1.0);
    let others = around(start);
    let calm = ["2 kHz", "0 dB", "Q 10", "disabled", "high shelf", "low cut", "notch", "tilt"];
    let others: Vec<EqualizerBand> =
        others.into_iter().filter(|(name, _)| calm.contains(name)).map(|(_, band)| band).collect();
    let changes: Vec<(usize, EqualizerParams)> =
        (0..200).map(|change| (change * 331, params(&[others[change * 5 % others.len()]]))).collect();
    let signal = tone(1000.0, &changes);
    let peak = signal.iter().fold(0f32, |most, sample| most.max(sample.abs()));
    let step = signal.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0f32, f32::max);
    // 6 dB louder at most, and a few percent for what rings.
    assert!(peak < 0.25 * 2.1 && step / peak < 1.05 * (std::f64::consts::TAU / 48.0) as f32, "{peak} {step}");
}

#[test]
fn what_has_moved_arrives_where_it_would_have_been() {
    let input: Stereo = noise(BEFORE + FRAMES, 8);
    let start = band(BandShape::Bell, 700.0, 6.0, 1.0);
    for (name, other) in around(start) {
        let rate = SAMPLE_RATE;
        let moved = [(0, params(&[start])), (5000, params(&[other]))];
        let moved = played(rate, Instructions::current(), &input, &[64], &moved);
        let fresh = played(rate, Instructions::current(), &input, &[64], &[(0, params(&[other]))]);
        let late = moved.iter().zip(&fresh).flat_map(|(moved, fresh)| moved[60_000..].iter().zip(&fresh[60_000..]));
        let farthest = late.map(|(moved, fresh)| (moved - fresh).abs()).fold(0f32, f32::max);
        // A rounding of f32 at 30 dB, or what a ring of a second has left.
        assert!(farthest < 1e-5, "{name}: {farthest}");
    }
}
