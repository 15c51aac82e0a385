use crate::args;
use crate::extra::smoothed::SmoothedRange;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::ring::Ring;

/// Le Beau's chandelier exit: where a long position that hangs `multiplier` average true ranges below the highest high of
/// the last n bars is closed, and a short one above the lowest low.
#[derive(Clone, Debug)]
pub struct ChandelierExit {
    multiplier: f64,
    range: SmoothedRange,
    highs: Ring,
    lows: Ring,
}

constructor!(ChandelierExit(period: usize, multiplier: f64));
memory!(ChandelierExit { range, highs, lows });

impl Indicator<3, 2> for ChandelierExit {
    const NAME: &'static str = "chandelier_exit";

    fn build(args: &[f64]) -> Self {
        let period = args::bars(args, 0);
        Self {
            multiplier: args[1],
            range: SmoothedRange::new(period),
            highs: Ring::new(period),
            lows: Ring::new(period),
        }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        [args::bars(args, 0); 2]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 2] {
        self.highs.push(high);
        self.lows.push(low);
        let distance = self.multiplier * self.range.step(high, low, close);
        let highest = self.highs.iter().fold(f64::NEG_INFINITY, f64::max);
        let lowest = self.lows.iter().fold(f64::INFINITY, f64::min);
        [highest - distance, lowest + distance]
    }
}

/// A stop that trails the close by `multiplier` average true ranges and never moves away from it; where the close goes
/// through, it changes sides.
///
/// It begins on the side of the close's direction over the first n bars.
#[derive(Clone, Debug)]
pub struct AtrStop {
    multiplier: f64,
    range: SmoothedRange,
    previous_close: f64,
    lower: f64,
    upper: f64,
    is_long: bool,
    has_stop: bool,
}

constructor!(AtrStop(period: usize, multiplier: f64));
memory!(AtrStop { range, previous_close, lower, upper, is_long, has_stop });

impl Indicator<3, 2> for AtrStop {
    const NAME: &'static str = "atr_stop";

    fn build(args: &[f64]) -> Self {
        Self {
            multiplier: args[1],
            range: SmoothedRange::new(args::bars(args, 0)),
            previous_close: 0.0,
            lower: 0.0,
            upper: 0.0,
            is_long: false,
            has_stop: false,
        }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        [args::bars(args, 0); 2]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 2] {
        let previous_close = self.previous_close;
        self.previous_close = close;
        let distance = self.multiplier * self.range.step(high, low, close);
        if distance.is_nan() {
            return [f64::NAN; 2];
        }
        let (upper, lower) = (close + distance, close - distance);
        if !self.has_stop {
            self.has_stop = true;
            self.is_long = close >= previous_close;
            (self.upper, self.lower) = (upper, lower);
        }
        if upper < self.upper || previous_close > self.upper {
            self.upper = upper;
        }
        if lower > self.lower || previous_close < self.lower {
            self.lower = lower;
        }
        self.is_long = close > if self.is_long { self.lower } else { self.upper };
        if self.is_long { [self.lower, 1.0] } else { [self.upper, -1.0] }
    }
}
