//! `cargo xtask bundle` and `install`: the plugins as hosts want them, and where hosts look for them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Failure;
use crate::steps::{cargo, step, target_folder, workspace};

/// The bundles, by the name of the folder of a user's plugins that they belong in.
const BUNDLES: [(&str, Format); 2] = [("Runout.clap", Format::Clap), ("Runout.vst3", Format::Vst3)];

/// A plugin format.
#[derive(Clone, Copy)]
enum Format {
    Clap,
    Vst3,
}

/// Builds the plugins in release and bundles them; returns the folder they lie in.
pub fn run() -> Result<PathBuf, Failure> {
    let built = step("build", cargo(&["build", "--release", "--package", "runout-plugins", "--lib"]))?;
    if !built.passed {
        return Err(Failure::NotPassed);
    }
    let target = target_folder()?;
    // The bundler reads bundler.toml from the folder it runs in.
    std::env::set_current_dir(workspace()).map_err(|error| format!("{}: {error}", workspace().display()))?;
    nice_plug_xtask::bundle(&target, "runout-plugins", &["--release".to_owned()], false)
        .map_err(|error| format!("bundling: {error:#}"))?;
    Ok(target.join("bundled"))
}

/// Bundles the plugins and copies them to the user's plugin folders.
pub fn install() -> Result<(), Failure> {
    let bundled = run()?;
    for (name, format) in BUNDLES {
        let folder = user_folder(format)?;
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let place = folder.join(name);
        replace(&bundled.join(name), &place).map_err(|error| format!("{}: {error}", place.display()))?;
        println!("installed {}", place.display());
    }
    Ok(())
}

/// Where hosts look for a user's plugins on this system.
fn user_folder(format: Format) -> Result<PathBuf, String> {
    let variable = if cfg!(windows) { "LOCALAPPDATA" } else { "HOME" };
    let home = std::env::var_os(variable).map(PathBuf::from).ok_or(format!("{variable} is not set"))?;
    let within = match (format, std::env::consts::OS) {
        (Format::Clap, "macos") => "Library/Audio/Plug-Ins/CLAP",
        (Format::Vst3, "macos") => "Library/Audio/Plug-Ins/VST3",
        (Format::Clap, "windows") => "Programs/Common/CLAP",
        (Format::Vst3, "windows") => "Programs/Common/VST3",
        (Format::Clap, _) => ".clap",
        (Format::Vst3, _) => ".vst3",
    };
    Ok(home.join(within))
}

/// Puts a bundle, a file or a folder, in the place of what is there.
fn replace(from: &Path, to: &Path) -> std::io::Result<()> {
    if to.is_dir() {
        fs::remove_dir_all(to)?;
    } else if to.exists() {
        // A host may hold the old library: it keeps what it has, and the name is free.
        fs::remove_file(to)?;
    }
    copy(from, to)
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    if !from.is_dir() {
        return fs::copy(from, to).map(|_| ());
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}
