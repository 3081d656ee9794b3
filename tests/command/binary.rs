//! The binary under test, and calls of it.

use std::ffi::OsStr;
use std::process::{Command, Output};

use runout_tests::command_binary::binary;
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
