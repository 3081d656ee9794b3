//! K-weighting of ITU-R BS.1770-5: a shelf that stands for the head, then a high-pass, derived for every sample rate.
//!
//! x -> shelf -> high-pass -> y. The two second-order sections have four states. Eight samples at a time are one step of
//! the same system: eight outputs and four new states are linear in eight inputs and four old states. The matrices of that
//! step are read off the plain recursion itself, so there is nothing to derive twice; the step has no chain of eight
//! dependent samples and fills vector registers.

use crate::dispatch::{Vector, multiply_add};
use std::f64::consts::PI;

/// Samples in one step of the block form.
pub const STEP_SAMPLES: usize = 8;

/// States of the two sections.
pub const STATES: usize = 4;

/// A second-order section with a0 = 1: `b` of the numerator, `a` the denominator's a1 and a2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Section {
    /// b0, b1, b2.
    pub b: [f64; 3],
    /// a1, a2.
    pub a: [f64; 2],
}

impl Section {
    /// One sample through the section, transposed direct form II.
    fn step(&self, state: &mut [f64], x: f64) -> f64 {
        let y = self.b[0] * x + state[0];
        state[0] = self.b[1] * x - self.a[0] * y + state[1];
        state[1] = self.b[2] * x - self.a[1] * y;
        y
    }
}

/// The two sections of K-weighting at one sample rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KWeighting {
    /// The shelf, about +4 dB above 1.7 kHz.
    pub shelf: Section,
    /// The revised low-frequency B-curve, a high-pass at 38 Hz.
    pub high_pass: Section,
}

impl KWeighting {
    /// The bilinear transform of the analog prototypes at a sample rate in Hz. The constants are those that give the
    /// coefficients which BS.1770 prints for 48 kHz.
    pub fn at(sample_rate: f64) -> Self {
        let k = (PI * 1681.974450955533 / sample_rate).tan();
        let q = 0.7071752369554196;
        let high = 10f64.powf(3.999843853973347 / 20.0);
        let band = high.powf(0.4996667741545416);
        let a0 = 1.0 + k / q + k * k;
        let shelf = Section {
            b: [(high + band * k / q + k * k) / a0, 2.0 * (k * k - high) / a0, (high - band * k / q + k * k) / a0],
            a: [2.0 * (k * k - 1.0) / a0, (1.0 - k / q + k * k) / a0],
        };
        let k = (PI * 38.13547087602444 / sample_rate).tan();
        let q = 0.5003270373238773;
        let a0 = 1.0 + k / q + k * k;
        let high_pass = Section { b: [1.0, -2.0, 1.0], a: [2.0 * (k * k - 1.0) / a0, (1.0 - k / q + k * k) / a0] };
        Self { shelf, high_pass }
    }

    /// One sample through both sections; `state` holds two numbers of each.
    pub fn step(&self, state: &mut [f64; STATES], x: f64) -> f64 {
        let (shelf, high_pass) = state.split_at_mut(2);
        let shelved = self.shelf.step(shelf, x);
        self.high_pass.step(high_pass, shelved)
    }
}

/// One step of [`STEP_SAMPLES`] samples as matrices, a column for each input sample and each state.
#[repr(align(64))]
#[derive(Clone)]
pub struct BlockForm {
    /// Outputs caused by each input.
    response: [[f64; STEP_SAMPLES]; STEP_SAMPLES],
    /// Outputs caused by each state.
    ringing: [[f64; STEP_SAMPLES]; STATES],
    /// New states caused by each input.
    feed: [[f64; STATES]; STEP_SAMPLES],
    /// New states caused by each state.
    carry: [[f64; STATES]; STATES],
}

