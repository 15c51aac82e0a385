use market::{Bar, TicksView, UnixNanos};

/// The prices of one bar: finite, above 0, with `low ≤ open, close ≤ high`, as [`market::Bars`] holds them. Nothing is
/// checked here; a NaN reaches no order, and makes equity NaN where one fills at it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BarPrices {
    /// First price.
    pub open: f64,
    /// Highest price.
    pub high: f64,
    /// Lowest price.
    pub low: f64,
    /// Last price.
    pub close: f64,
    /// Mean of ask − bid, in price units; read only with [`Spread::FromBars`](crate::Spread::FromBars).
    pub spread: f64,
}

impl BarPrices {
    /// The four prices in the order in which the bar is taken to have met them.
    pub fn path(&self) -> [f64; 4] {
        if self.high_is_nearer() {
            [self.open, self.high, self.low, self.close]
        } else {
            [self.open, self.low, self.high, self.close]
        }
    }

    /// Whether the open is nearer to the high than to the low; as near to both counts as no.
    pub(crate) fn high_is_nearer(&self) -> bool {
        self.high - self.open < self.open - self.low
    }
}

impl From<&Bar> for BarPrices {
    fn from(bar: &Bar) -> Self {
        Self { open: bar.open, high: bar.high, low: bar.low, close: bar.close, spread: bar.spread }
    }
}

/// Prices at one moment: what selling and what buying gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quote {
    /// Price to sell at.
    pub bid: f64,
    /// Price to buy at.
    pub ask: f64,
}

/// What is known of the prices inside a bar.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Inside<'a> {
    /// The bar's own four prices are mid prices, with the account's [`Spread`](crate::Spread) around them. Stops look at
    /// the mid price, limits at their side of the quote.
    Mid,
    /// Bars of both sides. Buying looks at the ask, selling at the bid, for stops too; both move along the path that
    /// their middle is taken to have taken.
    Sides {
        /// Prices to sell at.
        bid: BarPrices,
        /// Prices to buy at.
        ask: BarPrices,
    },
    /// Where the quote went, in straight lines from point to point: orders fill at their prices between them.
    Path(&'a [Quote]),
    /// The quotes themselves: nothing fills between two of them, so a stop pays what the next quote asks.
    Ticks(TicksView<'a>),
}

/// One bar with all that the broker can use of it.
#[derive(Clone, Copy, Debug)]
pub struct BarInput<'a> {
    /// Number of the bar, which is copied into trades; the caller counts up by one.
    pub bar: usize,
    /// Its prices; equity is marked to the close.
    pub prices: BarPrices,
    /// What is known of the prices inside it.
    pub inside: Inside<'a>,
    /// When it begins: needed for [`Swap`](crate::Swap) and for latency in nanoseconds.
    pub open_time: Option<UnixNanos>,
    /// Number of its trading day, which never decreases: needed for the day's rules of [`RiskRule`](crate::RiskRule).
    pub day: i64,
    /// Account currency for one unit of quote currency, above 0: 1 if they are the same. TradingView takes the rate of
    /// the day before.
    pub rate: f64,
}

impl<'a> BarInput<'a> {
    /// A bar of four prices and nothing else.
    pub const fn new(bar: usize, prices: BarPrices) -> Self {
        Self { bar, prices, inside: Inside::Mid, open_time: None, day: 0, rate: 1.0 }
    }

    /// The same with prices inside it.
    #[must_use]
    pub const fn inside(mut self, inside: Inside<'a>) -> Self {
        self.inside = inside;
        self
    }

    /// The same with the number of its trading day.
    #[must_use]
    pub const fn day(mut self, day: i64) -> Self {
        self.day = day;
        self
    }

    /// The same with the time at which it begins.
    #[must_use]
    pub const fn open_time(mut self, open_time: UnixNanos) -> Self {
        self.open_time = Some(open_time);
        self
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the numbers are exact")]
mod tests {
    use super::BarPrices;

    fn path(open: f64, high: f64, low: f64, close: f64) -> [f64; 4] {
        BarPrices { open, high, low, close, spread: f64::NAN }.path()
    }

    #[test]
    fn the_nearer_extreme_comes_first() {
        assert_eq!(path(10.0, 11.0, 8.0, 9.0), [10.0, 11.0, 8.0, 9.0]);
        assert_eq!(path(10.0, 12.0, 9.0, 11.0), [10.0, 9.0, 12.0, 11.0]);
    }

    #[test]
    fn the_low_comes_first_if_both_are_as_near() {
        assert_eq!(path(10.0, 11.0, 9.0, 10.5), [10.0, 9.0, 11.0, 10.5]);
    }
}
