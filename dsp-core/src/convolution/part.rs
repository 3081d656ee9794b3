//! The transform of one part of a kernel.

use super::split_transform::{Bins, Sample, SplitTransform};
use super::{KernelSize, Spectrum};
use crate::dispatch::Instructions;

/// Transforms parts of kernels of one size, in memory of its own.
#[derive(Clone)]
pub(crate) struct PartTransform {
    instructions: Instructions,
    transform: SplitTransform,
    halves: [Box<[Sample]>; 2],
    /// What follows the part: silence but for its first sample.
    after: Box<[Sample]>,
}

impl PartTransform {
    /// Allocates.
    pub fn new(size: KernelSize, instructions: Instructions) -> Self {
        let samples = || vec![Sample::default(); size.hop()].into_boxed_slice();
        Self {
            instructions,
            transform: SplitTransform::new(size.hop(), instructions),
            halves: [samples(), samples()],
            after: samples(),
        }
    }

    /// The spectrum of a part of one hop and the tap after it. The convolver's transform back has no factor: it is the
    /// part's to bring.
    pub fn transform(&mut self, part: &[Sample], next: Sample, spectrum: &mut Spectrum) {
        let [even, odd] = &mut self.halves;
        self.after[0] = next;
        self.transform.fold(0, [part, &self.after], [even, odd]);
        for (half, which) in self.halves.iter_mut().zip([Bins::Even, Bins::Odd]) {
            self.transform.forward(half);
            spectrum.keep(self.instructions, which, half);
        }
    }
}
