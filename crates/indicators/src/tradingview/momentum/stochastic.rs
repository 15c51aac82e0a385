use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::Position;
use crate::tradingview::pieces::Sum;

/// TradingView's stochastic oscillator, as its built-in script has it: `ta.stoch` of the close, smoothed by a simple
/// average to K, and K by another one to D.
///
/// Where the range is 0, and at an na, the averages stay where they are.
#[derive(Clone, Debug)]
pub struct Stochastic {
    smoothing: f64,
    d_period: f64,
    position: Position,
    k: Sum,
    d: Sum,
}

constructor!(Stochastic(k_period: usize, k_smoothing: usize, d_period: usize));
memory!(Stochastic { position, k, d });

impl Indicator<3, 2> for Stochastic {
    const NAME: &'static str = "stochastic";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self {
            smoothing: args[1],
            d_period: args[2],
            position: Position::new(args::bars(args, 0)),
            k: Sum::new(args::bars(args, 1)),
            d: Sum::new(args::bars(args, 2)),
        }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        let k = args::bars(args, 0) + args::bars(args, 1) - 2;
        [k, k + args::bars(args, 2) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 2] {
        let k = self.k.step(self.position.step(close, high, low)) / self.smoothing;
        [k, self.d.step(k) / self.d_period]
    }
}
