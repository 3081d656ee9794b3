//! The vectors of AVX2 with FMA and of AVX-512.
#![expect(
    unsafe_code,
    reason = "these vectors exist only in kernels that `Instructions::run` compiled for them and started after \
              detection; loads and stores go through slices of the full width"
)]

use super::doubles::Doubles;
use super::vector::{Vector, load_each};
use std::arch::x86_64::*;

/// Eight values: AVX2 with FMA.
#[derive(Clone, Copy)]
pub struct Eight(__m256);

/// Sixteen values: AVX-512.
#[derive(Clone, Copy)]
pub struct Sixteen(__m512);

/// Four doubles: AVX2 with FMA, and AVX-512 too.
#[derive(Clone, Copy)]
pub struct Quad(__m256d);

/// Every operation that is one instruction on both.
macro_rules! operations {
    ($width:literal, $set1:ident, $load:ident, $store:ident, $add:ident, $sub:ident, $mul:ident, $div:ident, $fma:ident,
     $max:ident) => {
        const WIDTH: usize = $width;
        const FUSED: bool = true;

        #[inline(always)]
        fn splat(value: f32) -> Self {
            // SAFETY: this vector's instructions were detected (see the module).
            Self(unsafe { $set1(value) })
        }

        #[inline(always)]
        fn load(values: &[f32], at: usize) -> Self {
            let values = &values[at..at + $width];
            // SAFETY: the slice holds this vector's width; the instructions were detected.
            Self(unsafe { $load(values.as_ptr()) })
        }

        #[inline(always)]
        fn store(self, values: &mut [f32], at: usize) {
            let values = &mut values[at..at + $width];
            // SAFETY: the slice holds this vector's width; the instructions were detected.
            unsafe { $store(values.as_mut_ptr(), self.0) }
        }

        #[inline(always)]
        fn add(self, other: Self) -> Self {
            // SAFETY: detected.
            Self(unsafe { $add(self.0, other.0) })
        }

        #[inline(always)]
        fn sub(self, other: Self) -> Self {
            // SAFETY: detected.
            Self(unsafe { $sub(self.0, other.0) })
        }

        #[inline(always)]
        fn mul(self, other: Self) -> Self {
            // SAFETY: detected.
            Self(unsafe { $mul(self.0, other.0) })
        }

        #[inline(always)]
        fn div(self, other: Self) -> Self {
            // SAFETY: detected.
            Self(unsafe { $div(self.0, other.0) })
        }

        #[inline(always)]
        fn multiply_add(self, factor: Self, sum: Self) -> Self {
            // SAFETY: detected.
            Self(unsafe { $fma(self.0, factor.0, sum.0) })
        }

        #[inline(always)]
        fn larger(self, other: Self) -> Self {
            // SAFETY: detected.
            Self(unsafe { $max(self.0, other.0) })
        }
    };
}

impl Vector for Eight {
    operations!(
        8,
        _mm256_set1_ps,
        _mm256_loadu_ps,
        _mm256_storeu_ps,
        _mm256_add_ps,
        _mm256_sub_ps,
        _mm256_mul_ps,
        _mm256_div_ps,
        _mm256_fmadd_ps,
        _mm256_max_ps
    );

    type Half = Self;
    type Doubles = Quad;

    #[inline(always)]
    fn largest(self) -> f32 {
        // SAFETY: detected.
        unsafe {
            let fours = _mm_max_ps(_mm256_castps256_ps128(self.0), _mm256_extractf128_ps::<1>(self.0));
            let twos = _mm_max_ps(fours, _mm_movehl_ps(fours, fours));
            _mm_cvtss_f32(_mm_max_ss(twos, _mm_movehdup_ps(twos)))
        }
    }

    #[inline(always)]
    fn abs(self) -> Self {
        // SAFETY: detected.
        Self(unsafe { _mm256_andnot_ps(_mm256_set1_ps(-0.0), self.0) })
    }

    #[inline(always)]
    fn where_greater(self, other: Self, chosen: Self, otherwise: Self) -> Self {
        // SAFETY: detected.
        Self(unsafe { _mm256_blendv_ps(otherwise.0, chosen.0, _mm256_cmp_ps::<_CMP_GT_OQ>(self.0, other.0)) })
    }

