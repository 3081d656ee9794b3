//! Clause 1: what runs on the audio thread never allocates, frees or panics.

use std::panic::{AssertUnwindSafe, catch_unwind};

use runout_dsp_core::processor::Processor;
use runout_tests::random::Random;

use super::{Entry, MAX_BLOCK, Outcome, seed, stream};
use crate::allocations::counted;

/// Asks for every call, with all variations of parameters in motion, and blocks of no frame up to the longest.
pub fn ask<P: Processor>(entry: &Entry<P>) -> Outcome {
    let seed = seed();
    let mut random = Random::new(seed);
    for case in entry.cases() {
        let variations = entry.variations(&mut random);
        let mut processor = entry.ready(&variations[0], case, MAX_BLOCK);
        for (number, params) in variations.iter().enumerate().chain([(0, &variations[0])]) {
            let mut input = stream::stimulus(random.bits(), case, 4 * MAX_BLOCK, 12.0);
            let describe = |call: &str| format!("{case}, variation {number}, seed {seed}: {call}");
            quiet(|| processor.set_params(params)).map_err(|error| describe(&format!("set_params {error}")))?;
            let mut start = 0;
            for frames in [0, 1, 7, 64, 511, MAX_BLOCK, 0, 300, MAX_BLOCK] {
                let end = start + frames;
                let mut block: Vec<&mut [f32]> = input.iter_mut().map(|channel| &mut channel[start..end]).collect();
                quiet(|| processor.process(&mut block))
                    .map_err(|error| describe(&format!("process of {frames} frames {error}")))?;
                start = end;
            }
            quiet(|| _ = processor.latency()).map_err(|error| describe(&format!("latency {error}")))?;
            if number % 2 == 1 {
                quiet(|| processor.reset()).map_err(|error| describe(&format!("reset {error}")))?;
            }
        }
    }
    Ok(())
}

fn quiet(call: impl FnOnce()) -> Outcome {
    let (calls, outcome) = counted(|| catch_unwind(AssertUnwindSafe(call)));
    match (outcome, calls) {
        (Err(_), _) => Err("panics".to_owned()),
        (Ok(()), 0) => Ok(()),
        (Ok(()), calls) => Err(format!("allocates or frees {calls} times")),
    }
}
