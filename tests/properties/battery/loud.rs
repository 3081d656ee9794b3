//! Clause 5: parameters in range and input up to +120 dBFS give finite output. At the chain's entrance, what is not
//! finite or louder is silenced and counted, and leaves no trace.

use runout_dsp_core::processor::Processor;
use runout_tests::random::Random;

use super::stream::{self, Cut};
use super::{Case, Entry, MAX_BLOCK, Outcome, seed};

/// +120 dBFS.
const LOUDEST: f32 = 1e6;

/// Asks with all that is loud, and with what is not sound where there is an entrance.
pub fn ask<P: Processor>(entry: &Entry<P>) -> Outcome {
    let seed = seed();
    let mut random = Random::new(seed);
    for case in entry.cases() {
        for (number, params) in entry.variations(&mut random).iter().enumerate() {
            let describe = |error| format!("{case}, variation {number}, seed {seed}: {error}");
            stays_finite(entry, case, params, random.bits()).map_err(describe)?;
            if let Some(silenced) = entry.silenced {
                silences(entry, case, params, silenced, random.bits()).map_err(describe)?;
            }
        }
    }
    Ok(())
}

fn stays_finite<P: Processor>(entry: &Entry<P>, case: Case, params: &P::Params, seed: u64) -> Outcome {
    let frames = entry.frames(case) / 2;
    let constant = vec![vec![LOUDEST; frames]; case.channels];
    let alternating = |frame: usize| if frame.is_multiple_of(2) { LOUDEST } else { -LOUDEST };
    let nyquist = vec![(0..frames).map(alternating).collect::<Vec<f32>>(); case.channels];
    let loud = stream::stimulus(seed, case, frames, 120.0);
    for (name, input) in [("a constant", constant), ("Nyquist", nyquist), ("all there is", loud)] {
        let mut processor = entry.ready(params, case, MAX_BLOCK);
        for input in [&input, &stream::silence(case, frames)] {
            let output = stream::play(&mut processor, input, &Cut::Every(511), &[]);
            if let Some(sample) = output.iter().flatten().find(|sample| !sample.is_finite()) {
                return Err(format!("{name} at +120 dBFS gives {sample}"));
            }
        }
    }
    Ok(())
}

/// A stream with what is not sound gives, to the bit, what it gives with zeros in its place.
fn silences<P: Processor>(
    entry: &Entry<P>,
    case: Case,
    params: &P::Params,
    silenced: fn(&P) -> u64,
    seed: u64,
) -> Outcome {
    const NOT_SOUND: [f32; 5] = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, -1_000_001.0];
    let mut random = Random::new(seed);
    let clean = stream::stimulus(seed, case, entry.frames(case), 12.0);
    let (mut zeroed, mut spoiled, mut count) = (clean.clone(), clean, 0);
    for (zeroed, spoiled) in zeroed.iter_mut().zip(&mut spoiled) {
        for (zero, sample) in zeroed.iter_mut().zip(spoiled) {
            if random.chance(0.02) {
                (*zero, *sample) = (0.0, NOT_SOUND[random.below(NOT_SOUND.len())]);
                count += 1;
            }
        }
    }
    let played = |input: &[Vec<f32>]| {
        let mut processor = entry.ready(params, case, MAX_BLOCK);
        let output = stream::play(&mut processor, input, &Cut::Every(511), &[]);
        (output, processor)
    };
    let (expected, nothing_silenced) = played(&zeroed);
    let (found, mut processor) = played(&spoiled);
    stream::same((&expected, ()), (&found, ()), || "samples that are not sound leave a trace".to_owned())?;
    let counts = [silenced(&nothing_silenced), silenced(&processor)];
    if counts != [0, count] {
        return Err(format!("{counts:?} samples are counted for 0 and {count}"));
    }
    processor.reset();
    match silenced(&processor) {
        0 => Ok(()),
        left => Err(format!("{left} silenced samples are still counted after reset")),
    }
}
