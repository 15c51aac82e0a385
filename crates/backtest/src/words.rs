//! Comparisons of 64 pairs of numbers, as the bits of a word; bit 0 is the first pair. A NaN compares with nothing.

/// One number at each of 64 bars.
pub(crate) type Block = [f64; 64];

/// The pairs of which the left number is more than `by` above the right one.
pub(crate) fn greater(left: &Block, right: &Block, by: f64) -> u64 {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V3::try_new() {
        return simd.vectorize(
            #[inline(always)]
            || vectors::greater(simd, left, right, by),
        );
    }
    bit_by_bit(left, right, |left, right| if by == 0.0 { left > right } else { left - right > by })
}

/// The pairs without a NaN.
pub(crate) fn known(left: &Block, right: &Block) -> u64 {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V3::try_new() {
        return simd.vectorize(
            #[inline(always)]
            || vectors::known(simd, left, right),
        );
    }
    bit_by_bit(left, right, |left, right| !left.is_nan() && !right.is_nan())
}

fn bit_by_bit(left: &Block, right: &Block, holds: impl Fn(f64, f64) -> bool) -> u64 {
    let pairs = left.iter().zip(right).enumerate();
    pairs.fold(0, |word, (bit, (&left, &right))| word | u64::from(holds(left, right)) << bit)
}

#[cfg(target_arch = "x86_64")]
mod vectors {
    use std::arch::x86_64::{__m256d, _CMP_GT_OQ, _CMP_ORD_Q};

    use pulp::x86::V3;

    use super::Block;

    #[inline(always)]
    pub(super) fn greater(simd: V3, left: &Block, right: &Block, by: f64) -> u64 {
        let (avx, limit) = (simd.avx, pulp::cast([by; 4]));
        if by == 0.0 {
            fours(
                simd,
                left,
                right,
                #[inline(always)]
                |left, right| avx._mm256_cmp_pd::<_CMP_GT_OQ>(left, right),
            )
        } else {
            fours(
                simd,
                left,
                right,
                #[inline(always)]
                |left, right| avx._mm256_cmp_pd::<_CMP_GT_OQ>(avx._mm256_sub_pd(left, right), limit),
            )
        }
    }

    #[inline(always)]
    pub(super) fn known(simd: V3, left: &Block, right: &Block) -> u64 {
        fours(
            simd,
            left,
            right,
            #[inline(always)]
            |left, right| simd.avx._mm256_cmp_pd::<_CMP_ORD_Q>(left, right),
        )
    }

    /// The signs of what `compare` gives of four pairs at a time.
    #[inline(always)]
    fn fours(simd: V3, left: &Block, right: &Block, compare: impl Fn(__m256d, __m256d) -> __m256d) -> u64 {
        let mut word = 0;
        for (index, (left, right)) in left.as_chunks::<4>().0.iter().zip(right.as_chunks::<4>().0).enumerate() {
            let mask = simd.avx._mm256_movemask_pd(compare(pulp::cast(*left), pulp::cast(*right)));
            word |= u64::from(mask.cast_unsigned()) << (4 * index);
        }
        word
    }
}

#[cfg(test)]
mod tests {
    use super::{bit_by_bit, greater, known};

    fn numbers(seed: u64) -> [f64; 64] {
        let mut state = seed;
        std::array::from_fn(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            match state >> 60 {
                0 => f64::NAN,
                1 => f64::INFINITY,
                2 => f64::NEG_INFINITY,
                3 => 1e-10,
                4 => 1.0 + 0.9e-10,
                5 => 1.0 + 1.1e-10,
                few => (few % 3) as f64,
            }
        })
    }

    #[test]
    fn vectors_compare_as_single_numbers_do() {
        for seed in 0..200 {
            let (left, right) = (numbers(seed), numbers(seed + 1_000));
            assert_eq!(greater(&left, &right, 0.0), bit_by_bit(&left, &right, |l, r| l > r));
            assert_eq!(greater(&left, &right, 1e-10), bit_by_bit(&left, &right, |l, r| l - r > 1e-10));
            assert_eq!(known(&left, &right), bit_by_bit(&left, &right, |l, r| !l.is_nan() && !r.is_nan()));
        }
    }

    #[test]
    fn bits_stand_where_their_numbers_stand() {
        for pattern in [0, 1, u64::MAX, 1 << 63, 0x8000_0001_0040_0203, 0xdead_beef_cafe_f00d] {
            let left = std::array::from_fn(|bit| f64::from(u8::from(pattern >> bit & 1 == 1)));
            assert_eq!(greater(&left, &[0.0; 64], 0.0), pattern);
        }
    }
}
