//! Programs that must be there, and the Debian packages that bring them.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::steps::{cargo, shown, workspace};

/// A program with the Debian package that brings it.
pub struct Program {
    /// What is called.
    pub name: &'static str,
    /// The package.
    pub package: &'static str,
}

/// What the tests use as outside judges.
pub const ORACLES: &[Program] = &[
    Program { name: "ffmpeg", package: "ffmpeg" },
    Program { name: "sox", package: "sox" },
    Program { name: "flac", package: "flac" },
];

/// Installs what is missing: on Debian and its kin with apt-get, as root or through sudo.
///
/// # Errors
/// What to install by hand, where that is not possible or did not help.
pub fn provide(programs: &[Program]) -> Result<(), String> {
    let missing = missing(programs);
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().map(|program| program.package).collect();
    let by_hand = format!("install {} (on Debian: apt-get install {})", names(&missing), packages.join(" "));
    println!("==> missing: {}", names(&missing));
    if !is_installed("apt-get") {
        return Err(format!("there is no apt-get here: {by_hand}"));
    }
    let with_rights: &[&str] = match (is_root(), is_installed("sudo")) {
        (true, _) => &[],
        (false, true) => &["sudo"],
        (false, false) => return Err(format!("neither root nor sudo: {by_hand}")),
    };
    apt_get(with_rights, &["update"]).map_err(|error| format!("{error}: {by_hand}"))?;
    let install = [&["install", "--yes", "--no-install-recommends"], packages.as_slice()].concat();
    apt_get(with_rights, &install).map_err(|error| format!("{error}: {by_hand}"))?;
    let missing = self::missing(programs);
    if missing.is_empty() { Ok(()) } else { Err(format!("{} still missing: {by_hand}", names(&missing))) }
}

/// Components of the toolchain that a minimal installation lacks, by the cargo command that each brings.
pub const COMPONENTS: &[(&str, &str)] = &[("fmt", "rustfmt"), ("clippy", "clippy")];

/// Adds the components of the toolchain that are missing, with rustup.
///
/// # Errors
/// What to do by hand, where there is no rustup or it did not help.
pub fn provide_components(components: &[(&str, &str)]) -> Result<(), String> {
    let works = |command: &str| cargo(&[command, "--version"]).output().is_ok_and(|output| output.status.success());
    let missing: Vec<&str> = components.iter().filter(|(command, _)| !works(command)).map(|(_, name)| *name).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let mut rustup = Command::new("rustup");
    rustup.args(["component", "add"]).args(&missing).current_dir(workspace());
    println!("==> {}", shown(&rustup));
    match rustup.status() {
        Ok(status) if status.success() => Ok(()),
        _ => Err(format!("the toolchain lacks {}: `{}` adds them", missing.join(", "), shown(&rustup))),
    }
}

fn apt_get(with_rights: &[&str], arguments: &[&str]) -> Result<(), String> {
    let words = [with_rights, &["apt-get"], arguments].concat();
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::inherit());
    println!("==> {}", shown(&command));
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{}` ended with {status}", shown(&command))),
        Err(error) => Err(format!("`{}`: {error}", shown(&command))),
    }
}

fn missing(programs: &[Program]) -> Vec<&Program> {
    programs.iter().filter(|program| !is_installed(program.name)).collect()
}

fn names(programs: &[&Program]) -> String {
    programs.iter().map(|program| program.name).collect::<Vec<_>>().join(", ")
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| is_executable(&folder.join(program)))
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.with_extension(std::env::consts::EXE_EXTENSION).is_file()
}

fn is_root() -> bool {
    let user = Command::new("id").arg("-u").output();
    user.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_found_and_what_is_not_is_named() {
        let programs = [Program { name: "sh", package: "dash" }, Program { name: "no-such-program", package: "none" }];
        assert_eq!(names(&missing(&programs)), "no-such-program");
    }
}
