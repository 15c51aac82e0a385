//! Four doubles as one vector.
use std::ops::{Add, Div, Mul, Sub};

/// Four doubles, on which each operation rounds as it does on one.
pub(crate) trait Four:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self>
{
    /// What shows that the processor has the instructions.
    type Token: Copy;

    fn load(token: Self::Token, values: &[f64; 4]) -> Self;
    fn values(self) -> [f64; 4];
    /// `self · factor + term`, rounded once.
    fn mul_add(self, factor: Self, term: Self) -> Self;
    /// `then` where self > `limit`, otherwise `or`.
    fn if_above(self, limit: Self, then: Self, or: Self) -> Self;
    fn abs(self) -> Self;
    /// The bits that are set in either.
    fn or(self, other: Self) -> Self;
    /// The bits of |self| plus those of `other`, as whole numbers.
    fn magnitude_plus(self, other: Self) -> Self;
    /// Negative where 0 < |self| < `limit`.
    fn is_tiny(self, limit: Self) -> Self;
    /// Columns become rows.
    fn transpose(rows: [Self; 4]) -> [Self; 4];
}

#[cfg(target_arch = "x86_64")]
pub(crate) use self::avx::Avx;

#[cfg(target_arch = "x86_64")]
mod avx {
    use std::arch::x86_64::{__m256d, __m256i, _CMP_GT_OQ};
    use std::ops::{Add, Div, Mul, Sub};

    use pulp::bytemuck::cast;
    use pulp::x86::V3;

    use super::Four;

    /// A register of AVX2.
    #[derive(Clone, Copy)]
    pub(crate) struct Avx(V3, __m256d);

    macro_rules! operator {
        ($operator:ident, $method:ident, $instruction:ident) => {
            impl $operator for Avx {
                type Output = Self;

                #[inline(always)]
                fn $method(self, other: Self) -> Self {
                    Self(self.0, self.0.avx.$instruction(self.1, other.1))
                }
            }
        };
    }

    operator!(Add, add, _mm256_add_pd);
    operator!(Sub, sub, _mm256_sub_pd);
    operator!(Mul, mul, _mm256_mul_pd);
    operator!(Div, div, _mm256_div_pd);

    impl Avx {
        #[inline(always)]
        fn bits(self) -> __m256i {
            cast(self.1)
        }

        #[inline(always)]
        fn of_bits(self, bits: __m256i) -> Self {
            Self(self.0, cast(bits))
        }

        #[inline(always)]
        fn magnitude(self) -> __m256i {
            self.abs().bits()
        }
    }

    impl Four for Avx {
        type Token = V3;

        #[inline(always)]
        fn load(token: V3, values: &[f64; 4]) -> Self {
            Self(token, cast(*values))
        }

        #[inline(always)]
        fn values(self) -> [f64; 4] {
            cast(self.1)
        }

        #[inline(always)]
        fn mul_add(self, factor: Self, term: Self) -> Self {
            Self(self.0, self.0.fma._mm256_fmadd_pd(self.1, factor.1, term.1))
        }

        #[inline(always)]
        fn if_above(self, limit: Self, then: Self, or: Self) -> Self {
            let above = self.0.avx._mm256_cmp_pd::<_CMP_GT_OQ>(self.1, limit.1);
            Self(self.0, self.0.avx._mm256_blendv_pd(or.1, then.1, above))
        }

        #[inline(always)]
        fn abs(self) -> Self {
            Self(self.0, self.0.avx._mm256_andnot_pd(self.0.avx._mm256_set1_pd(-0.0), self.1))
        }

        #[inline(always)]
        fn or(self, other: Self) -> Self {
            Self(self.0, self.0.avx._mm256_or_pd(self.1, other.1))
        }

        #[inline(always)]
        fn magnitude_plus(self, other: Self) -> Self {
            self.of_bits(self.0.avx2._mm256_add_epi64(self.magnitude(), other.bits()))
        }

