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
    // A bin is 1 Hz.
    let (sample_rate, frames) = (384_000.0, 384_000);
    let hz = 1000.0;
    // The other crossovers are more than five octaves away, which is 0.0001 dB at this one.
    let divided = impulse(CrossoverPhase::Minimum, sample_rate, &[30.0, hz as f32, 40_000.0], frames);
    let bands: Vec<_> = divided.bands[..4].iter().map(|band| spectrum(&band[0])).collect();
    let level_db = |band: usize, frequency_hz: f64| db_from_power(bands[band][frequency_hz as usize].norm_sqr());
    for band in [1, 2] {
        assert!((level_db(band, hz) - db_from_power(0.25)).abs() < 0.001, "{}", level_db(band, hz));
    }
    let above_db = level_db(1, 4.0 * hz) - level_db(1, 8.0 * hz);
    let below_db = level_db(2, hz / 4.0) - level_db(2, hz / 8.0);
    for octave_db in [above_db, below_db] {
        // Two octaves from the corner an octave is 24.05 dB; the transform bends 8 kHz by 0.14 %: 0.05 dB.
        assert!((octave_db - 24.05).abs() < 0.1, "{octave_db} dB");
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

/// How linear-phase bands answer at a frequency: the low-passes, and the differences between them.
fn linear_bands(hz: &[f32], frequency_hz: f64, sample_rate: f64) -> Vec<f64> {
    let low = hz.iter().map(|hz| linkwitz_riley(frequency_hz, f64::from(*hz), sample_rate)[0].norm()).chain([1.0]);
    let mut below = 0.0;
    low.map(|low| low - std::mem::replace(&mut below, low)).collect()
}

#[test]
fn linear_bands_have_the_same_magnitudes_no_phase_and_one_delay() {
    for sample_rate in RATES {
        for (name, hz) in spacings() {
            for count in 1..6 {
                let mut hz: Vec<f32> = hz[..count].iter().map(|hz| hz.min(0.49 * sample_rate as f32)).collect();
                hz.iter_mut().for_each(|hz| *hz = hz.max(120.0));
                let latency = crossover(CrossoverPhase::Linear, sample_rate, Instructions::current(), &hz).latency();
                assert_eq!(latency % 64, 0);
                let frames = (2 * latency).next_power_of_two();
                let divided = impulse(CrossoverPhase::Linear, sample_rate, &hz, frames);
                let whole = &divided.whole[0];
                assert!(
                    whole.iter().enumerate().all(|(frame, sample)| *sample == f32::from(u8::from(frame == latency)))
                );
                // 0.001 dB is 1.15e-4.
                assert!(sum_error(&divided) < 1e-6, "{name}, {count} at {sample_rate} Hz: {}", sum_error(&divided));
                let mut error = 0f64;
                for (place, band) in divided.bands[..=count].iter().enumerate() {
                    let mut centered = band[0].clone();
                    centered.rotate_left(latency);
                    for (bin, found) in spectrum(&centered).iter().enumerate().take(frames / 2) {
                        let frequency_hz = bin as f64 * sample_rate / frames as f64;
                        // The real part is the magnitude, the imaginary one would turn the phase.
                        let wanted = linear_bands(&hz, frequency_hz, sample_rate)[place];
                        error = error.max((found - wanted).norm());
                    }
                }
                println!("{name}, {count} at {sample_rate} Hz: {error:e}");
                // -90 dB: what is cut off a kernel of 120 Hz, and roundings of f32 over its taps.
                assert!(error < 3e-5, "{name}, {count} at {sample_rate} Hz: {error}");
            }
        }
    }
}

/// Where two bands are as loud as each other, Hz.
fn meets_hz(crossover_hz: f32, sample_rate: f64) -> f64 {
    let frames = 1 << 17;
    let divided = impulse(CrossoverPhase::Linear, sample_rate, &[crossover_hz], frames);
    let low = spectrum(&divided.bands[0][0]);
    let below = low.iter().position(|value| value.norm() < 0.5).unwrap();
    below as f64 * sample_rate / frames as f64
}

#[test]
fn the_lowest_linear_crossovers_are_wider_but_in_their_place() {
    for crossover_hz in [20.0, 30.0, 40.0, 60.0, 80.0, 120.0] {
        let found_hz = meets_hz(crossover_hz, 48_000.0);
        println!("{crossover_hz} Hz: meets at {found_hz:.2} Hz");
        assert!((found_hz / f64::from(crossover_hz) - 1.0).abs() < 0.2, "{crossover_hz} Hz: {found_hz}");
    }
}
