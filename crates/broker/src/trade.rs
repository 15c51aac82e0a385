use serde::{Deserialize, Serialize};

use crate::{Direction, Id};

/// An entry, or a part of one, from its opening to its closing. An exit that closes several entries makes several.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trade {
    /// Name of the order that opened it.
    pub entry_id: Id,
    /// Name of the exit or entry that closed it; a close, a margin call and a rule of risk have none.
    pub exit_id: Option<Id>,
    /// Side of the position.
    pub direction: Direction,
    /// Number of the bar on which it opened.
    pub entry_bar: usize,
    /// Number of the bar on which it closed.
    pub exit_bar: usize,
    /// Price at which it opened, with half the spread and slippage.
    pub entry_price: f64,
    /// Price at which it closed, with half the spread and slippage.
    pub exit_price: f64,
    /// Size in units of the base, above 0.
    pub quantity: f64,
    /// Net profit in account currency: price difference times quantity, less commission in and out, plus swap.
    pub profit: f64,
    /// Commission, half spreads and slippage of entry and exit, in account currency.
    pub costs: f64,
    /// Commission of entry and exit alone, in account currency.
    pub commission: f64,
    /// What was credited (or charged, below 0) for holding it over night, in account currency.
    pub swap: f64,
    /// What closed it.
    pub exit_reason: ExitReason,
    /// How far the mid price went against the entry price while it was open, in price units, at least 0.
    pub max_adverse: f64,
    /// How far the mid price went with the entry price while it was open, in price units, at least 0.
    pub max_favourable: f64,
    /// TradingView's drawdown: the deepest loss at a high or low of the bars at whose close it was open, the entry's
    /// commission included, in account currency, at least 0; 0 without [`keep_extremes`](crate::Rules::keep_extremes).
    pub max_drawdown: f64,
    /// TradingView's run-up: the largest such profit, at least 0.
    pub max_runup: f64,
}

/// What closed a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ExitReason {
    /// An order to close.
    Signal,
    /// An entry of the other side.
    Reversal,
    /// Its stop.
    StopLoss,
    /// Its target.
    TakeProfit,
    /// Its trailing stop, or one that had been moved.
    TrailingStop,
    /// An order to close because it had been held long enough.
    TimeStop,
    /// Too little own money.
    MarginCall,
    /// A rule of risk management.
    RiskRule,
    /// The data ended.
    EndOfWindow,
    /// Equity had fallen to zero or less.
    Bankrupt,
}

impl ExitReason {
    /// Its name in snake case, as in the serialised form.
    ///
    /// ```
    /// assert_eq!(broker::ExitReason::StopLoss.name(), "stop_loss");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::Signal => "signal",
            Self::Reversal => "reversal",
            Self::StopLoss => "stop_loss",
            Self::TakeProfit => "take_profit",
            Self::TrailingStop => "trailing_stop",
            Self::TimeStop => "time_stop",
            Self::MarginCall => "margin_call",
            Self::RiskRule => "risk_rule",
            Self::EndOfWindow => "end_of_window",
            Self::Bankrupt => "bankrupt",
        }
    }
}
