//! `runout album`: an album file to a folder that is delivered.

use runout_dsp_core::dispatch;

use super::Ending;
use super::arguments::{AlbumArguments, existing};
use super::output;
use crate::album::checks::{Checked, check};
use crate::album::file::AlbumFile;
use crate::album::outcome::AlbumOutcome;
use crate::album::production::{all_steps, produce};
use crate::failure::{Failure, shown};
use crate::interrupt;
use crate::progress::Progress;
use crate::report::{album_json, album_text};
use crate::workers::usual_jobs;

/// Checks the album, delivers it, prints and judges.
///
/// # Errors
/// Bad arguments, whatever is wrong with the album, each on its line, or the user interrupts; then no file was made or
/// changed.
pub fn run(arguments: &AlbumArguments) -> Result<Ending, Failure> {
    interrupt::watch();
    if arguments.portable {
        dispatch::force_portable();
    }
    let existing = existing(arguments.force);
    let (album, checked) = AlbumFile::load(&arguments.album)
        .and_then(|album| check(&album, &arguments.folder, existing).map(|checked| (album, checked)))
        .map_err(all_but_one_said)?;
    let jobs = arguments.jobs.map_or_else(usual_jobs, usize::from);
    let progress = Progress::new(|| all_steps(&album, &checked));
    let produced = produce(&album, &checked, &arguments.folder, existing, jobs, &progress);
    progress.clear();
    let outcome = produced?;
    say_shortfalls(&outcome);
    if arguments.json {
        // The text has them at its end.
        outcome.notices.iter().for_each(|notice| output::complain(&Failure::new(notice.as_str())));
        output::print_json(&album_json(&outcome))?;
    } else {
        output::print(&format!("{}{}", album_text(&outcome), closing(arguments, &outcome, &checked)))?;
    }
    Ok(Ending::of(passed(&outcome)))
}

/// Says every problem but the last, which ends the call.
fn all_but_one_said(mut problems: Vec<Failure>) -> Failure {
    if problems.contains(&Failure::Interrupted) {
        return Failure::Interrupted;
    }
    let last = problems.pop().unwrap_or_else(|| Failure::new("the album cannot be delivered"));
    problems.iter().for_each(output::complain);
    last
}

/// Tracks that are not as loud as they were to be, and lossy files that peak above their ceiling.
fn say_shortfalls(outcome: &AlbumOutcome) {
    for track in &outcome.tracks {
        if let Some(reason) = &track.reason {
            output::complain(&Failure::new(format!("{}: misses its loudness: {reason}", track.file)));
        }
        for (file, overshoot) in track.delivered.iter().filter_map(|file| Some((file, file.overshoot?))) {
            output::complain(&Failure::new(format!("{}: {}", file.path, overshoot.advice())));
        }
    }
}

/// Whether every track and image keeps to its rule. What a lossy file peaks above its ceiling is a warning.
fn passed(outcome: &AlbumOutcome) -> bool {
    let files = outcome.tracks.iter().flat_map(|track| &track.delivered).chain(&outcome.images);
    let mut verdicts = files.filter_map(|file| Some((file.verdict?, file.overshoot.is_some())));
    verdicts.all(|(verdict, overshoots)| verdict.passed() || (overshoots && verdict.integrated_passed()))
}

/// Where everything is.
fn closing(arguments: &AlbumArguments, outcome: &AlbumOutcome, checked: &Checked) -> String {
    let files = outcome.tracks.iter().map(|track| track.delivered.len()).sum::<usize>() + outcome.images.len();
    let (formats, folder) = (checked.outputs.len(), shown(&arguments.folder));
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    format!("\n{} in {} -> {folder}\n", plural(files, "file"), plural(formats, "format"))
}
