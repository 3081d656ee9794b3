//! The products of the last hops' spectra with kernels of real taps that are symmetric about the middle.
//!
//! A part at one side of the middle has the same taps as one at the other, in reverse: its spectrum is the conjugate, and in
//! odd bins the negative, for between the two ends of a part those turn by half a circle. So the two hops that these parts
//! meet are added once for all kernels, with G = a + ib of the part after the middle, A the hop that it meets, and B the
//! hop that the part before the middle meets: G A + conj(G) B = a (A + B) + ib (A - B), in odd bins with -B.

use super::super::split_transform::{Bins, Sample};
use super::super::{PARTITIONS, Spectrum};
use super::MOST_PRODUCTS;
use super::multiply::WIDEST;
use crate::dispatch::{Instructions, Kernel, Vector};

/// Parts at each side of the middle.
const SIDE: usize = PARTITIONS / 2;

/// One kernel's product over some bins.
pub(super) struct Product<'a> {
    /// The parts from the middle on, as far as there is anything in them.
    pub side: &'a [Spectrum],
    /// The sums, one a bin: a multiple of 16.
    pub sum: &'a mut [Sample],
}

/// Computes the products that there are, the first ones, from the bin `start` on.
pub(super) fn multiply_symmetric(
    instructions: Instructions,
    products: &mut [Option<Product>; MOST_PRODUCTS],
    spectra: &[Spectrum],
    newest: usize,
    which: Bins,
    start: usize,
) {
    let sign = if which == Bins::Even { 1.0 } else { -1.0 };
    match products {
        [Some(one), Some(two), Some(three)] => {
            instructions.run(Symmetric { products: [one, two, three], spectra, newest, sign, start });
        }
        [Some(one), Some(two), _] => {
            instructions.run(Symmetric { products: [one, two], spectra, newest, sign, start });
        }
        [Some(one), ..] => instructions.run(Symmetric { products: [one], spectra, newest, sign, start }),
        _ => {}
    }
}

struct Symmetric<'a, 'b, const N: usize> {
    products: [&'a mut Product<'b>; N],
    spectra: &'a [Spectrum],
    /// Where the newest spectrum stands in its ring.
    newest: usize,
    /// 1 for even bins, -1 for odd ones.
    sign: f32,
    start: usize,
}

impl<const N: usize> Kernel for Symmetric<'_, '_, N> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let Self { products, spectra, newest, sign, start } = self;
        let (sign, minus) = (V::splat(sign), V::splat(-sign));
        let count = products[0].sum.len();
        let parts = products.iter().map(|product| product.side.len()).fold(0, usize::max);
        let mut real = [[0.0; WIDEST]; N];
        let mut imaginary = [[0.0; WIDEST]; N];
        for first in (0..count).step_by(WIDEST) {
            for lane in (0..WIDEST).step_by(V::WIDTH) {
                let bin = start + first + lane;
                let mut sums = [[V::splat(0.0); 2]; N];
                for part in 0..parts {
                    let after = &spectra[(newest + PARTITIONS - SIDE - part) % PARTITIONS];
                    let before = &spectra[(newest + PARTITIONS - SIDE + 1 + part) % PARTITIONS];
                    let (x, y) = (V::load(&after.real, bin), V::load(&after.imaginary, bin));
                    let (u, v) = (V::load(&before.real, bin), V::load(&before.imaginary, bin));
                    let (sum_x, sum_y) = (u.multiply_add(sign, x), v.multiply_add(sign, y));
                    // The difference times i.
                    let (turned_x, turned_y) = (v.mul(sign).sub(y), u.multiply_add(minus, x));
                    for place in 0..N {
                        let Some(spectrum) = products[place].side.get(part) else { continue };
                        let (a, b) = (V::load(&spectrum.real, bin), V::load(&spectrum.imaginary, bin));
                        let [x, y] = sums[place];
                        sums[place][0] = turned_x.multiply_add(b, sum_x.multiply_add(a, x));
                        sums[place][1] = turned_y.multiply_add(b, sum_y.multiply_add(a, y));
                    }
                }
                for place in 0..N {
                    sums[place][0].store(&mut real[place], lane);
                    sums[place][1].store(&mut imaginary[place], lane);
                }
            }
            for place in 0..N {
                let sum = &mut products[place].sum[first..first + WIDEST];
                for index in 0..WIDEST {
                    sum[index] = Sample::new(real[place][index], imaginary[place][index]);
                }
            }
        }
    }
}
