//! Designs that were asked for and are not yet due.

use super::super::kernel::{Designer, Kernel, KernelSize};
use super::worker::{Job, Worker};
use crate::settings::EqualizerParams;

/// How many positions lie between asking and taking effect.
const POSITIONS_AHEAD: u64 = 2;

/// How many kernels wait for their use where a worker designs: two asked for, two that came late, and one for the audio
/// thread itself.
const SPARE_WITH_WORKER: usize = 5;

/// One design on its way.
struct Request {
    id: u64,
    due: u64,
    params: EqualizerParams,
    kernel: Option<Kernel>,
}

/// The designs on their way, and the kernels that are free.
pub(super) struct Pending {
    worker: Option<Worker>,
    requests: [Option<Request>; POSITIONS_AHEAD as usize],
    spare: Vec<Kernel>,
    /// Positions since `prepare` or `reset`.
    position: u64,
    next_id: u64,
}

impl Pending {
    /// No design on its way. Allocates.
    pub fn new(size: KernelSize, worker: Option<Worker>) -> Self {
        let spares = if worker.is_some() { SPARE_WITH_WORKER } else { 1 };
        // One more comes back when a fade has ended.
        let mut spare = Vec::with_capacity(spares + 2);
        spare.extend((0..=spares).map(|_| Kernel::new(size)));
        Self { worker, requests: [const { None }; POSITIONS_AHEAD as usize], spare, position: 0, next_id: 0 }
    }

    /// Takes back a kernel that is no longer used.
    pub fn give_back(&mut self, kernel: Kernel) {
        self.spare.push(kernel);
    }

    /// Forgets what was asked for. What a worker still has comes back later.
    pub fn reset(&mut self) {
        for request in &mut self.requests {
            if let Some(kernel) = request.take().and_then(|request| request.kernel) {
                self.spare.push(kernel);
            }
        }
        self.position = 0;
    }

    /// Goes on to the next position and returns the design that is due there, designed here if it is not done.
    pub fn next_position(&mut self, designer: &mut Designer) -> Option<Kernel> {
        self.position += 1;
        self.collect();
        let due = self.position;
        let request = self.requests.iter_mut().find(|slot| slot.as_ref().is_some_and(|request| request.due == due))?;
        let Request { params, kernel, .. } = request.take()?;
        kernel.or_else(|| {
            let mut kernel = self.spare.pop()?;
            designer.design(&params, &mut kernel);
            Some(kernel)
        })
    }

    /// Asks for a design at this position.
    pub fn ask(&mut self, params: &EqualizerParams) {
        let id = self.next_id;
        self.next_id += 1;
        if let Some(slot) = self.requests.iter_mut().find(|slot| slot.is_none()) {
            let due = self.position + POSITIONS_AHEAD;
            *slot = Some(Request { id, due, params: *params, kernel: None });
        }
        // The last free kernel is the audio thread's own.
        if self.spare.len() > 1
            && let Some(worker) = &mut self.worker
            && let Some(kernel) = self.spare.pop()
            && let Some(kernel) = worker.ask(Job { id, params: *params, kernel })
        {
            self.spare.push(kernel);
        }
    }

    /// Takes what the worker has done: each to its request, and what came late to the free ones.
    fn collect(&mut self) {
        while let Some(done) = self.worker.as_mut().and_then(Worker::take) {
            match self.requests.iter_mut().flatten().find(|request| request.id == done.id) {
                Some(request) => request.kernel = Some(done.kernel),
                None => self.spare.push(done.kernel),
            }
        }
    }
}
