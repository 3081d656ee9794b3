//! The passes over a hop's samples, each written once and compiled for every set of instructions.
//!
//! Sums have eight accumulators in a fixed order, so that they fill vector registers and have the same bits however the
//! stream was cut.

use super::correlation::Moments;
use super::k_weighting::{BlockForm, STATES, STEP_SAMPLES};
use crate::dispatch::{Kernel, Vector, multiply_add};
use crate::processor::GRID_FRAMES;

/// The loudest sample that counts: +120 dBFS. What is louder, or no number, is none and counts as silence.
const LOUDEST_SAMPLE: f32 = 1e6;

/// Samples of one channel in one hop.
pub type Hop = [f32; GRID_FRAMES];

/// K-weighted samples of one channel in one hop.
pub type WeightedHop = [f64; GRID_FRAMES];

/// Copies samples into a hop. Subnormal ones become zero, whatever the processor's flags say; so do those that are not
/// numbers or too loud, so that one bad sample does not spoil a programme.
pub struct Collect<'a> {
    pub samples: &'a [f32],
    pub hop: &'a mut [f32],
}

impl Kernel for Collect<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        for (kept, sample) in self.hop.iter_mut().zip(self.samples) {
            let magnitude = sample.abs();
            let counts = (f32::MIN_POSITIVE..=LOUDEST_SAMPLE).contains(&magnitude);
            *kept = if counts { *sample } else { 0.0 };
        }
    }
}

/// K-weights one channel's hop.
pub struct Weigh<'a> {
    pub form: &'a BlockForm,
    pub state: &'a mut [f64; STATES],
    pub hop: &'a Hop,
    pub weighted: &'a mut WeightedHop,
}

/// What a whole hop adds up to.
pub struct Weighed {
    /// Sum of the squares of the K-weighted samples.
    pub energy: f64,
    /// Sum of the samples.
    pub sum: f64,
}

impl Kernel for Weigh<'_> {
    type Output = Weighed;

    #[inline(always)]
    fn run<V: Vector>(self) -> Weighed {
        let mut state = *self.state;
        let mut energies = [0.0; STEP_SAMPLES];
        let mut sums = [0.0; STEP_SAMPLES];
        // Widened as a whole: each sample is then spread over a register by its load.
        let mut inputs = [0.0; GRID_FRAMES];
        for (input, sample) in inputs.iter_mut().zip(self.hop) {
            *input = f64::from(*sample);
        }
        let inputs = inputs.as_chunks::<STEP_SAMPLES>().0;
        let outputs = self.weighted.as_chunks_mut::<STEP_SAMPLES>().0;
        for (input, output) in inputs.iter().zip(outputs) {
            let weighted = self.form.step::<V>(&mut state, input);
            add_products::<V>(&mut energies, &weighted, &weighted);
            for (sum, sample) in sums.iter_mut().zip(input) {
                *sum += sample;
            }
            *output = weighted;
        }
        *self.state = state;
        Weighed { energy: total(&energies), sum: total(&sums) }
    }
}

/// Sum of one channel's samples.
pub struct Sum<'a>(pub &'a [f32]);

impl Kernel for Sum<'_> {
    type Output = f64;

    #[inline(always)]
    fn run<V: Vector>(self) -> f64 {
        let mut sums = [0.0; 8];
        let (steps, rest) = self.0.as_chunks::<8>();
        for step in steps {
            add(&mut sums, step);
        }
        for (sum, sample) in sums.iter_mut().zip(rest) {
            *sum += f64::from(*sample);
        }
        total(&sums)
    }
}

/// Sum of the squares of K-weighted samples.
pub struct Energy<'a>(pub &'a [f64]);

impl Kernel for Energy<'_> {
    type Output = f64;

    #[inline(always)]
    fn run<V: Vector>(self) -> f64 {
        let mut sums = [0.0; 8];
        let (steps, rest) = self.0.as_chunks::<8>();
        for step in steps {
            add_products::<V>(&mut sums, step, step);
        }
        for (sum, y) in sums.iter_mut().zip(rest) {
            *sum = multiply_add::<V>(*y, *y, *sum);
        }
        total(&sums)
    }
}

