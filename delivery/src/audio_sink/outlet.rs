//! A pending file for encoders that own what they write to and never give it back.

use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::PendingFile;
use crate::failure::Failure;

/// Bytes gathered before they are written: encoders write in single bytes.
const BUFFER_BYTES: usize = 1 << 16;

/// What an encoder writes to. When it is dropped the file goes back through its [`Return`].
pub struct Outlet {
    file: Option<PendingFile>,
    buffer: Vec<u8>,
    ledger: Arc<Ledger>,
}

/// Where the file of an [`Outlet`] comes back.
pub struct Return(Arc<Ledger>);

struct Ledger {
    bytes: AtomicU64,
    file: Mutex<Option<Result<PendingFile, Failure>>>,
}

/// An outlet to a file, and the way back.
pub fn outlet(file: PendingFile) -> (Outlet, Return) {
    let ledger = Arc::new(Ledger { bytes: AtomicU64::new(0), file: Mutex::new(None) });
    let back = Return(Arc::clone(&ledger));
    (Outlet { file: Some(file), buffer: Vec::with_capacity(BUFFER_BYTES), ledger }, back)
}

/// The failure that an encoder met when it wrote to an outlet.
pub fn failure(path: &Path, error: io::Error) -> Failure {
    match error.downcast::<Failure>() {
        Ok(failure) => failure,
        Err(error) => Failure::from_io(path, "write", &error),
    }
}

impl Return {
    /// How many bytes the encoder has written.
    pub fn bytes(&self) -> u64 {
        self.0.bytes.load(Ordering::Relaxed)
    }

    /// The file with all that was written, once the outlet is dropped.
    ///
    /// # Errors
    /// The last bytes could not be written.
    pub fn take(&self, path: &Path) -> Result<PendingFile, Failure> {
        let mut slot = self.0.file.lock().unwrap_or_else(PoisonError::into_inner);
        slot.take().unwrap_or_else(|| Err(Failure::about(path, "cannot be written: its encoder still holds it")))
    }
}

impl Outlet {
    fn empty(&mut self) -> io::Result<()> {
        if let Some(file) = &mut self.file {
            file.write(&self.buffer).map_err(io::Error::other)?;
        }
        self.buffer.clear();
        Ok(())
    }
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.buffer.len() + bytes.len() > BUFFER_BYTES {
            self.empty()?;
        }
        self.buffer.extend_from_slice(bytes);
        self.ledger.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.empty()
    }
}

impl Drop for Outlet {
    fn drop(&mut self) {
        let Some(mut file) = self.file.take() else { return };
        let written = file.write(&self.buffer).map(|()| file);
        *self.ledger.file.lock().unwrap_or_else(PoisonError::into_inner) = Some(written);
    }
}
