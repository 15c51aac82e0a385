use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// The random numbers of one proposal.
///
/// Each proposal has a stream of its own under the seed, so that what one draws does not depend on what others drew.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    source: ChaCha8Rng,
}

impl Stream {
    pub(crate) fn new(seed: u64, proposal: u64) -> Self {
        let mut source = ChaCha8Rng::seed_from_u64(seed);
        source.set_stream(proposal);
        Self { source }
    }

    /// Uniform in 0 (included) to 1 (excluded), a multiple of 2⁻⁵³.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.source.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True with that probability.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Uniform among 0 to `n` − 1, by multiplication; the bias is below n / 2⁶⁴.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        let product = u128::from(self.source.next_u64()) * n as u128;
        usize::try_from(product >> 64).expect("the high half is below n")
    }

    /// One of `items`, each equally likely.
    ///
    /// # Panics
    /// If there is none.
    pub(crate) fn pick<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        &items[self.below(items.len())]
    }

    /// The position of one of `weights`, in proportion to them; `None` if none is above 0.
    pub(crate) fn weighted(&mut self, weights: impl Iterator<Item = f64> + Clone) -> Option<usize> {
        let total: f64 = weights.clone().sum();
        let mut left = self.unit() * total;
        let mut last = None;
        for (index, weight) in weights.enumerate().filter(|&(_, weight)| weight > 0.0) {
            last = Some(index);
            left -= weight;
            if left < 0.0 {
                break;
            }
        }
        last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_in_proportion_to_the_weights() {
        let weights = [1.0, 0.0, 3.0];
        let mut counts = [0_u32; 3];
        let mut random = Stream::new(1, 0);
        for _ in 0..40_000 {
            counts[random.weighted(weights.into_iter()).unwrap()] += 1;
        }
        assert!((9_600..10_400).contains(&counts[0]) && counts[1] == 0, "{counts:?}");
        assert_eq!(random.weighted([0.0; 2].into_iter()), None);
    }

    #[test]
    fn streams_of_a_seed_differ() {
        let mut draws: Vec<u64> = (0..1_000).map(|stream| Stream::new(7, stream).unit().to_bits()).collect();
        draws.sort_unstable();
        draws.dedup();
        assert_eq!(draws.len(), 1_000);
    }
}
