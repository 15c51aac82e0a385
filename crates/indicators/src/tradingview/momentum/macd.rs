use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::averages::Ema;

/// TradingView's moving average convergence divergence: the difference of two exponential averages, each started with
/// its own first values; its exponential average; and the difference of the two.
#[derive(Clone, Debug)]
pub struct Macd {
    fast: Ema,
    slow: Ema,
    signal: Ema,
}

constructor!(Macd(fast: usize, slow: usize, signal: usize));
memory!(Macd { fast, slow, signal });

impl Indicator<1, 3> for Macd {
    const NAME: &'static str = "macd";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        let [fast, slow, signal] = std::array::from_fn(|index| Ema::of(args::bars(args, index)));
        Self { fast, slow, signal }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        let line = args::bars(args, 0).max(args::bars(args, 1)) - 1;
        let signal = line + args::bars(args, 2) - 1;
        [line, signal, signal]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 3] {
        let line = self.fast.next(value) - self.slow.next(value);
        let signal = self.signal.next(line);
        [line, signal, line - signal]
    }
}
