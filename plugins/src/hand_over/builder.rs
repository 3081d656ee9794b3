//! The thread that prepares chains and frees those that were in force.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use rtrb::{Consumer, Producer, PushError, RingBuffer};
use runout_dsp_core::processor::Spec;
use runout_dsp_core::settings::Module;

use super::HostValues;
use super::heir::Heir;

/// What a chain is to be prepared for.
pub(super) struct Plan {
    /// Which preparation it is asked for in.
    pub generation: u64,
    pub spec: Spec,
    pub values: HostValues,
}

/// The audio thread's hold on the thread, which ends with it.
pub(super) struct Builder {
    plans: Producer<Plan>,
    made: Consumer<Box<Heir>>,
    spent: Producer<Box<Heir>>,
    ends: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Builder {
    /// Starts the thread; `None` where the system has none left.
    pub fn start(modules: &'static [Module]) -> Option<Self> {
        // One of each is on its way at a time.
        let (plans, mut asked) = RingBuffer::<Plan>::new(1);
        let (mut finished, made) = RingBuffer::<Box<Heir>>::new(1);
        let (spent, mut given_back) = RingBuffer::<Box<Heir>>::new(1);
        let ends = Arc::new(AtomicBool::new(false));
        let is_over = Arc::clone(&ends);
        let work = move || {
            while !is_over.load(Ordering::Acquire) {
                let freed = given_back.pop().is_ok();
                let Ok(plan) = asked.pop() else {
                    if !freed {
                        thread::park();
                    }
                    continue;
                };
                // A chain of these modules was prepared for this spec before: it is not refused.
                if let Ok(heir) = Heir::new(modules, &plan) {
                    let _ = finished.push(heir);
                }
            }
        };
        let thread = thread::Builder::new().name("runout chains".to_owned()).spawn(work).ok()?;
        Some(Self { plans, made, spent, ends, thread: Some(thread) })
    }

    /// Asks for a chain; whether it comes. Audio thread.
    pub fn ask(&mut self, plan: Plan) -> bool {
        let asked = self.plans.push(plan).is_ok();
        self.wake();
        asked
    }

    /// A chain that was asked for, if it is ready. Audio thread.
    pub fn take(&mut self) -> Option<Box<Heir>> {
        self.made.pop().ok()
    }

    /// Gives a chain back to be freed; it comes back while the thread has not yet taken the last one. Audio thread.
    pub fn give_back(&mut self, spent: Box<Heir>) -> Option<Box<Heir>> {
        let given = self.spent.push(spent);
        self.wake();
        given.err().map(|PushError::Full(spent)| spent)
    }

    fn wake(&self) {
        if let Some(thread) = &self.thread {
            thread.thread().unpark();
        }
    }
}

impl Drop for Builder {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::Release);
        self.wake();
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has nothing more to say.
            let _ = thread.join();
        }
    }
}
