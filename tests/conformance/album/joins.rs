//! True peaks at joins against the reference meter.

use runout_delivery::album::join_peaks::{JoinPeaks, around_cut};
use runout_tests::music::music;
use runout_tests::random::Random;
use runout_tests::reference_meter::reference_meter;
use std::ops::Range;

const RATE: f64 = 48_000.0;

/// Feeds a stream in blocks of so many frames.
fn peaks_dbtp(signal: &[Vec<f32>], joins: &[Range<u64>], mut block: impl FnMut() -> usize) -> Vec<f64> {
    let mut planes = signal.to_vec();
    let mut peaks = JoinPeaks::new(planes.len(), joins);
    let (mut position, frames) = (0, planes[0].len());
    while position < frames {
        let end = frames.min(position + block());
        let part: Vec<&mut [f32]> = planes.iter_mut().map(|plane| &mut plane[position..end]).collect();
        peaks.push(position as u64, &part);
        position = end;
    }
    peaks.finish()
}

/// The reference meter's highest of all channels in some frames of a stream, dBTP.
fn expected_dbtp(signal: &[Vec<f32>], frames: &Range<u64>) -> f64 {
    let meter = reference_meter();
    let range = frames.start as usize..(frames.end as usize).min(signal[0].len());
    // With what the interpolator reads on both sides; a frame's own places are those up to the next.
    let (from, to) = (range.start.saturating_sub(400), (range.end + 400).min(signal[0].len()));
    let highest = signal.iter().map(|channel| {
        let profile = meter.profile(&channel[from..to], 1);
        profile[range.start - from..range.end - from].iter().copied().fold(0.0, f64::max)
    });
    20.0 * highest.fold(0.0, f64::max).log10()
}

#[test]
fn peaks_around_cuts_and_in_crossfades_are_those_of_the_reference_meter() {
    let signal = music(41, RATE, 12.0, 2);
    let joins = [around_cut(100_003, RATE), 200_000..290_000, around_cut(1000, RATE), around_cut(575_000, RATE)];
    assert_eq!(joins[0], 97_603..102_403);
    assert_eq!(joins[2], 0..3400);
    let seed = 42;
    let mut random = Random::new(seed);
    let found = peaks_dbtp(&signal, &joins, || 1 + random.below(6000));
    for (join, found) in joins.iter().zip(&found) {
        let expected = expected_dbtp(&signal, join);
        // 0.02 dB as the meter; a window reaches up to 8 frames further, where music is no higher by more than 0.1 dB.
        assert!((-0.03..0.1).contains(&(found - expected)), "{join:?}: {found} {expected}, seed {seed}");
    }
    // How it is cut does not matter.
    assert_eq!(found, peaks_dbtp(&signal, &joins, || 1 << 20));
}

#[test]
fn a_peak_between_the_samples_of_two_tracks_is_found_and_one_elsewhere_is_not() {
    // +1 and -1 in turn, with one sign repeated at the cut: 6.6 dB over the samples with four on each side.
    let mut signal = vec![0.0f32; 48_000];
    for offset in 0..4 {
        let sign = if offset % 2 == 0 { 0.5 } else { -0.5 };
        signal[24_000 + offset] = sign;
        signal[23_999 - offset] = sign;
    }
    signal[40_000] = 1.0;
    let cut = [around_cut(24_000, RATE)];
    let found = peaks_dbtp(std::slice::from_ref(&signal), &cut, || 511)[0];
    let expected = expected_dbtp(&[signal], &cut[0]);
    // The interpolators differ on energy at Nyquist itself (STANDARDS: by decibels); half a dB of one is enough here.
    assert!(found > -6.0 + 4.5 && (found - expected).abs() < 0.7, "{found} {expected}");
}

#[test]
fn two_sides_may_come_from_two_streams_and_silence_has_no_peak() {
    let (first, second) = (music(43, RATE, 3.0, 1), music(44, RATE, 3.0, 1));
    let joined = vec![[first[0].clone(), vec![0.0; 48_000], second[0].clone()].concat()];
    let cut = 3 * 48_000u64 + 48_000;
    let joins = [around_cut(cut, RATE), around_cut(cut - 20_000, RATE)];
    let whole = peaks_dbtp(&joined, &joins, || 4096);
    assert_eq!(whole[1], f64::NEG_INFINITY, "the gap alone");
    let mut peaks = JoinPeaks::new(1, &joins);
    let (mut first, mut second) = (first[0].clone(), second[0].clone());
    peaks.push(cut, &[&mut second]);
    peaks.push(0, &[&mut first]);
    let apart = peaks.finish();
    // The hops lie otherwise on the second: a few roundings of f32.
    assert!((apart[0] - whole[0]).abs() < 1e-3, "{apart:?} {whole:?}");
}
