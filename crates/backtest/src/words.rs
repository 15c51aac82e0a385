//! Comparisons of the numbers of a block, as bits of words; bit 0 of word 0 is the first bar. A NaN compares with nothing.

/// Bars in a block.
pub(crate) const BLOCK: usize = 1024;
const N_WORDS: usize = BLOCK / 64;

/// One number at each bar of a block.
pub(crate) type Block = [f64; BLOCK];
/// A truth at each bar of a block.
pub(crate) type Words = [u64; N_WORDS];

/// All words of `of` the words of two.
pub(crate) fn join(left: &Words, right: &Words, of: impl Fn(u64, u64) -> u64) -> Words {
    std::array::from_fn(|word| of(left[word], right[word]))
}

/// Each truth a bar later, with `first` at the first bar.
pub(crate) fn later(words: &Words, first: bool) -> Words {
    std::array::from_fn(|word| {
        let carried = if word == 0 { u64::from(first) } else { words[word - 1] >> 63 };
        words[word] << 1 | carried
    })
}

/// The truth at a bar of the block.
pub(crate) fn holds(words: &Words, bar: usize) -> bool {
    words[bar / 64] >> (bar % 64) & 1 == 1
}

/// The first bar from `bar` on at which a word of `of` is true.
pub(crate) fn next(bar: usize, of: impl Fn(usize) -> u64) -> Option<usize> {
    let mut word = bar / 64;
    let mut rest = of(word) >> (bar % 64) << (bar % 64);
    while rest == 0 {
        word += 1;
        if word == N_WORDS {
            return None;
        }
        rest = of(word);
    }
    Some(64 * word + rest.trailing_zeros() as usize)
}

/// The bars at which the left number is more than `by` above the right one.
pub(crate) fn greater(left: &Block, right: &Block, by: f64) -> Words {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V4::try_new() {
        return simd.vectorize(
            #[inline(always)]
            || eights::greater(simd, left, right, by),
        );
    } else if let Some(simd) = pulp::x86::V3::try_new() {
        return simd.vectorize(
            #[inline(always)]
            || fours::greater(simd, left, right, by),
        );
    }
    bit_by_bit(left, right, |left, right| if by == 0.0 { left > right } else { left - right > by })
}

/// The bars at which the left number is above the right one, below it, and at which neither is missing.
pub(crate) fn order(left: &Block, right: &Block) -> [Words; 3] {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V4::try_new() {
        return simd.vectorize(
            #[inline(always)]
            || eights::order(simd, left, right),
        );
    }
    [greater(left, right, 0.0), greater(right, left, 0.0), known(left, right)]
}

/// The bars at which neither number is missing.
pub(crate) fn known(left: &Block, right: &Block) -> Words {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V4::try_new() {
        return simd.vectorize(
            #[inline(always)]
            || eights::known(simd, left, right),
        );
    } else if let Some(simd) = pulp::x86::V3::try_new() {
        return simd.vectorize(
            #[inline(always)]
            || fours::known(simd, left, right),
        );
    }
    bit_by_bit(left, right, |left, right| !left.is_nan() && !right.is_nan())
}

fn bit_by_bit(left: &Block, right: &Block, holds: impl Fn(f64, f64) -> bool) -> Words {
    let mut words = [0; N_WORDS];
    for (bar, (&left, &right)) in left.iter().zip(right).enumerate() {
        words[bar / 64] |= u64::from(holds(left, right)) << (bar % 64);
    }
    words
}

#[cfg(target_arch = "x86_64")]
mod eights {
    use std::arch::x86_64::{__m512d, _CMP_GT_OQ, _CMP_LT_OQ, _CMP_ORD_Q};

    use pulp::x86::V4;

    use super::{Block, N_WORDS, Words};

    #[inline(always)]
    pub(super) fn greater(simd: V4, left: &Block, right: &Block, by: f64) -> Words {
        let (avx, limit) = (simd.avx512f, pulp::cast([by; 8]));
        let [words] = if by == 0.0 {
            words(
                left,
                right,
                #[inline(always)]
                |left, right| [avx._mm512_cmp_pd_mask::<_CMP_GT_OQ>(left, right)],
            )
        } else {
            words(
                left,
                right,
                #[inline(always)]
                |left, right| [avx._mm512_cmp_pd_mask::<_CMP_GT_OQ>(avx._mm512_sub_pd(left, right), limit)],
            )
        };
        words
    }

    #[inline(always)]
    pub(super) fn known(simd: V4, left: &Block, right: &Block) -> Words {
        let [words] = words(
            left,
            right,
            #[inline(always)]
            |left, right| [simd.avx512f._mm512_cmp_pd_mask::<_CMP_ORD_Q>(left, right)],
        );
        words
    }

