//! The frequency axis of a digital filter, bent so that an analog response lies right on it.
//!
//! A digital power is rational in phi = sin^2(w / 2), an analog one in the squared frequency u = (w / 2)^2, and
//! u = asin(sqrt(phi))^2. A rational function of second degree comes close to that arc sine; put into an analog section
//! of two poles it gives four digital ones, and no polynomial ever has to be factored that is not a quadratic. The error
//! is one of frequency only, so where the response is flat it does not matter: each band gets the function that is exact
//! where its own response is steep, by weighted least squares.
//!
//! The arc sine squared maps the upper half-plane into itself (w in a half-strip), and every function fitted here was
//! seen to do the same. Then stable poles and minimum-phase zeros stay so, and real ones real.

use std::f64::consts::PI;

use crate::dispatch::{Kernel, Vector};
use crate::equalizer::prototype::{Prototype, Section};

/// `u = phi (above[0] + above[1] phi) / (1 + below[0] phi + below[1] phi^2)`, near asin(sqrt(phi))^2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Warp {
    /// The numerator's coefficients of phi and phi^2.
    pub above: [f64; 2],
    /// The denominator's, beside 1.
    pub below: [f64; 2],
    /// Whether one root is the same for every u, so that the second section of a pair does nothing.
    pub is_single: bool,
}

impl Warp {
    /// The squared frequency at which a digital filter has what the analog one has at Nyquist.
    pub fn at_nyquist(&self) -> f64 {
        (self.above[0] + self.above[1]) / (1.0 + self.below[0] + self.below[1])
    }
}

/// (w0 / 2)^2 of a prototype's frequency: analog x is u over this.
pub fn squared_frequency(prototype: &Prototype, sample_rate: f64) -> f64 {
    (PI * prototype.frequency_hz / sample_rate).powi(2)
}

/// Frequencies that matter to every band, relative to Nyquist.
const EVERYWHERE: [f64; 17] =
    [0.049, 0.147, 0.243, 0.337, 0.428, 0.514, 0.596, 0.672, 0.741, 0.803, 0.858, 0.88, 0.9, 0.92, 0.941, 0.970, 0.999];

/// Frequencies that matter to a band, relative to where its zeros or poles resonate.
const AROUND: [f64; 19] =
    [0.02, 0.06, 0.15, 0.3, 0.5, 0.7, 0.84, 0.92, 0.97, 0.99, 0.997, 1.0, 1.003, 1.01, 1.03, 1.08, 1.16, 1.3, 3.0];

/// All of them; the zeros and the poles have their own.
const NODES: usize = EVERYWHERE.len() + 2 * AROUND.len() + 1;

const _: () = assert!(NODES.is_multiple_of(LANES));

/// Nodes that are summed at once.
const LANES: usize = 8;

/// The powers of phi, less one, and of u in the sums of the least squares.
const MOMENTS: [(usize, usize); 11] =
    [(1, 0), (2, 0), (3, 0), (1, 1), (2, 1), (3, 1), (1, 2), (2, 2), (3, 2), (0, 1), (0, 2)];

/// The denominator of the function that is closest everywhere up to 0.93 of Nyquist (minimax): the weights of a linear
/// fit are relative to it.
const USUAL_BELOW: [f64; 2] = [-1.247, 0.302];

/// Above this share of Nyquist the fit cares less and less: no function of phi can follow an edge there.
const EDGE: f64 = 0.915;

/// The power (-47 dB) below which a response matters less.
const FAINT: f64 = 2e-5;

/// Steeper than this, d ln P / d ln u, counts little more: narrow resonances would else bend everything else.
const STEEPEST: f64 = 1000.0;

/// The least weight of a frequency, so that the fit stays near the arc sine where a response is flat.
const LEAST_WEIGHT: f64 = 1e-4;

/// The weight of a notch's own frequency, where its slope is no number.
const NOTCH_WEIGHT: f64 = 1e7;

/// Errors, dB, up to which one section is enough, and from which there are two; between them it is part of the way.
const ONE_IS_ENOUGH_DB: (f64, f64) = (0.02, 0.05);

/// The frequencies of a fit, and what the response does there.
struct Nodes {
    u: [f64; NODES],
    phi: [f64; NODES],
    /// d ln P / d ln u, less where it does not matter.
    slope: [f64; NODES],
    /// Falls from 1 to 0 around [`EDGE`].
    inside: [f64; NODES],
    weight: [f64; NODES],
}

/// Fits the function for a prototype, u0 = `squared`. Smooth in the prototype's frequency, gain and Q. A kernel for its
/// speed alone: nothing in it is fused, so that every set of instructions gives the same bits.
pub struct Fit<'a> {
    /// What is to be met.
    pub prototype: &'a Prototype,
    /// See [`squared_frequency`].
    pub squared: f64,
}

