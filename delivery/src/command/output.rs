//! Standard output and standard error.

use std::io::{self, Write};

use serde_json::Value;

use crate::failure::Failure;
use crate::report::pretty;

/// Prints to standard output. A reader that has had enough (`| head`) is no error.
///
/// # Errors
/// [`Failure`] where standard output cannot be written for another reason.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Prints the one JSON document.
///
/// # Errors
/// As [`print()`].
pub fn print_json(document: &Value) -> Result<(), Failure> {
    print(&pretty(document))
}

/// Says on standard error what went wrong, in one line. If nobody hears it there is nobody to tell.
pub fn complain(failure: &Failure) {
    let _ = writeln!(io::stderr(), "runout: {failure}");
}
