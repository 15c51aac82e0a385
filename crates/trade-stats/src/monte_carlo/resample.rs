use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

use crate::error::{Error, check_count};

/// How new series are made of an old one.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Resampling {
    /// Every value once, in random order: what luck of order did. The final result stays the same; drawdowns differ.
    Shuffle,
    /// Values drawn with replacement, each on its own: right for independent values, as trades often are.
    Independent,
    /// Blocks of `length` values from anywhere, around the end: keeps the memory of up to a block.
    CircularBlocks {
        /// Length of a block, 1 to the number of values.
        length: usize,
    },
    /// Blocks of `length` values that do not go around the end: the first and last values come less often.
    MovingBlocks {
        /// Length of a block, 1 to the number of values.
        length: usize,
    },
    /// Blocks of geometrically distributed length around the end: the resampled series is stationary.
    StationaryBlocks {
        /// Mean length, 1 to the number of values.
        mean_length: f64,
    },
}

/// Rows of resamples. Resample number i has a random stream of its own, so it is the same whoever computes it and whatever
/// was computed before: the key to equal results on any number of threads.
///
/// Source: B. Efron, *Bootstrap Methods* (1979); H. R. Künsch, *The Jackknife and the Bootstrap for General Stationary
/// Observations* (1989); D. N. Politis, J. P. Romano, *A Circular Block-Resampling Procedure* (1992) and *The Stationary
/// Bootstrap* (1994).
///
/// ```
/// use trade_stats::{Resampler, Resampling};
///
/// let resampler = Resampler::new(100, Resampling::CircularBlocks { length: 10 }, 7)?;
/// let (mut a, mut b) = ([0; 100], [0; 100]);
/// resampler.fill(3, &mut a);
/// resampler.fill(4, &mut b);
/// assert_ne!(a, b);
/// resampler.fill(3, &mut b);
/// assert_eq!(a, b);
/// # Ok::<(), trade_stats::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Resampler {
    random: ChaCha8Rng,
    n: usize,
    kind: Resampling,
}

impl Resampler {
    /// Resamples of a series of `n` values.
    ///
    /// # Errors
    /// [`Error::TooFew`] if `n` is 0; [`Error::OutOfRange`] for a block length of 0 or above `n`, or a mean length below 1
    /// or above `n`.
    pub fn new(n: usize, kind: Resampling, seed: u64) -> Result<Self, Error> {
        check_count("values", n, 1)?;
        match kind {
            Resampling::CircularBlocks { length } | Resampling::MovingBlocks { length }
                if !(1..=n).contains(&length) =>
            {
                let allowed = "1 to the number of values";
                Err(Error::OutOfRange { what: "block length", value: length as f64, allowed })
            }
            Resampling::StationaryBlocks { mean_length } if !(1.0..=n as f64).contains(&mean_length) => {
                Err(Error::OutOfRange {
                    what: "mean block length",
                    value: mean_length,
                    allowed: "1 to the number of values",
                })
            }
            _ => Ok(Self { random: ChaCha8Rng::seed_from_u64(seed), n, kind }),
        }
    }

    /// Writes the rows, each below `n`, of resample number `index`. A [`Resampling::Shuffle`] writes a permutation.
    ///
    /// # Panics
    /// If `out` does not have `n` entries.
    pub fn fill(&self, index: u64, out: &mut [usize]) {
        assert_eq!(out.len(), self.n, "Resampler::fill: out must have one entry per value");
        let mut random = self.random.clone();
        random.set_stream(index);
        match self.kind {
            Resampling::Shuffle => shuffle(&mut random, out),
            Resampling::Independent => out.iter_mut().for_each(|row| *row = below(&mut random, self.n)),
            Resampling::CircularBlocks { length } => {
                self.blocks(out, || (below(&mut random, self.n), length));
            }
            Resampling::MovingBlocks { length } => {
                self.blocks(out, || (below(&mut random, self.n - length + 1), length));
            }
            Resampling::StationaryBlocks { mean_length } => {
                let log_continue = libm::log1p(-1.0 / mean_length);
                self.blocks(out, || (below(&mut random, self.n), geometric(&mut random, log_continue, self.n)));
            }
        }
    }

