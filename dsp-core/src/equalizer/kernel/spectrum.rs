//! A spectrum of 2 B bins: real and imaginary parts apart, the even bins before the odd ones.

use super::super::split_transform::{Bins, Sample};

/// One spectrum.
#[derive(Clone)]
pub struct Spectrum {
    /// Real parts.
    pub real: Box<[f32]>,
    /// Imaginary parts.
    pub imaginary: Box<[f32]>,
}

impl Spectrum {
    /// A spectrum of silence with this many bins. Allocates.
    pub fn new(bins: usize) -> Self {
        Self { real: vec![0.0; bins].into_boxed_slice(), imaginary: vec![0.0; bins].into_boxed_slice() }
    }

    /// Fills it with silence.
    pub fn clear(&mut self) {
        self.real.fill(0.0);
        self.imaginary.fill(0.0);
    }

    /// Keeps the even or the odd bins.
    pub fn keep(&mut self, which: Bins, bins: &[Sample]) {
        let start = if which == Bins::Even { 0 } else { bins.len() };
        let real = &mut self.real[start..start + bins.len()];
        let imaginary = &mut self.imaginary[start..start + bins.len()];
        for ((real, imaginary), bin) in real.iter_mut().zip(imaginary).zip(bins) {
            (*real, *imaginary) = (bin.re, bin.im);
        }
    }

    /// Becomes the spectrum of the conjugate signal: bin k is the conjugate of bin -k.
    pub fn mirror(&mut self, of: &Self) {
        let half = self.real.len() / 2;
        for bin in 0..half {
            let (even, odd) = ((half - bin) % half, 2 * half - 1 - bin);
            (self.real[bin], self.imaginary[bin]) = (of.real[even], -of.imaginary[even]);
            (self.real[half + bin], self.imaginary[half + bin]) = (of.real[odd], -of.imaginary[odd]);
        }
    }
}
