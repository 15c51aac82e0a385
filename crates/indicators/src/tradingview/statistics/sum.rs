use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces;

/// TradingView's `math.sum`: the sum of the last `period` values that are not na, with compensated rounding errors.
///
/// At an na it stays where it is.
#[derive(Clone, Debug)]
pub struct Sum {
    sum: pieces::Sum,
}

constructor!(Sum(period: usize));
memory!(Sum { sum });

impl Indicator<1, 1> for Sum {
    const NAME: &'static str = "sum";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { sum: pieces::Sum::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        [self.sum.step(value)]
    }
}
