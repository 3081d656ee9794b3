//! A partitioned convolver with one fixed hop, its work sliced by the position in the stream.
//!
//! While one hop of B frames is collected, the one before it is worked on, and the one before that leaves: the delay is
//! 2 B frames at every block size. The work of a hop is a list of units; each slot of 64 frames does its share of them, so
//! that no block is dear. Left and right are the real and the imaginary part of one signal: one transform serves both.

mod multiply;
mod symmetric;

use super::split_transform::{Bins, Sample, SplitTransform};
use super::{KernelSize, PARTITIONS, Parts, Spectrum};
use crate::dispatch::{Instructions, Kernel, Vector};
use crate::entrance::audible;
use crate::processor::GRID_FRAMES;
use multiply::Multiply;
use symmetric::{Product, multiply_symmetric};

/// In how many parts the bins of one half are multiplied.
const CHUNKS: usize = 4;

/// How many products of symmetric kernels are computed together.
const MOST_PRODUCTS: usize = 3;

/// One piece of a hop's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    /// Transforms a half of the hop.
    Forward(Bins),
    /// Keeps its bins.
    Keep(Bins),
    /// Keeps the same bins of the conjugate signal.
    Mirror(Bins),
    /// Multiplies a part of the bins of a half with all parts of a kernel, and sums.
    Multiply(Bins, usize),
    /// Transforms the sum of a half back.
    Inverse(Bins),
}

/// The work of a hop, in order.
const UNITS: [Unit; 16] = [
    Unit::Forward(Bins::Even),
    Unit::Keep(Bins::Even),
    Unit::Mirror(Bins::Even),
    Unit::Forward(Bins::Odd),
    Unit::Keep(Bins::Odd),
    Unit::Mirror(Bins::Odd),
    Unit::Multiply(Bins::Even, 0),
    Unit::Multiply(Bins::Even, 1),
    Unit::Multiply(Bins::Even, 2),
    Unit::Multiply(Bins::Even, 3),
    Unit::Inverse(Bins::Even),
    Unit::Multiply(Bins::Odd, 0),
    Unit::Multiply(Bins::Odd, 1),
    Unit::Multiply(Bins::Odd, 2),
    Unit::Multiply(Bins::Odd, 3),
    Unit::Inverse(Bins::Odd),
];

/// Both halves of a hop's bins, before or after their transform.
type Halves = [Box<[Sample]>; 2];

fn halves(hop: usize) -> Halves {
    [(); 2].map(|()| vec![Sample::default(); hop].into_boxed_slice())
}

/// What becomes of a hop under one kernel.
struct Path {
    /// What is worked on.
    sums: Halves,
    /// What leaves now, to be unfolded.
    leaving: Halves,
}

impl Path {
    fn new(hop: usize) -> Self {
        Self { sums: halves(hop), leaving: halves(hop) }
    }
}

/// The convolver, for as many kernels at once as it has paths.
pub(crate) struct Convolver {
    instructions: Instructions,
    hop: usize,
    transform: SplitTransform,
    /// The hop that is collected, and the one before it.
    collected: Box<[Sample]>,
    previous: Box<[Sample]>,
    /// Both folded as the hop comes in, and the folded hop that is worked on.
    folding: Halves,
    folded: Halves,
    /// The spectra of the last hops, in a ring; and those of the conjugate signal, as far as they are kept.
    spectra: Box<[Spectrum]>,
    mirrored: Box<[Spectrum]>,
    /// Whether the last hops have mirrored spectra, of the even and of the odd bins.
    are_mirrored: [bool; 2],
    /// Where the newest spectrum stands.
    newest: usize,
    paths: Box<[Path]>,
    /// The slot of 64 frames that is being collected.
    slot: usize,
}

impl Convolver {
    /// A convolver for kernels of this size, with so many paths. Allocates.
    pub fn new(size: KernelSize, paths: usize, instructions: Instructions) -> Self {
        let hop = size.hop();
        let samples = || vec![Sample::default(); hop].into_boxed_slice();
        let spectra = || (0..PARTITIONS).map(|_| Spectrum::new(2 * hop)).collect();
        Self {
            instructions,
            hop,
            transform: SplitTransform::new(hop, instructions),
            collected: samples(),
            previous: samples(),
            folding: halves(hop),
            folded: halves(hop),
            spectra: spectra(),
            mirrored: spectra(),
            are_mirrored: [false; 2],
            newest: 0,
            paths: (0..paths).map(|_| Path::new(hop)).collect(),
            slot: 0,
        }
    }

    /// Forgets the signal.
    pub fn reset(&mut self) {
        let leaving = self.paths.iter_mut().flat_map(|path| &mut path.leaving);
        for samples in leaving.chain(&mut self.folded).chain([&mut self.collected, &mut self.previous]) {
            samples.fill(Sample::default());
        }
        self.spectra.iter_mut().for_each(Spectrum::clear);
        self.are_mirrored = [false; 2];
        self.newest = 0;
        self.slot = 0;
    }

    /// Where the slot that is being collected stands in its hop, in frames.
    pub fn slot_start(&self) -> usize {
        self.slot * GRID_FRAMES
    }

