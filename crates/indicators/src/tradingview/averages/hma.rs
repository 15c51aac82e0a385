use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::averages::Wma;

/// TradingView's Hull moving average: over √n values, rounded down, the weighted average of twice that of n/2 values,
/// rounded down, less that of n.
///
/// An na gives na and is passed over. TradingView refuses a period of 1; here it is the value itself.
#[derive(Clone, Debug)]
pub struct Hma {
    half: Wma,
    whole: Wma,
    smooth: Wma,
}

constructor!(Hma(period: usize));
memory!(Hma { half, whole, smooth });

impl Indicator<1, 1> for Hma {
    const NAME: &'static str = "hma";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        let period = args::bars(args, 0);
        Self { half: Wma::of(half(period)), whole: Wma::of(period), smooth: Wma::of(period.isqrt()) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        let period = args::bars(args, 0);
        [period + period.isqrt() - 2]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        if value.is_nan() {
            return [value];
        }
        let (half, whole) = (self.half.next(value), self.whole.next(value));
        if whole.is_nan() {
            return [whole];
        }
        [self.smooth.next(2.0 * half - whole)]
    }
}

fn half(period: usize) -> usize {
    (period / 2).max(1)
}
