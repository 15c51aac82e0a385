use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::Sum;

/// Wilder's average as TradingView computes it: starts with the simple average of the first `period` values; then
/// (previous · (n − 1) + value) / n, each operation rounded.
///
/// An na gives na and is passed over. A period of 1 is the value itself. Where infinities have made it na, it starts
/// anew.
#[derive(Clone, Debug)]
pub struct Rma {
    single: bool,
    n: f64,
    seed: Sum,
    started: bool,
    value: f64,
}

constructor!(Rma(period: usize));
memory!(Rma { seed, started, value });

impl Rma {
    pub(crate) fn of(period: usize) -> Self {
        Self { single: period == 1, n: period as f64, seed: Sum::new(period), started: false, value: 0.0 }
    }

    /// The average with the next value.
    #[inline(always)]
    pub(crate) fn next(&mut self, value: f64) -> f64 {
        if self.single || value.is_nan() {
            return value;
        }
        if self.started {
            self.value = (self.value * (self.n - 1.0) + value) / self.n;
        } else {
            self.value = self.seed.step(value) / self.n;
        }
        self.started = !self.value.is_nan();
        self.value
    }
}

impl Indicator<1, 1> for Rma {
    const NAME: &'static str = "rma";
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
}
