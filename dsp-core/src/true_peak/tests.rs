//! The gate against no gate, bit for bit, and the bound against every value that was computed.

use super::*;
use crate::dispatch::{Kernel, Vector};

/// A generator of numbers from -1 to 1 (a linear congruence, the high bits).
fn noise(seed: u64) -> impl FnMut() -> f32 {
    let mut state = seed;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 40) as f32 / (1u64 << 23) as f32) - 1.0
    }
}

/// Signals of 200 hops that differ in where their energy lies.
fn signals() -> Vec<(&'static str, Vec<f32>)> {
    const FRAMES: usize = 200 * HOP_FRAMES;
    let mut white = noise(11);
    let mut sparse = noise(12);
    let mut hats = noise(13);
    let alternating = |index: usize| if index.is_multiple_of(2) { 1.0 } else { -1.0 };
    let signal = |mut value: Box<dyn FnMut(usize) -> f32>| (0..FRAMES).map(&mut value).collect();
    vec![
        ("white noise", signal(Box::new(move |_| white()))),
        ("bass", signal(Box::new(|index| 0.9 * (index as f32 * 0.007).sin()))),
        (
            "bass with noise bursts",
            signal(Box::new(move |index| {
                let burst = if index % 3000 < 300 { 0.3 } else { 0.001 };
                0.7 * (index as f32 * 0.01).sin() + burst * hats()
            })),
        ),
        (
            "alternating, one sign repeated",
            signal(Box::new(move |index| alternating(index + usize::from(index > 5000)))),
        ),
        ("a quarter of the rate at 45 degrees", signal(Box::new(|index| (index as f32 * 1.570_796_4 + 0.785).sin()))),
        ("lone impulses", signal(Box::new(move |_| if sparse() > 0.99 { 1.0 } else { 0.0 }))),
        ("+120 dBFS alternating", signal(Box::new(move |index| 1e6 * alternating(index + usize::from(index > 5000))))),
        // Its peaks come to lie at every place between frames.
        ("a tone at 0.43 of the rate", signal(Box::new(|index| (index as f64 * 2.7017).sin() as f32))),
        ("a constant", signal(Box::new(|_| 0.5))),
        ("a ramp", signal(Box::new(|index| index as f32 * 1e-3 - 5.0))),
    ]
}

fn detectors() -> impl Iterator<Item = (Instructions, Option<f64>)> {
    Instructions::available().flat_map(|set| [None, Some(48_000.0), Some(96_000.0)].map(|rate| (set, rate)))
}

fn detector(set: Instructions, ebur128: Option<f64>) -> TruePeak {
    ebur128.map_or_else(|| TruePeak::new(set), |rate| TruePeak::with_ebur128(set, rate))
}

/// Every group's bound and peak without a gate.
fn everything(set: Instructions, ebur128: Option<f64>, signal: &[f32]) -> Vec<(f32, f32)> {
    let mut detector = detector(set, ebur128);
    let mut groups = Vec::new();
    for hop in signal.as_chunks().0 {
        detector.push(hop);
        let bounds = *detector.bounds();
        let peaks: Vec<f32> = (0..RUNS_PER_HOP).flat_map(|run| detector.run_peaks(run)).collect();
        groups.extend(bounds.into_iter().zip(peaks));
    }
    groups
}

#[test]
fn no_peak_is_above_its_bound() {
    for (set, ebur128) in detectors() {
        for (name, signal) in signals() {
            let mut tightest = f32::INFINITY;
            for (index, (bound, peak)) in everything(set, ebur128, &signal).into_iter().enumerate() {
                assert!(peak.is_finite() && peak <= bound, "{set:?} {name}, group {index}: {peak} above {bound}");
                tightest = if peak > 0.0 { tightest.min(bound / peak) } else { tightest };
            }
            println!("{set:?} {name}: the tightest bound is {tightest} times the peak");
        }
    }
}

/// The largest magnitude of each block that a group's bound weighs: of `value` at 8 b + `offset` to 8 b + `offset` + 7.
fn block_maxima(group: usize, offset: usize, value: impl Fn(usize) -> f64) -> [f64; bound::WEIGHTS] {
    let first = group * GROUP_FRAMES - bound::REACH_BLOCKS * GROUP_FRAMES;
    std::array::from_fn(|block| {
        let from = first + block * GROUP_FRAMES;
        (from..from + GROUP_FRAMES).map(|n| value(n + offset).abs()).fold(0.0, f64::max)
    })
}

