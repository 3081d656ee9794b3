//! Clause 6: whether the CPU takes subnormal numbers as zero changes no bit, and none of them leaves.

use runout_dsp_core::processor::Processor;
use runout_tests::random::Random;

use super::stream::{self, Cut};
use super::{Case, Entry, MAX_BLOCK, Outcome, seed, with_denormals_as_zero};

/// Asks with sound that decays through the whole range of f32 to silence.
pub fn ask<P: Processor>(entry: &Entry<P>) -> Outcome {
    let seed = seed();
    let mut random = Random::new(seed);
    for case in entry.cases() {
        for (number, params) in entry.variations(&mut random).iter().enumerate() {
            let input = decaying(random.bits(), case, entry.frames(case));
            let played = || {
                let mut processor = entry.ready(params, case, MAX_BLOCK);
                let output = with_flags_as_they_are(&mut processor, &input);
                (output, (entry.observed)(&processor))
            };
            let plain = played();
            let flushed = {
                let mut processor = entry.ready(params, case, MAX_BLOCK);
                let output = with_denormals_as_zero(|| with_flags_as_they_are(&mut processor, &input));
                (output, (entry.observed)(&processor))
            };
            let describe = |error: String| format!("{case}, variation {number}, seed {seed}: {error}");
            stream::same((&plain.0, &plain.1), (&flushed.0, &flushed.1), || "the CPU's flags change bits".to_owned())
                .map_err(describe)?;
            let subnormal = plain.0.iter().flatten().find(|sample| sample.is_subnormal());
            if let (true, Some(sample)) = (entry.flushes_subnormals, subnormal) {
                return Err(describe(format!("the subnormal sample {sample:e} leaves")));
            }
        }
    }
    Ok(())
}

fn with_flags_as_they_are<P: Processor>(processor: &mut P, input: &[Vec<f32>]) -> Vec<Vec<f32>> {
    stream::play(processor, input, &Cut::Every(MAX_BLOCK), &[])
}

/// Everything, falling by 900 dB over the first half, so that it passes through the subnormal numbers; then a little
/// that is just above them, then silence.
fn decaying(seed: u64, case: Case, frames: usize) -> Vec<Vec<f32>> {
    let mut signal = stream::stimulus(seed, case, frames, 0.0);
    for channel in &mut signal {
        let length = channel.len() as f64;
        for (frame, sample) in channel.iter_mut().enumerate() {
            let place = frame as f64 / length;
            let level = match place {
                place if place < 0.5 => 10f64.powf(-90.0 * place),
                place if place < 0.7 => 3e-37,
                _ => 0.0,
            };
            *sample = (f64::from(*sample) * level) as f32;
        }
    }
    signal
}
