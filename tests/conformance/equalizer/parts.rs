//! Bands on mid, side, left and right act on their part, in the order of the slots.

use runout_dsp_core::settings::{BandChannel, BandShape, EqualizerBand, EqualizerPhase};
use runout_tests::random::Random;
use rustfft::num_complex::Complex;

use super::{band, part_of, response, responses, with};

const RATE: f64 = 48_000.0;

const POINTS: usize = 16_384;

type Matrix = [[Complex<f64>; 2]; 2];

/// A band's matrix where its response is `gain`: 1 and what it changes of its part.
fn matrix(channel: BandChannel, gain: Complex<f64>) -> Matrix {
    let mut matrix = part_of(channel).map(|row| row.map(|share| (gain - 1.0) * share));
    matrix[0][0] += 1.0;
    matrix[1][1] += 1.0;
    matrix
}

fn times(first: &Matrix, second: &Matrix) -> Matrix {
    let element = |row: usize, column: usize| second[row][0] * first[0][column] + second[row][1] * first[1][column];
    [[element(0, 0), element(0, 1)], [element(1, 0), element(1, 1)]]
}

#[test]
fn bands_act_on_their_part_in_the_order_of_the_slots() {
    let mut random = Random::new(41);
    for phase in super::PHASES {
        let mut turned_differ = 0;
        for _ in 0..12 {
            let mut bands = [EqualizerBand::default(); 5];
            for (slot, chosen) in bands.iter_mut().enumerate() {
                let shape = [BandShape::Bell, BandShape::LowShelf, BandShape::HighShelf, BandShape::HighCut][slot % 4];
                let frequency_hz = random.between(800.0, 8000.0) as f32;
                *chosen = EqualizerBand {
                    channel: BandChannel::ALL[random.below(5)],
                    ..band(shape, frequency_hz, random.between(-9.0, 9.0) as f32, 0.8)
                };
            }
            // Each band's response, measured alone on stereo.
            let alone: Vec<Vec<Complex<f64>>> = bands
                .iter()
                .map(|band| {
                    let stereo = EqualizerBand { channel: BandChannel::Stereo, ..*band };
                    response(&with(phase, &[stereo]), RATE, POINTS)
                })
                .collect();
            let [from_left, from_right] = [0, 1].map(|into| responses(&with(phase, &bands), RATE, into, POINTS));
            let (mut farthest, mut turned) = (0f64, 0f64);
            for bin in (0..POINTS / 2).step_by(7) {
                let each: Vec<Matrix> =
                    bands.iter().zip(&alone).map(|(band, response)| matrix(band.channel, response[bin])).collect();
                let unity = matrix(BandChannel::Stereo, Complex::new(1.0, 0.0));
                let expected = each.iter().fold(unity, |sum, next| times(&sum, next));
                let in_turn = each.iter().rev().fold(unity, |sum, next| times(&sum, next));
                for row in 0..2 {
                    for (column, found) in [from_left[row][bin], from_right[row][bin]].into_iter().enumerate() {
                        farthest = farthest.max((found - expected[row][column]).norm());
                        turned = turned.max((found - in_turn[row][column]).norm());
                    }
                }
            }
            // Kernels cut one by one leave less than one cut at the end, up to 0.01 dB of gains up to 20 dB.
            let allowed = if phase == EqualizerPhase::Linear { 3e-3 } else { 2e-5 };
            println!("{phase:?}: {farthest:.1e}, in the other order {turned:.1e}");
            assert!(farthest < allowed, "{phase:?}: {bands:?}");
            turned_differ += i32::from(turned > 10.0 * allowed);
        }
        assert!(turned_differ > 5, "the order must be seen");
    }
}
