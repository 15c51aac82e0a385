use super::batch::step_first;
use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::ring::Ring;

/// TA-Lib's efficiency ratio of Kaufman: |price − price n bars ago| / sum of the n changes between them, at most 1.
///
/// The sum is a running one. It is set to 0 where the price has stood still for n bars, so that what rounding has left
/// in it does not show. Without any movement the ratio is 1, likewise where the sum is not above the change.
#[derive(Clone, Debug)]
pub struct Er {
    prices: Ring,
    path: Path,
}

/// The way the price went.
#[derive(Clone, Copy, Debug)]
struct Path {
    period: usize,
    sum: f64,
    /// How many of the last changes are 0 without a break.
    still: usize,
}

constructor!(Er(period: usize));
memory!(Path { sum, still });
memory!(Er { prices, path });

impl Indicator<1, 1> for Er {
    const NAME: &'static str = "er";

    fn build(args: &[f64]) -> Self {
        let period = args::bars(args, 0);
        Self { prices: Ring::new(period + 1), path: Path { period, sum: 0.0, still: 0 } }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        if self.prices.len() == 0 {
            self.prices.push(price);
            return [f64::NAN];
        }
        let last = self.prices.back(0);
        let was_full = self.prices.is_full();
        let left = self.prices.push(price);
        if was_full {
            self.path.leave(left, self.prices.oldest());
        }
        self.path.enter(last, price);
        if !self.prices.is_full() {
            return [f64::NAN];
        }
        [self.path.efficiency(price - self.prices.oldest())]
    }

    #[inline(always)]
    fn run_known(&mut self, [prices]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let n_first = prices.len().min(self.prices.capacity());
        step_first(self, n_first, [prices], &mut [&mut *out]);
        if n_first < prices.len() {
            let mut path = self.path;
            let newest = prices[n_first - 1..].windows(2);
            for ((value, new), old) in out[n_first..].iter_mut().zip(newest).zip(prices.windows(2)) {
                path.leave(old[0], old[1]);
                path.enter(new[0], new[1]);
                *value = path.efficiency(new[1] - old[1]);
            }
            self.path = path;
            self.prices.extend(&prices[n_first..]);
        }
    }
}

impl Path {
    #[inline(always)]
    fn leave(&mut self, from: f64, to: f64) {
        self.sum -= (from - to).abs();
    }

    #[inline(always)]
    fn enter(&mut self, from: f64, to: f64) {
        let change = (to - from).abs();
        self.sum += change;
        self.still = if change <= 0.0 { self.still + 1 } else { 0 };
        if self.still >= self.period {
            self.sum = 0.0;
        }
    }

    #[inline(always)]
    fn efficiency(&self, change: f64) -> f64 {
        if self.sum <= 0.0 || self.sum <= change {
            return 1.0;
        }
        let ratio = (change / self.sum).abs();
        if ratio > 1.0 { 1.0 } else { ratio }
    }
}
