//! What part of the signal a band acts on.

use super::{ZeroLatency, band, noise, params, played};
use crate::dispatch::Instructions;
use crate::processor::{Processor, Spec};
use crate::settings::{BandChannel, BandShape, EqualizerBand};

const SAMPLE_RATE: f64 = 48_000.0;

fn on(channel: BandChannel) -> EqualizerBand {
    EqualizerBand { channel, ..band(BandShape::HighShelf, 3000.0, 9.0, 1.0) }
}

/// The largest difference of two signals.
fn distance<'a>(a: impl IntoIterator<Item = &'a f32>, b: impl IntoIterator<Item = &'a f32>) -> f32 {
    a.into_iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn bands_on_one_part_leave_the_other() {
    let input = noise(4000, 5);
    let [left, right] = &input;
    let through = |channel| played(SAMPLE_RATE, Instructions::current(), &input, &[64], &[(0, params(&[on(channel)]))]);
    let stereo = through(BandChannel::Stereo);
    let side: Vec<f32> = left.iter().zip(right).map(|(left, right)| left - right).collect();
    let mid: Vec<f32> = left.iter().zip(right).map(|(left, right)| left + right).collect();
    let side_of = |of: &[Vec<f32>; 2]| of[0].iter().zip(&of[1]).map(|(left, right)| left - right).collect::<Vec<_>>();
    let mid_of = |of: &[Vec<f32>; 2]| of[0].iter().zip(&of[1]).map(|(left, right)| left + right).collect::<Vec<_>>();
    // Two roundings of f32 of samples up to 4.
    let near = 1e-6;
    let only_left = through(BandChannel::Left);
    assert_eq!(only_left, [stereo[0].clone(), right.clone()]);
    let only_right = through(BandChannel::Right);
    assert_eq!(only_right, [left.clone(), stereo[1].clone()]);
    let only_mid = through(BandChannel::Mid);
    assert!(distance(&side_of(&only_mid), &side) < near);
    assert!(distance(&mid_of(&only_mid), &mid_of(&stereo)) < near);
    let only_side = through(BandChannel::Side);
    assert!(distance(&mid_of(&only_side), &mid) < near);
    assert!(distance(&side_of(&only_side), &side_of(&stereo)) < near);
    assert!(distance(&stereo[0], left) > 0.1);
}

#[test]
fn one_channel_is_the_mid_and_the_left() {
    let [input, _] = noise(4000, 6);
    let through = |bands: &[EqualizerBand]| {
        let mut processor = ZeroLatency::default();
        processor.prepare(&Spec { sample_rate: SAMPLE_RATE, max_block: 4096, channels: 1 }).unwrap();
        processor.set_params(&params(bands));
        let mut output = input.clone();
        processor.process(&mut [&mut output]);
        output
    };
    let acts = through(&[on(BandChannel::Stereo)]);
    assert!(distance(&acts, &input) > 0.1);
    assert_eq!(through(&[on(BandChannel::Mid)]), acts);
    assert_eq!(through(&[on(BandChannel::Left)]), acts);
    assert_eq!(through(&[on(BandChannel::Side), on(BandChannel::Right)]), input);
    // Of two equal channels, bands on stereo give what they give of one.
    let equal = [input.clone(), input.clone()];
    let both = played(SAMPLE_RATE, Instructions::current(), &equal, &[64], &[(0, params(&[on(BandChannel::Stereo)]))]);
    assert_eq!(both[0], acts);
}

#[test]
fn bands_act_in_the_order_of_their_slots() {
    let input = noise(4000, 7);
    let through =
        |bands: &[EqualizerBand]| played(SAMPLE_RATE, Instructions::current(), &input, &[64], &[(0, params(bands))]);
    let (left, side) = (on(BandChannel::Left), on(BandChannel::Side));
    let expected = {
        let first = through(&[left]);
        played(SAMPLE_RATE, Instructions::current(), &first, &[64], &[(0, params(&[side]))])
    };
    let in_order = through(&[left, side]);
    // One rounding of f32 between the bands.
    assert!(distance(in_order.iter().flatten(), expected.iter().flatten()) < 1e-6);
    assert!(distance(in_order.iter().flatten(), through(&[side, left]).iter().flatten()) > 0.1);
}
