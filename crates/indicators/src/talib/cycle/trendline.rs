use crate::memory::memory;
use crate::ring::Ring;
use crate::talib::cycle::hilbert::{LONGEST_BARS, whole_bars};

/// The instantaneous trendline after Ehlers: the mean price of the last cycle, smoothed over four bars.
#[derive(Clone, Debug)]
pub(crate) struct Trendline {
    prices: Ring,
    /// The mean prices of the last three bars, newest first.
    means: [f64; 3],
}

memory!(Trendline { prices, means });

impl Trendline {
    pub(crate) fn new() -> Self {
        Self { prices: Ring::new(LONGEST_BARS), means: [0.0; 3] }
    }

    /// Takes a price before the cycle is measured.
    #[inline(always)]
    pub(crate) fn push(&mut self, price: f64) {
        self.prices.push(price);
    }

    /// The trendline at the price pushed last, where a cycle takes `period` bars.
    #[inline(always)]
    pub(crate) fn at(&mut self, period: f64) -> f64 {
        let bars = whole_bars(period);
        let (older, newer) = self.prices.as_slices();
        let newest_first = newer.iter().rev().chain(older.iter().rev());
        let sum = newest_first.take(bars).fold(0.0, |sum, price| sum + price);
        let mean = if bars > 0 { sum / bars as f64 } else { sum };
        let [last, before, oldest] = self.means;
        self.means = [mean, last, before];
        (2.0_f64.mul_add(before, 4.0_f64.mul_add(mean, 3.0 * last)) + oldest) / 10.0
    }
}
