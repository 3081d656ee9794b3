//! Is what rounding leaves the noise that the standards give: white or shaped, of known power, at every word length?

use runout_dsp_core::output::OutputStage;
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{BitDepth, Dither, NoiseShape, OutputParams};
use runout_tests::signals::sine;
use rustfft::FftPlanner;
use rustfft::num_complex::Complex;

const FRAMES: usize = 1 << 20;

const DEPTHS: [(BitDepth, f64, f64); 3] = [
    (BitDepth::Sixteen, 32_768.0, -93.32),
    (BitDepth::Twenty, 524_288.0, -117.40),
    (BitDepth::TwentyFour, 8_388_608.0, -141.48),
];

/// The coefficients of Lipshitz and Wannamaker as published, and ours for other rates.
const LIPSHITZ: &[f64] = &[2.033, -2.165, 1.959, -1.590, 0.6149];
const WANNAMAKER: &[f64] = &[2.412, -3.370, 3.937, -4.174, 3.353, -2.205, 1.281, -0.569, 0.0847];
const MILD: &[f64] = &[1.5, -0.5625];

/// What both channels of a tone of -20 dBFS have lost, or gained, linear.
fn errors(rate: f64, params: OutputParams) -> [Vec<f64>; 2] {
    let mut stage = OutputStage::default();
    stage.set_params(&params);
    stage.prepare(&Spec { sample_rate: rate, max_block: FRAMES, channels: 2 }).unwrap();
    // Its steps never repeat, and its own rounding to f32 is below -170 dBFS.
    let tone = sine(997.0, 0.1, 0.0, rate, FRAMES);
    let [mut left, mut right] = [tone.clone(), tone.clone()];
    stage.process(&mut [&mut left, &mut right]);
    [left, right].map(|channel| {
        channel.iter().zip(&tone).map(|(after, before)| f64::from(*after) - f64::from(*before)).collect()
    })
}

/// Mean power of a signal against a full-scale sine's, dB.
fn power_db(signal: &[f64]) -> f64 {
    10.0 * (2.0 * signal.iter().map(|sample| sample * sample).sum::<f64>() / signal.len() as f64).log10()
}

fn params(dither: Dither, shape: NoiseShape, bit_depth: BitDepth) -> OutputParams {
    OutputParams { dither, shape, bit_depth, ..OutputParams::default() }
}

#[test]
fn triangular_dither_has_the_standards_noise_floor() {
    for (depth, _, floor_dbfs) in DEPTHS {
        for channel in errors(48_000.0, params(Dither::Tpdf, NoiseShape::Lipshitz, depth)) {
            // The tolerance; a million samples leave a deviation of 0.006 dB.
            assert!((power_db(&channel) - floor_dbfs).abs() < 0.05, "{depth:?}: {} dBFS", power_db(&channel));
        }
    }
}

#[test]
fn shaped_noise_has_the_total_and_the_spectrum_of_its_curve() {
    let cases = [
        (44_100.0, NoiseShape::Lipshitz, LIPSHITZ, 12.19),
        (48_000.0, NoiseShape::Lipshitz, LIPSHITZ, 12.19),
        (44_100.0, NoiseShape::Wannamaker, WANNAMAKER, 18.40),
        (48_000.0, NoiseShape::Wannamaker, WANNAMAKER, 18.40),
        (96_000.0, NoiseShape::Wannamaker, MILD, 5.52),
        (192_000.0, NoiseShape::Lipshitz, MILD, 5.52),
        (32_000.0, NoiseShape::Lipshitz, MILD, 5.52),
    ];
    for (rate, shape, curve, rise_db) in cases {
        for (depth, steps, floor_dbfs) in DEPTHS {
            let [channel, _] = errors(rate, params(Dither::Shaped, shape, depth));
            let total = power_db(&channel) - floor_dbfs;
            assert!((total - rise_db).abs() < 0.05, "{shape:?} at {rate}, {depth:?}: {total} dB");
            has_spectrum(&channel, curve, steps, &format!("{shape:?} at {rate}, {depth:?}"));
        }
    }
}

