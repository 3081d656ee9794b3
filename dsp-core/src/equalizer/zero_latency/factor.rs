//! From an analog section to digital ones.
//!
//! An analog zero or pole x (in squared frequency, u = x u0) becomes the two roots of `above(phi) = u below(phi)`. With
//! v = 1 / phi these are the roots of `u v^2 - b v - a = 0`, `b = above[0] - u below[0]`, `a = above[1] - u below[1]`; and
//! a root v is a zero or pole of the bilinear plane at r^2 = 1 - v, Re r > 0 for minimum phase, z = (r - 1) / (r + 1).
//! A pair of roots is the quadratic `1 + (r1 + r2) s + r1 r2 s^2` there, whose coefficients need only the sum and the
//! product of the two v. The nearer roots of both make the first section, the farther ones the second.

use rustfft::num_complex::Complex;

use super::warp::Warp;
use crate::equalizer::prototype::Section;

/// `of[0] + of[1] s + of[2] s^2` in the bilinear plane, s = (1 - 1 / z) / (1 + 1 / z).
type Quadratic = [f64; 3];

/// A second-order section as what it adds to its input: y = x + d, with two states,
/// d = direct x + s1, s1' = -a1 s1 + feed1 x + s2, s2' = -a2 s1 + feed2 x.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Coefficients {
    /// Of the input, in the difference.
    pub direct: f64,
    /// Of the input, in the next states.
    pub feed: [f64; 2],
    /// a1 and a2 of the denominator.
    pub back: [f64; 2],
}

impl Coefficients {
    fn new(gain: f64, above: Quadratic, below: Quadratic) -> Self {
        let a0 = below[0] + below[1] + below[2];
        let back = [2.0 * (below[0] - below[2]) / a0, (below[0] - below[1] + below[2]) / a0];
        // The numerator less the denominator: exactly zero where both are the same.
        let more = [gain * above[0] - below[0], gain * above[1] - below[1], gain * above[2] - below[2]];
        let direct = (more[0] + more[1] + more[2]) / a0;
        let one = 2.0 * (more[0] - more[2]) / a0;
        let two = (more[0] - more[1] + more[2]) / a0;
        Self { direct, feed: [one - back[0] * direct, two - back[1] * direct], back }
    }

    /// Adds nothing, and lets the states fade as its poles say.
    fn silenced(self) -> Self {
        Self { direct: 0.0, feed: [0.0; 2], back: self.back }
    }

    /// This share of the way to others.
    pub fn way_to(&self, other: &Self, share: f64) -> Self {
        let way = |from: f64, to: f64| share * (to - from);
        let ways = |from: &[f64; 2], to: &[f64; 2]| [way(from[0], to[0]), way(from[1], to[1])];
        Self {
            direct: way(self.direct, other.direct),
            feed: ways(&self.feed, &other.feed),
            back: ways(&self.back, &other.back),
        }
    }

    /// Whether it passes its input on as it is.
    pub fn is_flat(&self) -> bool {
        self.direct == 0.0 && self.feed == [0.0; 2]
    }
}

/// Which of the two square roots was taken at each zero and pole of a section, so that the next design of a moving band
/// takes the one beside it: else the two sections would change places where the roots meet.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Branches([[Complex<f64>; 2]; 2]);

impl Branches {
    /// None taken yet.
    pub const FRESH: Self = Self([[Complex { re: 0.0, im: 0.0 }; 2]; 2]);

    /// Whether all of them are those that a fresh design of a single section takes.
    fn are_usual(&self) -> bool {
        self.0.iter().flatten().all(|branch| branch.re >= 0.0)
    }

    /// Whether a fresh design would have the same roots in the same sections.
    pub fn agree_with(&self, fresh: &Self) -> bool {
        let pairs = self.0.iter().flatten().zip(fresh.0.iter().flatten());
        pairs.into_iter().all(|(ours, fresh)| along(*ours, *fresh) >= 0.0)
    }
}

/// The two digital sections of an analog one at `squared` = u0 = (w0 / 2)^2. `branches` are those of the design before,
/// or zero.
pub fn factor(section: &Section, warp: &Warp, squared: f64, branches: &mut Branches) -> [Coefficients; 2] {
    let [above_branches, below_branches] = &mut branches.0;
    let order = if section.below[2] == 0.0 { 1 } else { 2 };
    let above = Roots::of(&section.above, order, squared).quadratics(warp, above_branches);
    let below = Roots::of(&section.below, order, squared).quadratics(warp, below_branches);
    let near = Coefficients::new(first_gain(section, warp, squared, above, below), above[0], below[0]);
    if order == 1 {
        return [near, Coefficients::default()];
    }
    let far = Coefficients::new(1.0, above[1], below[1]);
    [near, if warp.is_single && branches.are_usual() { far.silenced() } else { far }]
}

/// The gain of the first section, the second being at unity at 0 Hz: right at 0 Hz, or at Nyquist where 0 Hz is silent.
fn first_gain(section: &Section, warp: &Warp, squared: f64, above: [Quadratic; 2], below: [Quadratic; 2]) -> f64 {
    if above[0][0] != 0.0 {
        return (section.above[0] / section.below[0]).sqrt();
    }
    let whole = section.power(warp.at_nyquist() / squared).sqrt();
    whole * (below[0][2] / above[0][2]) * (below[1][2] / above[1][2])
}

/// The roots of a numerator or denominator in u.
enum Roots {
    /// One, of a section of first order: its two digital ones are a pair.
    One(Complex<f64>),
    /// One at 0 Hz and none else.
    OneAtZero,
    /// One at infinity: none in sight.
    OneAtInfinity,
    /// Two, complex conjugates or both real.
    Two([Complex<f64>; 2]),
    /// Both at 0 Hz.
    BothAtZero,
    /// Both at infinity.
    BothAtInfinity,
    /// One at 0 Hz, one at infinity.
    Apart,
    /// One at 0 Hz and another.
    OneBesideZero(Complex<f64>),
    /// One at infinity and another.
    OneBesideInfinity(Complex<f64>),
}

