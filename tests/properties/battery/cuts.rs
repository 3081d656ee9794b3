//! Clause 2: the result does not depend on how the stream is cut into blocks, to the bit.

use runout_dsp_core::processor::Processor;
use runout_tests::random::Random;

use super::stream::{self, Cut};
use super::{Case, Entry, MAX_BLOCK, Outcome, seed};

/// Asks with parameters that change at the same places of the stream, on and off every grid.
pub fn ask<P: Processor>(entry: &Entry<P>) -> Outcome {
    let seed = seed();
    let mut random = Random::new(seed);
    for case in entry.cases() {
        let variations = entry.variations(&mut random);
        for number in 0..variations.len() {
            let input = stream::stimulus(random.bits(), case, entry.frames(case), 12.0);
            let changes = changes(&variations, number, input[0].len(), &mut random);
            let whole = played(entry, case, &input, &Cut::Every(MAX_BLOCK), &changes);
            for cut in cuts(random.bits(), number) {
                let pieces = played(entry, case, &input, &cut, &changes);
                stream::same((&whole.0, &whole.1), (&pieces.0, &pieces.1), || {
                    format!("{case}, variation {number}, seed {seed}: blocks of {cut:?} for {MAX_BLOCK}")
                })?;
            }
        }
    }
    Ok(())
}

/// One frame at a time is slow, and what it shows does not depend on the parameters much: two variations do.
fn cuts(seed: u64, number: usize) -> Vec<Cut> {
    let mut cuts = vec![Cut::Every(7), Cut::Every(64), Cut::Every(511), Cut::AtRandom(seed, MAX_BLOCK)];
    if number < 2 {
        cuts.push(Cut::Every(1));
    }
    cuts
}

/// The variations in turn, from one of them on: four changes at random frames.
fn changes<Params: Clone>(
    variations: &[Params],
    first: usize,
    frames: usize,
    random: &mut Random,
) -> Vec<(usize, Params)> {
    let mut places: Vec<usize> = (0..3).map(|_| random.below(frames)).collect();
    places.push(frames / 2 / 64 * 64);
    places.sort_unstable();
    let mut changes = vec![(0, variations[first].clone())];
    for (place, params) in places.into_iter().zip(variations.iter().cycle().skip(first + 1)) {
        changes.push((place, params.clone()));
    }
    changes
}

/// The blocks are also the longest that the processor is prepared for: plugin and command prepare differently.
fn played<P: Processor>(
    entry: &Entry<P>,
    case: Case,
    input: &[Vec<f32>],
    cut: &Cut,
    changes: &[(usize, P::Params)],
) -> (Vec<Vec<f32>>, String) {
    let mut processor = entry.ready(&changes[0].1, case, cut.longest());
    let output = stream::play(&mut processor, input, cut, changes);
    let observed = (entry.observed)(&processor);
    (output, observed)
}