    #[inline(always)]
    fn maxima_of_eights(values: &[f32; 64]) -> [f32; 8] {
        let mut rows: [Self; 8] = load_each(values, [0, 8, 16, 24, 32, 40, 48, 56]);
        for row in &mut rows {
            *row = row.abs();
        }
        let mut maxima = [0.0; 8];
        // A transposition that takes the larger at every step.
        // SAFETY: detected.
        unsafe {
            let pair = |a: Self, b: Self| _mm256_max_ps(_mm256_unpacklo_ps(a.0, b.0), _mm256_unpackhi_ps(a.0, b.0));
            let fours = |a: __m256, b: __m256| {
                let (a, b) = (_mm256_castps_pd(a), _mm256_castps_pd(b));
                _mm256_max_ps(_mm256_castpd_ps(_mm256_unpacklo_pd(a, b)), _mm256_castpd_ps(_mm256_unpackhi_pd(a, b)))
            };
            let low = fours(pair(rows[0], rows[1]), pair(rows[2], rows[3]));
            let high = fours(pair(rows[4], rows[5]), pair(rows[6], rows[7]));
            let halves = (_mm256_permute2f128_ps::<0x20>(low, high), _mm256_permute2f128_ps::<0x31>(low, high));
            _mm256_storeu_ps(maxima.as_mut_ptr(), _mm256_max_ps(halves.0, halves.1));
        }
        maxima
    }

    #[inline(always)]
    fn rise_in_eights(values: &mut [f32; 64]) {
        for eight in values.as_chunks_mut::<8>().0 {
            let mut rising = Self::load(eight, 0).0;
            // Moved up by one, two and four places; what would come from before the first is the first.
            // SAFETY: detected.
            unsafe {
                let one = _mm256_setr_epi32(0, 0, 1, 2, 3, 4, 5, 6);
                let two = _mm256_setr_epi32(0, 0, 0, 1, 2, 3, 4, 5);
                let four = _mm256_setr_epi32(0, 0, 0, 0, 0, 1, 2, 3);
                rising = _mm256_max_ps(rising, _mm256_permutevar8x32_ps(rising, one));
                rising = _mm256_max_ps(rising, _mm256_permutevar8x32_ps(rising, two));
                rising = _mm256_max_ps(rising, _mm256_permutevar8x32_ps(rising, four));
            }
            Self(rising).store(eight, 0);
        }
    }
}

impl Vector for Sixteen {
    operations!(
        16,
        _mm512_set1_ps,
        _mm512_loadu_ps,
        _mm512_storeu_ps,
        _mm512_add_ps,
        _mm512_sub_ps,
        _mm512_mul_ps,
        _mm512_div_ps,
        _mm512_fmadd_ps,
        _mm512_max_ps
    );

    type Half = Eight;
    type Doubles = Quad;

    #[inline(always)]
    fn largest(self) -> f32 {
        // SAFETY: detected.
        unsafe { _mm512_reduce_max_ps(self.0) }
    }

    #[inline(always)]
    fn abs(self) -> Self {
        // SAFETY: detected.
        Self(unsafe { _mm512_abs_ps(self.0) })
    }

    #[inline(always)]
    fn where_greater(self, other: Self, chosen: Self, otherwise: Self) -> Self {
        // SAFETY: detected.
        Self(unsafe { _mm512_mask_blend_ps(_mm512_cmp_ps_mask::<_CMP_GT_OQ>(self.0, other.0), otherwise.0, chosen.0) })
    }

    #[inline(always)]
    fn maxima_of_eights(values: &[f32; 64]) -> [f32; 8] {
        Eight::maxima_of_eights(values)
    }

    #[inline(always)]
    fn rise_in_eights(values: &mut [f32; 64]) {
        Eight::rise_in_eights(values);
    }
}

impl Doubles for Quad {
    #[inline(always)]
    fn from_array(values: [f64; 4]) -> Self {
        // SAFETY: four values; the instructions were detected.
        Self(unsafe { _mm256_loadu_pd(values.as_ptr()) })
    }

    #[inline(always)]
    fn to_array(self) -> [f64; 4] {
        let mut values = [0.0; 4];
        // SAFETY: four places; the instructions were detected.
        unsafe { _mm256_storeu_pd(values.as_mut_ptr(), self.0) };
        values
    }

    #[inline(always)]
    fn from_pairs(low: [f64; 2], high: [f64; 2]) -> Self {
        // SAFETY: two values each; the instructions were detected.
        Self(unsafe { _mm256_set_m128d(_mm_loadu_pd(high.as_ptr()), _mm_loadu_pd(low.as_ptr())) })
    }

