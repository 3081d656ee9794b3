//! The `runout` command of the profile that the tests were built with.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::SystemTime;

/// The binary of the profile that this test was built with, built first where its sources are newer.
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let test = std::env::current_exe().expect("a test has a path");
        let folder = test.parent().and_then(Path::parent).expect("tests are built in target/<profile>/deps");
        let binary = folder.join(format!("runout{}", std::env::consts::EXE_SUFFIX));
        if !is_fresh(&binary) {
            build(folder);
        }
        assert!(binary.is_file(), "cargo built no {}: is the target folder another?", binary.display());
        binary
    })
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace holds the tests")
}

/// Whether the binary is newer than all it is made from.
fn is_fresh(binary: &Path) -> bool {
    let Ok(built) = binary.metadata().and_then(|binary| binary.modified()) else { return false };
    let sources = ["delivery", "dsp-core", "Cargo.toml", "Cargo.lock"];
    sources.iter().all(|source| newest(&workspace().join(source)) <= built)
}

/// When a file, or the newest file in a folder, was changed last.
fn newest(path: &Path) -> SystemTime {
    let changed = path.metadata().and_then(|path| path.modified()).expect("sources have times");
    let Ok(folder) = path.read_dir() else { return changed };
    folder.map(|entry| newest(&entry.expect("sources can be listed").path())).fold(changed, SystemTime::max)
}

/// Builds the binary into the folder of a profile.
fn build(folder: &Path) {
    let profile = match folder.file_name().and_then(OsStr::to_str).expect("a profile has a name") {
        "debug" => "dev",
        profile => profile,
    };
    eprintln!("building the runout binary that this test calls: cargo build --profile {profile} --bin runout");
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--profile", profile, "--package", "runout-delivery", "--bin", "runout"])
        .args(["--target-dir".as_ref(), folder.parent().expect("target holds the profile").as_os_str()])
        .current_dir(workspace())
        .status()
        .expect("cargo starts");
    assert!(status.success(), "the runout binary does not build");
}
