use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Arg, Num};

/// Stop and target of a position. Both are placed when it opens and stay where they are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Risk {
    /// Loss at which to close.
    pub stop_loss: Option<Distance>,
    /// Profit at which to close.
    pub take_profit: Option<Distance>,
}

/// A distance from the entry price. It is fixed at the close of the bar that gives the signal and rounded to whole
/// ticks, at least 1, so that the same number can be handed to TradingView.
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

/// Size of a position at full confidence, computed at the close of the signal bar.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SizeRule {
    /// That many units.
    Units(f64),
    /// Value of the position as a fraction of equity: `equity · fraction / close`.
    EquityFraction(f64),
    /// Loss at the stop as a fraction of equity: `equity · fraction / stop distance`. Needs a stop loss.
    RiskFraction(f64),
}
