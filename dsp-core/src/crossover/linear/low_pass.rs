//! The taps of one low-pass, in closed form.
//!
//! Its response is that of Linkwitz and Riley without their phase: 1 / (1 + (tan(w/2) / tan(c/2))^4), so that a crossover
//! divides alike in both phases. It has four poles; what it answers to an impulse is, on both sides of it, the sum of a
//! power of one pole within the unit circle and of its conjugate.
//!
//! The answer is as it is up to half of the kernel's half, 21 ms, where that of a crossover at 120 Hz has fallen to -98 dB
//! of its peak; from there to the end it is faded, and then brought to unity at 0 Hz. So the lowest crossovers are wider.

use rustfft::num_complex::Complex;

/// How low the sum of all taps may be that are left out on one side: -140 dB, which is less than `f32` holds beside 1.
const LEFT_OUT: f64 = 1e-7;

/// What the taps are computed from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Poles {
    /// The tap in the middle.
    first: f64,
    /// The pole within the unit circle, above the real axis; and its residue.
    pole: Complex<f64>,
    residue: Complex<f64>,
}

impl Poles {
    /// For a crossover in Hz, below half the rate.
    pub fn new(crossover_hz: f64, sample_rate: f64) -> Self {
        let corner = (std::f64::consts::PI * crossover_hz / sample_rate).tan();
        // s^4 = -corner^4, on the left.
        let s = Complex::from_polar(corner, 0.75 * std::f64::consts::PI);
        let pole = (1.0 + s) / (1.0 - s);
        let residue = -s / (2.0 * (1.0 - s) * (1.0 - s));
        let at_infinity = 1.0 / (1.0 + corner.powi(4).recip());
        Self { first: at_infinity + 2.0 * (residue / pole).re, pole, residue }
    }

    /// How many taps on one side are not next to nothing: what follows falls as the power of the pole does.
    pub fn length(&self) -> usize {
        let all = 2.0 * self.residue.norm() / (1.0 - self.pole.norm());
        ((LEFT_OUT / all).ln() / self.pole.norm().ln()).max(0.0).ceil() as usize + 1
    }

    /// The taps from `start` frames beside the middle on, faded as if the last of `half` were 0; returns their sum.
    pub fn fill(&self, start: usize, half: usize, taps: &mut [f64]) -> f64 {
        let mut power = self.residue * self.pole.powf(start as f64 - 1.0);
        let mut sum = 0.0;
        for (tap, place) in taps.iter_mut().zip(start..) {
            let answer = if place == 0 { self.first } else { 2.0 * power.re };
            *tap = answer * window(place, half);
            sum += *tap;
            power *= self.pole;
        }
        sum
    }
}

/// 1 up to the middle between 0 and `half`, then falling to 0; slope and curvature are 0 at both ends.
fn window(place: usize, half: usize) -> f64 {
    let way = (2.0 * place as f64 / half as f64 - 1.0).max(0.0);
    1.0 - way * way * way * (10.0 - way * (15.0 - 6.0 * way))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taps_are_the_response_transformed() {
        const POINTS: usize = 1 << 16;
        for crossover_hz in [120.0, 1000.0, 11_999.0, 12_001.0, 20_000.0, 23_520.0] {
            let corner = (std::f64::consts::PI * crossover_hz / 48_000.0).tan();
            let response = |bin: usize| {
                let tangent = (std::f64::consts::PI * bin as f64 / POINTS as f64).tan();
                Complex::new(1.0 / (1.0 + (tangent / corner).powi(4)) / POINTS as f64, 0.0)
            };
            let mut expected: Vec<Complex<f64>> = (0..POINTS).map(response).collect();
            rustfft::FftPlanner::new().plan_fft_inverse(POINTS).process(&mut expected);
            let mut taps = [0.0; 1024];
            // In two parts; the window is 1 on all of them.
            let poles = Poles::new(crossover_hz, 48_000.0);
            let (low, high) = taps.split_at_mut(300);
            let sum = poles.fill(0, 4096, low) + poles.fill(300, 4096, high);
            let exact: f64 = expected[..1024].iter().map(|value| value.re).sum();
            // Roundings of f64.
            assert!((sum - exact).abs() < 1e-10, "{crossover_hz} Hz: {sum} {exact}");
            // What is left out, all signs alike.
            let rest: f64 = expected[poles.length()..POINTS / 2].iter().map(|value| value.re.abs()).sum();
            assert!(rest < 1.01 * LEFT_OUT, "{crossover_hz} Hz: {rest} after {}", poles.length());
            for (tap, expected) in taps.iter().zip(&expected) {
                assert!((tap - expected.re).abs() < 1e-12, "{crossover_hz} Hz: {tap} {}", expected.re);
            }
        }
    }
}
