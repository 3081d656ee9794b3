//! A spectrum of 2 B bins: real and imaginary parts apart, the even bins before the odd ones.

use super::split_transform::{Bins, Sample};
use crate::dispatch::{Instructions, Kernel, Vector};

/// One spectrum.
pub struct Spectrum {
    /// Real parts.
    pub real: Vec<f32>,
    /// Imaginary parts.
    pub imaginary: Vec<f32>,
}

impl Spectrum {
    /// A spectrum of silence with this many bins. Allocates.
    pub fn new(bins: usize) -> Self {
        Self { real: vec![0.0; bins], imaginary: vec![0.0; bins] }
    }

    /// A spectrum without bins that has room for this many and takes them with the first that it is to keep: memory that
    /// is not touched before costs nothing. Allocates.
    pub fn unused(bins: usize) -> Self {
        Self { real: Vec::with_capacity(bins), imaginary: Vec::with_capacity(bins) }
    }

    /// Fills it with silence.
    pub fn clear(&mut self) {
        self.real.fill(0.0);
        self.imaginary.fill(0.0);
    }

    /// Keeps the even or the odd bins.
    pub fn keep(&mut self, instructions: Instructions, which: Bins, bins: &[Sample]) {
        self.real.resize(2 * bins.len(), 0.0);
        self.imaginary.resize(2 * bins.len(), 0.0);
        let start = if which == Bins::Even { 0 } else { bins.len() };
        let real = &mut self.real[start..start + bins.len()];
        let imaginary = &mut self.imaginary[start..start + bins.len()];
        instructions.run(Split { bins, real, imaginary });
    }

    /// Becomes the even or the odd bins of the spectrum of the conjugate signal: bin k is the conjugate of bin -k.
    pub fn mirror(&mut self, which: Bins, of: &Self) {
        let half = self.real.len() / 2;
        match which {
            Bins::Even => {
                // Bin 0 stays, the others turn around it.
                (self.real[0], self.imaginary[0]) = (of.real[0], -of.imaginary[0]);
                turn(&mut self.real[1..half], &of.real[1..half], 1.0);
                turn(&mut self.imaginary[1..half], &of.imaginary[1..half], -1.0);
            }
            Bins::Odd => {
                turn(&mut self.real[half..], &of.real[half..], 1.0);
                turn(&mut self.imaginary[half..], &of.imaginary[half..], -1.0);
            }
        }
    }
}

/// The values in reverse, times a sign.
fn turn(to: &mut [f32], from: &[f32], sign: f32) {
    for (to, from) in to.iter_mut().zip(from.iter().rev()) {
        *to = sign * from;
    }
}

/// Real and imaginary parts apart.
struct Split<'a> {
    bins: &'a [Sample],
    real: &'a mut [f32],
    imaginary: &'a mut [f32],
}

impl Kernel for Split<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let count = self.bins.len().min(self.real.len()).min(self.imaginary.len());
        let (bins, real, imaginary) = (&self.bins[..count], &mut self.real[..count], &mut self.imaginary[..count]);
        for n in 0..count {
            real[n] = bins[n].re;
            imaginary[n] = bins[n].im;
        }
    }
}
