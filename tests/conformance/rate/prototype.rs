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
    /// The level at 0.95 of it, dB.
    near_end_db: f64,
    /// The highest level from the lower Nyquist frequency up, dB.
    beyond_db: f64,
    /// The largest difference between one side and the other, relative to the highest sample.
    asymmetry: f64,
}

fn greatest_common_divisor(one: u64, other: u64) -> u64 {
    if other == 0 { one } else { greatest_common_divisor(other, one % other) }
}

/// The prototype, its center in the middle.
fn prototype(from_hz: u32, to_hz: u32) -> Vec<f64> {
    let unit = greatest_common_divisor(from_hz.into(), to_hz.into());
    let (m, l) = (u64::from(from_hz) / unit, u64::from(to_hz) / unit);
    // Congruent to 1 modulo M: each impulse shows another phase.
    let apart = (APART * m.div_ceil(l).max(1)).div_ceil(m) * m + 1;
    let first = apart / 2 + 3;
    let frames = m * apart + 2 * first;
    let is_impulse = move |frame: u64| frame >= first && (frame - first) % apart == 0 && (frame - first) / apart < m;
    let impulses = Synthesized::boxed(from_hz, 1, frames, move |_, frame| if is_impulse(frame) { 1.0 } else { 0.0 });
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
    let highest = taps[half];
    let asymmetry = (1..half).map(|offset| (taps[half + offset] - taps[half - offset]).abs()).fold(0.0, f64::max);
    let mut bins: Vec<Complex<f64>> = taps.iter().map(|tap| Complex::new(*tap, 0.0)).collect();
    bins.resize(2 * taps.len(), Complex::ZERO);
    FftPlanner::new().plan_fft_forward(bins.len()).process(&mut bins);
    let unit = greatest_common_divisor(from_hz.into(), to_hz.into());
    let (m, l) = (u64::from(from_hz) / unit, u64::from(to_hz) / unit);
    let grid_hz = u64::from(from_hz) as f64 * l as f64;
    // An impulse is a sample: at the output's rate its spectrum is the prototype's over M, times the ratio of the rates.
    let level = |bin: &Complex<f64>| decibels(bin.norm() / l as f64);
    let lower_nyquist_hz = f64::from(from_hz.min(to_hz)) / 2.0;
    let bin_hz = grid_hz / bins.len() as f64;
    let at = |share: f64| (share * lower_nyquist_hz / bin_hz) as usize;
    let _ = m;
    Response {
        ripple_db: bins[..=at(0.9)].iter().map(|bin| level(bin).abs()).fold(0.0, f64::max),
        near_end_db: level(&bins[at(0.95)]),
        beyond_db: bins[at(1.0) + 1..bins.len() / 2].iter().map(level).fold(f64::NEG_INFINITY, f64::max),
        asymmetry: asymmetry / highest,
    }
}

#[test]
fn explore() {
    for from_hz in RATES_HZ {
        for to_hz in RATES_HZ {
            if from_hz != to_hz {
                let started = std::time::Instant::now();
                println!("{from_hz} {to_hz} {:?} {:?}", response(from_hz, to_hz), started.elapsed());
            }
        }
    }
}
