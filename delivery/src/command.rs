//! The `runout` command: what a user types, what is printed, and the exit status.
//!
//! 0 done and passed, 1 a check or target failed, 2 bad usage or input, 130 interrupted. Every error is one line on
//! standard error that begins with `runout: `; `--json` prints one document on standard output and nothing else there.

mod album;
mod arguments;
mod delivered;
mod master;
mod measure;
mod output;

mod selftest;
mod targets;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use crate::failure::Failure;
use arguments::{Command, Invocation};

/// How a call that did its work ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Exit status 0.
    Passed,
    /// A check, a target or a case failed: exit status 1.
    Failed,
    /// Some of the input could not be read, and was named; the rest is done: exit status 2.
    Partial,
}

impl Ending {
    /// Passed or failed.
    pub fn of(passed: bool) -> Self {
        if passed { Self::Passed } else { Self::Failed }
    }
}

/// Runs the command with these arguments, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let invocation = match Invocation::try_parse_from(arguments) {
        Ok(invocation) => invocation,
        Err(error) => return usage(&error),
    };
    let outcome = match &invocation.command {
        Command::Master(arguments) => master::run(arguments),
        Command::Measure(arguments) => measure::run(arguments),
        Command::Album(arguments) => album::run(arguments),
        Command::Targets(arguments) => targets::run(arguments),
        Command::Selftest(arguments) => selftest::run(arguments),
    };
    match outcome {
        Ok(Ending::Passed) => ExitCode::SUCCESS,
        Ok(Ending::Failed) => ExitCode::from(1),
        Ok(Ending::Partial) => ExitCode::from(2),
        Err(failure) => {
            output::complain(&failure);
            ExitCode::from(if failure == Failure::Interrupted { 130 } else { 2 })
        }
    }
}

/// Help and version go to standard output; a misuse is one line on standard error.
fn usage(error: &clap::Error) -> ExitCode {
    let text = error.to_string();
    if !error.use_stderr() {
        return match output::print(&text) {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => {
                output::complain(&failure);
                ExitCode::from(2)
            }
        };
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        output::complain(&Failure::new(
            "a command is needed: master, measure, album, targets or selftest; see `runout --help`",
        ));
        return ExitCode::from(2);
    }
    // The first paragraph says what is wrong; the tips and the usage after it are those of --help.
    let lines = text.lines().take_while(|line| !line.trim().is_empty()).map(str::trim);
    let line = lines.collect::<Vec<_>>().join(" ");
    let line = line.trim_start_matches("error: ");
    output::complain(&Failure::new(format!("{line}; see `runout --help`")));
    ExitCode::from(2)
}
