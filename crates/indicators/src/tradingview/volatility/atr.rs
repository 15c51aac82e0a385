use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::averages::Rma;
use crate::tradingview::pieces::TrueRange;

/// TradingView's average true range: Wilder's average of the true range, which is high − low on the first bar.
#[derive(Clone, Debug)]
pub struct Atr {
    range: TrueRange,
    average: Rma,
}

constructor!(Atr(period: usize));
memory!(Atr { range, average });

impl Atr {
    pub(crate) fn of(period: usize) -> Self {
        Self { range: TrueRange::default(), average: Rma::of(period) }
    }
}

impl Indicator<3, 1> for Atr {
    const NAME: &'static str = "atr";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self::of(args::bars(args, 0))
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 3]) -> [f64; 1] {
        [self.average.next(self.range.step_or_span(bar))]
    }
}
