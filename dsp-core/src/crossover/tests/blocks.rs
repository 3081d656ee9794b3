//! Bits: the same however the stream is cut and after a reset, and nearly so on every set of instructions.

use super::{Change, crossover, distance, divide, noise};
use crate::crossover::CrossoverPhase;
use crate::dispatch::Instructions;

const SAMPLE_RATE: f64 = 48_000.0;

const PHASES: [CrossoverPhase; 2] = [CrossoverPhase::Minimum, CrossoverPhase::Linear];

/// Every number of bands, and crossovers that move before and while that number changes.
fn course() -> Vec<Change> {
    vec![
        (0, vec![100.0, 1000.0, 8000.0]),
        (1003, vec![150.0, 700.0, 9000.0]),
        (2500, vec![150.0, 700.0, 2000.0, 3000.0, 9000.0]),
        (2901, vec![150.0, 700.0, 2500.0, 3000.0, 4000.0]),
        (9000, vec![300.0]),
        (9100, vec![30.0, 20_000.0]),
        (15_000, vec![]),
        (19_000, vec![30.0, 200.0, 2000.0, 15_000.0]),
    ]
}

#[test]
fn the_cut_into_blocks_does_not_matter() {
    let input = noise(24_000, 1);
    for phase in PHASES {
        for set in Instructions::available() {
            let played = |blocks: &[usize]| {
                divide(&mut crossover(phase, SAMPLE_RATE, set, &course()[0].1), &input, blocks, &course()).bits()
            };
            let expected = played(&[4096]);
            for blocks in [&[1][..], &[7], &[64], &[511], &[3, 60, 1, 64, 65, 2, 200]] {
                assert!(played(blocks) == expected, "{phase:?}, {set:?}, blocks {blocks:?}");
            }
        }
    }
}

#[test]
fn sets_of_instructions_differ_below_minus_120_dbfs() {
    let input = noise(24_000, 2);
    for phase in PHASES {
        let played = |set| divide(&mut crossover(phase, SAMPLE_RATE, set, &[]), &input, &[512], &course());
        let baseline = played(Instructions::Baseline);
        for set in Instructions::available() {
            let found = played(set);
            let farthest = distance(found.all().flatten(), baseline.all().flatten());
            println!("{phase:?} {set:?}: {farthest:e}");
            // -120 dBFS.
            assert!(farthest < 1e-6, "{phase:?} {set:?}: {farthest:e}");
        }
    }
}

#[test]
fn after_a_reset_it_is_as_fresh() {
    let input = noise(3000, 3);
    for phase in PHASES {
        let corners = [90.0, 900.0, 9000.0, 9500.0];
        let fresh = divide(&mut crossover(phase, SAMPLE_RATE, Instructions::current(), &corners), &input, &[64], &[]);
        // At rest, while crossovers move, while the number of bands changes, and in the middle of a slot.
        let pasts: [(usize, Vec<Change>); 4] = [
            (5000, vec![(0, corners.to_vec())]),
            (5100, vec![(4000, vec![200.0, 300.0]), (5000, corners.to_vec())]),
            (5100, vec![(4000, vec![200.0, 300.0, 400.0, 500.0]), (5000, corners.to_vec())]),
            (4711, vec![(1000, vec![]), (4700, corners.to_vec())]),
        ];
        for (frames, past) in pasts {
            let mut used = crossover(phase, SAMPLE_RATE, Instructions::current(), &corners);
            divide(&mut used, &noise(frames, 4), &[64], &past);
            used.reset();
            assert!(divide(&mut used, &input, &[64], &[]).bits() == fresh.bits(), "{phase:?} after {frames}");
        }
    }
}

#[test]
fn what_is_set_before_the_first_frame_acts_at_once() {
    let input = noise(3000, 5);
    for phase in PHASES {
        let fresh = divide(&mut crossover(phase, SAMPLE_RATE, Instructions::current(), &[700.0]), &input, &[64], &[]);
        let mut late = crossover(phase, SAMPLE_RATE, Instructions::current(), &[90.0, 900.0]);
        assert!(divide(&mut late, &input, &[64], &[(0, vec![700.0])]).bits() == fresh.bits(), "{phase:?}");
    }
}