    #[inline(always)]
    pub(super) fn order(simd: V4, left: &Block, right: &Block) -> [Words; 3] {
        let avx = simd.avx512f;
        words(
            left,
            right,
            #[inline(always)]
            |left, right| {
                [
                    avx._mm512_cmp_pd_mask::<_CMP_GT_OQ>(left, right),
                    avx._mm512_cmp_pd_mask::<_CMP_LT_OQ>(left, right),
                    avx._mm512_cmp_pd_mask::<_CMP_ORD_Q>(left, right),
                ]
            },
        )
    }

    /// What `compare` says of eight pairs at a time, each of its answers in words of its own.
    #[inline(always)]
    fn words<const N: usize>(left: &Block, right: &Block, compare: impl Fn(__m512d, __m512d) -> [u8; N]) -> [Words; N] {
        let mut bytes = [[0; 8 * N_WORDS]; N];
        let pairs = left.as_chunks::<8>().0.iter().zip(right.as_chunks::<8>().0);
        for (index, (left, right)) in pairs.enumerate() {
            let answers = compare(pulp::cast(*left), pulp::cast(*right));
            for (bytes, answer) in bytes.iter_mut().zip(answers) {
                bytes[index] = answer;
            }
        }
        bytes.map(|bytes| {
            let (words, _) = bytes.as_chunks::<8>();
            std::array::from_fn(|word| u64::from_le_bytes(words[word]))
        })
    }
}

#[cfg(target_arch = "x86_64")]
mod fours {
    use std::arch::x86_64::{__m256d, _CMP_GT_OQ, _CMP_ORD_Q};

    use pulp::x86::V3;

    use super::{Block, N_WORDS, Words};

    #[inline(always)]
    pub(super) fn greater(simd: V3, left: &Block, right: &Block, by: f64) -> Words {
        let (avx, limit) = (simd.avx, pulp::cast([by; 4]));
        if by == 0.0 {
            words(
                simd,
                left,
                right,
                #[inline(always)]
                |left, right| avx._mm256_cmp_pd::<_CMP_GT_OQ>(left, right),
            )
        } else {
            words(
                simd,
                left,
                right,
                #[inline(always)]
                |left, right| avx._mm256_cmp_pd::<_CMP_GT_OQ>(avx._mm256_sub_pd(left, right), limit),
            )
        }
    }

    #[inline(always)]
    pub(super) fn known(simd: V3, left: &Block, right: &Block) -> Words {
        words(
            simd,
            left,
            right,
            #[inline(always)]
            |left, right| simd.avx._mm256_cmp_pd::<_CMP_ORD_Q>(left, right),
        )
    }

    /// The signs of what `compare` gives of four pairs at a time.
    #[inline(always)]
    fn words(simd: V3, left: &Block, right: &Block, compare: impl Fn(__m256d, __m256d) -> __m256d) -> Words {
        let mut words = [0; N_WORDS];
        let pairs = left.as_chunks::<64>().0.iter().zip(right.as_chunks::<64>().0);
        for (word, (left, right)) in words.iter_mut().zip(pairs) {
            for (index, (left, right)) in left.as_chunks::<4>().0.iter().zip(right.as_chunks::<4>().0).enumerate() {
                let mask = simd.avx._mm256_movemask_pd(compare(pulp::cast(*left), pulp::cast(*right)));
                *word |= u64::from(mask.cast_unsigned()) << (4 * index);
            }
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Block, bit_by_bit, greater, holds, known, later, next, order};

    fn numbers(seed: u64) -> Block {
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
        for seed in 0..20 {
            let (left, right) = (numbers(seed), numbers(seed + 1_000));
            assert_eq!(greater(&left, &right, 0.0), bit_by_bit(&left, &right, |l, r| l > r));
            assert_eq!(greater(&left, &right, 1e-10), bit_by_bit(&left, &right, |l, r| l - r > 1e-10));
            assert_eq!(known(&left, &right), bit_by_bit(&left, &right, |l, r| !l.is_nan() && !r.is_nan()));
            let each = [greater(&left, &right, 0.0), greater(&right, &left, 0.0), known(&left, &right)];
            assert_eq!(order(&left, &right), each);
        }
    }

    #[test]
    fn bits_stand_where_their_bars_stand() {
        let (left, one) = (numbers(7), [1.0; BLOCK]);
        let words = greater(&left, &one, 0.0);
        let shifted = later(&words, true);
        for bar in 0..BLOCK {
            assert_eq!(holds(&words, bar), left[bar] > 1.0);
            assert_eq!(holds(&shifted, bar), bar == 0 || left[bar - 1] > 1.0);
            assert_eq!(next(bar, |word| words[word]), (bar..BLOCK).find(|&bar| left[bar] > 1.0));
        }
    }
}
