use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::Sum;

/// TradingView's simple moving average: the mean of the last `period` values that are not na, from a sliding sum with
/// compensated rounding errors. A large value that has left the window leaves no trace.
///
/// At an na it stays where it is.
#[derive(Clone, Debug)]
pub struct Sma {
    n: f64,
    sum: Sum,
}

constructor!(Sma(period: usize));
memory!(Sma { sum });

impl Sma {
    pub(crate) fn of(period: usize) -> Self {
        Self { n: period as f64, sum: Sum::new(period) }
    }
}

impl Indicator<1, 1> for Sma {
    const NAME: &'static str = "sma";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self::of(args::bars(args, 0))
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        [self.sum.step(value) / self.n]
    }
}
