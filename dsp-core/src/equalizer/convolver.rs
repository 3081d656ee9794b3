//! A partitioned convolver with one fixed hop, its work sliced by the position in the stream.
//!
//! While one hop of B frames is collected, the one before it is worked on, and the one before that leaves: the delay is
//! 2 B frames at every block size. The work of a hop is a list of units; each slot of 64 frames does its share of them, so
//! that no block is dear. Left and right are the real and the imaginary part of one signal: one transform serves both.

mod multiply;

use super::kernel::{Kernel, KernelSize, PARTITIONS, Spectrum};
use super::split_transform::{Bins, Sample, SplitTransform};
use crate::dispatch::Instructions;
use crate::processor::GRID_FRAMES;
use multiply::Multiply;

/// In how many parts the bins of one half are multiplied.
const CHUNKS: usize = 2;

/// One piece of a hop's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    /// Transforms the hop.
    Forward(Bins),
    /// Multiplies a part of the bins of a half with all parts of a kernel, and sums.
    Multiply(Bins, usize),
    /// Transforms the sum of a half back.
    Inverse(Bins),
}

/// The work of a hop, in order; every unit costs about the same.
const UNITS: [Unit; 8] = [
    Unit::Forward(Bins::Even),
    Unit::Forward(Bins::Odd),
    Unit::Multiply(Bins::Even, 0),
    Unit::Multiply(Bins::Even, 1),
    Unit::Multiply(Bins::Odd, 0),
    Unit::Multiply(Bins::Odd, 1),
    Unit::Inverse(Bins::Even),
    Unit::Inverse(Bins::Odd),
];

/// What becomes of a hop under one kernel.
struct Path {
    even: Box<[Sample]>,
    odd: Box<[Sample]>,
    /// What leaves now.
    leaving: Box<[Sample]>,
}

impl Path {
    fn new(hop: usize) -> Self {
        let samples = || vec![Sample::default(); hop].into_boxed_slice();
        Self { even: samples(), odd: samples(), leaving: samples() }
    }
}

/// The convolver: two paths, so that one kernel can be faded to another.
pub(super) struct Convolver {
    instructions: Instructions,
    hop: usize,
    transform: SplitTransform,
    /// The hop that is collected, the one that is worked on, and the one before it.
    collected: Box<[Sample]>,
    current: Box<[Sample]>,
    previous: Box<[Sample]>,
    half: Box<[Sample]>,
    /// The spectra of the last hops, in a ring; and those of the conjugate signal, as far as they are kept.
    spectra: Box<[Spectrum]>,
    mirrored: Box<[Spectrum]>,
    /// How many of the last hops have a mirrored spectrum.
    mirrored_hops: usize,
    /// Where the newest spectrum stands.
    newest: usize,
    paths: [Path; 2],
    /// The slot of 64 frames that is being collected.
    slot: usize,
}

impl Convolver {
    /// A convolver for kernels of this size. Allocates.
    pub fn new(size: KernelSize, instructions: Instructions) -> Self {
        let hop = size.hop();
        let samples = || vec![Sample::default(); hop].into_boxed_slice();
        let spectra = || (0..PARTITIONS).map(|_| Spectrum::new(2 * hop)).collect();
        Self {
            instructions,
            hop,
            transform: SplitTransform::new(hop, instructions),
            collected: samples(),
            current: samples(),
            previous: samples(),
            half: samples(),
            spectra: spectra(),
            mirrored: spectra(),
            mirrored_hops: 0,
            newest: 0,
            paths: [Path::new(hop), Path::new(hop)],
            slot: 0,
        }
    }

    /// Forgets the signal.
    pub fn reset(&mut self) {
        for samples in [&mut self.collected, &mut self.current, &mut self.previous] {
            samples.fill(Sample::default());
        }
        self.spectra.iter_mut().for_each(Spectrum::clear);
        self.mirrored_hops = 0;
        self.newest = 0;
        self.slot = 0;
        self.paths.iter_mut().for_each(|path| path.leaving.fill(Sample::default()));
    }

    /// Where the slot that is being collected stands in its hop, in frames.
    pub fn slot_start(&self) -> usize {
        self.slot * GRID_FRAMES
    }

    /// The frames of this slot that is being collected, to be filled.
    pub fn collecting(&mut self) -> &mut [Sample] {
        let start = self.slot_start();
        &mut self.collected[start..start + GRID_FRAMES]
    }

    /// What leaves in this slot on a path.
    pub fn leaving(&self, path: usize) -> &[Sample] {
        let start = self.slot_start();
        &self.paths[path].leaving[start..start + GRID_FRAMES]
    }

    /// Ends a slot whose 64 frames are collected: does its share of the work with the kernel of each path, `None` for a
    /// path that is not heard. Returns whether a hop has ended with it.
    pub fn end_slot(&mut self, kernels: [Option<&Kernel>; 2]) -> bool {
        let slots = self.hop / GRID_FRAMES;
        let first = (self.slot * UNITS.len()).div_ceil(slots);
        let end = ((self.slot + 1) * UNITS.len()).div_ceil(slots);
        for unit in &UNITS[first..end] {
            self.work(*unit, kernels);
        }
        self.slot += 1;
        if self.slot < slots {
            return false;
        }
        self.slot = 0;
        self.end_hop();
        true
    }

    /// What was collected is worked on next, what was worked on leaves next.
    fn end_hop(&mut self) {
        for path in &mut self.paths {
            self.transform.last_half(&mut path.even, &path.odd);
            std::mem::swap(&mut path.even, &mut path.leaving);
        }
        std::mem::swap(&mut self.previous, &mut self.current);
        std::mem::swap(&mut self.current, &mut self.collected);
        self.newest = (self.newest + 1) % PARTITIONS;
    }

    fn work(&mut self, unit: Unit, kernels: [Option<&Kernel>; 2]) {
        if let Unit::Forward(which) = unit {
            self.transform.forward(which, &self.previous, &self.current, &mut self.half);
            self.spectra[self.newest].keep(which, &self.half);
            if which == Bins::Odd {
                self.mirror(kernels.iter().flatten().any(|kernel| kernel.is_crossed));
            }
            return;
        }
        for (path, kernel) in self.paths.iter_mut().zip(kernels) {
            let Some(kernel) = kernel else { continue };
            match unit {
                Unit::Multiply(which, chunk) => {
                    let half = if which == Bins::Even { &mut path.even } else { &mut path.odd };
                    let size = half.len() / CHUNKS;
                    let offset = if which == Bins::Even { 0 } else { half.len() };
                    self.instructions.run(Multiply {
                        kernel,
                        spectra: &self.spectra,
                        mirrored: &self.mirrored,
                        newest: self.newest,
                        start: offset + chunk * size,
                        sum: &mut half[chunk * size..(chunk + 1) * size],
                    });
                }
                Unit::Inverse(Bins::Even) => self.transform.inverse(&mut path.even),
                Unit::Inverse(Bins::Odd) => self.transform.inverse(&mut path.odd),
                Unit::Forward(_) => {}
            }
        }
    }

    /// Keeps the mirrored spectra of the last hops where they are wanted.
    fn mirror(&mut self, wanted: bool) {
        if !wanted {
            self.mirrored_hops = 0;
            return;
        }
        let missing = if self.mirrored_hops == PARTITIONS { 1 } else { PARTITIONS };
        for back in 0..missing {
            let place = (self.newest + PARTITIONS - back) % PARTITIONS;
            self.mirrored[place].mirror(&self.spectra[place]);
        }
        self.mirrored_hops = PARTITIONS;
    }
}
