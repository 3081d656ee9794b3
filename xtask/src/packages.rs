//! Programs and libraries that must be there, and the Debian packages that bring them.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::steps::{cargo, shown, workspace};

/// Something that must be on the machine, with the Debian package that brings it.
pub struct Need {
    /// How it is known to be there.
    pub proof: Proof,
    /// The package.
    pub package: &'static str,
}

/// How a need is known to be met.
#[derive(Clone, Copy)]
pub enum Proof {
    /// A program that can be called.
    Program(&'static str),
    /// A file below the system's folders of libraries or of shared data, by the end of its path; `*` stands for any
    /// characters in its last part.
    File(&'static str),
    /// A module that `python3` can import.
    PythonModule(&'static str),
}

/// A program, with the package that brings it.
pub const fn program(name: &'static str, package: &'static str) -> Need {
    Need { proof: Proof::Program(name), package }
}

const fn file(end: &'static str, package: &'static str) -> Need {
    Need { proof: Proof::File(end), package }
}

/// What builds LAME, for the `runout` command; its compiler is the one that Rust links with.
pub const LAME_BUILD: &[Need] = &[program("make", "make")];

/// What the tests use as outside judges.
pub const ORACLES: &[Need] = &[
    program("ffmpeg", "ffmpeg"),
    program("ffprobe", "ffmpeg"),
    program("sox", "sox"),
    program("flac", "flac"),
    program("metaflac", "flac"),
    program("mediainfo", "mediainfo"),
    program("mpg123", "mpg123"),
    program("vorbiscomment", "vorbis-tools"),
];

/// What a Python environment is made with.
pub const PYTHON: &[Need] = &[
    program("python3", "python3"),
    // Debian leaves it out of its python3; without it an environment has no pip.
    Need { proof: Proof::PythonModule("ensurepip"), package: "python3-venv" },
];

/// A screen in memory, and OpenGL and Vulkan without a graphics card.
pub const SCREEN: &[Need] = &[
    program("Xvfb", "xvfb"),
    file("dri/swrast_dri.so", "libgl1-mesa-dri"),
    file("vulkan/icd.d/lvp_icd*.json", "mesa-vulkan-drivers"),
    file("libX11-xcb.so.1", "libx11-xcb1"),
    file("libXcursor.so.1", "libxcursor1"),
];

/// Installs what is missing: on Debian and its kin with apt-get, as root or through sudo.
///
/// # Errors
/// What to install by hand, where that is not possible or did not help.
pub fn provide(needs: &[&[Need]]) -> Result<(), String> {
    let missing = missing(needs);
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
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
    let missing = self::missing(needs);
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

fn missing<'a>(needs: &[&'a [Need]]) -> Vec<&'a Need> {
    needs.iter().copied().flatten().filter(|need| !is_met(need.proof)).collect()
}

fn names(needs: &[&Need]) -> String {
    let name = |need: &&Need| match need.proof {
        Proof::Program(name) => name.to_owned(),
        Proof::File(end) => format!("{end} of {}", need.package),
        Proof::PythonModule(module) => format!("{module} of python3"),
    };
    needs.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn is_met(proof: Proof) -> bool {
    match proof {
        Proof::Program(name) => is_installed(name),
        Proof::File(end) => file_folders().iter().any(|folder| has_file(folder, end)),
        Proof::PythonModule(module) => {
            let imported = Command::new("python3").args(["-c", &format!("import {module}")]).output();
            imported.is_ok_and(|output| output.status.success())
        }
    }
}

/// Where libraries and shared data lie on a Linux system: Debian's kin have a folder for each architecture.
fn file_folders() -> Vec<PathBuf> {
    let own = format!("/usr/lib/{}-linux-gnu", std::env::consts::ARCH);
    [own.as_str(), "/usr/lib64", "/usr/lib", "/usr/share", "/etc"].map(PathBuf::from).to_vec()
}

/// Whether `folder` has a file at `end`, whose last part may hold one `*`.
fn has_file(folder: &Path, end: &str) -> bool {
    let Some((start_of_name, end_of_name)) = end.split_once('*') else { return folder.join(end).exists() };
    let (within, start_of_name) = start_of_name.rsplit_once('/').unwrap_or(("", start_of_name));
    let Ok(entries) = folder.join(within).read_dir() else { return false };
    entries.flatten().any(|entry| {
        let name = entry.file_name();
        name.to_str().is_some_and(|name| name.starts_with(start_of_name) && name.ends_with(end_of_name))
    })
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
        let needs = [
            program("sh", "dash"),
            program("no-such-program", "none"),
            file("no/such/file", "nothing"),
            Need { proof: Proof::PythonModule("no_such_module"), package: "python3-none" },
        ];
        let missing = missing(&[&needs]);
        assert_eq!(names(&missing), "no-such-program, no/such/file of nothing, no_such_module of python3");
    }

    #[test]
    fn a_file_is_found_by_the_parts_of_its_name_that_are_known() {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert!(has_file(sources, "src/packages.rs") && has_file(sources, "src/pack*.rs"));
        assert!(has_file(sources, "Cargo*.toml") && !has_file(sources, "src/pack*.toml"));
        assert!(!has_file(sources, "no-such-folder/*"));
    }
}