impl Roots {
    fn of(quadratic: &[f64; 3], order: usize, squared: f64) -> Self {
        let [constant, linear, square] = *quadratic;
        let real = |value: f64| Complex::new(value * squared, 0.0);
        match (order, constant == 0.0, linear == 0.0, square == 0.0) {
            (1, true, _, _) => Self::OneAtZero,
            (1, _, true, _) => Self::OneAtInfinity,
            (1, ..) => Self::One(real(-constant / linear)),
            (_, true, true, _) => Self::BothAtZero,
            (_, _, true, true) => Self::BothAtInfinity,
            (_, true, _, true) => Self::Apart,
            (_, true, ..) => Self::OneBesideZero(real(-linear / square)),
            (_, _, _, true) => Self::OneBesideInfinity(real(-constant / linear)),
            _ => {
                let discriminant = linear * linear - 4.0 * constant * square;
                if discriminant < 0.0 {
                    let root = Complex::new(-linear, (-discriminant).sqrt()) * (0.5 * squared / square);
                    return Self::Two([root, root.conj()]);
                }
                let larger = -0.5 * (linear + discriminant.sqrt().copysign(linear));
                Self::Two([real(constant / larger), real(larger / square)])
            }
        }
    }

    /// The quadratics of the near and the far pair.
    fn quadratics(&self, warp: &Warp, branches: &mut [Complex<f64>; 2]) -> [Quadratic; 2] {
        const FLAT: Quadratic = [1.0, 0.0, 1.0];
        let [below_one, below_two] = warp.below;
        // At infinity v^2 + below[0] v + below[1] = 0: two real roots, the poles of the warp.
        let spread = (0.25 * below_one * below_one - below_two).max(0.0).sqrt();
        let at_infinity = [-0.5 * below_one - spread, -0.5 * below_one + spread].map(|v| Complex::new(v, 0.0));
        // At zero one v is infinite, the other the zero of the warp.
        let far_at_zero = Complex::new(-warp.above[1] / warp.above[0], 0.0);
        match *self {
            Self::One(root) => {
                let [near, far] = split(root, warp, &mut branches[0]);
                [pair(near, far), FLAT]
            }
            Self::OneAtZero => [[0.0, 1.0, (1.0 - far_at_zero.re).sqrt()], FLAT],
            Self::OneAtInfinity => [pair(at_infinity[0], at_infinity[1]), FLAT],
            Self::Two(roots) => {
                let first = split(roots[0], warp, &mut branches[0]);
                let second = if roots[0].im != 0.0 {
                    branches[1] = branches[0].conj();
                    first.map(|v| v.conj())
                } else {
                    split(roots[1], warp, &mut branches[1])
                };
                [pair(first[0], second[0]), pair(first[1], second[1])]
            }
            Self::BothAtZero => [[0.0, 0.0, 1.0], pair(far_at_zero, far_at_zero)],
            Self::BothAtInfinity => [pair(at_infinity[0], at_infinity[0]), pair(at_infinity[1], at_infinity[1])],
            Self::OneBesideZero(root) => {
                let [near, far] = split(root, warp, &mut branches[0]);
                [[0.0, 1.0, (1.0 - near.re).sqrt()], pair(far_at_zero, far)]
            }
            Self::OneBesideInfinity(root) => {
                let [near, far] = split(root, warp, &mut branches[0]);
                [pair(near, at_infinity[0]), pair(far, at_infinity[1])]
            }
            Self::Apart => [[0.0, 1.0, (1.0 - at_infinity[0].re).sqrt()], pair(far_at_zero, at_infinity[1])],
        }
    }
}

/// The two v of a root u: the near and the far one.
fn split(root: Complex<f64>, warp: &Warp, branch: &mut Complex<f64>) -> [Complex<f64>; 2] {
    let b = warp.above[0] - root * warp.below[0];
    let a = warp.above[1] - root * warp.below[1];
    let mut spread = square_root(b * b + a * root * 4.0);
    if along(spread, *branch) < 0.0 {
        spread = -spread;
    }
    *branch = spread;
    // Of the sum and the difference the larger is exact; the other follows from the product, -a / u.
    let (sum, difference) = (b + spread, b - spread);
    if sum.norm_sqr() >= difference.norm_sqr() {
        [sum / (root * 2.0), a * -2.0 / sum]
    } else {
        [a * -2.0 / difference, difference / (root * 2.0)]
    }
}

/// The component of one number in the direction of another.
fn along(a: Complex<f64>, b: Complex<f64>) -> f64 {
    a.re * b.re + a.im * b.im
}

/// The square root in the right half-plane.
fn square_root(of: Complex<f64>) -> Complex<f64> {
    let norm = of.norm_sqr().sqrt();
    let real = (0.5 * (norm + of.re.abs())).sqrt();
    if real == 0.0 {
        return Complex::new(0.0, 0.0);
    }
    let imaginary = 0.5 * of.im / real;
    if of.re >= 0.0 { Complex::new(real, imaginary) } else { Complex::new(imaginary.abs(), real.copysign(of.im)) }
}

/// The quadratic of two v, conjugates or both real.
fn pair(first: Complex<f64>, second: Complex<f64>) -> Quadratic {
    let (first, second) = (1.0 - first, 1.0 - second);
    let product = (first.norm_sqr() * second.norm_sqr()).sqrt().sqrt();
    let sum_squared = first.re + second.re + 2.0 * product;
    [1.0, sum_squared.max(0.0).sqrt(), product]
}
