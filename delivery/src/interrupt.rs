//! Ctrl-C and its kin: work notices between two blocks and takes back what it began.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::failure::Failure;

static REQUESTED: AtomicBool = AtomicBool::new(false);

/// From now on an interrupt (Ctrl-C, a hang-up, a request to end) is noticed by [`check`] instead of ending the process at
/// once: for work that asks often and has something to take back.
pub fn watch() {
    // Without a handler an interrupt ends the process as ever, and leaves the pending file: no reason not to work.
    let _ = ctrlc::set_handler(|| REQUESTED.store(true, Ordering::Relaxed));
}

/// Asked between blocks.
///
/// # Errors
/// [`Failure::Interrupted`] once the user wants to stop.
pub fn check() -> Result<(), Failure> {
    if REQUESTED.load(Ordering::Relaxed) { Err(Failure::Interrupted) } else { Ok(()) }
}
