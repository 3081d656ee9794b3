//! The whole impulse response between two rates, on the grid that both have in common.
//!
//! With rates in the ratio M : L, an impulse at source frame p that appears at output frame n shows the converter's
//! prototype at n M - p L of L times the source's rate. Impulses at M neighboring places of that grid show all of it: its
//! transform below the lower Nyquist frequency is the passband, and what it has above is every image and every alias.

use rustfft::FftPlanner;
use rustfft::num_complex::Complex;

use super::{RATES_HZ, Synthesized, converted, decibels};

/// Frames of the lower rate between two impulses: more than a response lasts.
const APART: u64 = 700;

/// What a response shows.
#[derive(Debug)]
struct Response {
    /// The largest deviation from 0 dB up to 0.9 of the lower Nyquist frequency, dB.
    ripple_db: f64,
    /// The level at 0.94 of it, dB.
    near_end_db: f64,
    /// The highest level from the lower Nyquist frequency up, dB.
    beyond_db: f64,
    /// The largest difference between one side and the other, relative to the highest sample.
    asymmetry: f64,
}

fn greatest_common_divisor(one: u64, other: u64) -> u64 {
    if other == 0 { one } else { greatest_common_divisor(other, one % other) }
}

/// The ratio of two rates in lowest terms.
fn ratio(from_hz: u32, to_hz: u32) -> (u64, u64) {
    let unit = greatest_common_divisor(from_hz.into(), to_hz.into());
    (u64::from(from_hz) / unit, u64::from(to_hz) / unit)
}

/// The prototype, the place of the impulse in its middle.
fn prototype(from_hz: u32, to_hz: u32) -> Vec<f64> {
    let (m, l) = ratio(from_hz, to_hz);
    // Congruent to 1 modulo M: each impulse shows another phase.
    let apart = (APART * m.div_ceil(l)).div_ceil(m) * m + 1;
    let first = apart / 2 + 3;
    let frames = m * apart + 2 * first;
    let is_impulse =
        move |frame: u64| frame >= first && (frame - first).is_multiple_of(apart) && (frame - first) / apart < m;
    let impulses = Synthesized::boxed(from_hz, 1, frames, move |_, frame| f32::from(u8::from(is_impulse(frame))));
    let output = converted(impulses, to_hz).swap_remove(0);
    let half = apart * l / 2;
    let mut taps = vec![f64::NAN; 2 * half as usize];
    for impulse in 0..m {
        let center = (first + impulse * apart) * l;
        for frame in (center - half).div_ceil(m)..(center + half).div_ceil(m) {
            taps[(frame * m + half - center) as usize] = f64::from(output[frame as usize]);
        }
    }
    assert!(taps.iter().all(|tap| tap.is_finite()), "every place of the grid is shown");
    taps
}

fn response(from_hz: u32, to_hz: u32) -> Response {
    let taps = prototype(from_hz, to_hz);
    let half = taps.len() / 2;
    let asymmetry = (1..half).map(|offset| (taps[half + offset] - taps[half - offset]).abs()).fold(0.0, f64::max);
    let (_, l) = ratio(from_hz, to_hz);
    let bin_hz = f64::from(from_hz) * l as f64 / (2 * taps.len()) as f64;
    let mut bins: Vec<Complex<f64>> = taps.iter().map(|tap| Complex::new(*tap, 0.0)).collect();
    bins.resize(2 * taps.len(), Complex::ZERO);
    FftPlanner::new().plan_fft_forward(bins.len()).process(&mut bins);
    // A tone meets one of L phases in each frame it is given in.
    let level = |bin: &Complex<f64>| decibels(bin.norm() / l as f64);
    let at = |share: f64| (share * f64::from(from_hz.min(to_hz)) / 2.0 / bin_hz) as usize;
    Response {
        ripple_db: bins[..=at(0.9)].iter().map(|bin| level(bin).abs()).fold(0.0, f64::max),
        near_end_db: level(&bins[at(0.94)]),
        beyond_db: bins[at(1.0) + 1..bins.len() / 2].iter().map(level).fold(f64::NEG_INFINITY, f64::max),
        asymmetry: asymmetry / taps[half],
    }
}

#[track_caller]
fn passes_all_and_folds_nothing(from_hz: u32, to_hz: u32) {
    let shown = response(from_hz, to_hz);
    let text = format!("{from_hz} -> {to_hz} Hz: {shown:?}");
    println!("{text}");
    // 0.01 dB and -140 dB are promised. The samples of a response are floats: each is wrong by up to 6e-8 of itself, which
    // is what is left of -140 dB.
    assert!(shown.ripple_db <= 1e-5 && shown.near_end_db.abs() <= 1e-2 && shown.beyond_db <= -140.0, "{text}");
    // Linear phase, and the impulse in its place to a small part of a frame: two roundings differ by 1.2e-7.
    assert!(shown.asymmetry <= 1.2e-7, "{text}");
}

#[test]
fn to_lower_rates_nothing_folds() {
    for from_hz in RATES_HZ {
        RATES_HZ
            .iter()
            .filter(|to_hz| **to_hz < from_hz)
            .for_each(|to_hz| passes_all_and_folds_nothing(from_hz, *to_hz));
    }
}

#[test]
fn to_higher_rates_there_is_no_image() {
    for from_hz in RATES_HZ {
        RATES_HZ
            .iter()
            .filter(|to_hz| **to_hz > from_hz)
            .for_each(|to_hz| passes_all_and_folds_nothing(from_hz, *to_hz));
    }
}
