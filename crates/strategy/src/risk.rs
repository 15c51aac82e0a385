use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Arg, Num};

/// What closes a position beside the conditions. Stop and target are placed when it opens.
///
/// The target stays where it is. The stop can move, at the close of a bar and never away from the price, for use from the
/// next bar's open on: so no assumption is made about the way of the price inside a bar. Prices of a moved stop are on
/// ticks, a long position's rounded down and a short one's up. The bar on which the position opens is the first that
/// moves it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Risk {
    /// Loss at which to close.
    pub stop_loss: Option<Distance>,
    /// Profit at which to close.
    pub take_profit: Option<Distance>,
    /// Moves the stop behind the price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trailing_stop: Option<TrailingStop>,
    /// Moves the stop to the entry price once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub break_even: Option<BreakEven>,
    /// Bars for which a position is held, at least 1 and with that on which it opens: at the close of the last of them an
    /// order closes it at the next open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_bars: Option<Arg>,
}

impl Risk {
    /// Every distance, in the order of the fields.
    pub fn distances(&self) -> impl Iterator<Item = &Distance> {
        let trailing = self.trailing_stop.as_ref();
        let placed = [self.stop_loss.as_ref(), self.take_profit.as_ref()];
        let moving =
            [trailing.map(|trailing| &trailing.distance), trailing.and_then(|trailing| trailing.after.as_ref())];
        let even = self.break_even.as_ref().map(|even| &even.after);
        placed.into_iter().chain(moving).chain([even]).flatten()
    }
}

/// A stop that follows the price from close to close.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TrailingStop {
    /// How far it lies behind the price, taken anew at each close: with an average true range it follows the market's
    /// volatility. Where it has no value, the stop stays.
    pub distance: Distance,
    /// Which price it follows.
    #[serde(default)]
    pub follows: Follows,
    /// Profit that the best price must have reached before it follows, fixed at the signal; absent: it follows at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Distance>,
}

/// The price that a trailing stop follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Follows {
    /// The best price since the position opened: the highest high of a long one, the lowest low of a short one. With a
    /// distance in average true ranges this is the chandelier exit (C. Le Beau).
    #[default]
    Best,
    /// The close.
    Close,
}

/// Moves the stop once so far that the position cannot lose any more, costs aside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BreakEven {
    /// Profit that the best price must have reached, fixed at the signal.
    pub after: Distance,
    /// Ticks of profit that the stop keeps, at least 0; a fraction is rounded.
    pub lock_ticks: Arg,
}

/// A distance from a price. It is taken at the close of a bar (for stop and target of the bar that gives the signal) and
/// rounded to whole ticks, at least 1, so that the same number can be handed to TradingView.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Distance {
    /// Ticks of the instrument.
    Ticks(Arg),
    /// Per cent of the signal bar's close.
    Percent(Arg),
    /// A multiple of the average true range at the signal bar. Without a value there, the entry is not taken.
    Atr {
        /// Period of the average true range.
        period: Arg,
        /// Factor, above 0.
        multiple: Arg,
    },
}

/// How large a position is, in units of the base currency, rounded down to the instrument's quantity step.
///
/// A score of risk from 0 (none) to 1 counts as the confidence `1 − score`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sizing {
    /// Size at full confidence.
    pub rule: SizeRule,
    /// Confidence from 0 to 1 at the signal bar, which multiplies the size; values outside are an error of the
    /// strategy's author and are limited to 0..=1 in back-test and Pine alike. Absent: always 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Num>,
}

/// Size of a position at full confidence, computed at the close of the signal bar. Leverage is the value of a position over
/// equity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SizeRule {
    /// That many units.
    Units(f64),
    /// Value of the position as a fraction of equity: `equity · fraction / close`.
    EquityFraction(f64),
    /// Loss at the stop as a fraction of equity: `equity · fraction / stop distance`. Needs a stop loss.
    RiskFraction(f64),
    /// Leverage that makes equity as volatile as wanted: `equity · min(target / volatility, max_leverage) / close`.
    ///
    /// Source: R. Carver, *Systematic Trading* (2015), chapter 9.
    VolatilityTarget {
        /// Volatility wanted, a fraction above 0 for the same span of time as `volatility`.
        target: f64,
        /// Volatility of the price as a fraction: 0.01 is 1 %. Without a value above 0 the entry is not taken.
        volatility: Num,
        /// Largest leverage, above 0.
        max_leverage: f64,
    },
    /// Part of the leverage that would have let equity grow fastest, from the run's own closed trades and never from
    /// later ones: `fraction · mean / variance` of their returns on the value of the position, after costs, but at least
    /// `min_leverage` and at most `max_leverage`. Without variance it is one of these two.
    ///
    /// Source: E. O. Thorp, *The Kelly Criterion in Blackjack, Sports Betting, and the Stock Market* (2006), section 7.
    Kelly {
        /// Part of the full Kelly leverage, above 0 and at most 1: 0.5 is half Kelly.
        fraction: f64,
        /// Latest closed trades that count, 2 to 10,000.
        n_trades: u16,
        /// Least leverage, at least 0, and the leverage until there are so many trades. With 0 an estimate without
        /// an edge ends trading for good, because no further trades can change it.
        min_leverage: f64,
        /// Largest leverage, above 0.
        max_leverage: f64,
    },
}
