use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;

/// TA-Lib's Chande momentum oscillator: 100 · (G − L) / (G + L) with Wilder's averages G of the rises and L of the
/// falls from bar to bar.
///
/// The averages begin with the means of the first n changes; each step adds change/n − average/n. No movement at all
/// gives 0.
#[derive(Clone, Debug)]
pub struct Cmo {
    n: f64,
    seeds: usize,
    one_over_n: f64,
    /// Prices until the averages are there, n + 1.
    seen: usize,
    previous: f64,
    /// Sums until the averages are there.
    gain: f64,
    loss: f64,
}

constructor!(Cmo(period: usize));
memory!(Cmo { seen, previous, gain, loss });

impl Cmo {
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
            self.gain /= self.n;
            self.loss /= self.n;
        }
        self
    }

    #[inline(always)]
    fn average(&mut self, price: f64) {
        let change = price - self.previous;
        self.previous = price;
        let rise = if change > 0.0 { change } else { 0.0 };
        let weight = self.one_over_n;
        self.gain += rise * weight - self.gain * weight;
        self.loss += (rise - change) * weight - self.loss * weight;
    }
}

#[inline(always)]
fn balance(gain: f64, loss: f64) -> f64 {
    let total = gain + loss;
    if total > 0.0 { 100.0 * ((gain - loss) / total) } else { 0.0 }
}

impl Indicator<1, 1> for Cmo {
    const NAME: &'static str = "cmo";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 128;

    fn build(args: &[f64]) -> Self {
        let n = args[0];
        Self { n, seeds: args::bars(args, 0), one_over_n: 1.0 / n, seen: 0, previous: 0.0, gain: 0.0, loss: 0.0 }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        if self.seen <= self.seeds {
            *self = self.clone().seeded(price);
            return [if self.seen <= self.seeds { f64::NAN } else { balance(self.gain, self.loss) }];
        }
        self.average(price);
        [balance(self.gain, self.loss)]
    }

    #[inline(always)]
    fn run_known(&mut self, [prices]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let n_seeds = (self.seeds + 1 - self.seen).min(prices.len());
        step_each(self, [&prices[..n_seeds]], [&mut out[..n_seeds]]);
        // A copy that nothing else can see is kept in registers.
        let mut state = self.clone();
        for (value, &price) in out[n_seeds..].iter_mut().zip(&prices[n_seeds..]) {
            state.average(price);
            *value = balance(state.gain, state.loss);
        }
        *self = state;
    }
}
