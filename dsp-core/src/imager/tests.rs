//! The imager's answer to an impulse in each channel, against what each setting shall do.

mod motion;

use rustfft::FftPlanner;
use rustfft::num_complex::Complex;

use super::Imager;
use crate::processor::{Processor, Spec};
use crate::settings::{ImagerBand, ImagerParams, ImagerPhase, MonoSlope};
use crate::units::db_from_gain;

const RATE_HZ: f64 = 48_000.0;

/// Frames of an answer: longer than the mono bass at 20 Hz rings above -120 dB.
const FRAMES: usize = 1 << 16;

/// What leaves of left and right for what comes in.
pub(super) fn played(params: &ImagerParams, input: [Vec<f32>; 2]) -> [Vec<f32>; 2] {
    let mut imager = Imager::default();
    imager.set_params(params);
    imager.prepare(&Spec { sample_rate: RATE_HZ, max_block: 512, channels: 2 }).unwrap();
    let [mut left, mut right] = input;
    for (left, right) in left.chunks_mut(512).zip(right.chunks_mut(512)) {
        imager.process(&mut [left, right]);
    }
    [left, right]
}

/// The answer to an impulse in the middle (`sign` 1) or in the side (-1), as middle and side, in bins of RATE / FRAMES.
fn response(params: &ImagerParams, sign: f32) -> [Vec<Complex<f64>>; 2] {
    let mut input = [vec![0.0; FRAMES], vec![0.0; FRAMES]];
    (input[0][0], input[1][0]) = (1.0, sign);
    let [left, right] = played(params, input);
    [1.0, -1.0].map(|sign| {
        let part = |(left, right): (&f32, &f32)| Complex::from(0.5 * (f64::from(*left) + sign * f64::from(*right)));
        let mut bins: Vec<Complex<f64>> = left.iter().zip(&right).map(part).collect();
        FftPlanner::new().plan_fft_forward(FRAMES).process(&mut bins);
        bins
    })
}

fn bin(hz: f64) -> usize {
    (hz * FRAMES as f64 / RATE_HZ).round() as usize
}

fn level_db(bins: &[Complex<f64>], hz: f64) -> f64 {
    db_from_gain(bins[bin(hz)].norm())
}

fn of_bands(bands: &[ImagerBand], phase: ImagerPhase) -> ImagerParams {
    let mut params = ImagerParams { bands: bands.len() as u32, phase, ..ImagerParams::default() };
    params.band[..bands.len()].copy_from_slice(bands);
    params
}

fn width(width: f32) -> ImagerBand {
    ImagerBand { width, ..ImagerBand::default() }
}

#[test]
fn width_scales_the_side_and_leaves_the_middle() {
    for wanted in [0.0, 0.3, 1.0, 2.0] {
        let params = of_bands(&[width(wanted)], ImagerPhase::Minimum);
        let [of_middle, crossed] = response(&params, 1.0);
        let [crossed_back, of_side] = response(&params, -1.0);
        for hz in [20.0, 1000.0, 20_000.0] {
            // Rounding of f32.
            assert!((of_middle[bin(hz)].norm() - 1.0).abs() < 1e-6);
            assert!((of_side[bin(hz)].norm() - f64::from(wanted)).abs() < 1e-6, "{wanted}");
            assert!(crossed[bin(hz)].norm() + crossed_back[bin(hz)].norm() < 1e-6);
        }
    }
}

#[test]
fn each_band_has_its_own_width_and_the_middle_stays_flat() {
    for phase in [ImagerPhase::Minimum, ImagerPhase::Linear] {
        let params = of_bands(&[width(0.0), width(0.5), width(1.0), width(2.0)], phase);
        let [middle, _] = response(&params, 1.0);
        let [_, side] = response(&params, -1.0);
        for third in 0..30 {
            let hz = 20.0 * 2f64.powf(f64::from(third) / 3.0);
            // What crossovers may bend the sum by.
            assert!(level_db(&middle, hz).abs() < 0.01, "{phase:?}, {hz} Hz: {} dB", level_db(&middle, hz));
        }
        // Two octaves and more from the crossovers at 200, 2000 and 8000 Hz they leak below -40 dB.
        for (hz, gain) in [(30.0, 0.0), (630.0, 0.5), (4000.0, 1.0), (20_000.0, 2.0)] {
            let off = (side[bin(hz)].norm() - gain).abs();
            assert!(off < 0.08, "{phase:?}, {hz} Hz: {}", side[bin(hz)].norm());
        }
    }
}

#[test]
fn decorrelation_widens_a_mono_signal_and_vanishes_in_mono() {
    let band = ImagerBand { decorrelation: 1.0, ..ImagerBand::default() };
    for (bands, phase) in [(1, ImagerPhase::Minimum), (3, ImagerPhase::Minimum), (3, ImagerPhase::Linear)] {
        let [middle, side] = response(&of_bands(&vec![band; bands], phase), 1.0);
        for third in 0..29 {
            let (low, high) = [0.0, 1.0].map(|edge| bin(25.0 * 2f64.powf((f64::from(third) + edge) / 3.0))).into();
            let power = |bins: &[Complex<f64>]| {
                10.0 * (bins[low..high].iter().map(Complex::norm_sqr).sum::<f64>() / (high - low) as f64).log10()
            };
            // The mono sum of every third of an octave stays within 0.01 dB, of 0.1 that are allowed.
            assert!(power(&middle).abs() < 0.01, "{bands} bands, third {third}: {} dB", power(&middle));
            // From 250 Hz on there is as much side as middle: left and right do not correlate.
            if (10..28).contains(&third) {
                assert!(power(&side).abs() < 0.5, "{bands} bands, third {third}: {} dB", power(&side));
            }
        }
    }
}