impl Kernel for Fit<'_> {
    type Output = Warp;

    #[inline(always)]
    fn run<V: Vector>(self) -> Warp {
        fit(self.prototype, self.squared)
    }
}

#[inline(always)]
fn fit(prototype: &Prototype, squared: f64) -> Warp {
    let nodes = Nodes::of(prototype, squared);
    let sums = nodes.sums();
    let one = one_section(&sums);
    let two = two_sections(&sums);
    let error_db = nodes.error_db(one);
    let way = ((error_db - ONE_IS_ENOUGH_DB.0) / (ONE_IS_ENOUGH_DB.1 - ONE_IS_ENOUGH_DB.0)).clamp(0.0, 1.0);
    let share = way * way * (3.0 - 2.0 * way);
    // Above and below times the denominator once more: the same function, written with the degree of the other, whose
    // second root is the same for every u.
    let [scale, pole] = one;
    let padded = [scale, pole * scale, 2.0 * pole, pole * pole];
    let mut blend = [0.0; 4];
    for (place, (one, two)) in blend.iter_mut().zip(padded.iter().zip(two)) {
        *place = one + share * (two - one);
    }
    Warp { above: [blend[0], blend[1]], below: [blend[2], blend[3]], is_single: share == 0.0 }
}

impl Nodes {
    #[inline(always)]
    fn of(prototype: &Prototype, squared: f64) -> Self {
        let frequencies = frequencies(prototype, squared.sqrt() / (PI / 2.0));
        let mut nodes = Self {
            u: [0.0; NODES],
            phi: [0.0; NODES],
            slope: [0.0; NODES],
            inside: [0.0; NODES],
            weight: [0.0; NODES],
        };
        let mut power = [1.0; NODES];
        for (place, frequency) in frequencies.iter().enumerate() {
            nodes.u[place] = (frequency * PI / 2.0).powi(2);
        }
        for section in prototype.sections() {
            for ((u, power), slope) in nodes.u.iter().zip(&mut power).zip(&mut nodes.slope) {
                let (factor, part) = power_and_slope(section, u / squared);
                *power *= factor;
                *slope += part;
            }
        }
        let is_notch = prototype.sections()[0].above == [1.0, -2.0, 1.0];
        for place in 0..NODES {
            let (power, slope) = (power[place], nodes.slope[place].abs());
            let heard = power / (power + FAINT);
            let slope = if power > 1e-12 { slope * heard * heard } else { 0.0 };
            nodes.slope[place] = slope / (1.0 + slope / STEEPEST);
            nodes.inside[place] = inside(frequencies[place]);
            nodes.phi[place] = sine_squared(nodes.u[place]);
            let slope = nodes.slope[place];
            nodes.weight[place] = slope * slope * nodes.inside[place] + LEAST_WEIGHT;
        }
        if is_notch {
            nodes.weight[NODES - 1] = NOTCH_WEIGHT;
        }
        nodes
    }

    /// The least squares of `above phi - u (below phi) = u`, relative to u and the usual denominator: upper triangle and
    /// right-hand side. All entries are sums of a weight times phi^i u^j, with eight accumulators each.
    #[inline(always)]
    fn sums(&self) -> ([[f64; 4]; 4], [f64; 4]) {
        let mut moments = [[0.0; LANES]; MOMENTS.len()];
        for start in (0..NODES).step_by(LANES) {
            for lane in 0..LANES {
                let (phi, u) = (self.phi[start + lane], self.u[start + lane]);
                let usual = 1.0 / (u * (1.0 + phi * (USUAL_BELOW[0] + phi * USUAL_BELOW[1])));
                let weight = self.weight[start + lane] * usual * usual * phi;
                let phis = [weight, weight * phi, weight * phi * phi, weight * phi * phi * phi];
                let us = [1.0, u, u * u];
                for (moment, (power_of_phi, power_of_u)) in moments.iter_mut().zip(MOMENTS) {
                    moment[lane] += phis[power_of_phi] * us[power_of_u];
                }
            }
        }
        let mut totals = [0.0; MOMENTS.len()];
        for (total, lanes) in totals.iter_mut().zip(&moments) {
            *total = lanes.iter().sum();
        }
        let [p1, p2, p3, p1u, p2u, p3u, p1u2, p2u2, p3u2, p0u, p0u2] = totals;
        let square = [[p1, p2, -p1u, -p2u], [0.0, p3, -p2u, -p3u], [0.0, 0.0, p1u2, p2u2], [0.0, 0.0, 0.0, p3u2]];
        (square, [p0u, p1u, -p0u2, -p1u2])
    }

