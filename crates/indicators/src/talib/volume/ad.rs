use super::money_flow::{money_flow, money_flows};
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::math::accumulate;

/// TA-Lib's accumulation/distribution line: the sum of the money flow since the first bar.
///
/// A bar without range adds nothing.
#[derive(Clone, Debug)]
pub struct Ad {
    total: f64,
}

constructor!(Ad());
memory!(Ad { total });

impl Indicator<4, 1> for Ad {
    const NAME: &'static str = "ad";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 256;

    fn build(_: &[f64]) -> Self {
        Self { total: 0.0 }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 4]) -> [f64; 1] {
        self.total += money_flow(bar);
        [self.total]
    }

    /// The flows first, which do not wait for one another, then their sums.
    #[inline(always)]
    fn run_known(&mut self, bars: [&[f64]; 4], [out]: [&mut [f64]; 1]) {
        money_flows(bars, out);
        accumulate(&mut self.total, out);
    }
}
