use crate::memory::memory;
use crate::tradingview::pieces::Extreme;

/// Where a value stands in the range from the lowest low to the highest high, in percent: `ta.stoch`.
///
/// na in any of the three gives na, and the bar takes no part in the range. A range of 0 gives na; beyond the range the
/// value is below 0 or above 100.
#[derive(Clone, Debug)]
pub(crate) struct Position {
    highest: Extreme,
    lowest: Extreme,
}

memory!(Position { highest, lowest });

impl Position {
    pub(crate) fn new(period: usize) -> Self {
        Self { highest: Extreme::highest(period), lowest: Extreme::lowest(period) }
    }

    #[inline(always)]
    pub(crate) fn step(&mut self, value: f64, high: f64, low: f64) -> f64 {
        if value.is_nan() || high.is_nan() || low.is_nan() {
            self.highest.skip();
            self.lowest.skip();
            return f64::NAN;
        }
        let (highest, lowest) = (self.highest.step(high), self.lowest.step(low));
        100.0 * (value - lowest) / (highest - lowest)
    }
}
