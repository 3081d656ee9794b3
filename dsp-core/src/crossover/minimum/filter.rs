//! Two second-order filters side by side, two channels each: trapezoidal state-variable filters at Butterworth's Q.
//!
//! The two integrators of such a filter hold what a capacitor would, so that it stays stable and calm while its
//! coefficients move. Its low-pass twice is that of Linkwitz and Riley; its input less twice its damped band-pass is the
//! all-pass that their bands sum to. (After A. Simper, "Solving the continuous SVF equations using trapezoidal
//! integration", and V. Zavalishin, "The Art of VA Filter Design".)

use crate::biquad::integrators;
use crate::dispatch::Doubles;
use crate::entrance::flush_states;

/// Twice the damping of a Butterworth filter of second order: the square root of 2.
pub(super) const DAMPING: f64 = std::f64::consts::SQRT_2;

/// What the integrators take in, for one corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Coefficients(pub [f64; 3]);

impl Coefficients {
    /// For a corner in Hz, below half the rate.
    pub fn new(corner_hz: f64, sample_rate: f64) -> Self {
        Self(integrators((std::f64::consts::PI * corner_hz / sample_rate).tan(), DAMPING))
    }
}

/// Two filters: the first two lanes are one, the others the other.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Pair {
    coefficients: [[f64; 4]; 3],
    /// What is added to the coefficients before every frame while they move.
    steps: [[f64; 4]; 3],
    states: [[f64; 4]; 2],
}

impl Pair {
    /// Stands at these coefficients.
    pub fn stand(&mut self, [low, high]: [Coefficients; 2]) {
        for place in 0..3 {
            self.coefficients[place] = [low.0[place], low.0[place], high.0[place], high.0[place]];
        }
        self.steps = [[0.0; 4]; 3];
    }

    /// Moves from the first coefficients to the second in as many frames.
    pub fn lead(&mut self, from: [Coefficients; 2], to: [Coefficients; 2], frames: usize) {
        self.stand(from);
        for place in 0..3 {
            let [low, high] = [0, 1].map(|side| (to[side].0[place] - from[side].0[place]) / frames as f64);
            self.steps[place] = [low, low, high, high];
        }
    }

    /// Forgets the signal.
    pub fn reset(&mut self) {
        self.states = [[0.0; 4]; 2];
    }

    /// Sets to zero what is about to become subnormal.
    pub fn flush(&mut self) {
        flush_states(self.states.as_flattened_mut());
    }
}

/// A pair while it runs.
#[derive(Clone, Copy)]
pub(super) struct Running<D> {
    coefficients: [D; 3],
    steps: [D; 3],
    states: [D; 2],
}

impl<D: Doubles> Running<D> {
    #[inline(always)]
    pub fn of(pair: &Pair) -> Self {
        let [a, b, c] = pair.coefficients;
        let [d, e, f] = pair.steps;
        let [one, two] = pair.states;
        Self {
            coefficients: [D::from_array(a), D::from_array(b), D::from_array(c)],
            steps: [D::from_array(d), D::from_array(e), D::from_array(f)],
            states: [D::from_array(one), D::from_array(two)],
        }
    }

    #[inline(always)]
    pub fn store(&self, pair: &mut Pair) {
        let [a, b, c] = self.coefficients;
        pair.coefficients = [a.to_array(), b.to_array(), c.to_array()];
        pair.states = [self.states[0].to_array(), self.states[1].to_array()];
    }

    /// The first filter as it is here, the second as it is there.
    #[inline(always)]
    pub fn beside(&self, other: &Self) -> Self {
        let mut joined = *self;
        for place in 0..3 {
            joined.coefficients[place] = join(self.coefficients[place], other.coefficients[place]);
        }
        for place in 0..2 {
            joined.states[place] = join(self.states[place], other.states[place]);
        }
        joined
    }

    /// The band-pass and the low-pass of a frame.
    #[inline(always)]
    pub fn step<const MOVING: bool>(&mut self, input: D) -> (D, D) {
        if MOVING {
            for place in 0..3 {
                self.coefficients[place] = self.coefficients[place].add(self.steps[place]);
            }
        }
        let ([first, second, third], [one, two]) = (self.coefficients, self.states);
        let both = D::from_array([2.0; 4]);
        let rest = input.sub(two);
        let band_pass = second.multiply_add(rest, first.mul(one));
        let low_pass = third.multiply_add(rest, second.multiply_add(one, two));
        self.states = [band_pass.multiply_sub(both, one), low_pass.multiply_sub(both, two)];
        (band_pass, low_pass)
    }

    /// The all-pass of a frame.
    #[inline(always)]
    pub fn all_pass<const MOVING: bool>(&mut self, input: D) -> D {
        let (band_pass, _) = self.step::<MOVING>(input);
        all_pass(band_pass, input)
    }
}

/// The all-pass, of a filter's band-pass and its input.
#[inline(always)]
pub(super) fn all_pass<D: Doubles>(band_pass: D, input: D) -> D {
    band_pass.multiply_add(D::from_array([-2.0 * DAMPING; 4]), input)
}

#[inline(always)]
fn join<D: Doubles>(low: D, high: D) -> D {
    let ([a, b, ..], [.., c, d]) = (low.to_array(), high.to_array());
    D::from_array([a, b, c, d])
}
