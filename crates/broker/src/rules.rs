use serde::{Deserialize, Serialize};

use crate::account::require;
use crate::{Error, Swap};

/// How the broker trades: the arguments of Pine's `strategy()` declaration, and what goes beyond it.
///
/// ```
/// use broker::{Rules, Size};
///
/// let rules = Rules { pyramiding: 3, default_size: Size::PercentOfEquity(10.0), ..Rules::tradingview() };
/// rules.validate()?;
/// # Ok::<(), broker::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// How prices, quantities and money are rounded.
    pub arithmetic: Arithmetic,
    /// Entries of one direction that may be open at once; 0 means 1.
    pub pyramiding: u32,
    /// Which entries an order closes.
    pub close_entries: CloseEntries,
    /// Whether orders are tried once more at the close of the bar at which they are placed.
    pub process_orders_on_close: bool,
    /// Size of an order that gives none.
    pub default_size: Size,
    /// Ticks by which the price must pass a limit before it fills.
    pub limit_fill_ticks: u32,
    /// Per cent of a long position's value that must be own money; 0: no margin is needed.
    pub margin_long_percent: f64,
    /// Per cent of a short position's value that must be own money; 0: no margin is needed.
    pub margin_short_percent: f64,
    /// Quote currency that one unit of quantity gains when the price rises by 1.
    pub point_value: f64,
    /// Whether equity of zero or less at a close ends trading: the position is closed there and no order is taken.
    pub stop_when_bankrupt: bool,
    /// Whether drawdown, run-up and excursions in money are kept, which costs a little on every bar.
    pub keep_extremes: bool,
    /// How long an order takes to reach the market.
    pub latency: Latency,
    /// What holding a position over night costs.
    pub swap: Option<Swap>,
}

/// How prices, quantities and money are rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arithmetic {
    /// Nothing is rounded but the prices and quantities of orders. Bars between ticks (mid prices) keep their prices.
    Plain,
    /// As TradingView books: prices of bars and fills on the tick, quantities in hundred-millionths, the money of a
    /// default size and each commission to ten significant digits.
    TradingView,
}

/// Which entries an order closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CloseEntries {
    /// The oldest, whichever entry the order names.
    Fifo,
    /// The entry that the order names.
    Any,
}

/// Size of an order that gives none.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// Units of the base.
    Fixed(f64),
    /// Value in account currency.
    Cash(f64),
    /// Per cent of equity, which has to pay the entry's commission too.
    PercentOfEquity(f64),
}

/// How long an order takes to reach the market. What it asks is judged when it arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Latency {
    /// It is there at once, and works from the next open on.
    None,
    /// It works from the open of a bar that is so many bars later.
    Bars(u32),
    /// It works from the first quote that is so much later than the end of the bar; needs
    /// [`Inside::Ticks`](crate::Inside::Ticks) and open times, else it waits for the next bar.
    Nanos(i64),
}

impl Rules {
    /// Pine Script 6 without any argument: one unit, one entry, margin of 100 per cent, no slippage or commission.
    pub const fn tradingview() -> Self {
        Self {
            arithmetic: Arithmetic::TradingView,
            pyramiding: 1,
            close_entries: CloseEntries::Fifo,
            process_orders_on_close: false,
            default_size: Size::Fixed(1.0),
            limit_fill_ticks: 0,
            margin_long_percent: 100.0,
            margin_short_percent: 100.0,
            point_value: 1.0,
            stop_when_bankrupt: false,
            keep_extremes: true,
            latency: Latency::None,
            swap: None,
        }
    }

    /// One position without margin, plain arithmetic, an end at bankruptcy: for searches over many runs.
    pub const fn plain() -> Self {
        Self {
            arithmetic: Arithmetic::Plain,
            margin_long_percent: 0.0,
            margin_short_percent: 0.0,
            stop_when_bankrupt: true,
            keep_extremes: false,
            ..Self::tradingview()
        }
    }

    /// Checks that every number lies within its range.
    ///
    /// # Errors
    /// [`Error::Setting`] naming the first that does not.
    pub fn validate(&self) -> Result<(), Error> {
        const ABOVE: &str = "above 0, finite";
        let above = |value: f64| value > 0.0 && value.is_finite();
        let percent = |value: f64| (0.0..=1_000.0).contains(&value);
        require(above(self.point_value), "rules.point_value", self.point_value, ABOVE)?;
        require(percent(self.margin_long_percent), "rules.margin_long_percent", self.margin_long_percent, "0 to 1000")?;
        require(
            percent(self.margin_short_percent),
            "rules.margin_short_percent",
            self.margin_short_percent,
            "0 to 1000",
        )?;
        let (Size::Fixed(size) | Size::Cash(size) | Size::PercentOfEquity(size)) = self.default_size;
        require(above(size), "rules.default_size", size, ABOVE)?;
        if let Latency::Nanos(nanos) = self.latency {
            #[expect(clippy::cast_precision_loss, reason = "a message")]
            require(nanos >= 0, "rules.latency.nanos", nanos as f64, "0 and above")?;
        }
        self.swap.map_or(Ok(()), |swap| swap.validate())
    }

    pub(crate) fn is_tradingview(&self) -> bool {
        self.arithmetic == Arithmetic::TradingView
    }

    /// Own money that a position of that side needs, as a part of its value.
    pub(crate) fn margin_ratio(&self, long: bool) -> f64 {
        (if long { self.margin_long_percent } else { self.margin_short_percent }) / 100.0
    }
}
