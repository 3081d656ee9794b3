//! Waking the editor's window: any thread says that something is to be seen, a thread of the window looks for it.
//!
//! The framework has a notifier of its own, but it may ask the X server for a frame before the window is on the screen,
//! and a window whose first question is lost waits for the answer for ever.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How often the window's thread looks: once a frame of a usual screen.
const LOOKING: Duration = Duration::from_micros(16_000);

/// What is known of the wish to paint. Any thread; never waits.
#[derive(Clone, Debug, Default)]
pub struct Wake(Arc<State>);

#[derive(Debug, Default)]
struct State {
    is_asked: AtomicBool,
    is_shown: AtomicBool,
}

impl Wake {
    /// Asks for a frame, when the window is on the screen.
    pub fn ask(&self) {
        self.0.is_asked.store(true, Ordering::Relaxed);
    }

    /// Says whether the window is on the screen.
    pub fn set_shown(&self, is_shown: bool) {
        self.0.is_shown.store(is_shown, Ordering::Release);
        self.ask();
    }

    /// Whether a frame is due; it is then no longer asked for.
    pub fn take(&self) -> bool {
        self.0.is_shown.load(Ordering::Acquire) && self.0.is_asked.swap(false, Ordering::Relaxed)
    }
}

/// A thread that paints when it is asked to, until this is dropped.
pub struct Painter {
    ends: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Painter {
    /// Starts to look for frames that are asked for, and has each of them painted.
    ///
    /// # Errors
    /// The system has no thread left.
    pub fn start(wake: Wake, paint: impl Fn() + Send + 'static) -> std::io::Result<Self> {
        let ends = Arc::<AtomicBool>::default();
        let is_over = Arc::clone(&ends);
        let look = move || {
            while !is_over.load(Ordering::Acquire) {
                if wake.take() {
                    paint();
                }
                thread::park_timeout(LOOKING);
            }
        };
        let thread = thread::Builder::new().name("runout-painter".to_owned()).spawn(look)?;
        Ok(Self { ends, thread: Some(thread) })
    }
}

impl Drop for Painter {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            // It has panicked at worst, and then it is over too.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_frame_is_due_once_and_only_on_the_screen() {
        let wake = Wake::default();
        wake.ask();
        assert!(!wake.take(), "there is no window");
        wake.set_shown(true);
        assert!(wake.take() && !wake.take());
        wake.ask();
        wake.set_shown(false);
        assert!(!wake.take(), "it is hidden");
        wake.set_shown(true);
        assert!(wake.take(), "what was asked meanwhile is painted now");
    }

    #[test]
    fn a_painter_paints_what_is_asked_and_ends_with_its_owner() {
        let (wake, (sender, painted)) = (Wake::default(), mpsc::channel());
        let painter = Painter::start(wake.clone(), move || sender.send(()).unwrap()).unwrap();
        wake.set_shown(true);
        painted.recv().unwrap();
        wake.ask();
        painted.recv().unwrap();
        drop(painter);
        wake.ask();
        assert!(painted.recv().is_err(), "nobody is left to paint");
    }
}
