use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::cycle::hilbert::{Hilbert, smooth_period};
use crate::talib::cycle::trendline::Trendline;

/// TA-Lib's instantaneous trendline of Ehlers: the mean price over as many bars as the cycle in the price takes, 6 to
/// 50, smoothed over four bars.
#[derive(Clone, Debug)]
pub struct HtTrendline {
    hilbert: Hilbert,
    period: f64,
    line: Trendline,
}

constructor!(HtTrendline());
memory!(HtTrendline { hilbert, period, line });

impl Indicator<1, 1> for HtTrendline {
    const NAME: &'static str = "ht_trendline";
    const DISPATCH: bool = true;

    fn build(_: &[f64]) -> Self {
        Self { hilbert: Hilbert::new(37), period: 0.0, line: Trendline::new() }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [63]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        self.line.push(price);
        let Some(cycle) = self.hilbert.step(price) else { return [f64::NAN] };
        self.period = smooth_period(self.period, cycle.period);
        let line = self.line.at(self.period);
        [if self.hilbert.seen() > 63 { line } else { f64::NAN }]
    }
}
