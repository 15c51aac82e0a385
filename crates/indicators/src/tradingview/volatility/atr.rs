use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::lanes::lockstep::{Lane, Recursion};
use crate::lanes::{OfRanges, run_ranges};
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

    fn run_lanes(states: &mut [Self], inputs: &[[&[f64]; 3]], outputs: &mut [[&mut [f64]; 1]]) {
        run_ranges(states, inputs, outputs);
    }
}

impl OfRanges<3, 1> for Atr {
    const LONGEST_IN_STEP: usize = usize::MAX;

    fn bars_to_ranges(&self) -> usize {
        self.average.bars_alone().unwrap_or(0).max(usize::from(self.range.close().is_nan()))
    }

    fn close(&self) -> f64 {
        self.range.close()
    }

    fn set_close(&mut self, close: f64) {
        self.range.set_close(close);
    }

    #[inline(always)]
    fn range(high: f64, low: f64, close_before: f64) -> f64 {
        TrueRange::of(high, low, close_before)
    }
}

/// Of the true ranges.
impl Lane<3, 1> for Atr {
    type Recursion = Rma;

    #[inline(always)]
    fn recursion(&mut self) -> &mut Rma {
        &mut self.average
    }

    fn run_alone(&mut self, ranges: &[f64], out: &mut [f64]) {
        for (out, &range) in out.iter_mut().zip(ranges) {
            *out = self.average.next(range);
        }
    }
}
