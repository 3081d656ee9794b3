//! `cargo xtask shots`: the README's pictures of the editors, painted anew.

use crate::Failure;
use crate::packages;
use crate::steps::{cargo, step};

/// Where the pictures lie, from the workspace.
const FOLDER: &str = "docs/images";

/// Paints them: the test that compares them writes them.
pub fn run() -> Result<(), Failure> {
    packages::provide(&[packages::SCREEN])?;
    let mut painting =
        cargo(&["test", "--profile", "checked", "--package", "runout-tests", "--test", "editors", "shots::"]);
    painting.env("UPDATE_SNAPSHOTS", "1");
    let painted = step("shots", painting)?;
    if !painted.passed {
        return Err(Failure::NotPassed);
    }
    println!("painted in {FOLDER}: look at each of them");
    Ok(())
}
