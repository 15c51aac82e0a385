use std::hint::cold_path;

use crate::args;
use crate::indicator::{Indicator, constructor, run_behind_window};
use crate::memory::memory;
use crate::missing::is_known;
use crate::talib::oscillators::{larger, smaller};
use crate::talib::overlap::true_range::AverageRange;

/// TA-Lib's Supertrend: a stop at `multiplier` average true ranges from the middle of the bar.
///
/// The lower stop only rises and the upper one only falls while the close before stays on its side. The trend is up (1)
/// on the first bar; it turns down (−1) when the close falls below the lower stop, and up when it rises above the
/// upper.
#[derive(Clone, Debug)]
pub struct Supertrend {
    multiplier: f64,
    /// Bars without a value.
    lookback: usize,
    range: AverageRange,
    trend: Trend,
}

constructor!(Supertrend(period: usize, multiplier: f64));
memory!(Supertrend { range, trend });

impl Indicator<3, 2> for Supertrend {
    const NAME: &'static str = "supertrend";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self {
            multiplier: args[1],
            lookback: args::bars(args, 0),
            range: AverageRange::new(args::bars(args, 0)),
            trend: Trend { began: false, is_down: false, upper: 0.0, lower: 0.0, close: 0.0 },
        }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        [args::bars(args, 0); 2]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 2] {
        let range = self.range.step(high, low, close);
        if range.is_nan() {
            return [f64::NAN; 2];
        }
        let (middle, distance) = (0.5 * (high + low), self.multiplier * range);
        if self.trend.began {
            self.trend.advance(middle + distance, middle - distance, close)
        } else {
            self.trend.begin(middle + distance, middle - distance, close)
        }
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 3], outputs: [&mut [f64]; 2]) {
        let first = if self.trend.began { 0 } else { self.lookback + 1 };
        run_behind_window(
            self,
            first,
            inputs,
            outputs,
            #[inline(always)]
            |state, inputs, [stops, trends]| {
                let (mut range, mut trend, mut known) = (state.range, state.trend, true);
                let [highs, lows, closes] = inputs.map(|column| &column[first..]);
                let bars = highs.iter().zip(lows).zip(closes);
                for ((stop, direction), ((&high, &low), &close)) in stops.iter_mut().zip(trends).zip(bars) {
                    known &= is_known(high) & is_known(low) & is_known(close);
                    let (middle, distance) = (0.5 * (high + low), state.multiplier * range.follow(high, low, close));
                    [*stop, *direction] = trend.advance(middle + distance, middle - distance, close);
                }
                if known {
                    (state.range, state.trend) = (range, trend);
                }
                known
            },
        );
    }
}

#[derive(Clone, Copy, Debug)]
struct Trend {
    began: bool,
    is_down: bool,
    upper: f64,
    lower: f64,
    /// The last close.
    close: f64,
}

memory!(Trend { began, is_down, upper, lower, close });

impl Trend {
    #[inline(always)]
    fn begin(&mut self, upper: f64, lower: f64, close: f64) -> [f64; 2] {
        *self = Self { began: true, is_down: false, upper, lower, close };
        [lower, 1.0]
    }

    #[inline(always)]
    fn advance(&mut self, upper: f64, lower: f64, close: f64) -> [f64; 2] {
        self.upper = if self.close > self.upper { upper } else { smaller(upper, self.upper) };
        self.lower = if self.close < self.lower { lower } else { larger(lower, self.lower) };
        self.close = close;
        // A path for each direction, which seldom changes: the stops of the next bar then do not wait for it.
        if self.is_down {
            if close > self.upper {
                cold_path();
                self.is_down = false;
                return [self.lower, 1.0];
            }
            [self.upper, -1.0]
        } else {
            if close < self.lower {
                cold_path();
                self.is_down = true;
                return [self.upper, -1.0];
            }
            [self.lower, 1.0]
        }
    }
}
