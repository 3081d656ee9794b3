//! What an instance holds in memory.

use runout_dsp_core::chain::{MasteringChain, Switchable};
use runout_dsp_core::loudness::Meter;
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::Module;
use runout_dsp_core::timeline::Timeline;

use crate::allocations::held_bytes;

/// What an instance may hold with the defaults, stereo at 48 kHz. (The framework has an allocator of its own, so the plugins'
/// glue cannot be linked here: its parameters are some ten kB more.)
const MOST_BYTES: i64 = 6_000_000;

const SPEC: Spec = Spec { sample_rate: 48_000.0, max_block: 4096, channels: 2 };

/// What an insert is made of, each part with what it holds: everything that `prepare` makes, and both ends of what crosses
/// threads.
fn parts() -> Vec<(&'static str, i64)> {
    let (chain, _kept_chain) = held_bytes(|| {
        let mut chain = Switchable::new(MasteringChain::of(&[Module::Limiter]));
        chain.prepare(&SPEC).unwrap();
        chain
    });
    let (meter, mut kept_meter) = held_bytes(|| {
        let mut meter = Meter::new();
        let monitor = meter.take_monitor();
        meter.prepare(&SPEC).unwrap();
        (meter, monitor)
    });
    let (log, _kept_log) = held_bytes(|| kept_meter.0.take_log());
    let (timeline, _kept_timeline) = held_bytes(Timeline::new);
    vec![("chain", chain), ("meter", meter), ("log", log), ("timeline", timeline)]
}

#[test]
fn an_instance_holds_less_than_6_mb() {
    let parts = parts();
    parts.iter().for_each(|(name, bytes)| println!("{name:>10}: {bytes:>9} bytes"));
    let whole: i64 = parts.iter().map(|(_, bytes)| bytes).sum();
    println!("{:>10}: {whole:>9} bytes", "together");
    assert!(whole < MOST_BYTES, "{whole} bytes");
    let log = parts.iter().find(|(name, _)| *name == "log").map(|(_, bytes)| *bytes);
    assert!(log.is_some_and(|bytes| bytes <= 200_000), "the log of a programme: {log:?} bytes");
}
