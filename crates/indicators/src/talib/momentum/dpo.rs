use crate::args;
use crate::indicator::{Indicator, constructor, run_behind_window};
use crate::memory::memory;
use crate::missing::is_known;
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
    const DISPATCH: bool = true;

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
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        let first = self.prices.capacity();
        run_behind_window(
            self,
            first,
            inputs,
            outputs,
            #[inline(always)]
            |state, [prices], [out]| {
                let (mut total, mut known) = (state.total, true);
                let past = prices[first - state.shift..].iter().zip(&prices[first + 1 - state.period..]);
                for ((value, &price), (&shifted, &leaving)) in out.iter_mut().zip(&prices[first..]).zip(past) {
                    known &= is_known(price);
                    total += price;
                    *value = shifted - total / state.n;
                    total -= leaving;
                }
                if known {
                    state.total = total;
                    state.prices.extend(&prices[first..]);
                }
                known
            },
        );
    }
}
