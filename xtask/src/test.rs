//! `cargo xtask test`: formatting, lints, docs and every test, in one profile so that nothing is built twice.

use std::fs;
use std::process::Command;
use std::time::Instant;

use crate::packages::{self, LAME_BUILD, Need, ORACLES, PYTHON, SCREEN};
use crate::steps::{Ended, cargo, readable, step, target_folder};
use crate::{Failure, python};

/// Runs every step, also after one that failed, and sums up.
pub fn run() -> Result<(), Failure> {
    let start = Instant::now();
    packages::provide(&needs())?;
    packages::provide_components(packages::COMPONENTS)?;
    python::provide()?;
    let mut ended = Vec::new();
    for (name, mut command) in steps() {
        provide_runtime_folder(&mut command)?;
        ended.push(step(name, command)?);
    }
    sum_up(&ended, start);
    if ended.iter().all(|step| step.passed) { Ok(()) } else { Err(Failure::NotPassed) }
}

/// What the build and the tests find on the machine. Editors open in windows on Linux only, where a screen can be had in memory.
fn needs() -> Vec<&'static [Need]> {
    if cfg!(target_os = "linux") {
        vec![LAME_BUILD, ORACLES, PYTHON, SCREEN]
    } else {
        vec![LAME_BUILD, ORACLES, PYTHON]
    }
}

/// Gives a command the folder that a user who is logged in has, where there is none, as on a build server: graphics
/// libraries complain without it at every window, and what matters drowns.
fn provide_runtime_folder(command: &mut Command) -> Result<(), Failure> {
    const VARIABLE: &str = "XDG_RUNTIME_DIR";
    if cfg!(target_os = "linux") && std::env::var_os(VARIABLE).is_none() {
        let folder = target_folder()?.join("tmp").join("runtime");
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        command.env(VARIABLE, folder);
    }
    Ok(())
}

fn steps() -> [(&'static str, Command); 5] {
    const CHECKED: [&str; 3] = ["--workspace", "--profile", "checked"];
    let mut docs = cargo(&[&["doc"], &CHECKED[..], &["--no-deps", "--document-private-items"]].concat());
    docs.env("RUSTDOCFLAGS", "-D warnings");
    [
        ("formatting", cargo(&["fmt", "--all", "--check"])),
        ("lints", cargo(&[&["clippy"], &CHECKED[..], &["--all-targets", "--", "-D", "warnings"]].concat())),
        ("docs", docs),
        // All at once, the `runout` command too, which tests call.
        ("build", cargo(&[&["build"], &CHECKED[..], &["--all-targets"]].concat())),
        ("tests", cargo(&[&["test"], &CHECKED[..], &["--no-fail-fast"]].concat())),
    ]
}

fn sum_up(ended: &[Ended], start: Instant) {
    println!("\n==> summary");
    for step in ended {
        let counts = match (step.tests.passed, step.tests.failed) {
            (0, 0) => String::new(),
            (passed, failed) => format!("   {passed} tests passed, {failed} failed"),
        };
        let outcome = if step.passed { "ok" } else { "FAILED" };
        println!("{:<12} {:<8} {:>12}{counts}", step.name, outcome, readable(step.time));
    }
    let passed = ended.iter().all(|step| step.passed);
    println!("{:<12} {:<8} {:>12}", "all", if passed { "ok" } else { "FAILED" }, readable(start.elapsed()));
}
