//! Independent pieces of work, several at a time; the results in the order of the pieces, whatever order they end in.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::failure::Failure;

/// How many pieces are worked on at a time unless the user says otherwise: as many as there are processors.
pub fn usual_jobs() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Does `count` pieces, up to `jobs` at a time. After a failure no piece is begun any more.
///
/// # Errors
/// The failure of the earliest piece that failed; an interruption before any other.
pub fn in_parallel<T: Send>(
    count: usize,
    jobs: usize,
    work: impl Fn(usize) -> Result<T, Failure> + Sync,
) -> Result<Vec<T>, Failure> {
    let next = AtomicUsize::new(0);
    let has_failed = AtomicBool::new(false);
    let done = Mutex::new(BTreeMap::new());
    let worker = || {
        while !has_failed.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                break;
            }
            let outcome = work(index);
            if outcome.is_err() {
                has_failed.store(true, Ordering::Relaxed);
            }
            done.lock().unwrap_or_else(PoisonError::into_inner).insert(index, outcome);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..jobs.clamp(1, count.max(1)) {
            scope.spawn(worker);
        }
        worker();
    });
    let mut results = Vec::with_capacity(count);
    let mut first = None;
    for outcome in done.into_inner().unwrap_or_else(PoisonError::into_inner).into_values() {
        match outcome {
            Ok(result) => results.push(result),
            Err(Failure::Interrupted) => return Err(Failure::Interrupted),
            Err(failure) => first = first.or(Some(failure)),
        }
    }
    first.map_or(Ok(results), Err)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_order_for_any_number_of_jobs() {
        for jobs in [1, 2, 7, 100] {
            let squares = in_parallel(50, jobs, |index| Ok(index * index)).unwrap();
            assert_eq!(squares, (0..50).map(|index| index * index).collect::<Vec<_>>(), "{jobs} jobs");
        }
        assert_eq!(in_parallel(0, 4, |_| Ok(())).unwrap(), []);
    }

    #[test]
    fn a_failure_ends_the_work_and_an_interruption_goes_first() {
        let begun = AtomicUsize::new(0);
        let outcome = in_parallel(1000, 2, |index| {
            begun.fetch_add(1, Ordering::Relaxed);
            if index == 3 { Err(Failure::new("torn")) } else { Ok(index) }
        });
        assert_eq!(outcome, Err(Failure::new("torn")));
        assert!(begun.load(Ordering::Relaxed) < 1000, "every piece was begun");
        let both = [Failure::new("torn"), Failure::Interrupted];
        let outcome: Result<Vec<()>, _> = in_parallel(2, 1, |index| Err(both[index].clone()));
        assert_eq!(outcome, Err(Failure::new("torn")), "one job stops at the first");
        let barrier = std::sync::Barrier::new(2);
        let outcome: Result<Vec<()>, _> = in_parallel(2, 2, |index| {
            barrier.wait();
            Err(both[index].clone())
        });
        assert_eq!(outcome, Err(Failure::Interrupted));
    }
}