#[test]
fn mono_bass_and_the_sides_high_pass_are_butterworths() {
    for (slope, order) in MonoSlope::ALL.iter().zip(1..) {
        let params = ImagerParams { mono_below_hz: 150.0, mono_slope_db_per_oct: *slope, ..ImagerParams::default() };
        let [middle, _] = response(&params, 1.0);
        let [_, side] = response(&params, -1.0);
        for hz in [40.0, 75.0, 150.0, 300.0, 3000.0] {
            // The analog response: the bilinear transform moves it by less than 0.002 dB here; the rest is the bin's place.
            let exact = bin(hz) as f64 * RATE_HZ / FRAMES as f64;
            let expected = -10.0 * (1.0 + (150.0 / exact).powi(2 * order)).log10();
            assert!((level_db(&side, hz) - expected).abs() < 0.01, "{slope:?}, {hz} Hz: {}", level_db(&side, hz));
            assert!(level_db(&middle, hz).abs() < 1e-5);
        }
    }
    let params = ImagerParams { side_high_pass_hz: 300.0, ..ImagerParams::default() };
    assert!((level_db(&response(&params, -1.0)[1], 300.0) + 3.01).abs() < 0.01);
}

#[test]
fn gains_rotation_and_balance_are_what_they_say() {
    let params = ImagerParams { mid_gain_db: -6.0, side_gain_db: 4.0, ..ImagerParams::default() };
    assert!((level_db(&response(&params, 1.0)[0], 1000.0) + 6.0).abs() < 1e-4);
    assert!((level_db(&response(&params, -1.0)[1], 1000.0) - 4.0).abs() < 1e-4);
    let params = ImagerParams { rotation_deg: 45.0, ..ImagerParams::default() };
    let [left, right] = played(&params, [vec![0.5; 64], vec![0.5; 64]]);
    assert!(left[63].abs() < 1e-6 && (right[63] - 0.5f32.sqrt()).abs() < 1e-6);
    let params = ImagerParams { balance: -0.5, ..ImagerParams::default() };
    let [left, right] = played(&params, [vec![0.5; 64], vec![0.5; 64]]);
    assert_eq!((left[63], right[63]), (0.5, 0.25));
}

#[test]
fn a_mono_signal_has_no_side_and_takes_the_middles_gain() {
    let mut imager = Imager::default();
    imager.set_params(&ImagerParams {
        mid_gain_db: 6.0,
        side_gain_db: -6.0,
        balance: 1.0,
        rotation_deg: 90.0,
        mono_below_hz: 100.0,
        ..of_bands(&[ImagerBand { width: 0.0, decorrelation: 1.0, solo: false }], ImagerPhase::Minimum)
    });
    imager.prepare(&Spec { sample_rate: RATE_HZ, max_block: 64, channels: 1 }).unwrap();
    let mut channel = [0.25; 64];
    imager.process(&mut [&mut channel]);
    // 6 dB are a factor of 1.99526.
    assert!(channel.iter().all(|sample| (sample - 0.498_815_6).abs() < 1e-6), "{channel:?}");
}

#[test]
fn a_soloed_band_is_heard_alone() {
    for phase in [ImagerPhase::Minimum, ImagerPhase::Linear] {
        let mut params = of_bands(&[width(1.0); 3], phase);
        params.band[1].solo = true;
        let [middle, _] = response(&params, 1.0);
        // 1.66 octaves from the crossovers at 200 and 2000 Hz each takes 1 / (1 + 0.316^4), -0.086 dB, away; ten times
        // beyond them the band is 80 dB down.
        assert!((level_db(&middle, 632.0) + 0.172).abs() < 0.01, "{phase:?}: {}", level_db(&middle, 632.0));
        assert!(level_db(&middle, 20.0) < -70.0 && level_db(&middle, 20_000.0) < -70.0, "{phase:?}");
    }
}

#[test]
fn what_stands_still_is_what_moved_there() {
    // One block takes the way of what moves to its end; short ones take that of what stands from the slot after on.
    let mut to = of_bands(&[width(1.7)], ImagerPhase::Minimum);
    (to.mid_gain_db, to.side_gain_db, to.rotation_deg, to.balance) = (1.5, -2.0, 20.0, 0.2);
    let only_turned = ImagerParams { rotation_deg: -10.0, ..ImagerParams::default() };
    for (from, to) in [(ImagerParams::default(), to), (to, ImagerParams::default()), (to, only_turned)] {
        let played = |block: usize| {
            let mut imager = Imager::default();
            imager.set_params(&from);
            imager.prepare(&Spec { sample_rate: RATE_HZ, max_block: 16_384, channels: 2 }).unwrap();
            let sample = |frame: usize, turn: f64| ((frame as f64 * turn).sin() * 0.7) as f32;
            let mut left: Vec<f32> = (0..16_384).map(|frame| sample(frame, 0.037)).collect();
            let mut right: Vec<f32> = (0..16_384).map(|frame| sample(frame, 0.053)).collect();
            // Silence of either sign, and what is too small to be sound.
            (left[9000], left[9001], left[9002], right[9001]) = (-0.0, -0.0, 1e-40, -0.0);
            (left[9010], right[9010], left[9011], right[9012]) = (1e-37, -1e-37, 1e-26, -1e-24);
            imager.process(&mut [&mut left[..64], &mut right[..64]]);
            imager.set_params(&to);
            for (left, right) in left[64..].chunks_mut(block).zip(right[64..].chunks_mut(block)) {
                imager.process(&mut [left, right]);
            }
            [left, right].map(|channel| channel.into_iter().map(f32::to_bits).collect::<Vec<_>>())
        };
        let expected = played(16_384);
        for block in [1, 64, 100] {
            assert!(played(block) == expected, "blocks of {block}");
        }
    }
}