/// Whether the noise, of white noise of 1/4 step squared, has the spectrum of a curve, in 64 bands of equal width.
fn has_spectrum(noise: &[f64], curve: &[f64], steps: f64, name: &str) {
    const LENGTH: usize = 4096;
    let transform = FftPlanner::new().plan_fft_forward(LENGTH);
    let mut power = vec![0.0; LENGTH / 2];
    for piece in noise.chunks_exact(LENGTH) {
        // Hann's window, so that steep slopes of the curve do not leak into its dips.
        let window = |at: usize| 0.5 - 0.5 * (2.0 * std::f64::consts::PI * at as f64 / LENGTH as f64).cos();
        let mut bins: Vec<Complex<f64>> =
            piece.iter().enumerate().map(|(at, sample)| Complex::from(sample * steps * window(at))).collect();
        transform.process(&mut bins);
        power.iter_mut().zip(&bins).for_each(|(power, bin)| *power += bin.norm_sqr());
    }
    // The window's mean square is 3/8.
    let scale = 1.0 / (noise.len() as f64 * 0.375);
    for (band, bins) in power.chunks(32).enumerate() {
        let measured = bins.iter().sum::<f64>() * scale / 32.0;
        let expected =
            (0..32).map(|bin| 0.25 * gain(curve, (32 * band + bin) as f64 / LENGTH as f64)).sum::<f64>() / 32.0;
        let off_db = 10.0 * (measured / expected).log10();
        // 256 pieces of 32 bins leave a deviation of 0.06 dB; five of them.
        assert!(off_db.abs() < 0.3, "{name}, band {band}: {off_db} dB");
    }
}

/// |1 - sum of c_k z^-k|^2 at a frequency, of the rate.
fn gain(curve: &[f64], frequency: f64) -> f64 {
    let turn = |place: usize| Complex::from_polar(1.0, -2.0 * std::f64::consts::PI * frequency * place as f64);
    (Complex::from(1.0) - curve.iter().zip(1..).map(|(c, place)| turn(place) * c).sum::<Complex<f64>>()).norm_sqr()
}

#[test]
fn channels_have_noise_of_their_own() {
    for dither in [Dither::Tpdf, Dither::Shaped] {
        let [left, right] = errors(44_100.0, params(dither, NoiseShape::Wannamaker, BitDepth::Sixteen));
        let product: f64 = left.iter().zip(&right).map(|(left, right)| left * right).sum();
        let power: f64 = left.iter().map(|sample| sample * sample).sum();
        // A million independent samples correlate by 0.001, shaped ones by twice that; five of them.
        assert!((product / power).abs() < 0.01, "{dither:?}: {}", product / power);
    }
}

#[test]
fn silence_stays_silent_and_the_errors_end_with_it() {
    for dither in [Dither::Tpdf, Dither::Shaped] {
        let mut stage = OutputStage::default();
        stage.set_params(&params(dither, NoiseShape::Wannamaker, BitDepth::Sixteen));
        stage.prepare(&Spec { sample_rate: 44_100.0, max_block: 1000, channels: 1 }).unwrap();
        let mut silence = vec![0.0; 1000];
        stage.process(&mut [&mut silence]);
        assert!(silence.iter().all(|sample| *sample == 0.0), "{dither:?}: before any sound");
        let mut sound = sine(997.0, 0.1, 0.0, 44_100.0, 1000);
        sound[900..].fill(0.0);
        stage.process(&mut [&mut sound]);
        // 64 frames of dither keep a waveform's passage through zero.
        assert!(sound[964..].iter().all(|sample| *sample == 0.0), "{dither:?}");
        assert!(sound[900..964].iter().any(|sample| *sample != 0.0), "{dither:?}");
    }
}

#[test]
fn the_ceiling_holds_whatever_the_noise() {
    for shape in [NoiseShape::Lipshitz, NoiseShape::Wannamaker] {
        let mut stage = OutputStage::default();
        stage.set_params(&params(Dither::Shaped, shape, BitDepth::Sixteen));
        stage.set_ceiling(Some(-1.0));
        stage.prepare(&Spec { sample_rate: 44_100.0, max_block: 44_100, channels: 1 }).unwrap();
        let ceiling = 10f64.powf(-1.0 / 20.0);
        let mut tone = sine(997.0, 0.999_999 * ceiling, 0.0, 44_100.0, 44_100);
        stage.process(&mut [&mut tone]);
        assert!(tone.iter().all(|sample| f64::from(sample.abs()) <= ceiling), "{shape:?}");
    }
}
