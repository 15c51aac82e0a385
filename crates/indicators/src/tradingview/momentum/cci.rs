use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::statistics::Deviation;

/// TradingView's commodity channel index of any column: how far the value is from its simple average, in units of
/// 0.015 times the mean absolute deviation from it.
///
/// A window of equal values and one that holds an na have none.
#[derive(Clone, Debug)]
pub struct CciSource {
    deviation: Deviation,
}

constructor!(CciSource(period: usize));
memory!(CciSource { deviation });

impl Indicator<1, 1> for CciSource {
    const NAME: &'static str = "cci_source";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { deviation: Deviation::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        let (mean, deviation) = self.deviation.step(value);
        [(value - mean) / (0.015 * deviation)]
    }
}

/// [`CciSource`] of (high + low + close) / 3.
#[derive(Clone, Debug)]
pub struct Cci {
    of_typical: CciSource,
}

constructor!(Cci(period: usize));
memory!(Cci { of_typical });

impl Indicator<3, 1> for Cci {
    const NAME: &'static str = "cci";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { of_typical: CciSource::build(args) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        CciSource::lookback(args)
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 1] {
        self.of_typical.step([(high + low + close) / 3.0])
    }
}
