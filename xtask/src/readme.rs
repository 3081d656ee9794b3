//! `cargo xtask readme`: the README's tables of parameters, written anew from the settings.

use std::fs;

use runout_tests::readme::{path, refreshed};

use crate::Failure;

/// Writes the tables; says whether anything changed.
pub fn run() -> Result<(), Failure> {
    let path = path();
    let before = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let after = refreshed(&before)?;
    if after == before {
        println!("{} is up to date", path.display());
        return Ok(());
    }
    fs::write(&path, after).map_err(|error| format!("{}: {error}", path.display()))?;
    println!("{} has new tables", path.display());
    Ok(())
}
