/// A permutation of 0 to `n` − 1 that is computed, never laid out.
///
/// A Feistel network over the next even number of bits; values at `n` and above are sent through it again until they
/// fall below. Source: J. Black and P. Rogaway, *Ciphers with Arbitrary Finite Domains* (2002), generalised Feistel
/// with cycle walking; the round function is the finaliser of `SplitMix64`, which is no cipher but spreads well.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Permutation {
    n: u128,
    half_bits: u32,
    seed: u64,
}

impl Permutation {
    const ROUNDS: u64 = 8;

    pub(crate) fn new(n: u128, seed: u64) -> Self {
        let bits = 128 - n.saturating_sub(1).leading_zeros();
        Self { n, half_bits: bits.div_ceil(2).max(1), seed }
    }

    /// Where `index` goes.
    pub(crate) fn at(&self, index: u128) -> u128 {
        let mut value = self.cipher(index);
        while value >= self.n {
            value = self.cipher(value);
        }
        value
    }

    fn cipher(&self, value: u128) -> u128 {
        let mask = u64::MAX >> (64 - self.half_bits);
        let low = |x: u128| u64::try_from(x & u128::from(mask)).expect("masked to 64 bits");
        let (mut left, mut right) = (low(value >> self.half_bits), low(value));
        for round in 0..Self::ROUNDS {
            (left, right) = (right, left ^ (mix(right ^ mix(self.seed ^ (round << 56))) & mask));
        }
        (u128::from(left) << self.half_bits) | u128::from(right)
    }
}

/// The finaliser of `SplitMix64`: every bit of the input moves every bit of the output.
pub(crate) fn mix(mut x: u64) -> u64 {
    x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visits_each_number_once() {
        for n in [1_u128, 2, 3, 7, 64, 1_000, 4_097] {
            let permutation = Permutation::new(n, 5);
            let mut seen: Vec<u128> = (0..n).map(|i| permutation.at(i)).collect();
            seen.sort_unstable();
            assert!(seen.into_iter().eq(0..n), "{n}");
        }
    }

    #[test]
    fn reaches_the_ends_of_128_bits() {
        let permutation = Permutation::new(u128::MAX, 1);
        assert_ne!(permutation.at(0), permutation.at(1));
    }
}
