//! The Python environment of the JUCE host that the tests drive: in the target folder, exactly as pinned.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::{shown, target_folder, workspace};

/// Makes the environment in the target folder where there is none or another than is pinned.
///
/// # Errors
/// What could not be made, and with which command.
pub fn provide() -> Result<(), String> {
    let folder = target_folder()?.join("python");
    let wanted = workspace().join("tests/host/juce_host.requirements.txt");
    let requirements = fs::read_to_string(&wanted).map_err(|error| format!("{}: {error}", wanted.display()))?;
    // Written last: an environment that has it is complete.
    let installed = folder.join("installed.requirements.txt");
    let python = interpreter(&folder);
    if fs::read_to_string(&installed).is_ok_and(|text| text == requirements) && imports(&python) {
        return Ok(());
    }
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    succeed(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"]);
    succeed(pip.arg("--require-hashes").arg("--requirement").arg(&wanted))?;
    if !imports(&python) {
        return Err(format!("{} does not import what {} names", python.display(), wanted.display()));
    }
    fs::write(&installed, requirements).map_err(|error| format!("{}: {error}", installed.display()))
}

/// The Python of an environment.
fn interpreter(folder: &Path) -> PathBuf {
    if cfg!(windows) { folder.join("Scripts/python.exe") } else { folder.join("bin/python") }
}

/// Whether this Python has the host: false also where its system's Python is gone.
fn imports(python: &Path) -> bool {
    let imported = Command::new(python).args(["-c", "import numpy, pedalboard"]).output();
    imported.is_ok_and(|output| output.status.success())
}

fn succeed(command: &mut Command) -> Result<(), String> {
    println!("==> {}", shown(command));
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{}` ended with {status}", shown(command))),
        Err(error) => Err(format!("`{}`: {error}", shown(command))),
    }
}
