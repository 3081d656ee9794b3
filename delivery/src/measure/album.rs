//! Several files, measured side by side, and read as one programme.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

use runout_dsp_core::loudness::{Programme, Readings};

use super::{Measurement, measure};
use crate::failure::Failure;
use crate::progress::Progress;

/// All files as one programme, in their order.
pub struct Album {
    /// Readings of the whole; those of the moment are empty.
    pub readings: Readings,
    /// Length of the whole, s.
    pub duration_s: f64,
}

/// How far ahead of the first file that is not yet merged others are begun, in files for each job: what a programme has
/// gathered takes 680 kB until its turn comes, however many files wait behind a long one.
const AHEAD: usize = 2;

/// Merges programmes in the order of the files, whatever order they are done in, and keeps only those that came early.
#[derive(Default)]
struct Merger {
    merged: Option<Programme>,
    next: usize,
    early: BTreeMap<usize, Option<Programme>>,
}

impl Merger {
    /// Takes the programme of a file, or its failure.
    fn take(&mut self, index: usize, programme: Option<Programme>) {
        self.early.insert(index, programme);
        while let Some(programme) = self.early.remove(&self.next) {
            self.next += 1;
            match (&mut self.merged, programme) {
                (Some(merged), Some(programme)) => merged.merge(&programme),
                (None, programme) => self.merged = programme,
                (Some(_), None) => {}
            }
        }
    }
}

/// What a file hands to the merger when it is done with, in whatever way that comes: a file whose turn never ended would
/// keep all that follow waiting.
struct Turn<'a> {
    merger: &'a Mutex<Merger>,
    merged: &'a Condvar,
    index: usize,
    programme: Option<Programme>,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.merger.lock().unwrap_or_else(PoisonError::into_inner).take(self.index, self.programme.take());
        self.merged.notify_all();
    }
}

/// Measures files, up to `jobs` at a time, and reads them as one where all could be read. The result does not depend on
/// `jobs`.
pub fn measure_all(
    paths: &[PathBuf],
    jobs: usize,
    progress: &Progress,
) -> (Vec<Result<Measurement, Failure>>, Option<Album>) {
    let next = AtomicUsize::new(0);
    let jobs = jobs.clamp(1, paths.len().max(1));
    let merger = Mutex::new(Merger::default());
    let merged = Condvar::new();
    // One place a file, made once: of many files these are what memory holds.
    let done = Mutex::new(Vec::from_iter(paths.iter().map(|_| None)));
    let work = || {
        while let Some((index, path)) = nth(paths, next.fetch_add(1, Ordering::Relaxed)) {
            let waiting = merger.lock().unwrap_or_else(PoisonError::into_inner);
            // Never the one that all others wait for.
            let is_far = |merger: &mut Merger| index >= merger.next + AHEAD * jobs;
            drop(merged.wait_while(waiting, is_far).unwrap_or_else(PoisonError::into_inner));
            let mut turn = Turn { merger: &merger, merged: &merged, index, programme: None };
            let measurement = measure(path, None, progress).map(|(measurement, programme)| {
                turn.programme = Some(programme);
                measurement
            });
            drop(turn);
            if let Some(place) = done.lock().unwrap_or_else(PoisonError::into_inner).get_mut(index) {
                *place = Some(measurement);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..jobs {
            scope.spawn(work);
        }
        work();
    });
    let measurements: Vec<_> =
        done.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().flatten().collect();
    let duration_s = measurements.iter().flatten().map(Measurement::duration_s).sum();
    let merged = merger.into_inner().unwrap_or_else(PoisonError::into_inner).merged;
    let whole = measurements.iter().all(Result::is_ok);
    let album = merged.filter(|_| whole).map(|programme| Album { readings: programme.readings(), duration_s });
    (measurements, album)
}

fn nth(paths: &[PathBuf], index: usize) -> Option<(usize, &Path)> {
    paths.get(index).map(|path| (index, path.as_path()))
}
