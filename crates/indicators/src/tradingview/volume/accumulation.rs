use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::{Previous, larger, smaller};
use crate::tradingview::statistics::Cumsum;

/// TradingView's accumulation/distribution, `ta.accdist`: the sum of volume times where the close stands in the bar, −1
/// at the low and 1 at the high.
///
/// A bar without a range and one with an na add nothing.
#[derive(Clone, Debug)]
pub struct Ad {
    sum: f64,
}

constructor!(Ad());
memory!(Ad { sum });

impl Indicator<4, 1> for Ad {
    const NAME: &'static str = "ad";
    const MISSING: Missing = Missing::Na;

    fn build(_: &[f64]) -> Self {
        Self { sum: 0.0 }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close, volume]: [f64; 4]) -> [f64; 1] {
        let flow = ((close - low) - (high - close)) / (high - low) * volume;
        if !flow.is_nan() {
            self.sum += flow;
        }
        [self.sum]
    }
}

/// TradingView's Williams accumulation/distribution, `ta.wad`: a bar that rose adds close less the low or the close
/// before, whichever is lower; a bar that fell adds close less the high or the close before, whichever is higher.
///
/// A bar with an na in the close or the close before adds nothing.
#[derive(Clone, Debug)]
pub struct Wad {
    close: Previous,
    sum: Cumsum,
}

constructor!(Wad());
memory!(Wad { close, sum });

impl Indicator<3, 1> for Wad {
    const NAME: &'static str = "wad";
    const MISSING: Missing = Missing::Na;

    fn build(_: &[f64]) -> Self {
        Self { close: Previous::default(), sum: Cumsum::default() }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 1] {
        let before = self.close.replace(close);
        let gain = if close > before {
            close - smaller(low, before)
        } else if close < before {
            close - larger(high, before)
        } else {
            0.0
        };
        [self.sum.next(gain)]
    }
}

/// TradingView's intraday intensity index, `ta.iii`: where the close stands in the bar, −1 at the low and 1 at the high,
/// divided by the volume.
#[derive(Clone, Debug)]
pub struct Iii;

constructor!(Iii());
memory!(Iii {});

impl Indicator<4, 1> for Iii {
    const NAME: &'static str = "iii";
    const MISSING: Missing = Missing::Na;

    fn build(_: &[f64]) -> Self {
        Self
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close, volume]: [f64; 4]) -> [f64; 1] {
        [(2.0 * close - high - low) / ((high - low) * volume)]
    }
}

/// TradingView's Williams variable accumulation/distribution, `ta.wvad`: (close − open) / (high − low) times the volume.
#[derive(Clone, Debug)]
pub struct Wvad;

constructor!(Wvad());
memory!(Wvad {});

impl Indicator<5, 1> for Wvad {
    const NAME: &'static str = "wvad";
    const MISSING: Missing = Missing::Na;

    fn build(_: &[f64]) -> Self {
        Self
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [open, high, low, close, volume]: [f64; 5]) -> [f64; 1] {
        [(close - open) / (high - low) * volume]
    }
}
