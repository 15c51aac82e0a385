use crate::args;
use crate::indicator::{Indicator, constructor, run_behind_window};
use crate::lanes::lockstep::{self, Recursion, lane};
use crate::lanes::{Four, Wide};
use crate::memory::memory;
use crate::missing::is_known;

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
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        let n_seeds = (self.seeds + 1).saturating_sub(self.seen);
        run_behind_window(
            self,
            n_seeds,
            inputs,
            outputs,
            #[inline(always)]
            |state, [prices], [out]| {
                // A copy that nothing else can see is kept in registers.
                let (mut next, mut known) = (state.clone(), true);
                for (value, &price) in out.iter_mut().zip(&prices[n_seeds..]) {
                    known &= is_known(price);
                    next.average(price);
                    *value = strength(next.gain, next.loss);
                }
                if known {
                    *state = next;
                }
                known
            },
        );
    }

    fn run_lanes(states: &mut [Self], inputs: &[[&[f64]; 1]], outputs: &mut [[&mut [f64]; 1]]) {
        lockstep::run(states, inputs, outputs);
    }
}

lane!(Rsi, 2, 3);

impl Recursion<2, 3> for Rsi {
    fn bars_alone(&self) -> Option<usize> {
        Some((self.seeds + 1).saturating_sub(self.seen))
    }

    fn constants(&self) -> [f64; 2] {
        [self.n_minus_1, self.one_over_n]
    }

    fn variables(&self) -> [f64; 3] {
        [self.previous, self.gain, self.loss]
    }

    fn set_variables(&mut self, variables: [f64; 3]) {
        [self.previous, self.gain, self.loss] = variables;
    }

    #[inline(always)]
    fn eight_bars<F: Four>(
        token: F::Token,
        [n_minus_1, one_over_n]: &[Wide<F>; 2],
        [previous, gain, loss]: &mut [Wide<F>; 3],
        bars: &mut [Wide<F>; 8],
    ) {
        let (zero, half) = (Wide::splat(token, 0.0), Wide::splat(token, 0.5));
        let (one, hundred) = (Wide::splat(token, 1.0), Wide::splat(token, 100.0));
        for bar in bars {
            let change = *bar - *previous;
            *previous = *bar;
            let rise = change.if_above(zero, change, zero);
            *gain = (*gain * *n_minus_1 + rise) * *one_over_n;
            *loss = (*loss * *n_minus_1 + (rise - change)) * *one_over_n;
            let total = *gain + *loss;
            *bar = hundred * (total.if_above(zero, *gain, half) / total.if_above(zero, total, one));
        }
    }
}
