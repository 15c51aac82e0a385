use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::Previous;
use crate::tradingview::statistics::Cumsum;

/// TradingView's on-balance volume: the volume of bars that rose less that of bars that fell, from the second bar on.
///
/// A bar with an na in the volume, the price or the price before gives na and adds nothing.
#[derive(Clone, Debug)]
pub struct Obv {
    price: Previous,
    sum: Cumsum,
}

constructor!(Obv());
memory!(Obv { price, sum });

impl Indicator<2, 1> for Obv {
    const NAME: &'static str = "obv";
    const MISSING: Missing = Missing::Na;

    fn build(_: &[f64]) -> Self {
        Self { price: Previous::default(), sum: Cumsum::default() }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [1]
    }

    #[inline(always)]
    fn step(&mut self, [price, volume]: [f64; 2]) -> [f64; 1] {
        let change = price - self.price.replace(price);
        if change.is_nan() {
            return [change];
        }
        let direction = if change > 0.0 {
            1.0
        } else if change < 0.0 {
            -1.0
        } else {
            0.0
        };
        [self.sum.next(volume * direction)]
    }
}

/// TradingView's price-volume trend, `ta.pvt`: the sum of the volume times the relative change of the close, from the
/// second bar on.
///
/// A bar with an na in the volume, the close or the close before gives na and adds nothing.
#[derive(Clone, Debug)]
pub struct Pvt {
    close: Previous,
    sum: Cumsum,
}

constructor!(Pvt());
memory!(Pvt { close, sum });

impl Indicator<2, 1> for Pvt {
    const NAME: &'static str = "pvt";
    const MISSING: Missing = Missing::Na;

    fn build(_: &[f64]) -> Self {
        Self { close: Previous::default(), sum: Cumsum::default() }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [1]
    }

    #[inline(always)]
    fn step(&mut self, [close, volume]: [f64; 2]) -> [f64; 1] {
        let before = self.close.replace(close);
        [self.sum.next((close - before) / before * volume)]
    }
}
