//! Which instructions of the processor the kernels use.
//!
//! A kernel is written once, over [`Vector`]s of any width, in [`Kernel::run`], and compiled three times: for what every
//! x86-64 or other machine has, for AVX2 with FMA, and for AVX-512. The results of the three differ by rounding only,
//! below -120 dBFS; one machine with one set always gives the same bits.
//!
//! A processor captures [`Instructions::current`] in `prepare`, so that nothing is detected on the audio thread and a
//! stream never changes its set half-way.

mod doubles;
mod vector;
#[cfg(target_arch = "x86_64")]
mod x86;

pub use doubles::Doubles;
pub use vector::{Vector, load_each};

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, Ordering};

/// A set of instructions that kernels are compiled for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Instructions {
    /// What the target has at least: SSE2 on x86-64.
    Baseline,
    /// AVX2 with fused multiply-add: eight `f32` at once.
    Avx2Fma,
    /// AVX-512 F, VL, BW and DQ: sixteen `f32` at once.
    Avx512,
}

/// The best set that may be used, as its place in the enumeration.
static LIMIT: AtomicU8 = AtomicU8::new(Instructions::Avx512 as u8);

/// Makes every processor that is prepared from now on use at most these instructions: to measure each set on one machine.
/// Thread: any, before the processors are prepared.
pub fn limit_to(best: Instructions) {
    LIMIT.store(best as u8, Ordering::Release);
}

/// Makes every processor that is prepared from now on take the baseline path, so that results are the same on every
/// machine: the command's `--portable`, and golden tests. Thread: any, before the processors are prepared.
pub fn force_portable() {
    limit_to(Instructions::Baseline);
}

/// A computation that is compiled for every set of instructions.
pub trait Kernel {
    /// What it returns.
    type Output;

    /// Computes with vectors `V`. Implementations are `#[inline(always)]`, as is everything they call, so that they are
    /// compiled with the caller's instructions; plain loops over slices are compiled for them too.
    fn run<V: Vector>(self) -> Self::Output;
}

/// `a * b + c`: rounded once where the vectors `V` do that in one instruction, elsewhere twice (a fused multiply-add
/// without the instruction is a slow library call).
#[inline(always)]
pub fn multiply_add<V: Vector>(a: f64, b: f64, c: f64) -> f64 {
    if V::FUSED { a.mul_add(b, c) } else { a * b + c }
}

impl Instructions {
    /// The best set of this machine that [`limit_to`] leaves. The first call detects; it may take some microseconds.
    pub fn current() -> Self {
        let limit = LIMIT.load(Ordering::Acquire);
        Self::available().filter(|set| *set as u8 <= limit).last().unwrap_or(Self::Baseline)
    }

    /// The best set of this machine, detected once.
    #[inline]
    fn best() -> Self {
        static DETECTED: OnceLock<Instructions> = OnceLock::new();
        *DETECTED.get_or_init(Self::detect)
    }

    /// Every set that this machine can run, the baseline first.
    pub fn available() -> impl Iterator<Item = Self> {
        let best = Self::best();
        [Self::Baseline, Self::Avx2Fma, Self::Avx512].into_iter().filter(move |&set| set <= best)
    }

    #[cfg(target_arch = "x86_64")]
    fn detect() -> Self {
        let avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
        let avx512 = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq");
        match (avx2, avx512) {
            (true, true) => Self::Avx512,
            (true, false) => Self::Avx2Fma,
            (false, _) => Self::Baseline,
        }
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn detect() -> Self {
        Self::Baseline
    }

    /// Runs `kernel` with these instructions; with a set that this machine lacks, on the baseline.
    #[cfg(target_arch = "x86_64")]
    #[inline]
    #[expect(unsafe_code, reason = "a function compiled for more instructions may only be called after detection")]
    pub fn run<K: Kernel>(self, kernel: K) -> K::Output {
        match self {
            // SAFETY: the guard is the detection of these very features.
            Self::Avx2Fma if Self::best() >= Self::Avx2Fma => unsafe { with_avx2_fma(kernel) },
            // SAFETY: as above.
            Self::Avx512 if Self::best() >= Self::Avx512 => unsafe { with_avx512(kernel) },
            _ => kernel.run::<vector::Four>(),
        }
    }

    /// Runs `kernel` with these instructions: here the baseline is the only set.
    #[cfg(not(target_arch = "x86_64"))]
    #[inline]
    pub fn run<K: Kernel>(self, kernel: K) -> K::Output {
        kernel.run::<vector::Four>()
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn with_avx2_fma<K: Kernel>(kernel: K) -> K::Output {
    kernel.run::<x86::Eight>()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,avx512f,avx512vl,avx512bw,avx512dq")]
fn with_avx512<K: Kernel>(kernel: K) -> K::Output {
    kernel.run::<x86::Sixteen>()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Squares<'a>(&'a [f32; 16]);

    impl Kernel for Squares<'_> {
        type Output = (bool, [f32; 16]);

        #[inline(always)]
        fn run<V: Vector>(self) -> Self::Output {
            let mut squares = [0.0; 16];
            for at in (0..16).step_by(V::WIDTH) {
                let values = V::load(self.0, at);
                values.multiply_add(values, V::splat(0.0)).store(&mut squares, at);
            }
            (V::FUSED, squares)
        }
    }

    #[test]
    fn every_available_set_runs() {
        let values: [f32; 16] = std::array::from_fn(|index| index as f32);
        assert_eq!(Instructions::available().next(), Some(Instructions::Baseline));
        for set in Instructions::available() {
            let (fused, squares) = set.run(Squares(&values));
            assert_eq!(fused, set != Instructions::Baseline);
            assert_eq!(squares, values.map(|value| value * value));
        }
    }

    struct Maxima<'a>(&'a [f32; 64]);

    impl Kernel for Maxima<'_> {
        type Output = [f32; 8];

        #[inline(always)]
        fn run<V: Vector>(self) -> Self::Output {
            V::maxima_of_eights(self.0)
        }
    }

    #[test]
    fn the_largest_of_eight_is_found_in_every_place() {
        for set in Instructions::available() {
            for place in 0..64 {
                let mut values = [0.25f32; 64];
                values[place] = -1.0 - place as f32;
                let mut expected = [0.25; 8];
                expected[place / 8] = 1.0 + place as f32;
                assert_eq!(set.run(Maxima(&values)), expected, "{set:?}, place {place}");
            }
        }
    }

    struct Rising<'a>(&'a mut [f32; 64]);

    impl Kernel for Rising<'_> {
        type Output = ();

        #[inline(always)]
        fn run<V: Vector>(self) {
            V::rise_in_eights(self.0);
        }
    }

    #[test]
    fn each_eight_rises_to_its_largest() {
        let values: [f32; 64] = std::array::from_fn(|place| (place * 37 % 64) as f32);
        let expected: [f32; 64] = std::array::from_fn(|place| {
            values[place / 8 * 8..=place].iter().fold(0.0, |most: f32, value| most.max(*value))
        });
        for set in Instructions::available() {
            let mut rising = values;
            set.run(Rising(&mut rising));
            assert_eq!(rising, expected, "{set:?}");
        }
    }
}
