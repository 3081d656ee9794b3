//! Clause 4: neutral parameters give the input delayed by the latency, to the bit, and nothing but `prepare` moves the
//! latency.

use runout_dsp_core::processor::{GRID_FRAMES, Processor};
use runout_tests::random::Random;

use super::stream::{self, Cut};
use super::{Case, Entry, MAX_BLOCK, Neutral, Outcome, seed};

/// Asks for delay and latency.
pub fn ask<P: Processor>(entry: &Entry<P>) -> Outcome {
    let seed = seed();
    let mut random = Random::new(seed);
    for case in entry.cases() {
        for (number, neutral) in entry.neutral.iter().enumerate() {
            delays(entry, case, neutral, &mut random)
                .map_err(|error| format!("{case}, neutral parameters {number}, seed {seed}: {error}"))?;
        }
        latency_stays(entry, case, &mut random).map_err(|error| format!("{case}, seed {seed}: {error}"))?;
    }
    Ok(())
}

fn delays<P: Processor>(entry: &Entry<P>, case: Case, neutral: &Neutral<P::Params>, random: &mut Random) -> Outcome {
    let latency = entry.ready(&neutral.params, case, MAX_BLOCK).latency();
    let frames = entry.frames(case).max(2 * latency + 999);
    let mut impulse = stream::silence(case, frames);
    impulse.iter_mut().enumerate().for_each(|(channel, samples)| samples[300 + channel] = neutral.highest_peak);
    let mut subnormal = stream::stimulus(random.bits(), case, frames, 0.0);
    subnormal.iter_mut().flatten().step_by(3).for_each(|sample| *sample *= 1e-38);
    let mut noise = stream::stimulus(random.bits(), case, frames, 0.0);
    for input in [&mut subnormal, &mut noise] {
        input.iter_mut().flatten().for_each(|sample| *sample *= neutral.highest_peak);
    }
    for (name, input) in [("an impulse", impulse), ("noise", noise), ("subnormal samples", subnormal)] {
        let mut processor = entry.ready(&neutral.params, case, MAX_BLOCK);
        let output = stream::play(&mut processor, &input, &Cut::Every(511), &[]);
        let expected: Vec<Vec<f32>> = input.iter().map(|channel| delayed(channel, latency, entry)).collect();
        stream::same((&expected, ()), (&output, ()), || format!("{name} does not come {latency} frames later"))?;
    }
    Ok(())
}

fn delayed<P: Processor>(channel: &[f32], latency: usize, entry: &Entry<P>) -> Vec<f32> {
    let kept = |sample: &f32| if entry.flushes_subnormals && sample.is_subnormal() { 0.0 } else { *sample };
    std::iter::repeat_n(0.0, latency).chain(channel.iter().map(kept)).take(channel.len()).collect()
}

/// The latency is on the grid and the same whatever is called but `prepare`.
fn latency_stays<P: Processor>(entry: &Entry<P>, case: Case, random: &mut Random) -> Outcome {
    let variations = entry.variations(random);
    let mut processor = entry.ready(&variations[0], case, MAX_BLOCK);
    let latency = processor.latency();
    if !latency.is_multiple_of(GRID_FRAMES) {
        return Err(format!("a latency of {latency} frames is no multiple of {GRID_FRAMES}"));
    }
    let unmoved = |processor: &P, call: &str| match processor.latency() {
        now if now == latency => Ok(()),
        now => Err(format!("{call} moves the latency from {latency} to {now} frames")),
    };
    for params in &variations {
        processor.set_params(params);
        unmoved(&processor, "set_params")?;
        stream::play(&mut processor, &stream::stimulus(random.bits(), case, 3000, 12.0), &Cut::Every(MAX_BLOCK), &[]);
        unmoved(&processor, "process")?;
        processor.reset();
        unmoved(&processor, "reset")?;
    }
    Ok(())
}
