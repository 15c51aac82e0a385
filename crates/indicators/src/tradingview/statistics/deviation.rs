use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::ring::Ring;
use crate::tradingview::pieces::Sum;

/// The simple average and the mean absolute deviation from it. The distances are added from the newest bar to the
/// oldest.
#[derive(Clone, Debug)]
pub(crate) struct Deviation {
    n: f64,
    sum: Sum,
    /// The last n bars, na among them.
    window: Ring,
}

memory!(Deviation { sum, window });

impl Deviation {
    pub(crate) fn new(period: usize) -> Self {
        Self { n: period as f64, sum: Sum::new(period), window: Ring::new(period) }
    }

    /// The average, and the deviation: na if the window holds an na.
    #[inline(always)]
    pub(crate) fn step(&mut self, value: f64) -> (f64, f64) {
        self.window.push(value);
        let mean = self.sum.step(value) / self.n;
        if mean.is_nan() {
            return (mean, mean);
        }
        (mean, self.window.iter().rev().fold(0.0, |sum, value| sum + (value - mean).abs()) / self.n)
    }
}

/// TradingView's mean absolute deviation from the simple average, `ta.dev`.
///
/// A window that holds an na has none; a period of 1 gives 0 on every bar.
#[derive(Clone, Debug)]
pub struct Dev {
    single: bool,
    deviation: Deviation,
}

constructor!(Dev(period: usize));
memory!(Dev { deviation });

impl Indicator<1, 1> for Dev {
    const NAME: &'static str = "dev";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        let period = args::bars(args, 0);
        Self { single: period == 1, deviation: Deviation::new(period) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        [if self.single { 0.0 } else { self.deviation.step(value).1 }]
    }
}