#[test]
fn every_second_difference_is_in_the_bounds() {
    // Each signal more than twice as long as the history is before it is moved back; far from its start, so that every
    // block is there. Zeros stand for the frames before the first.
    const BEFORE: usize = 256;
    for (set, ebur128) in detectors() {
        for (name, signal) in signals() {
            let mut detector = detector(set, ebur128);
            let padded: Vec<f64> =
                [vec![0.0; BEFORE], signal[..40 * HOP_FRAMES].to_vec()].concat().into_iter().map(f64::from).collect();
            let second_difference = |n: usize| padded[n - 2] - 2.0 * padded[n - 1] + padded[n];
            for (hop, frames) in signal.as_chunks().0.iter().take(40).enumerate() {
                detector.push(frames);
                let window = BEFORE + hop * HOP_FRAMES - LAG_FRAMES;
                for (group, &bound) in detector.bounds().iter().enumerate() {
                    let group = window / GROUP_FRAMES + group;
                    let curvature = block_maxima(group, 0, second_difference);
                    let weighed: f64 = detector
                        .bound
                        .weights
                        .iter()
                        .zip(curvature)
                        .map(|(&weight, most)| f64::from(weight) * most)
                        .sum();
                    let local = (0..=GROUP_FRAMES).map(|n| padded[group * GROUP_FRAMES + n].abs()).fold(0.0, f64::max);
                    // Both are sums of positive numbers: 30 roundings of f32 are 2e-6 of them.
                    let least = (weighed + local) * (1.0 - 4e-6);
                    assert!(f64::from(bound) >= least, "{set:?} {name}, hop {hop}, group {group}: {bound} for {least}");
                }
            }
        }
    }
}

/// The later stages' bound of a run that starts at frame `first` of the window.
struct OfRun<'a>(&'a TruePeak, usize);

impl Kernel for OfRun<'_> {
    type Output = f32;

    #[inline(always)]
    fn run<V: Vector>(self) -> f32 {
        let Self(detector, first) = self;
        let (even, odd) = (detector.even[first..].first_chunk().unwrap(), detector.odd[first..].first_chunk().unwrap());
        detector.later_bound.of::<V>(even, odd, detector.taken.rounding)
    }
}

#[test]
fn no_peak_is_above_the_later_bound() {
    for set in Instructions::available() {
        for (name, signal) in signals() {
            let mut detector = detector(set, None);
            let mut tightest = f32::INFINITY;
            for (hop, frames) in signal.as_chunks().0.iter().enumerate() {
                detector.push(frames);
                for run in 0..RUNS_PER_HOP {
                    let [first, second] = detector.run_peaks(run);
                    let (peak, bound) = (larger(first, second), set.run(OfRun(&detector, run * RUN_FRAMES)));
                    assert!(peak <= bound, "{set:?} {name}, hop {hop}, run {run}: {peak} above {bound}");
                    tightest = if peak > 0.0 { tightest.min(bound / peak) } else { tightest };
                }
            }
            println!("{set:?} {name}: the tightest later bound is {tightest} times the peak");
        }
    }
}

#[test]
fn the_gate_changes_no_bit() {
    for (set, ebur128) in detectors() {
        for (name, signal) in signals() {
            let all = everything(set, ebur128, &signal);
            let highest = all.iter().fold(0.0, |highest, (_, peak)| larger(highest, *peak));
            for floor in [0.0, 0.3, 0.7, 0.9, 0.999, 1.0].map(|share| share * highest) {
                let (mut above, mut slot) = (detector(set, ebur128), detector(set, ebur128));
                let (mut held, mut expected_held) = (floor, floor);
                for (hop, groups) in signal.as_chunks().0.iter().zip(all.as_chunks::<GROUPS_PER_HOP>().0) {
                    above.push(hop);
                    for (peak, (_, expected)) in above.peaks_above(floor).into_iter().zip(groups) {
                        let same = peak.to_bits() == expected.to_bits() || (*expected <= floor && peak <= *expected);
                        assert!(same, "{set:?} {name} over {floor}: {peak} for {expected}");
                    }
                    slot.push(hop);
                    held = slot.highest_above(held);
                    expected_held = groups.iter().fold(expected_held, |highest, (_, peak)| larger(highest, *peak));
                    assert_eq!(held.to_bits(), expected_held.to_bits(), "{set:?} {name} over {floor}");
                }
            }
        }
    }
}

#[test]
fn the_window_lies_where_the_lag_says() {
    // A lone impulse is read, as a sample, in the group that holds it and the one that ends at it.
    for place in 0..HOP_FRAMES {
        let mut detector = TruePeak::new(Instructions::Baseline);
        let mut signal = vec![0.0; 8 * HOP_FRAMES];
        signal[2 * HOP_FRAMES + place] = 1.0;
        let mut groups = Vec::new();
        for hop in signal.as_chunks().0 {
            detector.push(hop);
            groups.extend(detector.peaks_above(0.0));
        }
        let group = (2 * HOP_FRAMES + place + LAG_FRAMES) / GROUP_FRAMES;
        assert_eq!(groups[group], 1.0, "frame {place}");
        assert_eq!(groups[group - 1] == 1.0, place % GROUP_FRAMES == 0, "frame {place}");
    }
}

#[test]
fn reset_forgets() {
    let mut seasoned = TruePeak::new(Instructions::current());
    let mut value = noise(21);
    let hop: [f32; HOP_FRAMES] = std::array::from_fn(|_| value());
    for _ in 0..5 {
        seasoned.push(&hop);
        seasoned.peaks_above(0.0);
    }
    seasoned.reset();
    let mut fresh = TruePeak::new(Instructions::current());
    for _ in 0..5 {
        seasoned.push(&hop);
        fresh.push(&hop);
        assert_eq!(seasoned.bounds(), fresh.bounds());
        assert_eq!(seasoned.peaks_above(0.0), fresh.peaks_above(0.0));
    }
}
