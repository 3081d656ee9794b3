//! Calling programs: what is called is shown, how long it takes is kept.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::Failure;

/// The workspace's folder.
pub fn workspace() -> PathBuf {
    let xtask = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().map_or(xtask.clone(), PathBuf::from)
}

/// The target folder: the one that this program was built in.
///
/// # Errors
/// This program lies somewhere else.
pub fn target_folder() -> Result<PathBuf, String> {
    let this = std::env::current_exe().map_err(|error| format!("this program's own path: {error}"))?;
    this.ancestors().nth(2).map(PathBuf::from).ok_or_else(|| "this program lies outside a target folder".to_owned())
}

/// Cargo as this program was started by it, in the workspace.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(workspace());
    command
}

/// Runs a task in a program of its own that is built in release.
///
/// # Errors
/// It could not be built or did not pass.
pub fn in_release(arguments: &[&str]) -> Result<(), Failure> {
    let mut command = cargo(&["run", "--quiet", "--package", "xtask", "--release", "--"]);
    let status = command.args(arguments).status().map_err(|error| format!("cargo: {error}"))?;
    if status.success() { Ok(()) } else { Err(Failure::NotPassed) }
}

/// What is called, as one would type it.
pub fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<String> = words.map(|word| word.to_string_lossy().into_owned()).collect();
    let program = words[0].rsplit('/').next().unwrap_or("").to_owned();
    std::iter::once(program).chain(words.into_iter().skip(1)).collect::<Vec<_>>().join(" ")
}

/// How a step went.
pub struct Ended {
    /// What it was.
    pub name: String,
    /// Whether its program ended with 0.
    pub passed: bool,
    /// How long it took.
    pub time: Duration,
    /// What its test runners counted.
    pub tests: TestCounts,
}

/// What the summary lines of test runners say.
#[derive(Clone, Copy, Default)]
pub struct TestCounts {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that did not.
    pub failed: u64,
}

impl TestCounts {
    /// Adds a line like `test result: ok. 34 passed; 0 failed; 0 ignored; ...`; any other line counts nothing.
    pub fn add_line(&mut self, line: &str) {
        let Some((_, counts)) = line.split_once("test result: ") else { return };
        let mut words = counts.split([' ', ';', '.']).filter(|word| !word.is_empty());
        let mut before = words.next();
        for word in words {
            let count = before.and_then(|number| number.parse().ok()).unwrap_or(0);
            match word {
                "passed" => self.passed += count,
                "failed" => self.failed += count,
                _ => {}
            }
            before = Some(word);
        }
    }
}

/// Runs a step to its end with everything it says visible.
///
/// # Errors
/// The program could not be started or read.
pub fn step(name: &str, mut command: Command) -> Result<Ended, String> {
    println!("\n==> {name}: {}", shown(&command));
    let start = Instant::now();
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let unreadable = |error| format!("{name}: {error}");
    let mut child = command.spawn().map_err(unreadable)?;
    let mut tests = TestCounts::default();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = line.map_err(unreadable)?;
            let line = String::from_utf8_lossy(&line);
            tests.add_line(&line);
            println!("{line}");
        }
    }
    std::io::stdout().flush().map_err(unreadable)?;
    let passed = child.wait().map_err(unreadable)?.success();
    Ok(Ended { name: name.to_owned(), passed, time: start.elapsed(), tests })
}

/// A time as it is read: `4.2 s`, `3 min 07 s`.
pub fn readable(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 60.0 {
        format!("{seconds:.1} s")
    } else {
        format!("{} min {:02.0} s", seconds as u64 / 60, seconds % 60.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runners_counts_are_read() {
        let mut counts = TestCounts::default();
        counts
            .add_line("test result: ok. 34 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 6.55s");
        counts.add_line("test result: FAILED. 5 passed; 2 failed; 0 ignored; 0 measured");
        counts.add_line("test a_test_that_has_passed_and_failed ... ok");
        assert_eq!((counts.passed, counts.failed), (39, 2));
    }
}
