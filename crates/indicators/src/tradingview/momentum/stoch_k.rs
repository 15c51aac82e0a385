use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::Position;

/// TradingView's `ta.stoch`, the stochastic without smoothing: where a value stands between the lowest low and the
/// highest high of the window, in percent.
///
/// A window without a range has none. A value outside of the range is below 0 or above 100. na in any of the three
/// columns gives na, and the window passes over the bar.
#[derive(Clone, Debug)]
pub struct StochK {
    position: Position,
}

constructor!(StochK(period: usize));
memory!(StochK { position });

impl Indicator<3, 1> for StochK {
    const NAME: &'static str = "stoch_k";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { position: Position::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value, high, low]: [f64; 3]) -> [f64; 1] {
        [self.position.step(value, high, low)]
    }
}
