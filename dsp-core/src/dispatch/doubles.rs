//! Four `f64` that are computed at once, as two pairs: what two channels of two filters need.

/// Four `f64`. Everything is `#[inline(always)]`, as with [`Vector`](super::Vector).
pub trait Doubles: Copy {
    /// The values given.
    fn from_array(values: [f64; 4]) -> Self;

    /// The values.
    fn to_array(self) -> [f64; 4];

    /// Two pairs.
    fn from_pairs(low: [f64; 2], high: [f64; 2]) -> Self;

    /// A pair from memory, and the first pair of `pairs`.
    #[must_use]
    fn before_low_of(low: [f64; 2], pairs: Self) -> Self;

    /// The last two.
    fn high(self) -> [f64; 2];

    /// Each pair with its values changed over.
    #[must_use]
    fn swapped(self) -> Self;

    /// Sums.
    #[must_use]
    fn add(self, other: Self) -> Self;

    /// Differences.
    #[must_use]
    fn sub(self, other: Self) -> Self;

    /// Products.
    #[must_use]
    fn mul(self, other: Self) -> Self;

    /// The smaller of each; none may be NaN.
    #[must_use]
    fn smaller(self, other: Self) -> Self;

    /// `self * factor + sum`, rounded as [`multiply_add`](super::multiply_add) does.
    #[must_use]
    fn multiply_add(self, factor: Self, sum: Self) -> Self;

    /// `self * factor - less`, rounded as [`multiply_add`](super::multiply_add) does.
    #[must_use]
    fn multiply_sub(self, factor: Self, less: Self) -> Self;

    /// The last two, twice.
    #[must_use]
    fn high_twice(self) -> Self;

    /// Four frames of four values: the first of each row, the second of each, and so on.
    fn widened(rows: [&[f32; 4]; 4]) -> [Self; 4];

    /// Four frames of four values as `f32`, the frames of each value side by side; subnormal ones become zero.
    fn narrowed(frames: [Self; 4]) -> [[f32; 4]; 4];
}

/// Four values in plain arithmetic.
#[derive(Clone, Copy)]
pub struct Plain([f64; 2], [f64; 2]);

impl Plain {
    #[inline(always)]
    fn with(self, other: Self, each: impl Fn(f64, f64) -> f64) -> Self {
        let pair = |a: [f64; 2], b: [f64; 2]| [each(a[0], b[0]), each(a[1], b[1])];
        Self(pair(self.0, other.0), pair(self.1, other.1))
    }
}

impl Doubles for Plain {
    #[inline(always)]
    fn from_array([a, b, c, d]: [f64; 4]) -> Self {
        Self([a, b], [c, d])
    }

    #[inline(always)]
    fn to_array(self) -> [f64; 4] {
        [self.0[0], self.0[1], self.1[0], self.1[1]]
    }

    #[inline(always)]
    fn from_pairs(low: [f64; 2], high: [f64; 2]) -> Self {
        Self(low, high)
    }

    #[inline(always)]
    fn before_low_of(low: [f64; 2], pairs: Self) -> Self {
        Self(low, pairs.0)
    }

    #[inline(always)]
    fn high(self) -> [f64; 2] {
        self.1
    }

    #[inline(always)]
    fn swapped(self) -> Self {
        Self([self.0[1], self.0[0]], [self.1[1], self.1[0]])
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.with(other, |a, b| a + b)
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self.with(other, |a, b| a - b)
    }

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        self.with(other, |a, b| a * b)
    }

    #[inline(always)]
    fn smaller(self, other: Self) -> Self {
        self.with(other, |a, b| if a < b { a } else { b })
    }

    #[inline(always)]
    fn multiply_add(self, factor: Self, sum: Self) -> Self {
        self.mul(factor).add(sum)
    }

    #[inline(always)]
    fn multiply_sub(self, factor: Self, less: Self) -> Self {
        self.mul(factor).sub(less)
    }

    #[inline(always)]
    fn high_twice(self) -> Self {
        Self(self.1, self.1)
    }

    #[inline(always)]
    fn widened([a, b, c, d]: [&[f32; 4]; 4]) -> [Self; 4] {
        let mut frames = [Self([0.0; 2], [0.0; 2]); 4];
        for (place, frame) in frames.iter_mut().enumerate() {
            *frame = Self([a[place].into(), b[place].into()], [c[place].into(), d[place].into()]);
        }
        frames
    }

    #[inline(always)]
    fn narrowed(frames: [Self; 4]) -> [[f32; 4]; 4] {
        let mut narrowed = [[0.0; 4]; 4];
        for (place, frame) in frames.into_iter().enumerate() {
            for (values, value) in narrowed.iter_mut().zip(frame.to_array()) {
                let value = value as f32;
                values[place] = if value.abs() < f32::MIN_POSITIVE { 0.0 } else { value };
            }
        }
        narrowed
    }
}