impl BlockForm {
    /// Reads the matrices off the recursion: each column is its answer to a one in that place.
    pub fn of(weighting: &KWeighting) -> Self {
        let answer = |input: Option<usize>, mut state: [f64; STATES]| {
            let outputs: [f64; STEP_SAMPLES] =
                std::array::from_fn(|n| weighting.step(&mut state, if Some(n) == input { 1.0 } else { 0.0 }));
            (outputs, state)
        };
        let to_input: [_; STEP_SAMPLES] = std::array::from_fn(|place| answer(Some(place), [0.0; STATES]));
        let to_state: [_; STATES] =
            std::array::from_fn(|place| answer(None, std::array::from_fn(|n| if n == place { 1.0 } else { 0.0 })));
        Self {
            response: to_input.map(|(outputs, _)| outputs),
            ringing: to_state.map(|(outputs, _)| outputs),
            feed: to_input.map(|(_, state)| state),
            carry: to_state.map(|(_, state)| state),
        }
    }
}

impl BlockForm {
    /// The next outputs; `state` moves on by [`STEP_SAMPLES`].
    #[inline(always)]
    pub fn step<V: Vector>(&self, state: &mut [f64; STATES], inputs: &[f64; STEP_SAMPLES]) -> [f64; STEP_SAMPLES] {
        let mut outputs = [0.0; STEP_SAMPLES];
        let mut next = [0.0; STATES];
        for (input, (to_outputs, to_states)) in inputs.iter().zip(self.response.iter().zip(&self.feed)) {
            add_column::<V, STEP_SAMPLES>(&mut outputs, to_outputs, *input);
            add_column::<V, STATES>(&mut next, to_states, *input);
        }
        for (state, (to_outputs, to_states)) in state.iter().zip(self.ringing.iter().zip(&self.carry)) {
            add_column::<V, STEP_SAMPLES>(&mut outputs, to_outputs, *state);
            add_column::<V, STATES>(&mut next, to_states, *state);
        }
        *state = next;
        outputs
    }
}

/// Adds what one input or state causes.
#[inline(always)]
fn add_column<V: Vector, const N: usize>(sums: &mut [f64; N], column: &[f64; N], value: f64) {
    for (sum, factor) in sums.iter_mut().zip(column) {
        *sum = multiply_add::<V>(*factor, value, *sum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dispatch::{Instructions, Kernel};
    use crate::entrance::flush_states;

    struct Step<'a>(&'a BlockForm, &'a mut [f64; STATES], [f64; STEP_SAMPLES]);

    impl Kernel for Step<'_> {
        type Output = [f64; STEP_SAMPLES];

        #[inline(always)]
        fn run<V: Vector>(self) -> [f64; STEP_SAMPLES] {
            self.0.step::<V>(self.1, &self.2)
        }
    }

    #[test]
    fn eight_samples_at_once_are_the_plain_recursion() {
        for rate in [8_000.0, 48_000.0, 384_000.0] {
            for set in Instructions::available() {
                let weighting = KWeighting::at(rate);
                let form = BlockForm::of(&weighting);
                let (mut plain, mut stepped) = ([0.0; STATES], [0.0; STATES]);
                for step in 0..20_000 {
                    let inputs = std::array::from_fn(|n| 0.5 + ((step * STEP_SAMPLES + n) as f64 * 0.7).sin());
                    let expected = inputs.map(|x| weighting.step(&mut plain, x));
                    let found = set.run(Step(&form, &mut stepped, inputs));
                    for (found, expected) in found.iter().zip(expected) {
                        // 1e-9 (-180 dBFS): the high-pass's double pole near 1 amplifies the rounding of its states.
                        assert!((found - expected).abs() < 1e-9, "{rate} Hz, {set:?}: {found} {expected}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_fades_is_flushed_before_it_is_subnormal() {
        let weighting = KWeighting::at(8_000.0);
        let form = BlockForm::of(&weighting);
        let mut state = [1.0; STATES];
        for _ in 0..20_000 {
            Instructions::Baseline.run(Step(&form, &mut state, [0.0; STEP_SAMPLES]));
            flush_states(&mut state);
            assert!(state.iter().all(|state| *state == 0.0 || state.is_normal()));
        }
        assert_eq!(state, [0.0; STATES]);
    }
}
