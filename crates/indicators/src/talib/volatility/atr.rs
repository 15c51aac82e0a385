use super::true_range::true_range;
use crate::args;
use crate::indicator::{Indicator, constructor, is_missing, run_block_by};
use crate::lanes::lockstep::{Lane, Recursion};
use crate::lanes::{Four, OfRanges, Wide, run_ranges};
use crate::memory::memory;
use crate::missing::is_known;
use crate::simd;
use crate::talib::overlap::smoothing::Smoothing;

/// TA-Lib's average true range: the mean of the first n true ranges, then (n − 1)/n of the previous value and 1/n of
/// the new range in one fused multiply-add. The first bar has no true range, so the first value stands at bar n.
#[derive(Clone, Debug)]
pub struct Atr {
    n: f64,
    seeds: usize,
    /// Weight of the previous value.
    beta: f64,
    /// Weight of the new true range.
    alpha: f64,
    /// Bars until there is a value, n + 1.
    seen: usize,
    previous_close: f64,
    /// Sum of the true ranges until there are n, then their average.
    value: f64,
}

constructor!(Atr(period: usize));
memory!(Atr { seen, previous_close, value });

impl Atr {
    /// Takes the next range before there is an average. Inlined, so that the state can stay in registers.
    #[inline(always)]
    fn seed(&mut self, range: f64) -> f64 {
        self.value += if self.seen == 0 { 0.0 } else { range };
        self.seen += 1;
        if self.seen <= self.seeds {
            return f64::NAN;
        }
        self.value /= self.n;
        self.value
    }

    /// The averages of all bars, each put through `reading` with its close; before there is one, NaN. Says whether no
    /// price is missing.
    #[inline(always)]
    pub(super) fn run(&mut self, inputs: [&[f64]; 3], out: &mut [f64], reading: impl Fn(f64, f64) -> f64) -> bool {
        let start = (self.seeds + 1 - self.seen).max(1).min(out.len());
        let mut known = true;
        for bar in 0..start {
            let bar_prices = inputs.map(|column| column[bar]);
            known &= !is_missing::<Self, 3, 1>(&bar_prices);
            let [value] = self.step(bar_prices);
            out[bar] = if value.is_nan() { value } else { reading(value, bar_prices[2]) };
        }
        if start == out.len() {
            return known;
        }
        let [high, low, close] = inputs;
        let (alpha, beta, mut value) = (self.alpha, self.beta, self.value);
        let bars = high[start..].iter().zip(&low[start..]).zip(close[start - 1..].iter().zip(&close[start..]));
        for (out, ((&high, &low), (&previous, &close))) in out[start..].iter_mut().zip(bars) {
            known &= is_known(high) & is_known(low) & is_known(close);
            value = beta.mul_add(value, alpha * true_range(high, low, previous));
            *out = reading(value, close);
        }
        self.value = value;
        self.previous_close = close[close.len() - 1];
        known
    }
}

/// The average as it is.
#[inline(always)]
pub(super) fn itself(average: f64, _close: f64) -> f64 {
    average
}

impl Indicator<3, 1> for Atr {
    const NAME: &'static str = "atr";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let n = args[0];
        let beta = (n - 1.0) / n;
        Self { n, seeds: args::bars(args, 0), beta, alpha: 1.0 - beta, seen: 0, previous_close: 0.0, value: 0.0 }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 1] {
        let range = true_range(high, low, self.previous_close);
        self.previous_close = close;
        if self.seen <= self.seeds {
            return [self.seed(range)];
        }
        self.value = self.beta.mul_add(self.value, self.alpha * range);
        [self.value]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 3], outputs: [&mut [f64]; 1]) {
        run_block_by(
            self,
            inputs,
            outputs,
            #[inline(always)]
            |state, inputs, [out]| state.run(inputs, out, itself),
        );
    }

    fn run_lanes(states: &mut [Self], inputs: &[[&[f64]; 3]], outputs: &mut [[&mut [f64]; 1]]) {
        run_ranges(states, inputs, outputs);
    }
}

impl OfRanges<2, 1> for Atr {
    const LONGEST_IN_STEP: usize = 40_000;

    fn bars_to_ranges(&self) -> usize {
        (self.seeds + 1).saturating_sub(self.seen)
    }

    fn close(&self) -> f64 {
        if self.seen == 0 { f64::NAN } else { self.previous_close }
    }

    fn set_close(&mut self, close: f64) {
        self.previous_close = close;
    }

    #[inline(always)]
    fn range(high: f64, low: f64, close_before: f64) -> f64 {
        true_range(high, low, close_before)
    }
}

/// Of the true ranges.
impl Lane<2, 1> for Atr {
    type Recursion = Self;

    #[inline(always)]
    fn recursion(&mut self) -> &mut Self {
        self
    }

    fn run_alone(&mut self, ranges: &[f64], out: &mut [f64]) {
        simd::dispatch(
            #[inline(always)]
            || {
                for (out, range) in out.iter_mut().zip(ranges) {
                    self.value = self.beta.mul_add(self.value, self.alpha * range);
                    *out = self.value;
                }
            },
        );
    }
}

impl Recursion<2, 1> for Atr {
    fn bars_alone(&self) -> Option<usize> {
        Some(self.bars_to_ranges())
    }

    fn constants(&self) -> [f64; 2] {
        [self.beta, self.alpha]
    }

    fn variables(&self) -> [f64; 1] {
        [self.value]
    }

    fn set_variables(&mut self, [value]: [f64; 1]) {
        self.value = value;
    }

    #[inline(always)]
    fn eight_bars<F: Four>(
        token: F::Token,
        constants: &[Wide<F>; 2],
        variables: &mut [Wide<F>; 1],
        ranges: &mut [Wide<F>; 8],
    ) {
        Smoothing::eight_bars(token, constants, variables, ranges);
    }
}
