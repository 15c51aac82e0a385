use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::volatility::Atr;

/// TradingView's supertrend: a stop `multiplier` average true ranges from (high + low) / 2, below the price in an
/// upward trend and above it in a downward one; and the trend, 1 upward and −1 downward.
///
/// The trend has the opposite sign of Pine Script's `direction`. It begins downward with the first average true range
/// and is −1 before. The stop is 0 on the very first bar, as on TradingView, and then has no value until it begins. At
/// an na the stop is na and the trend stays.
#[derive(Clone, Debug)]
pub struct Supertrend {
    multiplier: f64,
    average_range: Atr,
    bars: usize,
    begun: bool,
    up: bool,
    lower: f64,
    upper: f64,
    /// Whether the last stop was equal to the upper band.
    at_upper: bool,
    close: f64,
}

constructor!(Supertrend(period: usize, multiplier: f64));
memory!(Supertrend { average_range, bars, begun, up, lower, upper, at_upper, close });

impl Indicator<3, 2> for Supertrend {
    const NAME: &'static str = "supertrend";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self {
            multiplier: args[1],
            average_range: Atr::of(args::bars(args, 0)),
            bars: 0,
            begun: false,
            up: false,
            lower: 0.0,
            upper: 0.0,
            at_upper: false,
            close: 0.0,
        }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        [args::bars(args, 0) - 1, 0]
    }

    #[inline(always)]
    #[expect(clippy::float_cmp, reason = "TradingView compares so: where both bands are equal the trend may turn")]
    fn step(&mut self, bar @ [high, low, close]: [f64; 3]) -> [f64; 2] {
        let middle = high.midpoint(low);
        let [range] = self.average_range.step(bar);
        self.bars += 1;
        if self.bars == 1 {
            return [0.0, -1.0];
        }
        let trend = |up: bool| if up { 1.0 } else { -1.0 };
        if middle.is_nan() || range.is_nan() {
            return [f64::NAN, trend(self.up)];
        }
        let distance = self.multiplier * range;
        let (lower, upper) = (middle - distance, middle + distance);
        if self.begun {
            self.ratchet(lower, upper, close);
        } else {
            self.begun = true;
            (self.lower, self.upper) = (lower, upper);
        }
        self.close = close;
        let stop = if self.up { self.lower } else { self.upper };
        self.at_upper = stop == self.upper;
        [stop, trend(self.up)]
    }
}

impl Supertrend {
    /// Moves the bands, each of which goes back only behind a close beyond it, and finds the trend.
    #[inline(always)]
    fn ratchet(&mut self, lower: f64, upper: f64, close: f64) {
        if lower > self.lower || self.close < self.lower {
            self.lower = lower;
        }
        if upper < self.upper || self.close > self.upper {
            self.upper = upper;
        }
        self.up = if self.at_upper { close > self.upper } else { close >= self.lower || close.is_nan() };
    }
}