    /// How far `scale phi / (1 + pole phi)` misses the response, dB.
    #[inline(always)]
    fn error_db(&self, [scale, pole]: [f64; 2]) -> f64 {
        const DB: f64 = 10.0 / std::f64::consts::LN_10;
        let mut most = [0.0; LANES];
        for start in (0..NODES).step_by(LANES) {
            for (lane, most) in most.iter_mut().enumerate() {
                let place = start + lane;
                let miss = (scale * self.phi[place] / (self.u[place] * (1.0 + pole * self.phi[place])) - 1.0).abs();
                let error = miss * self.slope[place] * self.inside[place];
                *most = if error > *most { error } else { *most };
            }
        }
        DB * most.iter().fold(0.0, |most: f64, error| most.max(*error))
    }
}

/// The frequencies of a fit relative to Nyquist; the last is the band's own.
#[inline(always)]
fn frequencies(prototype: &Prototype, own: f64) -> [f64; NODES] {
    let section = &prototype.sections()[0];
    let resonance = |of: &[f64; 3]| if of[0] > 0.0 && of[2] > 0.0 { (of[0] / of[2]).sqrt().sqrt() } else { 1.0 };
    let (zeros, poles) = (own * resonance(&section.above), own * resonance(&section.below));
    let mut frequencies = [own; NODES];
    frequencies[..EVERYWHERE.len()].copy_from_slice(&EVERYWHERE);
    let own = &mut frequencies[EVERYWHERE.len()..];
    for (place, ratio) in AROUND.iter().enumerate() {
        own[place] = (zeros * ratio).min(1.0);
        own[AROUND.len() + place] = (poles * ratio).min(1.0);
    }
    frequencies
}

/// 1 / (1 + (f / EDGE)^128).
#[inline(always)]
fn inside(frequency: f64) -> f64 {
    let mut power = frequency / EDGE;
    for _ in 0..7 {
        power *= power;
    }
    1.0 / (1.0 + power)
}

/// A section's power at x and its slope, d ln P / d ln x.
#[inline(always)]
fn power_and_slope(section: &Section, x: f64) -> (f64, f64) {
    let (above, below) = (&section.above, &section.below);
    let numerator = above[0] + x * (above[1] + x * above[2]);
    let denominator = below[0] + x * (below[1] + x * below[2]);
    let falls = (below[1] + 2.0 * x * below[2]) / denominator;
    let rises = (above[1] + 2.0 * x * above[2]) / numerator;
    (numerator / denominator, x * (rises - falls))
}

/// sin^2 of the square root of u, u at most (pi / 2)^2, by its series: the first term left out is 1e-14.
#[inline(always)]
fn sine_squared(u: f64) -> f64 {
    const TERMS: usize = 14;
    const SERIES: [f64; TERMS] = {
        // sin^2(h) = (1 - cos(2 h)) / 2.
        let (mut series, mut term, mut n) = ([0.0; TERMS], 0.5, 0);
        while n < TERMS {
            term *= 4.0 / ((2 * n + 1) * (2 * n + 2)) as f64;
            series[n] = if n % 2 == 0 { term } else { -term };
            n += 1;
        }
        series
    };
    let mut sum = 0.0;
    for term in SERIES.iter().rev() {
        sum = sum * u + term;
    }
    sum * u
}

/// The fit with one coefficient above and one below, as `[above, below]`.
#[inline(always)]
fn one_section((square, right): &([[f64; 4]; 4], [f64; 4])) -> [f64; 2] {
    let determinant = square[0][0] * square[2][2] - square[0][2] * square[0][2];
    let above = (right[0] * square[2][2] - right[2] * square[0][2]) / determinant;
    let below = (right[2] * square[0][0] - right[0] * square[0][2]) / determinant;
    // At -1 the pole would reach Nyquist.
    [above, below.max(-0.97)]
}

/// The whole fit: Cholesky without square roots.
#[inline(always)]
fn two_sections((square, right): &([[f64; 4]; 4], [f64; 4])) -> [f64; 4] {
    let (mut rows, mut values) = (*square, *right);
    for pivot in 0..4 {
        for row in pivot + 1..4 {
            let factor = rows[pivot][row] / rows[pivot][pivot];
            let above = rows[pivot];
            for (entry, above) in rows[row].iter_mut().zip(above).skip(row) {
                *entry -= factor * above;
            }
            values[row] -= factor * values[pivot];
        }
    }
    for row in (0..4).rev() {
        let known: f64 = rows[row].iter().zip(&values).skip(row + 1).map(|(factor, value)| factor * value).sum();
        values[row] = (values[row] - known) / rows[row][row];
    }
    values
}
