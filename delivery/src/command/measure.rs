//! `runout measure`: readings of files, one by one and as an album.
//!
//! A file that cannot be read does not keep the others from being measured: it is named on standard error (and under
//! `errors` in the JSON document), there is then no album, and the exit status is 2.

use std::path::{Path, PathBuf};

use runout_dsp_core::targets::{Target, Verdict};

use super::Ending;
use super::arguments::{MeasureArguments, existing};
use super::output;

use crate::audio_source;
use crate::failure::Failure;
use crate::interrupt;
use crate::measure::{Album, LoudnessLog, Measurement, measure, measure_all, with_folders_opened};
use crate::paths::check_distinct;
use crate::progress::Progress;
use crate::report::{measured_text, write_measured_json};
use crate::targets;

/// Measures, prints and judges.
///
/// # Errors
/// The target is unknown, the log or standard output cannot be written, or the user interrupts.
pub fn run(arguments: &MeasureArguments) -> Result<Ending, Failure> {
    interrupt::watch();
    let target = arguments.target.as_deref().map(targets::named).transpose()?;
    let ((outcomes, album), mut failures) = match &arguments.log {
        Some(log) => ((vec![measure_with_log(arguments, log)], None), Vec::new()),
        None => {
            let (files, failures) = with_folders_opened(&arguments.files);
            (measure_files(&files, arguments.jobs), failures)
        }
    };
    if outcomes.iter().flat_map(|outcome| outcome.as_ref().err()).any(|failure| *failure == Failure::Interrupted) {
        return Err(Failure::Interrupted);
    }
    let measured = outcomes.into_iter().filter_map(|outcome| outcome.map_err(|failure| failures.push(failure)).ok());
    let measurements: Vec<Measurement> = measured.collect();
    // Several files make an album, where all of them could be read; one is only itself.
    let album = album.filter(|_| measurements.len() > 1 && failures.is_empty());
    failures.iter().for_each(output::complain);
    if arguments.json {
        write_measured_json(&measurements, &failures, album.as_ref(), target, output::print)?;
    } else {
        output::print(&measured_text(&measurements, album.as_ref(), target))?;
    }
    let passed = target.is_none_or(|target| measurements.iter().all(|measurement| passes(target, measurement)));
    Ok(if failures.is_empty() { Ending::of(passed) } else { Ending::Partial })
}

fn measure_files(files: &[PathBuf], jobs: Option<u16>) -> (Vec<Result<Measurement, Failure>>, Option<Album>) {
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let frames = |path: &PathBuf| audio_source::open(path).ok().and_then(|source| source.format().frames).unwrap_or(0);
    let progress = Progress::new(|| files.iter().map(frames).sum());
    progress.begin("measuring");
    let measured = measure_all(files, jobs.map_or(processors, usize::from), &progress);
    progress.clear();
    measured
}

fn measure_with_log(arguments: &MeasureArguments, log: &Path) -> Result<Measurement, Failure> {
    let [file] = arguments.files.as_slice() else {
        return Err(Failure::new(format!(
            "--log is of one FILE, not of {}: measure them one by one",
            arguments.files.len()
        )));
    };
    check_distinct(&[file], &[log])?;
    let format = *audio_source::open(file)?.format();
    let mut log = LoudnessLog::create(log, existing(arguments.force), format.sample_rate_hz)?;
    let progress = Progress::new(|| format.frames.unwrap_or(0));
    progress.begin("measuring");
    let measured = measure(file, Some(&mut log), &progress);
    progress.clear();
    let (measurement, _) = measured?;
    log.complete()?;
    Ok(measurement)
}

fn passes(target: &'static Target, measurement: &Measurement) -> bool {
    let readings = &measurement.readings;
    Verdict::new(target, None, readings.integrated_lufs, readings.true_peak_max_dbtp()).passed()
}
