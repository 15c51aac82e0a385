use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::Extreme;

/// TradingView's Williams %R: how far the close is below the highest high, in percent of the range of the window, as a
/// number from −100 to 0.
///
/// A window without a range has none. An na in high or low empties the window of that column.
#[derive(Clone, Debug)]
pub struct Willr {
    highest: Extreme,
    lowest: Extreme,
}

constructor!(Willr(period: usize));
memory!(Willr { highest, lowest });

impl Indicator<3, 1> for Willr {
    const NAME: &'static str = "willr";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        let period = args::bars(args, 0);
        Self { highest: Extreme::highest(period), lowest: Extreme::lowest(period) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 1] {
        let (highest, lowest) = (self.highest.step(high), self.lowest.step(low));
        [100.0 * (close - highest) / (highest - lowest)]
    }
}
