//! Between levels and octaves, where gain is computed: binary logarithms and powers of 2 in f32, fast in every kernel.

use crate::dispatch::Vector;

/// The series of 2^-x: (-ln 2)^n / n!. Up to x = 1/2 the first term left out is 5e-9.
const EXPONENTIAL: [f32; 8] = [
    1.0,
    -std::f32::consts::LN_2,
    0.240_226_5,
    -0.055_504_11,
    0.009_618_129,
    -0.001_333_355_8,
    0.000_154_035_3,
    -0.000_015_252_734,
];

/// Adding it rounds to whole numbers, which then stand in the lowest bits.
const ROUND: f32 = 12_582_912.0;

/// The gain of an attenuation in octaves: 2^-octaves, for -100 to 100; of 0 it is exactly 1.
#[inline(always)]
pub fn attenuated_by<V: Vector>(octaves: f32) -> f32 {
    let rounded = octaves + ROUND;
    let rest = octaves - (rounded - ROUND);
    let mut sum = EXPONENTIAL[7];
    for term in EXPONENTIAL[..7].iter().rev() {
        sum = plus_product::<V>(*term, sum, rest);
    }
    sum * f32::from_bits(0x3f80_0000_u32.wrapping_sub(rounded.to_bits() << 23))
}

/// The series of log2((1 + s) / (1 - s)) / s: 2 / (n ln 2) for odd n. Up to s = 0.172, where mantissas end, the first term
/// left out is 8e-8 of the sum.
const LOGARITHM: [f32; 4] = [2.885_39, 0.961_796_7, 0.577_078, 0.412_198_6];

/// The bits of the root of 1/2: below it a mantissa is counted to the octave before.
const ROOT_OF_HALF: u32 = 0x3f35_04f3;

/// The octaves of a level above 1: log2, for normal numbers above 0.
#[inline(always)]
pub fn octaves_of<V: Vector>(level: f32) -> f32 {
    let above = level.to_bits().wrapping_sub(ROOT_OF_HALF);
    let octave = (above as i32) >> 23;
    let mantissa = f32::from_bits((above & 0x007f_ffff).wrapping_add(ROOT_OF_HALF));
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let square = s * s;
    let mut sum = LOGARITHM[3];
    for term in LOGARITHM[..3].iter().rev() {
        sum = plus_product::<V>(*term, sum, square);
    }
    plus_product::<V>(octave as f32, sum, s)
}

/// `sum + a * b`, rounded once where the vectors do that.
#[inline(always)]
fn plus_product<V: Vector>(sum: f32, a: f32, b: f32) -> f32 {
    if V::FUSED { a.mul_add(b, sum) } else { a * b + sum }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dispatch::{Instructions, Kernel};

    struct Both(f32);

    impl Kernel for Both {
        type Output = (f32, f32);

        #[inline(always)]
        fn run<V: Vector>(self) -> (f32, f32) {
            (octaves_of::<V>(self.0.exp2()), attenuated_by::<V>(self.0))
        }
    }

    #[test]
    fn octaves_and_gains_are_those_of_f64() {
        for set in Instructions::available() {
            for step in -60_000..60_000 {
                let x = step as f32 / 1000.0;
                let (octaves, gain) = set.run(Both(x));
                let exact = f64::from(x.exp2()).log2();
                // Two units in the last place: of the result, or beside 0 of the mantissa's distance from 1.
                let most = 2.4e-7 * exact.abs().max(1e-9);
                assert!((f64::from(octaves) - exact).abs() <= most, "{set:?}: log2 {} is {octaves}", x.exp2());
                let exact = (-f64::from(x)).exp2();
                assert!((f64::from(gain) / exact - 1.0).abs() < 2.4e-7, "{set:?}: 2^-{x} is {gain}");
            }
            assert_eq!(set.run(Both(0.0)), (0.0, 1.0));
        }
    }
}