        #[inline(always)]
        fn is_tiny(self, limit: Self) -> Self {
            let (avx2, magnitude) = (self.0.avx2, self.magnitude());
            let below = avx2._mm256_sub_epi64(magnitude, limit.bits());
            let above_0 = avx2._mm256_sub_epi64(self.0.avx._mm256_setzero_si256(), magnitude);
            self.of_bits(avx2._mm256_and_si256(below, above_0))
        }

        #[inline(always)]
        fn transpose([a, b, c, d]: [Self; 4]) -> [Self; 4] {
            let (token, avx) = (a.0, a.0.avx);
            let (ac_low, ac_high) =
                (avx._mm256_permute2f128_pd::<0x20>(a.1, c.1), avx._mm256_permute2f128_pd::<0x31>(a.1, c.1));
            let (bd_low, bd_high) =
                (avx._mm256_permute2f128_pd::<0x20>(b.1, d.1), avx._mm256_permute2f128_pd::<0x31>(b.1, d.1));
            [
                Self(token, avx._mm256_unpacklo_pd(ac_low, bd_low)),
                Self(token, avx._mm256_unpackhi_pd(ac_low, bd_low)),
                Self(token, avx._mm256_unpacklo_pd(ac_high, bd_high)),
                Self(token, avx._mm256_unpackhi_pd(ac_high, bd_high)),
            ]
        }
    }
}

#[cfg(any(test, not(target_arch = "x86_64")))]
pub(crate) use self::portable::Portable;

#[cfg(any(test, not(target_arch = "x86_64")))]
mod portable {
    use std::array::from_fn;
    use std::ops::{Add, Div, Mul, Sub};

    use super::Four;

    /// What the compiler makes of four doubles.
    #[derive(Clone, Copy)]
    pub(crate) struct Portable([f64; 4]);

    macro_rules! operator {
        ($operator:ident, $method:ident) => {
            impl $operator for Portable {
                type Output = Self;

                #[inline(always)]
                fn $method(self, other: Self) -> Self {
                    Self(from_fn(|place| self.0[place].$method(other.0[place])))
                }
            }
        };
    }

    operator!(Add, add);
    operator!(Sub, sub);
    operator!(Mul, mul);
    operator!(Div, div);

    impl Portable {
        #[inline(always)]
        fn bitwise(self, other: Self, of: impl Fn(u64, u64) -> u64) -> Self {
            Self(from_fn(|place| f64::from_bits(of(self.0[place].to_bits(), other.0[place].to_bits()))))
        }
    }

    const MAGNITUDE: u64 = u64::MAX >> 1;

    impl Four for Portable {
        type Token = ();

        #[inline(always)]
        fn load((): (), values: &[f64; 4]) -> Self {
            Self(*values)
        }

        #[inline(always)]
        fn values(self) -> [f64; 4] {
            self.0
        }

        #[inline(always)]
        fn mul_add(self, factor: Self, term: Self) -> Self {
            Self(from_fn(|place| self.0[place].mul_add(factor.0[place], term.0[place])))
        }

        #[inline(always)]
        fn if_above(self, limit: Self, then: Self, or: Self) -> Self {
            Self(from_fn(|place| if self.0[place] > limit.0[place] { then.0[place] } else { or.0[place] }))
        }

        #[inline(always)]
        fn abs(self) -> Self {
            Self(self.0.map(f64::abs))
        }

        #[inline(always)]
        fn or(self, other: Self) -> Self {
            self.bitwise(other, |a, b| a | b)
        }

        #[inline(always)]
        fn magnitude_plus(self, other: Self) -> Self {
            self.bitwise(other, |a, b| (a & MAGNITUDE).wrapping_add(b))
        }

        #[inline(always)]
        fn is_tiny(self, limit: Self) -> Self {
            self.bitwise(limit, |a, b| (a & MAGNITUDE).wrapping_sub(b) & (a & MAGNITUDE).wrapping_neg())
        }

        #[inline(always)]
        fn transpose(rows: [Self; 4]) -> [Self; 4] {
            from_fn(|column| Self(from_fn(|row| rows[row].0[column])))
        }
    }
}
