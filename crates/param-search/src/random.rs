use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

use crate::normal::normal_quantile;

/// The random numbers of one trial.
///
/// Each trial has a stream of its own under the seed, so that what a trial draws does not depend on what others drew.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    source: ChaCha8Rng,
}

impl Stream {
    pub(crate) fn new(seed: u64, trial: u64) -> Self {
        let mut source = ChaCha8Rng::seed_from_u64(seed);
        source.set_stream(trial);
        Self { source }
    }

    /// Uniform in 0 (included) to 1 (excluded), a multiple of 2⁻⁵³.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.source.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform in the open interval of 0 and 1.
    pub(crate) fn open_unit(&mut self) -> f64 {
        ((self.source.next_u64() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    /// Standard normal, by the quantile of one uniform number.
    pub(crate) fn normal(&mut self) -> f64 {
        normal_quantile(self.open_unit())
    }

    /// Uniform among 0 to `n` − 1, by multiplication; the bias is below n / 2⁶⁴.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        let product = u128::from(self.source.next_u64()) * n as u128;
        usize::try_from(product >> 64).expect("the high half is below n")
    }
}
