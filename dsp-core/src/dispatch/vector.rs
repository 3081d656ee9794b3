//! Vectors of `f32`, as wide as a set of instructions has them.

use super::doubles::{Doubles, Plain};

/// Several `f32` that are computed at once. Everything is `#[inline(always)]`, so that a kernel is compiled as a whole
/// with its instructions.
pub trait Vector: Copy {
    /// How many there are: 4, 8 or 16.
    const WIDTH: usize;

    /// Whether a product and a sum are rounded together.
    const FUSED: bool;

    /// Vectors of half the width, where that is a vector; else the same.
    type Half: Vector;

    /// Four `f64`, where that is a vector too.
    type Doubles: Doubles;

    /// `value` in every place.
    fn splat(value: f32) -> Self;

    /// The values from `at` on; panics if there are fewer than [`Self::WIDTH`].
    fn load(values: &[f32], at: usize) -> Self;

    /// Writes the values from `at` on; panics if there is no room.
    fn store(self, values: &mut [f32], at: usize);

    /// Sums.
    #[must_use]
    fn add(self, other: Self) -> Self;

    /// Differences.
    #[must_use]
    fn sub(self, other: Self) -> Self;

    /// Products.
    #[must_use]
    fn mul(self, other: Self) -> Self;

    /// Quotients.
    #[must_use]
    fn div(self, other: Self) -> Self;

    /// `self * factor + sum`, rounded once where [`Self::FUSED`].
    #[must_use]
    fn multiply_add(self, factor: Self, sum: Self) -> Self;

    /// The larger of each pair; none may be NaN.
    #[must_use]
    fn larger(self, other: Self) -> Self;

    /// Magnitudes.
    #[must_use]
    fn abs(self) -> Self;

    /// `chosen` where `self` is greater than `other`, else `otherwise`.
    #[must_use]
    fn where_greater(self, other: Self, chosen: Self, otherwise: Self) -> Self;

    /// The largest value; none may be NaN.
    fn largest(self) -> f32;

    /// The largest of each eight magnitudes.
    fn maxima_of_eights(values: &[f32; 64]) -> [f32; 8];

    /// Each value as the largest of its eight from the first to itself; none may be NaN.
    fn rise_in_eights(values: &mut [f32; 64]);
}

/// The vectors that begin at each of the places. (`array::map` would be compiled apart, without the instructions of the
/// kernel around it.)
#[inline(always)]
pub fn load_each<V: Vector, const N: usize>(values: &[f32], places: [usize; N]) -> [V; N] {
    let mut vectors = [V::splat(0.0); N];
    for index in 0..N {
        vectors[index] = V::load(values, places[index]);
    }
    vectors
}

/// Four values in plain arithmetic, which every target's compiler turns into its baseline vectors.
#[derive(Clone, Copy)]
pub struct Four([f32; 4]);

impl Vector for Four {
    const WIDTH: usize = 4;
    const FUSED: bool = false;
    type Half = Self;
    type Doubles = Plain;

    #[inline(always)]
    fn largest(self) -> f32 {
        let Self([a, b, c, d]) = self;
        let (ab, cd) = (if a > b { a } else { b }, if c > d { c } else { d });
        if ab > cd { ab } else { cd }
    }

    #[inline(always)]
    fn splat(value: f32) -> Self {
        Self([value; 4])
    }

    #[inline(always)]
    fn load(values: &[f32], at: usize) -> Self {
        let values = &values[at..at + 4];
        Self([values[0], values[1], values[2], values[3]])
    }

    #[inline(always)]
    fn store(self, values: &mut [f32], at: usize) {
        values[at..at + 4].copy_from_slice(&self.0);
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
    fn div(self, other: Self) -> Self {
        self.with(other, |a, b| a / b)
    }

    #[inline(always)]
    fn multiply_add(self, factor: Self, sum: Self) -> Self {
        self.mul(factor).add(sum)
    }

    #[inline(always)]
    fn larger(self, other: Self) -> Self {
        self.with(other, |a, b| if a > b { a } else { b })
    }

    #[inline(always)]
    fn abs(self) -> Self {
        self.with(self, |a, _| a.abs())
    }

    #[inline(always)]
    fn where_greater(self, other: Self, chosen: Self, otherwise: Self) -> Self {
        let mut result = otherwise;
        for place in 0..4 {
            result.0[place] = if self.0[place] > other.0[place] { chosen.0[place] } else { otherwise.0[place] };
        }
        result
    }

    #[inline(always)]
    fn maxima_of_eights(values: &[f32; 64]) -> [f32; 8] {
        let mut maxima = [0.0; 8];
        for (maximum, eight) in maxima.iter_mut().zip(values.as_chunks::<8>().0) {
            *maximum = Self::load(eight, 0).abs().larger(Self::load(eight, 4).abs()).largest();
        }
        maxima
    }

    #[inline(always)]
    fn rise_in_eights(values: &mut [f32; 64]) {
        for eight in values.as_chunks_mut::<8>().0 {
            for place in 1..8 {
                eight[place] = if eight[place] > eight[place - 1] { eight[place] } else { eight[place - 1] };
            }
        }
    }
}

impl Four {
    #[inline(always)]
    fn with(self, other: Self, each: impl Fn(f32, f32) -> f32) -> Self {
        let (a, b) = (self.0, other.0);
        Self([each(a[0], b[0]), each(a[1], b[1]), each(a[2], b[2]), each(a[3], b[3])])
    }
}
