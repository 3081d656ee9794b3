//! What moves: no setting clicks.

use super::{RATE_HZ, of_bands, width};
use crate::imager::Imager;
use crate::processor::{Processor, Spec};
use crate::settings::{ImagerBand, ImagerParams, ImagerPhase, MonoSlope};

/// The largest second difference of a low tone in both channels while a setting changes in the middle, relative to the
/// tone's own.
fn roughness(from: &ImagerParams, to: &ImagerParams) -> f32 {
    let mut imager = Imager::default();
    imager.set_params(from);
    imager.prepare(&Spec { sample_rate: RATE_HZ, max_block: 64, channels: 2 }).unwrap();
    let tone = |frame: usize, phase: f64| {
        (0.5 * (2.0 * std::f64::consts::PI * 100.0 * frame as f64 / RATE_HZ + phase).sin()) as f32
    };
    let frames = 48_000;
    let [mut left, mut right]: [Vec<f32>; 2] = [0.0, 1.3].map(|phase| (0..frames).map(|at| tone(at, phase)).collect());
    for (slot, (left, right)) in left.chunks_mut(64).zip(right.chunks_mut(64)).enumerate() {
        if slot == 375 {
            imager.set_params(to);
        }
        imager.process(&mut [left, right]);
    }
    // From 0.25 s on the crossovers have settled.
    let second = |channel: &[f32]| {
        channel[12_000..].windows(3).map(|three| (three[0] - 2.0 * three[1] + three[2]).abs()).fold(0.0, f32::max)
    };
    second(&left).max(second(&right)) / second(&(0..frames).map(|at| tone(at, 0.0)).collect::<Vec<f32>>())
}

#[test]
fn no_setting_clicks() {
    let rest = ImagerParams::default();
    let with = |change: fn(&mut ImagerParams)| {
        let mut params = ImagerParams::default();
        change(&mut params);
        params
    };
    let settings = [
        with(|params| params.band[0].width = 0.0),
        with(|params| params.band[0].width = 2.0),
        with(|params| params.band[0].decorrelation = 1.0),
        with(|params| params.balance = 1.0),
        with(|params| params.rotation_deg = 90.0),
        with(|params| params.mid_gain_db = -24.0),
        with(|params| params.side_gain_db = -24.0),
        with(|params| params.mono_below_hz = 300.0),
        with(|params| params.side_high_pass_hz = 300.0),
        of_bands(&[width(0.0), width(2.0), width(0.5)], ImagerPhase::Minimum),
        with(|params| (params.mono_below_hz, params.mono_slope_db_per_oct) = (30.0, MonoSlope::TwentyFour)),
    ];
    for (place, other) in settings.iter().enumerate() {
        for (from, to) in [(&rest, other), (other, &rest), (&settings[7], other), (other, &settings[7])] {
            let roughness = roughness(from, to);
            // A tone that gets louder by what the setting allows (2 of width with the phases of two tones, 1.4 of a turn) in
            // 15 ms stays below four times its own; a step of 1 % of it would be 60.
            assert!(roughness < 4.0, "setting {place}: {roughness}");
        }
    }
}

#[test]
fn a_band_that_is_soloed_does_not_click() {
    let plain = of_bands(&[ImagerBand::default(); 3], ImagerPhase::Minimum);
    let mut soloed = plain;
    soloed.band[2].solo = true;
    assert!(roughness(&plain, &soloed) < 4.0 && roughness(&soloed, &plain) < 4.0);
}

#[test]
fn what_has_rung_out_leaves_the_input_bit_for_bit() {
    let mut imager = Imager::default();
    let mut params = ImagerParams::default();
    (params.band[0].decorrelation, params.mono_below_hz) = (1.0, 120.0);
    imager.set_params(&params);
    imager.prepare(&Spec { sample_rate: RATE_HZ, max_block: 64, channels: 2 }).unwrap();
    let sample = |frame: usize| (frame as f32 * 0.7).sin() * 0.3;
    let mut equal_slots = 0;
    for slot in 0..1500 {
        if slot == 100 {
            imager.set_params(&ImagerParams::default());
        }
        let input: [f32; 64] = std::array::from_fn(|frame| sample(64 * slot + frame));
        let (mut left, mut right) = (input, input.map(|sample| 0.5 * sample));
        imager.process(&mut [&mut left, &mut right]);
        equal_slots += usize::from(left == input && right == input.map(|sample| 0.5 * sample));
    }
    // After 100 slots at work the decorrelator rings for at most 400 ms, 300 slots; the last of them below what a sample
    // can hold.
    assert!((1100..1400).contains(&equal_slots), "{equal_slots}");
}