    /// Fills `out` with blocks given by start and length, the last cut off.
    fn blocks(&self, out: &mut [usize], mut next: impl FnMut() -> (usize, usize)) {
        let mut done = 0;
        while done < out.len() {
            let (start, length) = next();
            let end = out.len().min(done + length);
            for (offset, row) in out[done..end].iter_mut().enumerate() {
                let position = start + offset;
                *row = if position < self.n { position } else { position - self.n };
            }
            done = end;
        }
    }
}

/// Fisher and Yates's shuffle of 0, 1, ….
pub(crate) fn shuffle(random: &mut ChaCha8Rng, out: &mut [usize]) {
    for (i, row) in out.iter_mut().enumerate() {
        *row = i;
    }
    for i in (1..out.len()).rev() {
        out.swap(i, below(random, i + 1));
    }
}

/// A number below `n`.
fn below(random: &mut ChaCha8Rng, n: usize) -> usize {
    let scaled = (u128::from(random.next_u64()) * n as u128) >> 64;
    usize::try_from(scaled).expect("a number below n")
}

/// Length of a block that goes on with the probability whose logarithm is `log_continue`, at most `limit`.
fn geometric(random: &mut ChaCha8Rng, log_continue: f64, limit: usize) -> usize {
    // In (0, 1], so that the logarithm is finite.
    let uniform = ((random.next_u64() >> 11) as f64 + 1.0) / (1_u64 << 53) as f64;
    let more = libm::log(uniform) / log_continue;
    if more < limit as f64 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ more < limit")]
        let more = more as usize;
        limit.min(1 + more)
    } else {
        limit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(kind: Resampling, n: usize, index: u64) -> Vec<usize> {
        let mut out = vec![0; n];
        Resampler::new(n, kind, 5).unwrap().fill(index, &mut out);
        out
    }

    #[test]
    fn a_shuffle_has_every_row_once() {
        let mut found = rows(Resampling::Shuffle, 100, 1);
        assert_ne!(found, rows(Resampling::Shuffle, 100, 2));
        found.sort_unstable();
        assert_eq!(found, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn every_kind_draws_every_row() {
        for kind in [
            Resampling::Independent,
            Resampling::CircularBlocks { length: 7 },
            Resampling::StationaryBlocks { mean_length: 4.0 },
        ] {
            let mut counts = [0_u32; 20];
            for index in 0..2_000 {
                for row in rows(kind, 20, index) {
                    counts[row] += 1;
                }
            }
            // The rows of one block are not independent: its length widens the spread of a count.
            assert!(counts.iter().all(|count| (1_700..2_300).contains(count)), "{kind:?} {counts:?}");
        }
    }

    #[test]
    fn moving_blocks_do_not_go_around_the_end() {
        for index in 0..50 {
            let found = rows(Resampling::MovingBlocks { length: 5 }, 20, index);
            assert!(found.chunks(5).all(|block| block.windows(2).all(|pair| pair[1] == pair[0] + 1)));
        }
        assert_eq!(rows(Resampling::MovingBlocks { length: 20 }, 20, 9), (0..20).collect::<Vec<_>>());
    }

    #[test]
    fn blocks_have_the_mean_length_asked_for() {
        let mut breaks = 0_u32;
        for index in 0..200 {
            let found = rows(Resampling::StationaryBlocks { mean_length: 8.0 }, 1_000, index);
            breaks += found.windows(2).map(|pair| u32::from((pair[0] + 1) % 1_000 != pair[1])).sum::<u32>();
        }
        let mean = 200.0 * 999.0 / f64::from(breaks);
        assert!((mean - 8.0).abs() < 0.2, "{mean}");
    }

    #[test]
    fn impossible_settings_are_errors() {
        let error = |n, kind| Resampler::new(n, kind, 1).unwrap_err();
        assert!(matches!(error(0, Resampling::Shuffle), Error::TooFew { .. }));
        for length in [0, 11] {
            assert!(matches!(error(10, Resampling::CircularBlocks { length }), Error::OutOfRange { .. }));
            assert!(matches!(error(10, Resampling::MovingBlocks { length }), Error::OutOfRange { .. }));
        }
        for mean_length in [0.0, 10.5, f64::NAN, f64::INFINITY] {
            assert!(matches!(error(10, Resampling::StationaryBlocks { mean_length }), Error::OutOfRange { .. }));
        }
        assert_eq!(rows(Resampling::Shuffle, 1, 0), [0]);
    }
}