/// Squares and product of two channels.
pub struct Correlate<'a> {
    pub left: &'a [f32],
    pub right: &'a [f32],
}

impl Kernel for Correlate<'_> {
    type Output = Moments;

    #[inline(always)]
    fn run<V: Vector>(self) -> Moments {
        let (mut left_squared, mut right_squared, mut product) = ([0.0; 8], [0.0; 8], [0.0; 8]);
        let (left_steps, left_rest) = self.left.as_chunks::<8>();
        let (right_steps, right_rest) = self.right.as_chunks::<8>();
        for (left, right) in left_steps.iter().zip(right_steps) {
            let (left, right) = (widened(left), widened(right));
            add_products::<V>(&mut left_squared, &left, &left);
            add_products::<V>(&mut right_squared, &right, &right);
            add_products::<V>(&mut product, &left, &right);
        }
        for (lane, (left, right)) in left_rest.iter().zip(right_rest).enumerate() {
            let (left, right) = (f64::from(*left), f64::from(*right));
            left_squared[lane] = multiply_add::<V>(left, left, left_squared[lane]);
            right_squared[lane] = multiply_add::<V>(right, right, right_squared[lane]);
            product[lane] = multiply_add::<V>(left, right, product[lane]);
        }
        Moments { left_squared: total(&left_squared), right_squared: total(&right_squared), product: total(&product) }
    }
}

/// Eight samples as f64. (`array::map` would be compiled apart, without the instructions of the kernel around it.)
#[inline(always)]
fn widened(samples: &[f32; 8]) -> [f64; 8] {
    let mut wide = [0.0; 8];
    for (wide, sample) in wide.iter_mut().zip(samples) {
        *wide = f64::from(*sample);
    }
    wide
}

/// Adds eight samples to eight accumulators.
#[inline(always)]
fn add(sums: &mut [f64; 8], samples: &[f32; 8]) {
    for (sum, sample) in sums.iter_mut().zip(samples) {
        *sum += f64::from(*sample);
    }
}

/// Adds eight products to eight accumulators.
#[inline(always)]
fn add_products<V: Vector>(sums: &mut [f64; 8], a: &[f64; 8], b: &[f64; 8]) {
    for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
        *sum = multiply_add::<V>(*a, *b, *sum);
    }
}

/// The sum of eight accumulators. Never inlined: a sum over lanes in sight makes the compiler split the accumulators
/// into pairs, and the kernel takes twice as long.
#[inline(never)]
fn total(sums: &[f64; 8]) -> f64 {
    let [a, b, c, d, e, f, g, h] = sums;
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dispatch::Instructions;

    #[test]
    fn what_is_no_sample_counts_as_silence() {
        let samples = [0.5, f32::NAN, f32::INFINITY, -2e6, 1e6, -1e-40, -1e-37];
        for set in Instructions::available() {
            let mut hop = [9.0; 7];
            set.run(Collect { samples: &samples, hop: &mut hop });
            assert_eq!(hop, [0.5, 0.0, 0.0, 0.0, 1e6, 0.0, -1e-37]);
        }
    }

    #[test]
    fn sums_are_those_of_the_plain_loop_for_every_length() {
        let left: Vec<f32> = (0..GRID_FRAMES).map(|n| (n as f32 * 0.37).sin()).collect();
        let right: Vec<f32> = (0..GRID_FRAMES).map(|n| (n as f32 * 0.91).cos()).collect();
        let weighted: Vec<f64> = left.iter().map(|x| f64::from(*x)).collect();
        let product =
            |a: &[f32], b: &[f32]| -> f64 { a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum() };
        for set in Instructions::available() {
            for length in 0..=GRID_FRAMES {
                let (left, right) = (&left[..length], &right[..length]);
                // 1e-13 of at most 64: a few roundings of f64.
                let near = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-13, "{found} {expected}");
                let moments = set.run(Correlate { left, right });
                near(moments.left_squared, product(left, left));
                near(moments.right_squared, product(right, right));
                near(moments.product, product(left, right));
                near(set.run(Energy(&weighted[..length])), product(left, left));
                near(set.run(Sum(left)), left.iter().map(|x| f64::from(*x)).sum());
            }
        }
    }
}
