use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::TrueRange;

/// TradingView's true range, `ta.tr`: the largest distance between high, low and the close before; na where there is no
/// close before.
#[derive(Clone, Debug)]
pub struct Trange {
    range: TrueRange,
}

constructor!(Trange());
memory!(Trange { range });

impl Indicator<3, 1> for Trange {
    const NAME: &'static str = "trange";
    const MISSING: Missing = Missing::Na;

    fn build(_: &[f64]) -> Self {
        Self { range: TrueRange::default() }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [1]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 3]) -> [f64; 1] {
        [self.range.step(bar)]
    }
}

/// TradingView's `ta.tr(true)`: the true range, and high − low where there is no close before.
#[derive(Clone, Debug)]
pub struct Tr {
    range: TrueRange,
}

constructor!(Tr());
memory!(Tr { range });

impl Indicator<3, 1> for Tr {
    const NAME: &'static str = "tr";
    const MISSING: Missing = Missing::Na;

    fn build(_: &[f64]) -> Self {
        Self { range: TrueRange::default() }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 3]) -> [f64; 1] {
        [self.range.step_or_span(bar)]
    }
}
