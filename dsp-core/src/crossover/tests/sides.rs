//! The sum of the bands' sides, against the bands themselves.

use super::{crossover, noise};
use crate::crossover::{Bands, CrossoverPhase, MOST_BANDS, Sides};
use crate::dispatch::Instructions;
use crate::processor::GRID_FRAMES;

const SHARES: [f32; MOST_BANDS] = [-1.0, 0.3, 0.0, 0.7, -0.4, 1.0];

const CORNERS: [f32; MOST_BANDS - 1] = [100.0, 700.0, 2000.0, 5000.0, 11_000.0];

#[test]
fn the_sum_of_the_sides_is_that_of_the_bands_sides() {
    let input = noise(8192, 6);
    for bands in 2..=MOST_BANDS {
        for set in Instructions::available() {
            let of = || crossover(CrossoverPhase::Minimum, 48_000.0, set, &CORNERS[..bands - 1]);
            let (mut one, mut other, mut changing) = (of(), of(), of());
            let (mut divided, mut gathered) = (Bands::default(), Bands::default());
            let mut changing_divided = Bands::default();
            for (slot, start) in (0..8192).step_by(GRID_FRAMES).enumerate() {
                let parts = [0, 1].map(|lane| &input[lane][start..start + GRID_FRAMES]);
                one.split(&parts, &mut divided);
                assert!(other.is_steady());
                let (mut sides, whole) = ([0.0; GRID_FRAMES], &mut gathered.whole);
                other.split_sides(&parts, Sides { shares: &SHARES, whole, sides: &mut sides });
                assert!(gathered.whole == divided.whole, "{bands} bands, {set:?}");
                for (frame, found) in sides.iter().enumerate() {
                    let side = |place: usize| 0.5 * (divided.band[place][0][frame] - divided.band[place][1][frame]);
                    let expected: f32 = (0..bands).map(|place| SHARES[place] * side(place)).sum();
                    // Rounding of samples up to 2 and of the products of six bands.
                    assert!((found - expected).abs() < 1e-6, "{bands} bands, {set:?}: frame {frame}");
                }
                // One way leads on from the other.
                if slot % 3 == 0 {
                    let whole = &mut changing_divided.whole;
                    changing.split_sides(&parts, Sides { shares: &SHARES, whole, sides: &mut sides });
                } else {
                    changing.split(&parts, &mut changing_divided);
                    assert!(changing_divided.band[..bands] == divided.band[..bands], "{bands} bands, {set:?}");
                }
            }
        }
    }
}

#[test]
fn it_is_steady_where_as_many_bands_are_wanted_as_there_are() {
    let silence = [[0.0; GRID_FRAMES]; 2];
    let mut made = Bands::default();
    let mut crossover = crossover(CrossoverPhase::Minimum, 48_000.0, Instructions::current(), &[500.0]);
    assert!(crossover.is_steady() && !crossover.is_one());
    crossover.split(&silence, &mut made);
    crossover.set(1, &[]);
    assert!(!crossover.is_steady() && !crossover.is_one());
    // A tree warms up and is faded to for 15 ms each: 23 slots, and the one that sees the end.
    let slots = (0..100).position(|_| {
        crossover.split(&silence, &mut made);
        crossover.is_one()
    });
    assert!(slots.is_some_and(|slots| (20..30).contains(&slots)), "{slots:?}");
    crossover.set(3, &[500.0, 800.0]);
    assert!(!crossover.is_one());
}
