//! The product of the last hops' spectra with the parts of a kernel.

use super::super::split_transform::Sample;
use super::super::{PARTITIONS, Spectrum};
use crate::dispatch::{Kernel, Vector};

/// The widest vectors, in `f32`.
pub(super) const WIDEST: usize = 16;

/// Sums the products over some bins.
pub(super) struct Multiply<'a> {
    pub direct: &'a [Spectrum],
    pub crossed: Option<&'a [Spectrum]>,
    pub spectra: &'a [Spectrum],
    pub mirrored: &'a [Spectrum],
    /// Where the newest spectrum stands in its ring.
    pub newest: usize,
    /// The first bin.
    pub start: usize,
    /// The sums, one a bin: a multiple of 16.
    pub sum: &'a mut [Sample],
}

impl Kernel for Multiply<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let mut real = [0.0; WIDEST];
        let mut imaginary = [0.0; WIDEST];
        let mut bin = self.start;
        for sum in self.sum.as_chunks_mut::<WIDEST>().0 {
            for lane in (0..WIDEST).step_by(V::WIDTH) {
                let mut sums = [V::splat(0.0); 2];
                add::<V>(&mut sums, self.direct, self.spectra, self.newest, bin + lane);
                if let Some(crossed) = self.crossed {
                    add::<V>(&mut sums, crossed, self.mirrored, self.newest, bin + lane);
                }
                sums[0].store(&mut real, lane);
                sums[1].store(&mut imaginary, lane);
            }
            for index in 0..WIDEST {
                sum[index] = Sample::new(real[index], imaginary[index]);
            }
            bin += WIDEST;
        }
    }
}

/// Adds the products of all parts with the spectra that they meet: the first part with the newest.
#[inline(always)]
fn add<V: Vector>(sums: &mut [V; 2], parts: &[Spectrum], spectra: &[Spectrum], newest: usize, bin: usize) {
    let minus = V::splat(-1.0);
    for back in 0..PARTITIONS {
        let (part, spectrum) = (&parts[back], &spectra[(newest + PARTITIONS - back) % PARTITIONS]);
        let (x, y) = (V::load(&spectrum.real, bin), V::load(&spectrum.imaginary, bin));
        let (a, b) = (V::load(&part.real, bin), V::load(&part.imaginary, bin));
        sums[0] = y.mul(minus).multiply_add(b, x.multiply_add(a, sums[0]));
        sums[1] = y.multiply_add(a, x.multiply_add(b, sums[1]));
    }
}
