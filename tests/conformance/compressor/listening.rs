//! Solo, mute and delta: parts of one whole.

use runout_dsp_core::settings::{CompressorBand, CompressorParams, CompressorPhase};
use runout_tests::signals::noise;

use super::{PHASES, divided, played};

const RATE: f64 = 48_000.0;

/// Roundings of samples below 1, a few for each of four bands.
const ROUNDING: f32 = 3e-6;

fn working(phase: CompressorPhase) -> CompressorParams {
    let band = CompressorBand { threshold_db: -40.0, ratio: 3.0, ..CompressorBand::default() };
    divided(phase, &[150.0, 1000.0, 6000.0], band)
}

fn signal() -> [Vec<f32>; 2] {
    [noise(3, 0.7, 24_000), noise(4, 0.3, 24_000)]
}

fn with(params: &CompressorParams, band: usize, change: fn(&mut CompressorBand)) -> CompressorParams {
    let mut params = *params;
    change(&mut params.band[band]);
    params
}

fn sum(parts: &[Vec<Vec<f32>>]) -> Vec<Vec<f32>> {
    let mut sum = parts[0].clone();
    for part in &parts[1..] {
        for (sum, part) in sum.iter_mut().flatten().zip(part.iter().flatten()) {
            *sum += part;
        }
    }
    sum
}

fn assert_equal(found: &[Vec<f32>], expected: &[Vec<f32>], what: &str) {
    let farthest = found
        .iter()
        .flatten()
        .zip(expected.iter().flatten())
        .fold(0f32, |most, (found, expected)| most.max((found - expected).abs()));
    let loudest = expected.iter().flatten().fold(0f32, |most, sample| most.max(sample.abs()));
    assert!(loudest > 0.02, "{what}: next to nothing is heard");
    assert!(farthest < ROUNDING, "{what}: {farthest}");
}

/// What is heard of all bands of a kind where someone listens: the dynamic kind's bands are the minimum kind's.
fn whole(phase: CompressorPhase) -> Vec<Vec<f32>> {
    let kind = if phase == CompressorPhase::Linear { phase } else { CompressorPhase::Minimum };
    played(&working(kind), RATE, &signal())
}

#[test]
fn soloed_bands_add_up_to_the_whole() {
    for phase in PHASES {
        let solos =
            [0, 1, 2, 3].map(|band| played(&with(&working(phase), band, |band| band.solo = true), RATE, &signal()));
        assert_equal(&sum(&solos), &whole(phase), &format!("{phase:?}"));
        // Two of them at once are both.
        let both = with(&with(&working(phase), 1, |band| band.solo = true), 3, |band| band.solo = true);
        assert_equal(
            &played(&both, RATE, &signal()),
            &sum(&[solos[1].clone(), solos[3].clone()]),
            &format!("{phase:?}"),
        );
    }
}

#[test]
fn a_muted_band_and_the_same_band_alone_are_the_whole() {
    for phase in PHASES {
        for band in 0..4 {
            let [muted, alone] =
                [|band: &mut CompressorBand| band.mute = true, |band: &mut CompressorBand| band.solo = true]
                    .map(|change| played(&with(&working(phase), band, change), RATE, &signal()));
            assert_equal(&sum(&[muted, alone]), &whole(phase), &format!("{phase:?}, band {band}"));
        }
    }
}

#[test]
fn what_a_band_leaves_and_what_it_takes_away_are_the_band_at_rest() {
    for phase in PHASES {
        for band in 0..4 {
            let alone = with(&working(phase), band, |band| band.solo = true);
            let taken = with(&alone, band, |band| band.delta = true);
            let at_rest = with(&alone, band, |band| band.enabled = false);
            let [alone, taken, at_rest] = [alone, taken, at_rest].map(|params| played(&params, RATE, &signal()));
            assert_equal(&sum(&[alone, taken]), &at_rest, &format!("{phase:?}, band {band}"));
        }
    }
}
