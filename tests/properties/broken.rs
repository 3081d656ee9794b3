//! The battery on trial: an honest processor passes it, and each of its clauses catches the faults that are its own.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::battery::{Clause, Entry, Neutral, from_fields, single_fields};
use crate::toy::{Fault, TOY, Toy, ToyParams};
use runout_dsp_core::dispatch::Instructions;

fn toy(fault: Fault) -> Entry<Toy> {
    let mut entry = Entry::new(move || Toy::new(fault, Instructions::Baseline), |choose| from_fields(TOY, choose));
    entry.neutral = vec![Neutral { params: ToyParams::default(), highest_peak: 1.0 }];
    entry.single = || single_fields(TOY);
    entry.silenced = Some(Toy::silenced);
    entry.on = match fault {
        Fault::DependsOnInstructions => Some(|instructions| Toy::new(Fault::DependsOnInstructions, instructions)),
        _ => Some(|instructions| Toy::new(Fault::Nothing, instructions)),
    };
    // Two rates are enough to show that a fault is seen.
    entry.rates_hz = vec![44_100.0, 48_000.0];
    entry.seconds = 0.05;
    entry
}

/// The clauses that a toy with this fault does not pass.
fn broken_clauses(fault: Fault) -> Vec<Clause> {
    let failed = |clause: &Clause| {
        // A panic is the test's own way to fail.
        let outcome = catch_unwind(AssertUnwindSafe(|| clause.ask(&toy(fault))));
        println!("{fault:?}, {clause:?}: {outcome:?}");
        !matches!(outcome, Ok(Ok(())))
    };
    Clause::ALL.iter().copied().filter(failed).collect()
}

#[test]
fn an_honest_processor_passes_every_clause() {
    assert_eq!(broken_clauses(Fault::Nothing), []);
}

#[test]
fn every_fault_is_caught_by_the_clauses_it_breaks_and_by_no_other() {
    use Clause::{
        AlwaysFinite, AnyBlocks, ChangesAreSmooth, NeutralIsDelay, NeverAllocates, NoDenormals, ResetIsFresh, SameBits,
    };
    let cases: [(Fault, &[Clause]); 23] = [
        (Fault::AllocatesInProcess, &[NeverAllocates]),
        (Fault::FreesInSetParams, &[NeverAllocates]),
        (Fault::AllocatesInReset, &[NeverAllocates]),
        (Fault::PanicsOnEmptyBlock, &[NeverAllocates, AnyBlocks, ResetIsFresh]),
        (Fault::SmoothsByBlock, &[AnyBlocks, ChangesAreSmooth]),
        (Fault::DependsOnLongestBlock, &[AnyBlocks]),
        (Fault::ResetForgetsFilter, &[ResetIsFresh]),
        (Fault::ResetForgetsThatItRan, &[ResetIsFresh]),
        (Fault::PrepareForgetsFilter, &[ResetIsFresh]),
        (Fault::SmoothsFromTheStart, &[ResetIsFresh]),
        (Fault::JumpsWhileRunning, &[ChangesAreSmooth]),
        (Fault::ReportsWrongLatency, &[NeutralIsDelay]),
        (Fault::IsOffTheGrid, &[NeutralIsDelay]),
        (Fault::MovesLatency, &[NeutralIsDelay]),
        (Fault::ResetMovesLatency, &[ResetIsFresh, NeutralIsDelay]),
        (Fault::IsNearlyNeutral, &[NeutralIsDelay]),
        (Fault::OverflowsWhenLoud, &[AlwaysFinite]),
        (Fault::LetsNotANumberIn, &[AlwaysFinite]),
        (Fault::MiscountsSilenced, &[AlwaysFinite]),
        (Fault::KeepsSubnormals, &[NeutralIsDelay, NoDenormals]),
        (Fault::DependsOnFlags, &[NoDenormals]),
        (Fault::SharesState, &[SameBits]),
        (Fault::DependsOnInstructions, &[SameBits]),
    ];
    for (fault, expected) in cases {
        assert_eq!(broken_clauses(fault), expected, "{fault:?}");
    }
}
