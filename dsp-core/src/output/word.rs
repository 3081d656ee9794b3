//! A word length: rounding to its steps, within full scale and under a ceiling.
//!
//! A sample in steps is parted into a whole number and the small rest, both exactly, and only the rest gets noise and is
//! rounded: so `f32` is as good as more bits, and any arithmetic gives the same code.

/// A word length and the largest codes it may give.
#[derive(Clone, Copy)]
pub(super) struct Word {
    /// Steps in full scale: 2^(bits - 1), at most 2^23.
    steps: f32,
    /// One step; a power of two, so that multiplying by it is exact.
    step: f32,
    highest: f32,
    /// The largest code under the ceiling.
    ceiling: f32,
}

/// A sample in steps: their sum.
#[derive(Clone, Copy)]
pub(super) struct Parted {
    /// A whole number, of magnitudes below 2^22 the nearest even one.
    whole: f32,
    /// What is left, between -1 and 1 (2 beyond full scale).
    pub(super) rest: f32,
}

impl Word {
    /// `bits` of these, up to 24, under a linear ceiling, 1 for none.
    pub(super) fn new(bits: u32, ceiling: f64) -> Self {
        let steps = (1u32 << (bits - 1)) as f32;
        let ceiling = (ceiling * f64::from(steps)).floor().min(f64::from(steps)) as f32;
        Self { steps, step: 1.0 / steps, highest: steps - 1.0, ceiling }
    }

    /// A sample, zero if it is subnormal, in steps. What is beyond full scale is brought to two steps beyond it, from where
    /// no noise leads back.
    #[inline(always)]
    pub(super) fn parted(&self, sample: f32) -> Parted {
        /// The sum of this with a magnitude up to 2^23 and 2 has no bits for a fraction, and up to 2^23 none for one.
        const EVEN: f32 = 25_165_824.0;
        // First: where the host's flags are set, the CPU takes a subnormal number for silence. Rounding makes no new ones.
        let normal = if sample.abs() < f32::MIN_POSITIVE { 0.0 } else { sample };
        let beyond = self.steps + 2.0;
        let exact = within(normal * self.steps, -beyond, beyond);
        let whole = (exact + EVEN) - EVEN;
        Parted { whole, rest: exact - whole }
    }

    /// A sample whose rest has become `code`, a whole number, as a sample in range. One that is above the ceiling itself (it
    /// was let through before the ceiling came down) is not clipped there: that would be audible, and is not this stage's
    /// work.
    #[inline(always)]
    pub(super) fn sample(&self, parted: Parted, code: f32) -> f32 {
        let is_under = (parted.whole + parted.rest).abs() <= self.ceiling + 1.0;
        let lowest = if is_under { -self.ceiling } else { -self.steps };
        let highest = if is_under { smaller(self.ceiling, self.highest) } else { self.highest };
        within(parted.whole + code, lowest, highest) * self.step
    }
}

#[inline(always)]
fn smaller(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

#[inline(always)]
fn within(value: f32, lowest: f32, highest: f32) -> f32 {
    let value = if value > lowest { value } else { lowest };
    smaller(value, highest)
}

/// The nearest whole number, the even one of two, of magnitudes below 2^21: the sum with 1.5 * 2^23 has no bits left for a
/// fraction. `f32::round_ties_even` is a call into the library where the target has no instruction for it.
#[inline(always)]
pub(super) fn round(value: f32) -> f32 {
    const NO_FRACTION: f32 = 12_582_912.0;
    (value + NO_FRACTION) - NO_FRACTION
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_to_the_nearest_and_to_even_between_two() {
        for bits in [16, 20, 24] {
            let word = Word::new(bits, 1.0);
            let steps = f64::from(1u32 << (bits - 1));
            // What it is with all the bits that it takes; the loudest is the loudest that passes the entrance.
            let expected = |sample: f32| {
                let code = (f64::from(sample) * steps).round_ties_even().clamp(-steps, steps - 1.0);
                (code / steps) as f32
            };
            let halves = (-9..=9).map(|half| (f64::from(half) * 0.5 / steps) as f32);
            let dense = (0..200_000u32).map(|place| (f64::from(place) / 100_000.0 - 1.0) as f32 * 1.001);
            let edges = [0.499_999_97 / steps as f32, 1.0, 1.0 - 0.5 / steps as f32, 0.75, 0.3, 1e-30, 1e-40, 1.5, 1e6];
            for sample in halves.chain(dense).chain(edges) {
                for sample in [sample, -sample] {
                    let parted = word.parted(sample);
                    let code = word.sample(parted, round(parted.rest));
                    assert_eq!(code, expected(sample), "{sample} to {bits} bit");
                }
            }
        }
    }

    #[test]
    fn the_parts_of_a_sample_are_exact() {
        for bits in [16, 24] {
            let (word, steps) = (Word::new(bits, 1.0), f64::from(1u32 << (bits - 1)));
            for place in 0..1_000_000u32 {
                let sample = (f64::from(place) / 500_000.0 - 1.0) as f32;
                let Parted { whole, rest } = word.parted(sample);
                assert_eq!(f64::from(whole) + f64::from(rest), f64::from(sample) * steps);
                assert!(whole.fract() == 0.0 && rest.abs() <= 1.0, "{sample} to {bits} bit: {whole} {rest}");
            }
        }
    }
}
