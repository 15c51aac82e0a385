//! Where in time and price the broker stands.

use market::UnixNanos;

use crate::{BarInput, BarPrices, Broker, Inside};

/// The bar that goes by, or went by last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Now {
    pub(crate) bar: usize,
    /// On their ticks, where the arithmetic says so.
    pub(crate) prices: BarPrices,
    /// Half the spread around the mid prices of the bar.
    pub(crate) half_spread: f64,
    /// Whether buying and selling have prices of their own; else there are mid prices and half a spread.
    pub(crate) sides: bool,
    /// The quote at the close, if there are sides.
    pub(crate) close: At,
    /// Account currency for one point of one unit.
    pub(crate) point_value: f64,
    pub(crate) rate: f64,
    pub(crate) open_time: Option<UnixNanos>,
    pub(crate) day: i64,
    /// Number of the point of the bar's path.
    pub(crate) node: u64,
    /// Size and equity before the first fill of this bar.
    pub(crate) start_size: f64,
    pub(crate) start_equity: f64,
    /// Price to which the open position is marked while orders fill.
    pub(crate) mark: f64,
}

/// Prices at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct At {
    pub(crate) mid: f64,
    pub(crate) bid: f64,
    pub(crate) ask: f64,
}

impl At {
    pub(crate) fn one(price: f64) -> Self {
        Self { mid: price, bid: price, ask: price }
    }

    pub(crate) fn sides(bid: f64, ask: f64) -> Self {
        Self { mid: f64::midpoint(bid, ask), bid, ask }
    }

    pub(crate) fn side(self, buys: bool) -> f64 {
        if buys { self.ask } else { self.bid }
    }
}

impl Now {
    pub(crate) fn before_the_first_bar(point_value: f64) -> Self {
        let nothing = BarPrices { open: f64::NAN, high: f64::NAN, low: f64::NAN, close: f64::NAN, spread: f64::NAN };
        Self {
            bar: 0,
            prices: nothing,
            half_spread: 0.0,
            sides: false,
            close: At::one(f64::NAN),
            point_value,
            rate: 1.0,
            open_time: None,
            day: i64::MIN,
            node: 0,
            start_size: 0.0,
            start_equity: 0.0,
            mark: f64::NAN,
        }
    }

    /// The moment at a mid price.
    pub(crate) fn at_mid(&self, mid: f64) -> At {
        At { mid, bid: mid - self.half_spread, ask: mid + self.half_spread }
    }

    pub(crate) fn at_close(&self) -> At {
        if self.sides { self.close } else { self.at_mid(self.prices.close) }
    }
}

impl Broker {
    /// Makes a bar of mid prices the present one, but for its number and its time.
    #[inline]
    pub(crate) fn enter_mid(&mut self, prices: &BarPrices) {
        let now = &mut self.now;
        (now.prices, now.sides, now.half_spread) = (*prices, false, self.account.half_spread(prices.spread));
        if self.rules.is_tradingview() {
            let prices = &mut now.prices;
            for price in [&mut prices.open, &mut prices.high, &mut prices.low, &mut prices.close] {
                *price = self.ticks.round(*price);
            }
        }
    }

    /// Makes a bar the present one.
    pub(crate) fn enter_prices(&mut self, input: &BarInput<'_>) {
        self.enter_mid(&input.prices);
        let now = &mut self.now;
        (now.bar, now.node, now.rate) = (input.bar, 0, input.rate);
        now.point_value = self.rules.point_value * input.rate;
        let close = match input.inside {
            Inside::Mid => None,
            Inside::Sides { bid, ask } => Some((bid.close, ask.close)),
            Inside::Path(points) => points.last().map(|point| (point.bid, point.ask)),
            Inside::Ticks(ticks) => ticks.bid.last().copied().zip(ticks.ask.last().copied()),
        };
        if let Some((bid, ask)) = close {
            (now.sides, now.half_spread, now.close) = (true, 0.0, At::sides(bid, ask));
        }
    }
}
