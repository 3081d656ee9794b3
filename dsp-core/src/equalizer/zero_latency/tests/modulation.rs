//! Automation: what is not the expected modulation is not heard.

use rustfft::FftPlanner;
use rustfft::num_complex::Complex;

use super::{band, params, played};
use crate::dispatch::Instructions;
use crate::settings::{BandChannel, BandShape, CutSlope, EqualizerBand, EqualizerParams};

const SAMPLE_RATE: f64 = 48_000.0;

/// One second, and what comes before it.
const FRAMES: usize = 48_000;
const BEFORE: usize = 24_000;

const TONE_HZ: f64 = 1000.0;

/// A sine of 1 kHz through changes of parameters, from before the second that is looked at.
fn tone(changes: &[(usize, EqualizerParams)]) -> Vec<f32> {
    let step = std::f64::consts::TAU * TONE_HZ / SAMPLE_RATE;
    let sine: Vec<f32> = (0..BEFORE + FRAMES).map(|frame| (0.25 * (step * frame as f64).sin()) as f32).collect();
    let [left, _] = played(SAMPLE_RATE, Instructions::current(), &[sine.clone(), sine], &[64], changes);
    left[BEFORE..].to_vec()
}

/// The highest line of the spectrum of one second, dB beside the carrier, that is farther than `wide_hz` from it.
fn highest_beside_db(signal: &[f32], wide_hz: f64) -> (f64, f64) {
    let frames = signal.len();
    let mut spectrum: Vec<Complex<f64>> = signal
        .iter()
        .enumerate()
        .map(|(frame, sample)| {
            // Nuttall's window with a continuous first derivative: side lobes below -93 dB and falling by 18 dB an octave.
            let angle = std::f64::consts::TAU * (frame as f64 + 0.5) / frames as f64;
            let window = 0.355_768 - 0.487_396 * angle.cos() + 0.144_232 * (2.0 * angle).cos()
                - 0.012_604 * (3.0 * angle).cos();
            Complex::new(window * f64::from(*sample), 0.0)
        })
        .collect();
    FftPlanner::new().plan_fft_forward(frames).process(&mut spectrum);
    let carrier = spectrum[TONE_HZ as usize].norm();
    let lines = spectrum[..frames / 2].iter().enumerate();
    let beside = lines.filter(|(hz, _)| (*hz as f64 - TONE_HZ).abs() > wide_hz);
    let (hz, highest) = beside.map(|(hz, line)| (hz, line.norm())).max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
    (20.0 * (highest / carrier).log10(), hz as f64)
}

#[test]
fn scratch() {
    let start = band(BandShape::Bell, 700.0, 6.0, 1.0);
    let jumps: Vec<(&str, EqualizerBand)> = vec![
        ("gain +12", EqualizerBand { gain_db: 12.0, ..start }),
        ("gain -12", EqualizerBand { gain_db: -12.0, ..start }),
        ("gain -30", EqualizerBand { gain_db: -30.0, ..start }),
        ("gain 0", EqualizerBand { gain_db: 0.0, ..start }),
        ("freq 2k", EqualizerBand { frequency_hz: 2000.0, ..start }),
        ("freq 100", EqualizerBand { frequency_hz: 100.0, ..start }),
        ("freq 10", EqualizerBand { frequency_hz: 10.0, ..start }),
        ("freq 12k", EqualizerBand { frequency_hz: 12_000.0, ..start }),
        ("freq 22k", EqualizerBand { frequency_hz: 22_000.0, ..start }),
        ("freq 30", EqualizerBand { frequency_hz: 30.0, ..start }),
        ("gain +30", EqualizerBand { gain_db: 30.0, ..start }),
        ("q 40", EqualizerBand { q: 40.0, ..start }),
        ("q .025", EqualizerBand { q: 0.025, ..start }),
        ("q 10", EqualizerBand { q: 10.0, ..start }),
        ("q .1", EqualizerBand { q: 0.1, ..start }),
        ("disable", EqualizerBand { enabled: false, ..start }),
        ("mid", EqualizerBand { channel: BandChannel::Mid, ..start }),
        ("side", EqualizerBand { channel: BandChannel::Side, ..start }),
        ("hs", EqualizerBand { shape: BandShape::HighShelf, ..start }),
        ("lc", EqualizerBand { shape: BandShape::LowCut, ..start }),
        ("hc", EqualizerBand { shape: BandShape::HighCut, ..start }),
        ("lc96", EqualizerBand { shape: BandShape::LowCut, slope_db_per_oct: CutSlope::NinetySix, ..start }),
        ("notch", EqualizerBand { shape: BandShape::Notch, ..start }),
    ];
    for (name, to) in jumps {
        for (way, from, to) in [("to", start, to), ("from", to, start)] {
            let signal = tone(&[(0, params(&[from])), (BEFORE + 24_000, params(&[to]))]);
            let peak = |part: &[f32]| part.iter().fold(0f32, |peak, sample| peak.max(sample.abs()));
            let step = signal.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0f32, f32::max);
            let louder = peak(&signal[..20_000]).max(peak(&signal[44_000..])) * (std::f64::consts::TAU / 48.0) as f32;
            println!("{way} {name}: 300 {:.1?} 500 {:.1?} step {:.3} over {:.3}", highest_beside_db(&signal, 300.0), highest_beside_db(&signal, 500.0), step/louder, peak(&signal) / peak(&signal[..20_000]).max(peak(&signal[44_000..])));
        }
    }
}
