use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::events::holds;
use crate::tradingview::pieces::larger;

/// Sums since the last anchor.
#[derive(Clone, Debug, Default)]
struct Since {
    anchored: bool,
    volume: f64,
    traded: f64,
    squares: f64,
}

memory!(Since { anchored, volume, traded, squares });

impl Since {
    /// The average and its variance, na before the first anchor and at an na.
    #[inline(always)]
    fn step(&mut self, value: f64, volume: f64, anchor: bool) -> (f64, f64) {
        let none = (f64::NAN, f64::NAN);
        if value.is_nan() {
            return none;
        }
        if anchor {
            *self = Self { anchored: true, volume, traded: value * volume, squares: 0.0 };
        } else if self.anchored {
            self.volume += volume;
            self.traded += value * volume;
        } else {
            return none;
        }
        let average = self.traded / self.volume;
        if average.is_nan() {
            return none;
        }
        self.squares += value * value * volume;
        (average, self.squares / self.volume - average * average)
    }
}

/// TradingView's volume-weighted average price since an anchor, and bands `multiplier` standard deviations above and
/// below it.
///
/// It begins anew on each bar whose condition is not 0, and has no value before the first of them. A bar whose price is
/// na gives na and counts for nothing, not even as an anchor.
#[derive(Clone, Debug)]
pub struct VwapBands {
    multiplier: f64,
    since: Since,
}

constructor!(VwapBands(multiplier: f64));
memory!(VwapBands { since });

impl Indicator<3, 3> for VwapBands {
    const NAME: &'static str = "vwap_bands";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { multiplier: args[0], since: Since::default() }
    }

    fn lookback(_: &[f64]) -> [usize; 3] {
        [0; 3]
    }

    #[inline(always)]
    fn step(&mut self, [value, volume, condition]: [f64; 3]) -> [f64; 3] {
        let (average, variance) = self.since.step(value, volume, holds(condition));
        let deviation = larger(0.0, variance).sqrt() * self.multiplier;
        [average, average + deviation, average - deviation]
    }
}

/// TradingView's volume-weighted average of (high + low + close) / 3 since the first bar.
///
/// A bar with an na in the price gives na and counts for nothing; an na in the volume ends the average.
#[derive(Clone, Debug)]
pub struct Vwap {
    since: Since,
}

constructor!(Vwap());
memory!(Vwap { since });

impl Indicator<4, 1> for Vwap {
    const NAME: &'static str = "vwap";
    const MISSING: Missing = Missing::Na;

    fn build(_: &[f64]) -> Self {
        Self { since: Since::default() }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close, volume]: [f64; 4]) -> [f64; 1] {
        let first = !self.since.anchored;
        [self.since.step((high + low + close) / 3.0, volume, first).0]
    }
}