    /// Collects frames of one or two channels in this slot, from its frame `first` on. What is inaudible is silence.
    pub fn collect<C: AsRef<[f32]>>(&mut self, first: usize, channels: &[C]) {
        let start = self.slot_start();
        let samples = &mut self.collected[start + first..start + GRID_FRAMES];
        match channels {
            [left, right] => self.instructions.run(Collect { left: left.as_ref(), right: right.as_ref(), samples }),
            [only] => self.instructions.run(Collect { left: only.as_ref(), right: &[0.0; GRID_FRAMES], samples }),
            _ => {}
        }
    }

    /// What leaves on a path in this slot, from frame `first` of the slot on, in planes.
    pub fn leaving_planes(&self, path: usize, first: usize, planes: [&mut [f32]; 2]) {
        let start = self.slot_start() + first;
        let [even, odd] = &self.paths[path].leaving;
        self.transform.unfold_planes(start, [&even[start..], &odd[start..]], planes);
    }

    /// What leaves on a path in this slot, from frame `first` of the slot on.
    pub fn leaving(&self, path: usize, first: usize, samples: &mut [Sample]) {
        let start = self.slot_start() + first;
        let [even, odd] = &self.paths[path].leaving;
        self.transform.unfold(start, [&even[start..], &odd[start..]], samples);
    }

    /// Ends a slot whose 64 frames are collected: does its share of the work with the kernel of each path, `None` for a
    /// path that is not heard. Returns whether a hop has ended with it.
    pub fn end_slot(&mut self, kernels: &[Option<Parts>]) -> bool {
        let part = self.slot_start()..self.slot_start() + GRID_FRAMES;
        let [even, odd] = &mut self.folding;
        let hops = [&self.previous[part.clone()], &self.collected[part.clone()]];
        self.transform.fold(part.start, hops, [&mut even[part.clone()], &mut odd[part]]);
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
            std::mem::swap(&mut path.sums, &mut path.leaving);
        }
        std::mem::swap(&mut self.previous, &mut self.collected);
        std::mem::swap(&mut self.folded, &mut self.folding);
        self.newest = (self.newest + 1) % PARTITIONS;
    }

    fn work(&mut self, unit: Unit, kernels: &[Option<Parts>]) {
        match unit {
            Unit::Forward(which) => self.transform.forward(&mut self.folded[which as usize]),
            Unit::Keep(which) => {
                self.spectra[self.newest].keep(self.instructions, which, &self.folded[which as usize]);
            }
            Unit::Mirror(which) => self.mirror(which, kernels.iter().any(is_crossed)),
            Unit::Multiply(which, chunk) => self.multiply(which, chunk, kernels),
            Unit::Inverse(which) => {
                let heard = self.paths.iter_mut().zip(kernels).filter(|(_, kernel)| kernel.is_some());
                heard.for_each(|(path, _)| self.transform.inverse(&mut path.sums[which as usize]));
            }
        }
    }

    /// Multiplies a part of the bins of a half with all parts of every kernel.
    fn multiply(&mut self, which: Bins, chunk: usize, kernels: &[Option<Parts>]) {
        let size = self.hop / CHUNKS;
        let (start, bins) = (which as usize * self.hop + chunk * size, chunk * size..(chunk + 1) * size);
        let (spectra, mirrored, newest) = (&self.spectra, &self.mirrored, self.newest);
        let mut products = [const { None }; MOST_PRODUCTS];
        let mut count = 0;
        for (path, kernel) in self.paths.iter_mut().zip(kernels) {
            let sum = &mut path.sums[which as usize][bins.clone()];
            match *kernel {
                Some(Parts::Any { direct, crossed }) => {
                    self.instructions.run(Multiply { direct, crossed, spectra, mirrored, newest, start, sum });
                }
                Some(Parts::Symmetric(side)) => {
                    products[count] = Some(Product { side, sum });
                    count += 1;
                }
                None => {}
            }
            if count == MOST_PRODUCTS {
                multiply_symmetric(self.instructions, &mut products, spectra, newest, which, start);
                (products, count) = ([const { None }; MOST_PRODUCTS], 0);
            }
        }
        multiply_symmetric(self.instructions, &mut products, spectra, newest, which, start);
    }

    /// Keeps the mirrored spectra of the last hops where they are wanted.
    fn mirror(&mut self, which: Bins, wanted: bool) {
        let kept = std::mem::replace(&mut self.are_mirrored[which as usize], wanted);
        let missing = match (wanted, kept) {
            (false, _) => 0,
            (true, true) => 1,
            (true, false) => PARTITIONS,
        };
        for back in 0..missing {
            let place = (self.newest + PARTITIONS - back) % PARTITIONS;
            self.mirrored[place].mirror(which, &self.spectra[place]);
        }
    }
}

/// Makes complex samples of two channels.
struct Collect<'a> {
    left: &'a [f32],
    right: &'a [f32],
    samples: &'a mut [Sample],
}

impl Kernel for Collect<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let count = self.left.len().min(self.right.len()).min(self.samples.len());
        let (left, right, samples) = (&self.left[..count], &self.right[..count], &mut self.samples[..count]);
        for n in 0..count {
            samples[n] = Sample::new(audible(left[n]), audible(right[n]));
        }
    }
}

fn is_crossed(kernel: &Option<Parts>) -> bool {
    matches!(kernel, Some(Parts::Any { crossed: Some(_), .. }))
}
