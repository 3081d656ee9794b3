//! What the bands are and what they sum to, asked of analog filters under the bilinear transform, in complex arithmetic.

use rustfft::FftPlanner;
use rustfft::num_complex::Complex;

use super::{Divided, crossover, distance, divide, noise, sum_error};
use crate::crossover::CrossoverPhase;
use crate::dispatch::Instructions;
use crate::units::db_from_power;

const RATES: [f64; 6] = [22_050.0, 44_100.0, 48_000.0, 96_000.0, 192_000.0, 384_000.0];

/// Crossovers of every spacing.
fn spacings() -> Vec<(&'static str, [f32; 5])> {
    vec![
        ("usual", [120.0, 500.0, 2000.0, 6000.0, 12_000.0]),
        ("octaves", [250.0, 500.0, 1000.0, 2000.0, 4000.0]),
        ("close", [900.0, 950.0, 1000.0, 1050.0, 1100.0]),
        ("equal", [1000.0; 5]),
        ("two and three", [300.0, 300.0, 5000.0, 5000.0, 5000.0]),
        ("ends", [60.0, 70.0, 9000.0, 10_000.0, 20_000.0]),
    ]
}

/// The answer to an impulse on the left.
fn impulse(phase: CrossoverPhase, sample_rate: f64, hz: &[f32], frames: usize) -> Divided {
    let mut input = [vec![0.0; frames], vec![0.0; frames]];
    input[0][0] = 1.0;
    divide(&mut crossover(phase, sample_rate, Instructions::current(), hz), &input, &[64], &[])
}

fn spectrum(signal: &[f32]) -> Vec<Complex<f64>> {
    let mut bins: Vec<Complex<f64>> = signal.iter().map(|sample| Complex::new(f64::from(*sample), 0.0)).collect();
    FftPlanner::new().plan_fft_forward(bins.len()).process(&mut bins);
    bins
}

/// Frames enough for a crossover at 60 Hz to ring out below -150 dB, a power of two.
fn long_enough(sample_rate: f64) -> usize {
    ((0.16 * sample_rate) as usize).next_power_of_two()
}

/// The low-pass, the high-pass and the all-pass of Linkwitz and Riley at a frequency of the digital signal.
fn linkwitz_riley(frequency_hz: f64, corner_hz: f64, sample_rate: f64) -> [Complex<f64>; 3] {
    let warped = |hz: f64| (std::f64::consts::PI * hz / sample_rate).tan();
    let s = Complex::new(0.0, warped(frequency_hz) / warped(corner_hz));
    let butterworth = 1.0 + s * std::f64::consts::SQRT_2 + s * s;
    let squared = butterworth * butterworth;
    [1.0 / squared, s * s * s * s / squared, (1.0 - s * std::f64::consts::SQRT_2 + s * s) / butterworth]
}

/// The bands of minimum phase: divided by the middle crossover, then each side from below, and the others' all-passes.
fn minimum_bands(corners: &[[Complex<f64>; 3]], from_middle: bool) -> Vec<Complex<f64>> {
    if corners.is_empty() {
        return vec![Complex::new(1.0, 0.0)];
    }
    let middle = if from_middle { (corners.len() - 1) / 2 } else { 0 };
    let all_passes = |of: &[[Complex<f64>; 3]]| of.iter().map(|corner| corner[2]).product::<Complex<f64>>();
    let (below, above) = (&corners[..middle], &corners[middle + 1..]);
    let low = minimum_bands(below, false).into_iter().map(|band| band * corners[middle][0] * all_passes(above));
    let high = minimum_bands(above, false).into_iter().map(|band| band * corners[middle][1] * all_passes(below));
    low.chain(high).collect()
}

