//! Clause 8: the same parameters and samples give the same bits, every time on one machine; across sets of instructions
//! they differ below -120 dBFS.

use runout_dsp_core::dispatch::Instructions;
use runout_dsp_core::processor::Processor;
use runout_tests::random::Random;
use runout_tests::signals::sample_peak;

use super::stream::{self, Cut};
use super::{Case, Entry, MAX_BLOCK, Outcome, prepare, seed};

/// -120 dBFS.
const NEARLY: f32 = 1e-6;

/// Asks of two that run by turns, so that nothing may be shared between them, and of every set of instructions.
pub fn ask<P: Processor>(entry: &Entry<P>) -> Outcome {
    let seed = seed();
    let mut random = Random::new(seed);
    for case in entry.cases() {
        for (number, params) in entry.variations(&mut random).iter().enumerate() {
            let input = stream::stimulus(random.bits(), case, entry.frames(case), 0.0);
            let describe = |error| format!("{case}, variation {number}, seed {seed}: {error}");
            let mut pair = [(); 2].map(|()| entry.ready(params, case, MAX_BLOCK));
            two_by_turns(&mut pair, &input).map_err(describe)?;
            let [first, second] = pair.each_ref().map(entry.observed);
            if first != second {
                return Err(describe(format!("two give different readings: {first} and {second}")));
            }
            if let Some(on) = entry.on {
                let nearly = NEARLY * (entry.lift)(params, case.rate_hz);
                instructions_agree(on, params, case, &input, nearly).map_err(describe)?;
            }
        }
    }
    Ok(())
}

fn two_by_turns<P: Processor>(pair: &mut [P; 2], input: &[Vec<f32>]) -> Outcome {
    let mut outputs = [input.to_vec(), input.to_vec()];
    let frames = input[0].len();
    for start in (0..frames).step_by(MAX_BLOCK) {
        for (processor, output) in pair.iter_mut().zip(&mut outputs) {
            stream::process(processor, output, start, (start + MAX_BLOCK).min(frames));
        }
    }
    stream::same((&outputs[0], ()), (&outputs[1], ()), || "two give different bits".to_owned())
}

fn instructions_agree<P: Processor>(
    on: fn(Instructions) -> P,
    params: &P::Params,
    case: Case,
    input: &[Vec<f32>],
    nearly: f32,
) -> Outcome {
    let with = |instructions| {
        let mut pair = [(); 2].map(|()| on(instructions));
        pair.iter_mut().for_each(|processor| prepare(processor, params, case, MAX_BLOCK));
        two_by_turns(&mut pair, input).map_err(|error| format!("{instructions:?}: {error}"))?;
        let mut processor = on(instructions);
        prepare(&mut processor, params, case, MAX_BLOCK);
        Ok::<_, String>(stream::play(&mut processor, input, &Cut::Every(MAX_BLOCK), &[]))
    };
    let baseline = with(Instructions::Baseline)?;
    // A limiter may let a loud sample through for what it adds; what is above full scale counts beside the sound's peak.
    let nearly = nearly * sample_peak(&baseline).max(1.0);
    for instructions in Instructions::available().skip(1) {
        let other = with(instructions)?;
        for (baseline, other) in baseline.iter().flatten().zip(other.iter().flatten()) {
            if (baseline - other).abs() > nearly {
                return Err(format!("{instructions:?} gives {other:e}, the baseline {baseline:e}"));
            }
        }
    }
    Ok(())
}
