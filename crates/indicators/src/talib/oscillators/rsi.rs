use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;

/// TA-Lib's relative strength index: 100 · G / (G + L) with Wilder's averages G of the rises and L of the falls from
/// bar to bar.
///
/// The averages begin with the means of the first n changes; each step multiplies by n − 1, adds, and multiplies by the
/// rounded 1/n. Only rises give 100, only falls 0, no movement at all 50.
#[derive(Clone, Debug)]
pub struct Rsi {
    seeds: usize,
    n_minus_1: f64,
    one_over_n: f64,
    /// Prices until the averages are there, n + 1.
    seen: usize,
    previous: f64,
    /// Sums until the averages are there.
    gain: f64,
    loss: f64,
}

constructor!(Rsi(period: usize));
memory!(Rsi { seen, previous, gain, loss });

impl Rsi {
    /// [`Indicator::step`] where there are averages.
    #[inline(always)]
    pub(crate) fn follow(&mut self, price: f64) -> f64 {
        self.average(price);
        strength(self.gain, self.loss)
    }

    /// Behind the next price, before there are averages. By value, so that a caller's state can stay in registers.
    #[cold]
    #[inline(never)]
    fn seeded(mut self, price: f64) -> Self {
        let change = if self.seen == 0 { 0.0 } else { price - self.previous };
        let rise = if change > 0.0 { change } else { 0.0 };
        self.gain += rise;
        self.loss += rise - change;
        self.previous = price;
        self.seen += 1;
        if self.seen > self.seeds {
            self.gain *= self.one_over_n;
            self.loss *= self.one_over_n;
        }
        self
    }

    #[inline(always)]
    fn average(&mut self, price: f64) {
        let change = price - self.previous;
        self.previous = price;
        let rise = if change > 0.0 { change } else { 0.0 };
        self.gain = (self.gain * self.n_minus_1 + rise) * self.one_over_n;
        self.loss = (self.loss * self.n_minus_1 + (rise - change)) * self.one_over_n;
    }
}

#[inline(always)]
fn strength(gain: f64, loss: f64) -> f64 {
    let total = gain + loss;
    if total > 0.0 { 100.0 * (gain / total) } else { 50.0 }
}

impl Indicator<1, 1> for Rsi {
    const NAME: &'static str = "rsi";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 128;

    fn build(args: &[f64]) -> Self {
        let n = args[0];
        Self {
            seeds: args::bars(args, 0),
            n_minus_1: n - 1.0,
            one_over_n: 1.0 / n,
            seen: 0,
            previous: 0.0,
            gain: 0.0,
            loss: 0.0,
        }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        if self.seen <= self.seeds {
            *self = self.clone().seeded(price);
            return [if self.seen <= self.seeds { f64::NAN } else { strength(self.gain, self.loss) }];
        }
        self.average(price);
        [strength(self.gain, self.loss)]
    }

    #[inline(always)]
    fn run_known(&mut self, [prices]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let n_seeds = (self.seeds + 1 - self.seen).min(prices.len());
        step_each(self, [&prices[..n_seeds]], [&mut out[..n_seeds]]);
        // A copy that nothing else can see is kept in registers.
        let mut state = self.clone();
        for (value, &price) in out[n_seeds..].iter_mut().zip(&prices[n_seeds..]) {
            state.average(price);
            *value = strength(state.gain, state.loss);
        }
        *self = state;
    }
}
