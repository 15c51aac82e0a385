use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::Extreme;

/// TradingView's Donchian Channels, as its built-in script has them: the highest high, the lowest low and the middle of
/// the two.
///
/// An na in high or low empties the window of that column.
#[derive(Clone, Debug)]
pub struct Donchian {
    highest: Extreme,
    lowest: Extreme,
}

constructor!(Donchian(period: usize));
memory!(Donchian { highest, lowest });

impl Indicator<2, 3> for Donchian {
    const NAME: &'static str = "donchian";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        let period = args::bars(args, 0);
        Self { highest: Extreme::highest(period), lowest: Extreme::lowest(period) }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        [args::bars(args, 0) - 1; 3]
    }

    #[inline(always)]
    fn step(&mut self, [high, low]: [f64; 2]) -> [f64; 3] {
        let (highest, lowest) = (self.highest.step(high), self.lowest.step(low));
        [highest, highest.midpoint(lowest), lowest]
    }
}
