use backtest::Plan;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use serde::{Deserialize, Serialize};
use strategy::Params;

use crate::{Candidate, Error, Space};

/// Which points of a [`Space`] are tried.
///
/// ```
/// use optimizer::Sampler;
///
/// let sampler: Sampler = serde_json::from_str(r#"{ "random": { "n": 5000, "seed": 42 } }"#)?;
/// assert_eq!(sampler, Sampler::Random { n: 5_000, seed: 42 });
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Sampler {
    /// All of them.
    Grid {
        /// Points a strategy's grid may have, those that break a constraint included; more are an error.
        max_points: u64,
    },
    /// Random ones, each at most once.
    Random {
        /// Number of points of each strategy; all of them if there are no more.
        n: usize,
        /// Seed. With the same seed, a smaller `n` gives the first points of a larger one.
        seed: u64,
    },
}

/// The points of one strategy that `sampler` chooses and the strategy's constraints allow.
///
/// Random points are the first `n` allowed ones along a seeded permutation of the whole grid, so nothing is held in
/// memory but the result.
///
/// # Errors
/// [`Error::GridTooLarge`] for a grid with more than `max_points`; [`Error::TooFewPoints`] if a random sample is still
/// incomplete after the larger of 2²⁰ and 1,000 · `n` points of a grid that has more.
pub fn sample(space: &Space<'_>, sampler: &Sampler) -> Result<Vec<Params>, Error> {
    match *sampler {
        Sampler::Grid { max_points } => {
            if space.n_points() > max_points.into() {
                let strategy = space.strategy().name.clone();
                return Err(Error::GridTooLarge { strategy, n_points: space.n_points(), max_points });
            }
            Ok(space.points().collect())
        }
        Sampler::Random { n, seed } => random(space, n, seed),
    }
}

/// The candidates of several strategies: those of the first, then those of the second, and so on.
///
/// # Errors
/// Those of [`Space::of`] and [`sample`], and [`Error::NoCandidates`] if there are none.
pub fn candidates(plans: &[Plan], sampler: &Sampler) -> Result<Vec<Candidate>, Error> {
    let mut candidates = Vec::new();
    for (strategy, plan) in plans.iter().enumerate() {
        let space = Space::of(plan.strategy())?;
        let points = sample(&space, sampler)?;
        candidates.extend(points.into_iter().map(|params| Candidate { strategy, params }));
    }
    if candidates.is_empty() { Err(Error::NoCandidates) } else { Ok(candidates) }
}

fn random(space: &Space<'_>, n: usize, seed: u64) -> Result<Vec<Params>, Error> {
    let limit = space.n_points().min((1_u128 << 20).max(1_000 * n as u128));
    let order = Permutation::new(space.n_points(), seed);
    let mut found = Vec::new();
    let mut position = 0;
    while found.len() < n && position < limit {
        let point = space.point(order.at(position)).expect("a permutation stays inside the grid");
        if space.allows(&point) {
            found.push(point);
        }
        position += 1;
    }
    if found.len() < n && position < space.n_points() {
        let strategy = space.strategy().name.clone();
        return Err(Error::TooFewPoints { strategy, visited: position, found: found.len(), wanted: n });
    }
    Ok(found)
}

/// A seeded permutation of 0..n that is computed point by point: a Feistel network over the next even power of two,
/// walked until the result is below n.
///
/// Source: J. Black, P. Rogaway, *Ciphers with Arbitrary Finite Domains*, CT-RSA 2002.
struct Permutation {
    n: u128,
    half_bits: u32,
    keys: [u64; ROUNDS],
}

const ROUNDS: usize = 8;

impl Permutation {
    fn new(n: u128, seed: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let bits = u128::BITS - n.saturating_sub(1).leading_zeros();
        Self { n, half_bits: bits.div_ceil(2).max(1), keys: std::array::from_fn(|_| random.next_u64()) }
    }

    /// Where `position`, below n, goes.
    fn at(&self, position: u128) -> u128 {
        let mut value = self.shuffle(position);
        while value >= self.n {
            value = self.shuffle(value);
        }
        value
    }

    fn shuffle(&self, value: u128) -> u128 {
        let mask = (1_u128 << self.half_bits) - 1;
        let (mut left, mut right) = (value >> self.half_bits, value & mask);
        for key in self.keys {
            let low = u64::try_from(right).expect("a half has at most 64 bits");
            (left, right) = (right, left ^ (u128::from(mix(low ^ key)) & mask));
        }
        left << self.half_bits | right
    }
}

/// The finaliser of `SplitMix64` (Steele, Lea, Flood, OOPSLA 2014).
pub(crate) fn mix(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permutation_visits_every_point_once() {
        for n in (1..70).chain([255, 256, 257, 1_000]) {
            let order = Permutation::new(n, 42);
            let mut seen: Vec<u128> = (0..n).map(|position| order.at(position)).collect();
            seen.sort_unstable();
            assert!(seen.into_iter().eq(0..n), "{n}");
        }
    }

    #[test]
    fn the_first_point_is_uniform_over_seeds() {
        let mut counts = [0_u32; 10];
        for seed in 0..20_000 {
            counts[usize::try_from(Permutation::new(10, seed).at(0)).unwrap()] += 1;
        }
        assert!(counts.iter().all(|&count| (1_800..2_200).contains(&count)), "{counts:?}");
    }

    #[test]
    fn the_largest_grid_is_permuted_without_overflow() {
        let order = Permutation::new(u128::MAX, 1);
        assert_ne!(order.at(0), order.at(u128::MAX - 1));
    }
}
