use super::batch::step_first;
use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::ring::Ring;

/// TA-Lib's detrended price oscillator: the price of n/2 + 1 bars ago (n/2 without its fraction) minus the simple average
/// of the last n prices, from one running total.
#[derive(Clone, Debug)]
pub struct Dpo {
    period: usize,
    n: f64,
    /// How many bars ago the price is.
    shift: usize,
    prices: Ring,
    /// Sum of the window without its oldest price, once there are values.
    total: f64,
}

constructor!(Dpo(period: usize));
memory!(Dpo { prices, total });

impl Indicator<1, 1> for Dpo {
    const NAME: &'static str = "dpo";

    fn build(args: &[f64]) -> Self {
        let [lookback] = Self::lookback(args);
        let period = args::bars(args, 0);
        Self { period, n: args[0], shift: period / 2 + 1, prices: Ring::new(lookback + 1), total: 0.0 }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        let period = args::bars(args, 0);
        [(period - 1).max(period / 2 + 1)]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        self.prices.push(price);
        let missing = self.prices.capacity() - self.prices.len();
        // The total is that of the window of the first value: for a period of 2 it leaves the first price out.
        if missing < self.period {
            self.total += price;
        }
        if missing > 0 {
            return [f64::NAN];
        }
        let value = self.prices.back(self.shift) - self.total / self.n;
        self.total -= self.prices.back(self.period - 1);
        [value]
    }

    #[inline(always)]
    fn run_known(&mut self, [prices]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let n_first = prices.len().min(self.prices.capacity());
        step_first(self, n_first, [prices], &mut [&mut *out]);
        if n_first < prices.len() {
            let mut total = self.total;
            let past = prices[n_first - self.shift..].iter().zip(&prices[n_first + 1 - self.period..]);
            for ((value, &price), (&shifted, &leaving)) in out[n_first..].iter_mut().zip(&prices[n_first..]).zip(past) {
                total += price;
                *value = shifted - total / self.n;
                total -= leaving;
            }
            self.total = total;
            self.prices.extend(&prices[n_first..]);
        }
    }
}
