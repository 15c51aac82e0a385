use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::Sum;

/// TradingView's volume-weighted moving average: the simple average of price times volume, divided by that of the
/// volume.
///
/// Each of the two passes over its own na and stays where it is.
#[derive(Clone, Debug)]
pub struct Vwma {
    n: f64,
    traded: Sum,
    volume: Sum,
}

constructor!(Vwma(period: usize));
memory!(Vwma { traded, volume });

impl Indicator<2, 1> for Vwma {
    const NAME: &'static str = "vwma";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        let sum = Sum::new(args::bars(args, 0));
        Self { n: args[0], traded: sum.clone(), volume: sum }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value, volume]: [f64; 2]) -> [f64; 1] {
        let traded = self.traded.step(value * volume) / self.n;
        [traded / (self.volume.step(volume) / self.n)]
    }
}
