//! The binary under test, and calls of it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use std::time::SystemTime;

use serde_json::Value;

/// What came of a call.
pub struct Call {
    /// Exit status; `None` if a signal ended it.
    pub status: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Call {
    fn of(output: Output) -> Self {
        Self {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
        }
    }

    /// Standard output as the one JSON document it must be.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| {
            panic!("{error} in standard output:\n{}\nstandard error: {}", self.stdout, self.stderr)
        })
    }

    /// Requires an exit status.
    #[track_caller]
    pub fn ends_with(self, status: i32) -> Self {
        assert_eq!(self.status, Some(status), "standard output: {}\nstandard error: {}", self.stdout, self.stderr);
        self
    }

    /// Requires a refusal: exit status 2, nothing on standard output, and exactly one line on standard error that begins
    /// with `runout: ` and holds every part given.
    #[track_caller]
    pub fn refuses(self, parts: &[&str]) {
        let call = self.ends_with(2);
        assert_eq!(call.stdout, "", "a refusal prints nothing");
        call.complains(parts);
    }

    /// Requires exactly one line on standard error, with every part given.
    #[track_caller]
    pub fn complains(&self, parts: &[&str]) {
        assert!(self.stderr.starts_with("runout: "), "{}", self.stderr);
        assert_eq!(self.stderr.lines().count(), 1, "one line: {}", self.stderr);
        for part in parts {
            assert!(self.stderr.contains(part), "`{part}` in: {}", self.stderr);
        }
    }
}

/// Calls the command.
pub fn runout<S: AsRef<OsStr>>(arguments: &[S]) -> Call {
    Call::of(command().args(arguments).output().expect("the binary starts"))
}

/// The command, to be called with more than arguments.
pub fn command() -> Command {
    Command::new(binary())
}

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
