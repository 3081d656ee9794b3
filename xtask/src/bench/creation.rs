//! What it takes to create an instance, part by part.

use std::time::Instant;

use runout_dsp_core::chain::{MasteringChain, Switchable};
use runout_dsp_core::loudness::Meter;
use runout_dsp_core::processor::{Processor, Spec, SpecError};
use runout_dsp_core::settings::Module;
use runout_dsp_core::timeline::Timeline;

use super::SAMPLE_RATE;
use super::measure::RUNS;

/// A host's longest block, stereo.
const SPEC: Spec = Spec { sample_rate: SAMPLE_RATE, max_block: 4096, channels: 2 };

/// Prints how long the parts of an insert take from nothing to the first frame, ms.
pub fn run() {
    println!("\n{:<34}{:>10}{:>8}", "to create, stereo, blocks of 4096", "ms", "least");
    row("chain with its bypass", &|| {
        let mut chain = Switchable::new(MasteringChain::of(&[Module::Limiter]));
        chain.prepare(&SPEC).map(|()| drop(std::hint::black_box(chain)))
    });
    row("meter with its log", &|| {
        let mut meter = Meter::new();
        let log = meter.take_log();
        meter.prepare(&SPEC).map(|()| drop(std::hint::black_box((meter, log))))
    });
    row("timeline", &|| {
        drop(std::hint::black_box(Timeline::new()));
        Ok(())
    });
}

/// Median and least of some runs, each with its end.
fn row(name: &str, create: &dyn Fn() -> Result<(), SpecError>) {
    let mut times_ms: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            if let Err(error) = create() {
                eprintln!("warning: {error}");
            }
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times_ms.sort_by(f64::total_cmp);
    println!("{name:<34}{:>10.3}{:>8.3}", times_ms[RUNS / 2], times_ms[0]);
}