#[test]
fn minimum_bands_and_their_sum_are_those_of_the_analog_filters() {
    for sample_rate in RATES {
        let frames = long_enough(sample_rate);
        for (name, hz) in spacings() {
            for count in 0..6 {
                let hz: Vec<f32> = hz[..count].iter().map(|hz| hz.min(0.49 * sample_rate as f32)).collect();
                let divided = impulse(CrossoverPhase::Minimum, sample_rate, &hz, frames);
                // Roundings of f32 to each band, of samples up to 1.
                assert!(sum_error(&divided) < 1e-6, "{name}, {count} at {sample_rate} Hz: {}", sum_error(&divided));
                let whole = spectrum(&divided.whole[0]);
                let bands: Vec<_> = divided.bands.iter().map(|band| spectrum(&band[0])).collect();
                let (mut flatness_db, mut whole_error, mut band_error) = (0f64, 0f64, 0f64);
                // At half the rate itself the prototypes are at infinity.
                for bin in 0..frames / 2 {
                    let frequency_hz = bin as f64 * sample_rate / frames as f64;
                    let corners: Vec<_> =
                        hz.iter().map(|hz| linkwitz_riley(frequency_hz, f64::from(*hz), sample_rate)).collect();
                    let wanted: Complex<f64> = corners.iter().map(|corner| corner[2]).product();
                    flatness_db = flatness_db.max(db_from_power(whole[bin].norm_sqr()).abs());
                    whole_error = whole_error.max((whole[bin] - wanted).norm());
                    for (band, wanted) in bands.iter().zip(minimum_bands(&corners, true)) {
                        band_error = band_error.max((band[bin] - wanted).norm());
                    }
                }
                let found =
                    format!("{name}, {count} at {sample_rate} Hz: {flatness_db} dB, {whole_error}, {band_error}");
                assert!(flatness_db < 0.01, "{found}");
                println!("{found}");
                // Roundings of f32 over the frames in which an impulse rings.
                assert!(whole_error < 1e-6 && band_error < 1e-6, "{found}");
            }
        }
    }
}

#[test]
fn minimum_crossovers_are_at_minus_6_db_and_fall_by_24_db_per_octave() {
    let (sample_rate, frames) = (384_000.0, 1 << 18);
    let hz = [40.0, 1000.0, 12_000.0];
    let divided = impulse(CrossoverPhase::Minimum, sample_rate, &hz, frames);
    let bands: Vec<_> = divided.bands[..4].iter().map(|band| spectrum(&band[0])).collect();
    let level_db = |band: usize, frequency_hz: f64| {
        let bin = (frequency_hz * frames as f64 / sample_rate).round() as usize;
        db_from_power(bands[band][bin].norm_sqr())
    };
    for (crossover, hz) in hz.into_iter().enumerate() {
        let hz = f64::from(hz);
        let edge = 0.5f64.powi(2);
        for band in [crossover, crossover + 1] {
            // The other crossovers are more than three octaves away, which is 0.002 dB; a bin may be 0.7 Hz beside.
            let tolerance_db = 0.01 + if hz < 100.0 { 0.2 } else { 0.0 };
            assert!((level_db(band, hz) - db_from_power(edge)).abs() < tolerance_db, "{hz} Hz: {}", level_db(band, hz));
        }
        if hz > 100.0 {
            let below = level_db(crossover, 1.5 * hz) - level_db(crossover, 3.0 * hz);
            let exact = db_from_power((1.0 + 3f64.powi(4)).powi(2) / (1.0 + 1.5f64.powi(4)).powi(2));
            // The bilinear transform bends 36 kHz by 3 % at this rate, the next crossover adds its own.
            assert!((below - exact).abs() < 0.9, "{hz} Hz: {below} dB, {exact}");
            let above = level_db(crossover + 1, hz / 4.0) - level_db(crossover + 1, hz / 8.0);
            // 0.034 dB of the corner itself at a quarter of it, and 0.22 dB of a crossover at 40 Hz at 125 Hz.
            assert!((above - 24.0).abs() < 0.3, "{hz} Hz: {above} dB");
        }
    }
}

#[test]
fn the_order_of_crossovers_does_not_matter() {
    let input = noise(4096, 5);
    for phase in [CrossoverPhase::Minimum, CrossoverPhase::Linear] {
        for hz in [[120.0, 500.0, 2000.0], [500.0, 500.0, 90.0], [30_000.0, 100.0, 30_001.0]] {
            let made = |order: [usize; 3]| {
                let hz = order.map(|place| hz[place]);
                divide(&mut crossover(phase, 48_000.0, Instructions::current(), &hz), &input, &[64], &[]).bits()
            };
            let expected = made([0, 1, 2]);
            for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
                assert!(made(order) == expected, "{phase:?} {hz:?} as {order:?}");
            }
        }
    }
}

#[test]
fn one_band_is_the_input() {
    let input = noise(1000, 6);
    for phase in [CrossoverPhase::Minimum, CrossoverPhase::Linear] {
        let divided = divide(&mut crossover(phase, 48_000.0, Instructions::current(), &[]), &input, &[100], &[]);
        for (whole, input) in divided.whole.iter().zip(&input) {
            assert_eq!(distance(&whole[divided.latency.min(1000)..], input), 0.0);
        }
        assert!(divided.bands[0] == divided.whole);
    }
}