    #[inline(always)]
    fn before_low_of(low: [f64; 2], pairs: Self) -> Self {
        // SAFETY: two values; the instructions were detected.
        Self(unsafe { _mm256_set_m128d(_mm256_castpd256_pd128(pairs.0), _mm_loadu_pd(low.as_ptr())) })
    }

    #[inline(always)]
    fn high(self) -> [f64; 2] {
        let mut high = [0.0; 2];
        // SAFETY: two places; the instructions were detected.
        unsafe { _mm_storeu_pd(high.as_mut_ptr(), _mm256_extractf128_pd::<1>(self.0)) };
        high
    }

    #[inline(always)]
    fn swapped(self) -> Self {
        // SAFETY: detected.
        Self(unsafe { _mm256_permute_pd::<0b0101>(self.0) })
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        // SAFETY: detected.
        Self(unsafe { _mm256_add_pd(self.0, other.0) })
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        // SAFETY: detected.
        Self(unsafe { _mm256_sub_pd(self.0, other.0) })
    }

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        // SAFETY: detected.
        Self(unsafe { _mm256_mul_pd(self.0, other.0) })
    }

    #[inline(always)]
    fn smaller(self, other: Self) -> Self {
        // SAFETY: detected.
        Self(unsafe { _mm256_min_pd(self.0, other.0) })
    }

    #[inline(always)]
    fn multiply_add(self, factor: Self, sum: Self) -> Self {
        // SAFETY: detected.
        Self(unsafe { _mm256_fmadd_pd(self.0, factor.0, sum.0) })
    }

    #[inline(always)]
    fn multiply_sub(self, factor: Self, less: Self) -> Self {
        // SAFETY: detected.
        Self(unsafe { _mm256_fmsub_pd(self.0, factor.0, less.0) })
    }

    #[inline(always)]
    fn high_twice(self) -> Self {
        // SAFETY: detected.
        Self(unsafe { _mm256_permute2f128_pd::<0x11>(self.0, self.0) })
    }

    #[inline(always)]
    fn widened([a, b, c, d]: [&[f32; 4]; 4]) -> [Self; 4] {
        // A transposition of what is widened then.
        // SAFETY: four values a row; the instructions were detected.
        unsafe {
            let (a, b) = (_mm_loadu_ps(a.as_ptr()), _mm_loadu_ps(b.as_ptr()));
            let (c, d) = (_mm_loadu_ps(c.as_ptr()), _mm_loadu_ps(d.as_ptr()));
            let (low, high) = (_mm_unpacklo_ps(a, b), _mm_unpackhi_ps(a, b));
            let (low_after, high_after) = (_mm_unpacklo_ps(c, d), _mm_unpackhi_ps(c, d));
            [
                Self(_mm256_cvtps_pd(_mm_movelh_ps(low, low_after))),
                Self(_mm256_cvtps_pd(_mm_movehl_ps(low_after, low))),
                Self(_mm256_cvtps_pd(_mm_movelh_ps(high, high_after))),
                Self(_mm256_cvtps_pd(_mm_movehl_ps(high_after, high))),
            ]
        }
    }

    #[inline(always)]
    fn narrowed(frames: [Self; 4]) -> [[f32; 4]; 4] {
        let mut narrowed = [[0.0; 4]; 4];
        let [a, b, c, d] = frames;
        // A transposition of what was rounded.
        // SAFETY: four places a row; the instructions were detected.
        unsafe {
            let (a, b) = (_mm256_cvtpd_ps(a.0), _mm256_cvtpd_ps(b.0));
            let (c, d) = (_mm256_cvtpd_ps(c.0), _mm256_cvtpd_ps(d.0));
            let (low, high) = (_mm_unpacklo_ps(a, b), _mm_unpackhi_ps(a, b));
            let (low_after, high_after) = (_mm_unpacklo_ps(c, d), _mm_unpackhi_ps(c, d));
            let rows = [
                _mm_movelh_ps(low, low_after),
                _mm_movehl_ps(low_after, low),
                _mm_movelh_ps(high, high_after),
                _mm_movehl_ps(high_after, high),
            ];
            let (sign, least) = (_mm_set1_ps(-0.0), _mm_set1_ps(f32::MIN_POSITIVE));
            for (row, narrowed) in rows.into_iter().zip(&mut narrowed) {
                let is_normal = _mm_cmpge_ps(_mm_andnot_ps(sign, row), least);
                _mm_storeu_ps(narrowed.as_mut_ptr(), _mm_and_ps(row, is_normal));
            }
        }
        narrowed
    }
}
