//! A word length: rounding to its steps, within full scale and under a ceiling.

/// A word length and the largest codes it may give.
pub(super) struct Word {
    /// Steps in full scale: 2^(bits - 1).
    steps: f64,
    /// One step; a power of two, so that multiplying by it is exact.
    step: f64,
    lowest: f64,
    highest: f64,
    /// The largest code under the ceiling.
    ceiling: f64,
}

impl Word {
    /// `bits` of these, under a linear ceiling, 1 for none.
    pub(super) fn new(bits: u32, ceiling: f64) -> Self {
        let steps = f64::from(1u32 << (bits - 1));
        Self { steps, step: 1.0 / steps, lowest: -steps, highest: steps - 1.0, ceiling: (ceiling * steps).floor() }
    }

    /// A sample in steps.
    #[inline(always)]
    pub(super) fn in_steps(&self, sample: f32) -> f64 {
        f64::from(sample) * self.steps
    }

    /// The sample with `noise` in steps, as a code, as a sample.
    #[inline(always)]
    pub(super) fn code(&self, sample: f32, noise: f64) -> f32 {
        let exact = self.in_steps(sample);
        self.sample(exact, round(exact + noise))
    }

    /// A code as a sample, kept in range; `exact` is what it stands for, in steps. A sample that is above the ceiling itself (it was let
    /// through before the ceiling came down) is not clipped here: that would be audible, and is not this stage's work.
    #[inline(always)]
    pub(super) fn sample(&self, exact: f64, code: f64) -> f32 {
        let limit = if exact.abs() <= self.ceiling + 1.0 { self.ceiling } else { self.steps };
        (code.clamp(-limit, limit).clamp(self.lowest, self.highest) * self.step) as f32
    }
}

/// The nearest whole number, the even one of two, of magnitudes below 2^51: the sum with 1.5 * 2^52 has no bits left for a
/// fraction. `f64::round_ties_even` is a call into the library where the target has no instruction for it.
#[inline(always)]
pub(super) fn round(value: f64) -> f64 {
    const NO_FRACTION: f64 = 6_755_399_441_055_744.0;
    (value + NO_FRACTION) - NO_FRACTION
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_to_the_nearest_and_to_even_between_two() {
        // The loudest sample that passes the entrance, in steps of 24 bits, is 8.4e12.
        for value in [0.0, 0.5, 1.5, 2.5, 0.499_999_999, 32_767.5, 8_388_607.5, 8.388_608e12 + 0.5] {
            assert_eq!(round(value), value.round_ties_even());
            assert_eq!(round(-value), (-value).round_ties_even());
        }
    }
}
