//! The thread that designs kernels while a parameter moves.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle, Thread};

use rtrb::{Consumer, Producer, RingBuffer};

use super::super::kernel::{Designer, Kernel};
use crate::settings::EqualizerParams;

/// The most jobs on their way in each direction.
const MOST_JOBS: usize = 8;

/// A design that is asked for.
pub(super) struct Job {
    pub id: u64,
    pub params: EqualizerParams,
    pub kernel: Kernel,
}

/// A design that is done.
pub(super) struct Done {
    pub id: u64,
    pub kernel: Kernel,
}

/// The audio thread's hold on the worker; the thread ends with it.
pub(super) struct Worker {
    jobs: Producer<Job>,
    done: Consumer<Done>,
    sleeper: Thread,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts a thread with a designer of its own; `None` where the system gives none: the audio thread then designs.
    pub fn start(mut designer: Designer) -> Option<Self> {
        let (jobs, mut asked) = RingBuffer::<Job>::new(MOST_JOBS);
        let (mut answers, done) = RingBuffer::<Done>::new(MOST_JOBS);
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let work = move || {
            while !stopped.load(Ordering::Acquire) {
                let Ok(mut job) = asked.pop() else {
                    thread::park();
                    continue;
                };
                designer.design(&job.params, &mut job.kernel);
                // There is room: no more jobs are on their way than fit.
                let _ = answers.push(Done { id: job.id, kernel: job.kernel });
            }
        };
        let thread = thread::Builder::new().name("runout equalizer".to_owned()).spawn(work).ok()?;
        let sleeper = thread.thread().clone();
        Some(Self { jobs, done, sleeper, stop, thread: Some(thread) })
    }

    /// Hands a job over; the kernel of one that finds no room comes back. Audio thread: never waits.
    pub fn ask(&mut self, job: Job) -> Option<Kernel> {
        let handed = self.jobs.push(job);
        self.sleeper.unpark();
        handed.err().map(|rtrb::PushError::Full(job)| job.kernel)
    }

    /// A design that is done. Audio thread.
    pub fn take(&mut self) -> Option<Done> {
        self.done.pop().ok()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        self.sleeper.unpark();
        if let Some(thread) = self.thread.take() {
            // A worker that panicked has nothing more to say.
            let _ = thread.join();
        }
    }
}
