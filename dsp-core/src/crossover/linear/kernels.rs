//! The kernels of all low-passes, and their design: a little in every slot of the stream.

use super::low_pass::Poles;
use crate::convolution::{KernelSize, PARTITIONS, PartTransform, Parts, Sample, Spectrum};
use crate::crossover::corners::{Corners, MOST_CROSSOVERS};
use crate::dispatch::Instructions;

/// How many kernels there can be: present ones, those that they are faded to, and those that are being designed.
const MOST_KERNELS: usize = 3 * MOST_CROSSOVERS;

/// Parts of one side of a kernel.
const SIDE: usize = PARTITIONS / 2;

/// In how many pieces a kernel is designed: the taps of each part of a side, and its spectrum.
const PIECES: usize = 2 * SIDE;

/// The kernel that each crossover has.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Chosen {
    /// The number of bands, 1 at least.
    pub bands: usize,
    /// The place of each crossover's kernel; `None` where there is no crossover.
    pub kernels: [Option<usize>; MOST_CROSSOVERS],
}

/// One low-pass.
struct LowPass {
    /// Where it meets what is above it, Hz; `None` before it was ever designed, or where it was not designed to the end.
    hz: Option<f64>,
    /// Of the side after the middle.
    parts: Box<[Spectrum]>,
    /// How many parts there is something in.
    used: usize,
}

/// All kernels.
pub(super) struct Kernels {
    size: KernelSize,
    sample_rate: f64,
    low_passes: Box<[LowPass]>,
    transform: PartTransform,
    /// One side of the kernel that is being designed, from the middle on, and the sum of what stands there.
    side: Box<[f64]>,
    sum: f64,
    part: Box<[Sample]>,
    /// The kernels that are being designed, and how many pieces of them are done.
    queue: [usize; MOST_CROSSOVERS],
    queued: usize,
    done: usize,
}

impl Kernels {
    /// Allocates.
    pub fn new(size: KernelSize, sample_rate: f64, instructions: Instructions) -> Self {
        let spectra = || (0..SIDE).map(|_| Spectrum::unused(2 * size.hop())).collect();
        Self {
            size,
            sample_rate,
            low_passes: (0..MOST_KERNELS).map(|_| LowPass { hz: None, parts: spectra(), used: 0 }).collect(),
            transform: PartTransform::new(size, instructions),
            side: vec![0.0; size.taps / 2].into_boxed_slice(),
            sum: 0.0,
            part: vec![Sample::default(); size.hop()].into_boxed_slice(),
            queue: [0; MOST_CROSSOVERS],
            queued: 0,
            done: 0,
        }
    }

    /// What the convolver multiplies with.
    pub fn parts(&self, kernel: usize) -> Parts<'_> {
        let LowPass { parts, used, .. } = &self.low_passes[kernel];
        Parts::Symmetric(&parts[..*used])
    }

    /// Kernels for these corners, while others are in use: those that are there already, and new ones, whose design begins.
    /// What was being designed is given up.
    pub fn choose(&mut self, corners: &Corners, in_use: &[Chosen]) -> Chosen {
        for kernel in self.queue[..self.queued].iter() {
            self.low_passes[*kernel].hz = None;
        }
        (self.queued, self.done) = (0, 0);
        let mut chosen = Chosen { bands: corners.bands, kernels: [None; MOST_CROSSOVERS] };
        for (place, hz) in corners.hz[..corners.bands - 1].iter().enumerate() {
            chosen.kernels[place] = self.low_passes.iter().position(|kernel| kernel.hz == Some(*hz));
        }
        for (place, hz) in corners.hz[..corners.bands - 1].iter().enumerate() {
            if chosen.kernels[place].is_some() {
                continue;
            }
            // A crossover that is equal to the one below shares its kernel.
            let found = self.low_passes.iter().position(|kernel| kernel.hz == Some(*hz));
            chosen.kernels[place] = found.or_else(|| {
                let is_free = |kernel: &usize| {
                    !in_use.iter().chain([&chosen]).any(|chosen| chosen.kernels.contains(&Some(*kernel)))
                };
                let free = (0..MOST_KERNELS).find(is_free)?;
                self.low_passes[free].hz = Some(*hz);
                self.queue[self.queued] = free;
                self.queued += 1;
                Some(free)
            });
        }
        chosen
    }

    /// Goes on with the design until so many parts of so many are done.
    pub fn design(&mut self, part: usize, of: usize) {
        let wanted = (self.queued * PIECES * part).div_ceil(of);
        while self.done < wanted {
            self.design_piece(self.queue[self.done / PIECES], self.done % PIECES);
            self.done += 1;
        }
        if part == of {
            (self.queued, self.done) = (0, 0);
        }
    }

    fn design_piece(&mut self, kernel: usize, piece: usize) {
        let (hop, half) = (self.size.hop(), self.side.len());
        let low_pass = &mut self.low_passes[kernel];
        let part = piece % SIDE;
        if piece >= SIDE {
            if part >= low_pass.used {
                return;
            }
            // The other side is the same, and the transform back has no factor.
            let scale = 1.0 / ((2.0 * self.sum - self.side[0]) * (2 * hop) as f64);
            let (start, end) = (part * hop, (part + 1) * hop);
            let sample = |tap: f64| Sample::new((tap * scale) as f32, 0.0);
            for (tap, value) in self.side[start..end].iter().zip(&mut self.part) {
                *value = sample(*tap);
            }
            // The taps at the ends are shared with the neighbors; the last of all is 0.
            self.part[0] = sample(0.5 * self.side[start]);
            let next = sample(0.5 * self.side.get(end).copied().unwrap_or_default());
            self.transform.transform(&self.part, next, &mut low_pass.parts[part]);
        } else if let Some(hz) = low_pass.hz {
            let poles = Poles::new(hz, self.sample_rate);
            if part == 0 {
                low_pass.used = poles.length().div_ceil(hop).min(SIDE);
                self.sum = 0.0;
            }
            let taps = &mut self.side[part * hop..(part + 1) * hop];
            if part < low_pass.used {
                self.sum += poles.fill(part * hop, half, taps);
            } else {
                taps.fill(0.0);
            }
        }
    }
}
