use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::lanes::lockstep::{self, LARGEST_STATE, Recursion, lane};
use crate::lanes::{Four, Wide};
use crate::memory::memory;
use crate::tradingview::pieces::Sum;

/// TradingView's exponential moving average: starts with the simple average of the first `period` values, then moves by
/// 2/(n + 1) of the distance to each: a difference, a product and a sum, each rounded.
///
/// An na gives na and is passed over. A period of 1 is the value itself. Where infinities have made it na, it starts
/// anew.
#[derive(Clone, Debug)]
pub struct Ema {
    single: bool,
    n: f64,
    alpha: f64,
    seed: Sum,
    started: bool,
    value: f64,
}

constructor!(Ema(period: usize));
memory!(Ema { seed, started, value });

impl Ema {
    pub(crate) fn of(period: usize) -> Self {
        let n = period as f64;
        Self { single: period == 1, n, alpha: 2.0 / (n + 1.0), seed: Sum::new(period), started: false, value: 0.0 }
    }

    /// The average with the next value.
    #[inline(always)]
    pub(crate) fn next(&mut self, value: f64) -> f64 {
        if self.single || value.is_nan() {
            return value;
        }
        if self.started {
            self.value += self.alpha * (value - self.value);
        } else {
            self.value = self.seed.step(value) / self.n;
        }
        self.started = !self.value.is_nan();
        self.value
    }
}

impl Indicator<1, 1> for Ema {
    const NAME: &'static str = "ema";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self::of(args::bars(args, 0))
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        [self.next(value)]
    }

    fn run_lanes(states: &mut [Self], inputs: &[[&[f64]; 1]], outputs: &mut [[&mut [f64]; 1]]) {
        lockstep::run(states, inputs, outputs);
    }
}

lane!(Ema, 1, 1);

impl Recursion<1, 1> for Ema {
    fn bars_alone(&self) -> Option<usize> {
        let is_fit = !self.started || self.value.abs() <= LARGEST_STATE;
        (!self.single && is_fit).then(|| if self.started { 0 } else { self.seed.missing() })
    }

    fn constants(&self) -> [f64; 1] {
        [self.alpha]
    }

    fn variables(&self) -> [f64; 1] {
        [self.value]
    }

    fn set_variables(&mut self, [value]: [f64; 1]) {
        self.value = value;
    }

    #[inline(always)]
    fn eight_bars<F: Four>(_: F::Token, [alpha]: &[Wide<F>; 1], [value]: &mut [Wide<F>; 1], bars: &mut [Wide<F>; 8]) {
        for bar in bars {
            *value = *value + *alpha * (*bar - *value);
            *bar = *value;
        }
    }
}
