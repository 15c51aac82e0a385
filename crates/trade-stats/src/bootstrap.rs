use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// Settings of a stationary bootstrap.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Bootstrap {
    /// Mean length of a block in periods, at least 1; longer than the memory of the returns.
    pub mean_block: f64,
    /// Number of resamples, at least 1; 1,000 gives p-values to about ±0.03, 10,000 to about ±0.01.
    pub n_resamples: usize,
    /// Seed of the random numbers.
    pub seed: u64,
}

/// Resampling of a time series in blocks of geometrically distributed length that start anywhere and wrap around, so
/// that the resampled series is stationary. Equal seeds give equal resamples.
///
/// Source: D. N. Politis, J. P. Romano, *The Stationary Bootstrap*, JASA 89 (1994).
///
/// ```
/// use trade_stats::StationaryBootstrap;
///
/// let mut bootstrap = StationaryBootstrap::new(100, 10.0, 7).ok_or("no series")?;
/// let mut rows = [0; 100];
/// bootstrap.fill(&mut rows); // the rows of the first resample
/// assert!(rows.iter().all(|row| *row < 100));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug)]
pub struct StationaryBootstrap {
    random: ChaCha8Rng,
    n: usize,
    /// Logarithm of the probability that a block goes on; −∞ for blocks of length 1.
    log_continue: f64,
}

impl StationaryBootstrap {
    /// Resamples of a series of `n` values; `None` if `n` is 0 or `mean_block` is below 1 or not finite.
    pub fn new(n: usize, mean_block: f64, seed: u64) -> Option<Self> {
        if n == 0 || !(mean_block >= 1.0 && mean_block.is_finite()) {
            return None;
        }
        let log_continue = libm::log1p(-1.0 / mean_block);
        Some(Self { random: ChaCha8Rng::seed_from_u64(seed), n, log_continue })
    }

    /// Writes the positions, 0 to n − 1, of the next resample.
    pub fn fill(&mut self, out: &mut [usize]) {
        let mut done = 0;
        while done < out.len() {
            let (start, length) = self.block(out.len() - done);
            for (offset, row) in out[done..done + length].iter_mut().enumerate() {
                *row = (start + offset) % self.n;
            }
            done += length;
        }
    }

    /// Start and length of the next block, cut off at `limit`.
    pub(crate) fn block(&mut self, limit: usize) -> (usize, usize) {
        let start = (u128::from(self.random.next_u64()) * self.n as u128) >> 64;
        let start = usize::try_from(start).expect("a position below n");
        // In (0, 1], so that the logarithm is finite.
        let uniform = ((self.random.next_u64() >> 11) as f64 + 1.0) / (1_u64 << 53) as f64;
        let more = libm::log(uniform) / self.log_continue;
        let length = if more < limit as f64 {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ more < limit")]
            let more = more as usize;
            limit.min(1 + more)
        } else {
            limit
        };
        (start, length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_have_the_mean_length_asked_for() {
        for mean_block in [1.0, 2.0, 10.0, 50.0] {
            let mut bootstrap = StationaryBootstrap::new(1_000, mean_block, 3).unwrap();
            let total: usize = (0..20_000).map(|_| bootstrap.block(usize::MAX).1).sum();
            let found = total as f64 / 20_000.0;
            assert!((found - mean_block).abs() < 0.04 * mean_block, "{found} for {mean_block}");
        }
    }

    #[test]
    fn every_row_is_equally_likely() {
        let mut bootstrap = StationaryBootstrap::new(10, 4.0, 5).unwrap();
        let (mut counts, mut rows) = ([0_u32; 10], [0; 1_000]);
        for _ in 0..100 {
            bootstrap.fill(&mut rows);
            for row in rows {
                counts[row] += 1;
            }
        }
        assert!(counts.iter().all(|&count| (9_400..10_600).contains(&count)), "{counts:?}");
    }

    #[test]
    fn equal_seeds_give_equal_resamples() {
        let rows = |seed| {
            let mut out = [0; 50];
            StationaryBootstrap::new(50, 5.0, seed).unwrap().fill(&mut out);
            out
        };
        assert_eq!(rows(1), rows(1));
        assert_ne!(rows(1), rows(2));
    }

    #[test]
    fn rejects_no_series_and_blocks_below_one() {
        assert!(StationaryBootstrap::new(0, 2.0, 1).is_none());
        for bad in [0.0, 0.99, f64::NAN, f64::INFINITY] {
            assert!(StationaryBootstrap::new(10, bad, 1).is_none());
        }
    }
}
